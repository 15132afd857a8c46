"""The `[hours]` section of a profile: a line per weekday, such as `monday = ["08:00-12:00", "13:00-17:00"]`."""

import re
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.tickets.organisation import Holiday, Hours, Shift
from desktop.tickets.typed_toml import Unreadable, as_date, as_list, as_table, as_text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII)

Span = tuple[time, time]


def read_hours(value: object, key: str) -> Hours:
    """Business hours from their table; `Unreadable` names what is wrong."""
    table = as_table(value, key)
    for name in table:
        if name not in ("time_zone", "holidays", *WEEKDAYS):
            raise Unreadable(f"{key}.{name}", "is not known")
    if "time_zone" not in table:
        raise Unreadable(f"{key}.time_zone", "is missing")
    shifts = tuple(
        Shift(weekday=weekday, start=start, end=end)
        for weekday, name in enumerate(WEEKDAYS)
        for start, end in _read_spans(table.get(name, []), f"{key}.{name}")
    )
    if not shifts:
        raise Unreadable(key, "has no day with opening hours")
    holidays = as_list(table.get("holidays", []), f"{key}.holidays")
    return Hours(
        time_zone=read_zone(table["time_zone"], f"{key}.time_zone"),
        shifts=shifts,
        holidays=_read_holidays(holidays, f"{key}.holidays"),
    )


def read_zone(value: object, key: str) -> str:
    """An IANA time zone by name, `Unreadable` unless this computer knows it."""
    name = as_text(value, key)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable(key, f"is no time zone: {name[:80]!r}") from None
    return name


def _read_holidays(entries: list[Any], key: str) -> tuple[Holiday, ...]:
    holidays: dict[object, Holiday] = {}
    for at, entry in enumerate(entries):
        path = f"{key}[{at}]"
        table = as_table(entry, path)
        for name in table:
            if name not in ("day", "name", "open"):
                raise Unreadable(f"{path}.{name}", "is not known")
        for name in ("day", "name"):
            if name not in table:
                raise Unreadable(f"{path}.{name}", "is missing")
        day = as_date(table["day"], f"{path}.day")
        if day in holidays:
            raise Unreadable(f"{path}.day", f"{day} is given twice")
        spans = _read_spans(table.get("open", []), f"{path}.open")
        holidays[day] = Holiday(day=day, name=as_text(table["name"], f"{path}.name"), open=spans)
    return tuple(holidays.values())


def _read_spans(value: object, key: str) -> tuple[Span, ...]:
    """Spans in order, each ending after it starts and before the next begins."""
    spans: list[Span] = []
    for at, entry in enumerate(as_list(value, key)):
        path = f"{key}[{at}]"
        found = _SPAN.fullmatch(as_text(entry, path))
        if found is None:
            raise Unreadable(path, "must be two times such as 08:00-17:30")
        start = time(int(found[1]), int(found[2]))
        end = time(int(found[3] or 0), int(found[4] or 0))
        if found[3] == "00" and end == time():
            raise Unreadable(path, "must end at 24:00 where it ends at midnight")
        if end != time() and end <= start:
            raise Unreadable(path, "must end after it starts")
        if spans and (spans[-1][1] == time() or start < spans[-1][1]):
            raise Unreadable(path, "must begin after the one before has ended")
        spans.append((start, end))
    return tuple(spans)
