"""A field's value as a person types it: by the names that are read, in the computer's time zone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from desktop.tickets.life_cycle import instant_text
from desktop.tickets.organisation import Organisation
from desktop.tickets.plain_text import one_line
from desktop.tickets.trouble import InputRefused


def typed_value(organisation: Organisation, field: str, text: str) -> str:
    """The value to set: the key of the status, priority or type of that name, a date in UTC, else the text itself.

    A date without an offset is in the computer's zone. Raises `InputRefused` for a date that is none, and for a name
    that the provider does not use, with those that it does; any may be right while the provider has told of none.
    """
    match field:
        case "status":
            return _key("status", text, [(status.key, status.name, status.words) for status in organisation.statuses])
        case "priority":
            return _key("priority", text, [(level.key, level.name, level.words) for level in organisation.priorities])
        case "type":
            return _key("kind of request", text, [(kind.key, kind.name) for kind in organisation.request_types])
        case "due_back" if text.strip():
            return instant_text(_moment(text.strip()))
    return text


def _key(what: str, text: str, called: Sequence[tuple[str, ...]]) -> str:
    """The first of each is the key. A key goes before a name, a name before the words that a requester reads."""
    wanted = text.strip().casefold()
    for names in zip(*called, strict=True):
        for (key, *_), name in zip(called, names, strict=True):
            if name.casefold() == wanted:
                return key
    if wanted and called:
        known = ", ".join(name for _, name, *_ in called)
        raise InputRefused(f"“{one_line(text)}” is no {what} here. There are: {known}.")
    return text


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # OSError: Windows knows no local time before 1970
        raise InputRefused(f"“{text}” is no date. Write it like 2026-11-24 or 2026-11-24 18:00.") from None
