"""The fields of a ticket that can be changed, as text: what a person saw, wants, and gets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desktop.tickets import life_cycle
from desktop.tickets.acceptance import NotAccepted, check_instant
from desktop.tickets.contact_merge import CONTACT_FIELDS, contact_text
from desktop.tickets.operations import FieldChange
from desktop.tickets.organisation import Organisation
from desktop.tickets.plain_text import brief, one_line, tidy
from desktop.tickets.ticket import PriorityKey, StatusKey, Ticket, TypeKey


def field_text(ticket: Ticket, field: str) -> str:
    """A field as text: the `base` of a change. A date is ISO 8601 in UTC, empty for none; KeyError if unknown."""
    return contact_text(ticket.contact, field) if field in CONTACT_FIELDS else _TEXTS[field](ticket)


def normal(change: FieldChange) -> FieldChange:
    """The change with base and value written as `field_text` writes them; `NotAccepted` for a date that is none."""
    write = _WRITE.get(change.field, one_line)
    return replace(change, base=write(change.base), value=write(change.value))


def check_value(organisation: Organisation, field: str, value: str) -> None:
    """Raise `NotAccepted` for a value that the provider does not have."""
    if field == "status" and not life_cycle.is_known(organisation, value):
        raise NotAccepted("status-unknown", f"Your provider has no status “{value}”.")
    if field == "priority" and organisation.priority(PriorityKey(value)) is None:
        raise NotAccepted("priority-unknown", f"Your provider has no priority “{value}”.")
    if field == "type" and value and organisation.request_types and organisation.request_type(TypeKey(value)) is None:
        raise NotAccepted("type-unknown", f"Your provider has no kind of request “{value}”.")


def set_field(organisation: Organisation, ticket: Ticket, field: str, value: str, *, who: str, at: datetime) -> Ticket:
    """The ticket with the field (normal, checked text) set, and a line of history where that changes it.

    A technician who is given the ticket has yet to take it; a priority that a person set has no reason of ours; a
    device that was renamed is this computer only if it is called as this computer. A kind of request that is
    confidential makes the ticket so, for good.
    """
    old = field_text(ticket, field)
    if value == old:
        return ticket
    if field == "status":
        return life_cycle.move(organisation, ticket, StatusKey(value), who=who, at=at)
    step = brief(old), brief(value)
    ticket = life_cycle.changed(ticket, field, *step, who=who, at=at, **_SET[field](ticket, value))
    kind = organisation.request_type(ticket.type)
    return replace(ticket, confidential=True) if kind is not None and kind.confidential else ticket


def _device(ticket: Ticket, name: str) -> dict[str, Any]:
    return {"device": ticket.device.renamed(name, ticket.written_on)}


def _address(text: str) -> str:
    return one_line(text).lower()


def _date(text: str) -> str:
    if not text.strip():
        return ""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NotAccepted("date-invalid", "This date could not be read.") from None
    check_instant(moment)
    return life_cycle.instant_text(moment)


_TEXTS: Mapping[str, Callable[[Ticket], str]] = MappingProxyType(
    {
        "summary": lambda ticket: ticket.summary,
        "details": lambda ticket: ticket.details,
        "error_text": lambda ticket: ticket.error_text,
        "status": lambda ticket: ticket.status,
        "priority": lambda ticket: ticket.priority,
        "assignee": lambda ticket: ticket.assignee,
        "device": lambda ticket: ticket.device.name,
        "type": lambda ticket: ticket.type,
        "due_back": lambda ticket: life_cycle.instant_text(ticket.due_back),
    }
)

_WRITE: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"details": tidy, "error_text": tidy, "assignee": _address, "due_back": _date}
)

_SET: Mapping[str, Callable[[Ticket, str], dict[str, Any]]] = MappingProxyType(
    {
        "summary": lambda _, text: {"summary": text},
        "details": lambda _, text: {"details": text},
        "error_text": lambda _, text: {"error_text": text},
        "priority": lambda _, text: {"priority": PriorityKey(text), "priority_reason": ""},
        "assignee": lambda _, text: {"assignee": text, "acknowledged": False},
        "device": _device,
        "type": lambda _, text: {"type": TypeKey(text)},
        "due_back": lambda _, text: {"due_back": datetime.fromisoformat(text) if text else None},
    }
)
"""The values that a field's text stands for."""
