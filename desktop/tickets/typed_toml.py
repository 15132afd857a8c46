"""TOML values read into frozen dataclasses by their annotations: nothing unknown, nothing of another type."""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

MAX_ITEMS = 200
"""Longest list that is read; a profile is written by hand and may come from a foreign server."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and newline, and those that turn the direction of writing."""

T = TypeVar("T")


class Unreadable(ValueError):
    """A value that cannot be used: `key` is its path (`statuses[3].stage`), `reason` a phrase for a person.

    Both may quote the file and are therefore shortened and made printable.
    """

    def __init__(self, key: str, reason: str) -> None:
        self.key, self.reason = _printable(key), _printable(reason)
        super().__init__(f"{self.key}: {self.reason}")


def as_table(value: object, key: str) -> dict[str, Any]:
    """The value as a table, or `Unreadable`."""
    if not isinstance(value, dict):
        raise Unreadable(key, "must be a table")
    return value


def as_list(value: object, key: str) -> list[Any]:
    """The value as a list of at most `MAX_ITEMS`, or `Unreadable`."""
    if not isinstance(value, list):
        raise Unreadable(key, "must be a list")
    if len(value) > MAX_ITEMS:
        raise Unreadable(key, f"must have at most {MAX_ITEMS} entries")
    return value


def as_text(value: object, key: str) -> str:
    """The value as text that is not blank, or `Unreadable`."""
    if not isinstance(value, str):
        raise Unreadable(key, "must be text")
    if not value.strip():
        raise Unreadable(key, "must not be empty; leave it out instead")
    if _UNSHOWABLE.search(value):
        raise Unreadable(key, "must not contain control characters")
    return value


def as_date(value: object, key: str) -> date:
    """The value as a day, or `Unreadable`."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Unreadable(key, "must be a date such as 2026-12-25")
    return value


def read(kind: type[T], value: object, key: str = "") -> T:
    """A dataclass from a table. Fields without a default are required; `X | None` may always be left out."""
    table = as_table(value, key)
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    prefix = f"{key}." if key else ""
    for name in table:
        if name not in known:
            raise Unreadable(prefix + name, "is not known")
    values = {name: _read_value(hints[name], table[name], prefix + name) for name in known if name in table}
    for name, field in known.items():
        if name not in values and _is_required(field):
            if not _may_be_none(hints[name]):
                raise Unreadable(prefix + name, "is missing")
            values[name] = None
    return kind(**values)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text[:200])


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _may_be_none(hint: Any) -> bool:
    return isinstance(hint, UnionType) and type(None) in get_args(hint)


def _read_value(hint: Any, value: object, key: str) -> Any:
    if _may_be_none(hint):
        hint = next(option for option in get_args(hint) if option is not type(None))
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    container = get_origin(hint)
    if container is not None:
        item = get_args(hint)[0]
        return container(_read_value(item, entry, f"{key}[{at}]") for at, entry in enumerate(as_list(value, key)))
    if is_dataclass(hint):
        return read(hint, value, key)  # type: ignore[arg-type]
    if issubclass(hint, StrEnum):
        return _read_choice(hint, value, key)
    return _SCALARS[hint](value, key)


def _read_choice(choices: type[StrEnum], value: object, key: str) -> StrEnum:
    try:
        return choices(as_text(value, key))
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(key, f"must be one of: {', '.join(choices)}") from None


def _as_whole_number(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable(key, "must be a whole number")
    return value


def _as_yes_or_no(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(key, "must be true or false")
    return value


_SCALARS: dict[type, Callable[[object, str], Any]] = {
    str: as_text,
    int: _as_whole_number,
    bool: _as_yes_or_no,
    date: as_date,
}
