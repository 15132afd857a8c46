"""Times and durations as a person types them. Times are the computer's zone unless an offset is given."""

import re
from datetime import UTC, datetime, time

from desktop.tickets.ticket import TimeWindow
from desktop.tickets.trouble import InputRefused

_DURATION = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?", re.IGNORECASE)


def read_window(text: str) -> TimeWindow:
    """`2026-11-24 09:00/12:00` or `2026-11-24T09:00+01:00/2026-11-24T12:00+01:00`; both ends in UTC.

    Raises `InputRefused`.
    """
    first, slash, second = text.partition("/")
    if not slash:
        raise InputRefused(f"“{text}” is no stretch of time. Write it like 2026-11-24 09:00/12:00.")
    try:
        start = datetime.fromisoformat(first.strip())
        end = _end(second.strip(), start)
    except ValueError:
        raise InputRefused(f"“{text}” is no stretch of time. Write it like 2026-11-24 09:00/12:00.") from None
    return TimeWindow(start=start.astimezone(UTC), end=end.astimezone(UTC))


def _end(text: str, start: datetime) -> datetime:
    if "-" in text[:10] and len(text) >= len("2026-11-24"):
        return datetime.fromisoformat(text)
    moment = time.fromisoformat(text)
    return datetime.combine(start.date(), moment, moment.tzinfo or start.tzinfo)


def read_minutes(text: str) -> int:
    """`45m`, `1h30m`, `1.5h` or `45` as whole minutes. Raises `InputRefused`."""
    text = text.strip()
    if text.isdecimal():
        minutes = int(text)
    else:
        match = _DURATION.fullmatch(text)
        if match is None or not any(match.groups()):
            raise InputRefused(f"“{text}” is no duration. Write it like 45m or 1h30m.")
        hours, rest = match.groups()
        minutes = round(float((hours or "0").replace(",", ".")) * 60) + int(rest or 0)
    if not 0 < minutes <= 24 * 60:
        raise InputRefused("A duration is between one minute and 24 hours.")
    return minutes


def say_time(moment: datetime) -> str:
    """A moment for people, in the computer's zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
