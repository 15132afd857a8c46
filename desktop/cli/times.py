"""Times and durations as a person types them. Times are the computer's zone unless an offset is given."""

import re
from datetime import UTC, datetime, time

from desktop.local_time import local
from desktop.tickets.ticket import TimeWindow
from desktop.tickets.trouble import InputRefused

_DURATION = re.compile(
    r"(?=.)(?:(?P<hours>[0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*h(?:ours?)?)?\s*"
    r"(?:(?P<minutes>[0-9]{1,5})\s*(?:m(?:in(?:utes?)?)?)?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def read_window(text: str) -> TimeWindow:
    """`2026-11-24 09:00/12:00` or `2026-11-24T09:00+01:00/2026-11-24T12:00+01:00`; both ends in UTC.

    Raises `InputRefused`.
    """
    first, slash, second = text.partition("/")
    try:
        if not slash:
            raise ValueError(text)
        start = datetime.fromisoformat(first.strip())
        end = _end(second.strip(), start)
        return TimeWindow(start=start.astimezone(UTC), end=end.astimezone(UTC))
    except (ValueError, OverflowError, OSError):  # the last where Windows knows no zone: before 1970
        raise InputRefused(f"“{text}” is no stretch of time. Write it like 2026-11-24 09:00/12:00.") from None


def _end(text: str, start: datetime) -> datetime:
    if _DATE.match(text):
        return datetime.fromisoformat(text)
    moment = time.fromisoformat(text)
    return datetime.combine(start.date(), moment, moment.tzinfo or start.tzinfo)


def read_minutes(text: str) -> int:
    """`45m`, `1h30m`, `1.5h` or `45` as whole minutes. Raises `InputRefused`."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise InputRefused(f"“{text}” is no duration. Write it like 45m or 1h30m.")
    hours = float((match["hours"] or "0").replace(",", "."))
    minutes = round(hours * 60) + int(match["minutes"] or 0)
    if not 0 < minutes <= 24 * 60:
        raise InputRefused("A duration is between one minute and 24 hours.")
    return minutes


def say_time(moment: datetime) -> str:
    """A moment for people, in the computer's zone."""
    return local(moment).replace(tzinfo=None).isoformat(" ", "minutes")
