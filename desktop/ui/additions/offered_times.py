"""The next stretches of time in which a visit or call is likely to be possible."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.tickets.organisation import Hours, Shift
from desktop.tickets.ticket import TimeWindow

_DAYS_AHEAD = 14
_USUAL = tuple(
    Shift(weekday=day, start=start, end=end)
    for day in range(5)
    for start, end in ((time(9), time(12)), (time(13), time(17)))
)


def offered_times(hours: Hours | None, now: datetime, count: int = 8) -> tuple[TimeWindow, ...]:
    """The next `count` stretches: the provider's hours where it has stated them, else mornings and afternoons here.

    A stretch that has begun is left out.
    """
    zone = ZoneInfo(hours.time_zone) if hours is not None else now.astimezone().tzinfo
    shifts = hours.shifts if hours is not None else _USUAL
    closed = {holiday.day for holiday in hours.holidays} if hours is not None else set()
    today = now.astimezone(zone).date()
    windows: list[TimeWindow] = []
    for day in (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
        for shift in sorted(shifts, key=lambda shift: shift.start):
            start = datetime.combine(day, shift.start, zone)
            if shift.weekday == day.weekday() and day not in closed and start > now:
                windows.append(TimeWindow(start=start, end=datetime.combine(day, shift.end, zone)))
    return tuple(windows[:count])
