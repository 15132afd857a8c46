"""Business time: what lies inside a provider's opening hours, in the provider's own time zone.

Instants are aware; amounts are real elapsed time, so a day on which the clocks change has its true length. Where a
provider has given no hours every answer is None: none are invented.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.tickets.organisation import Hours, Shift

AROUND_THE_CLOCK = Hours(
    time_zone="UTC", shifts=tuple(Shift(weekday=weekday, start=time(), end=time()) for weekday in range(7))
)
"""Always open; for goals that do not care for business hours."""

FARTHEST = timedelta(days=3660)
"""How far ahead opening hours are looked for; a calendar that is closed for ten years never opens."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""Outside these there is no business time; a foreign server may name any instant."""


def as_instant(moment: datetime) -> datetime:
    """The moment in UTC, moved to `EARLIEST` or `LATEST` where it lies outside."""
    return min(max(moment, EARLIEST), LATEST).astimezone(UTC)


def business_time(hours: Hours | None, start: datetime, end: datetime) -> timedelta | None:
    """How much of the time between two instants is business time; nothing when `end` is not after `start`."""
    if hours is None:
        return None
    return sum((closes - opens for opens, closes in _open_spans(hours, start, end)), timedelta())


def add_business_time(hours: Hours | None, start: datetime, amount: timedelta) -> datetime | None:
    """The first instant (UTC) by which that much business time has passed since `start`.

    None too when the calendar does not open often enough within ten years.
    """
    if hours is None:
        return None
    if amount <= timedelta():
        return as_instant(start)
    for opens, closes in _open_spans_from(hours, start):
        if amount <= closes - opens:
            return opens + amount
        amount -= closes - opens
    return None


def add_business_days(hours: Hours | None, start: datetime, days: int) -> datetime | None:
    """The same time of day that many business days later (UTC), counted from the next opening where it is closed.

    A business day is one with any opening hours. Where that time is closed on the last day (a half-day, say) it is the
    next opening after it. None too when the calendar does not open often enough within ten years.
    """
    if hours is None:
        return None
    first = _next_open(hours, start)
    if first is None:
        return None
    local = first.astimezone(ZoneInfo(hours.time_zone))
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        if day - local.date() > FARTHEST:
            return None
        if _open_on(hours, day):
            days -= 1
    return _next_open(hours, datetime.combine(day, local.timetz()))


def is_open(hours: Hours | None, instant: datetime) -> bool | None:
    """Whether the instant lies in business time; at the moment of closing it no longer does."""
    if hours is None:
        return None
    return _next_open(hours, instant) == as_instant(instant)


def _next_open(hours: Hours, instant: datetime) -> datetime | None:
    return next((opens for opens, _ in _open_spans_from(hours, instant)), None)


def _open_spans_from(hours: Hours, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    return _open_spans(hours, start, as_instant(start) + FARTHEST)


def _open_spans(hours: Hours, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches between two instants, oldest first, in UTC, cut at both ends."""
    zone = ZoneInfo(hours.time_zone)
    start, end = as_instant(start), as_instant(end)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for opens_at, closes_at in _open_on(hours, day):
            closing_day = day + timedelta(days=1) if closes_at == time() else day
            opens = max(start, datetime.combine(day, opens_at, zone).astimezone(UTC))
            closes = min(end, datetime.combine(closing_day, closes_at, zone).astimezone(UTC))
            if opens < closes:
                yield opens, closes
        day += timedelta(days=1)


def _open_on(hours: Hours, day: date) -> tuple[tuple[time, time], ...]:
    """The hours of one day: those of the holiday that falls on it, else those of its weekday."""
    for holiday in hours.holidays:
        if holiday.day == day:
            return holiday.open
    return tuple((shift.start, shift.end) for shift in hours.shifts if shift.weekday == day.weekday())
