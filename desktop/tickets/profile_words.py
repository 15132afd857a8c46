"""What a profile shows to requesters, and what it leaves out: for whoever writes one to read over."""

from collections.abc import Iterator
from dataclasses import fields

from desktop.tickets.organisation import (
    Article,
    Holiday,
    Hours,
    Link,
    Organisation,
    Phone,
    PriorityLevel,
    PriorityRule,
    Question,
    RequestType,
    RoleTerms,
    Status,
)

_READ: dict[type, tuple[str, ...]] = {
    Phone: ("label", "number", "press", "note"),
    Link: ("label",),
    Hours: ("holidays",),
    Holiday: ("name",),
    PriorityLevel: ("words", "meaning", "examples"),
    PriorityRule: ("reason",),
    Status: ("words", "next"),
    RequestType: ("name", "advice", "questions", "checklist", "elsewhere"),
    Question: ("label", "choices"),
    RoleTerms: ("name", "duties"),
    Article: ("title", "text"),
    Organisation: (
        "name",
        "short_name",
        "email",
        "one_channel",
        "help_faster",
        "phones",
        "links",
        "hours",
        "priorities",
        "priority_rules",
        "statuses",
        "request_types",
        "roles",
        "articles",
    ),
}
"""The fields that a requester reads. The provider's own names of statuses and priorities are for technicians."""

_DETAILS = ("key", "name", "short_name", "real", "priority_change_restarts")
"""Fields that are no section."""


def requester_words(organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """Every text that a requester may read, with its path, such as `statuses[3].words`."""
    return tuple(_texts(organisation, ""))


def absent_sections(organisation: Organisation) -> tuple[str, ...]:
    """The sections that the provider has not stated, in the order of `Organisation`."""
    names = (field.name for field in fields(Organisation) if field.name not in _DETAILS)
    return tuple(name for name in names if not getattr(organisation, name))


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for at, entry in enumerate(value):
            yield from _texts(entry, f"{path}[{at}]")
    elif value is not None:
        for name in _READ[type(value)]:
            yield from _texts(getattr(value, name), f"{path}.{name}" if path else name)
