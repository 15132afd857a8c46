"""What each kind of operation does to a ticket, once it has been accepted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from desktop.tickets import life_cycle
from desktop.tickets.acceptance import MAX_LIST, NotAccepted
from desktop.tickets.contact_merge import merge_contact
from desktop.tickets.creation import Act, in_order
from desktop.tickets.escalation import may_request
from desktop.tickets.escalation_decision import REQUEST, open_request
from desktop.tickets.merge import LostValue, merge_fields, merge_sets
from desktop.tickets.operations import Kind
from desktop.tickets.organisation import Purpose
from desktop.tickets.people import Contact
from desktop.tickets.plain_text import brief, one_line, tidy
from desktop.tickets.ticket import Appointment, NoteKind, StatusKey, Ticket, TimeWindow
from desktop.tickets.ticket_fields import check_value, field_text, normal, set_field


@dataclass(frozen=True, slots=True)
class Effect:
    """The ticket afterwards, and the values that lost against the help desk's."""

    ticket: Ticket
    lost: tuple[LostValue, ...] = ()


def effect_on(ticket: Ticket, act: Act) -> Effect:
    """What the operation does to a ticket that exists; `NotAccepted` where this ticket does not allow it."""
    return _EFFECTS[act.operation.kind](ticket, act)


def _add_note(ticket: Ticket, act: Act) -> Effect:
    if act.body.kind is NoteKind.INTERNAL:
        return Effect(ticket)
    if act.body.kind is NoteKind.REPLY and act.is_client(ticket):
        return Effect(_moved(ticket, act, life_cycle.replied(act.organisation, ticket)))
    return Effect(_touched(ticket, act))


def _contribute(ticket: Ticket, act: Act) -> Effect:
    """A file and the like: it answers a provider who waits for the client, and is no reply otherwise."""
    if act.is_client(ticket):
        return Effect(_moved(ticket, act, life_cycle.contributed(act.organisation, ticket)))
    return Effect(_touched(ticket, act))


def _change_fields(ticket: Ticket, act: Act) -> Effect:
    """The status first: its step takes the old date with it, and the change may bring the new one."""
    changes = tuple(map(normal, act.body.changes))
    merged = merge_fields({change.field: field_text(ticket, change.field) for change in changes}, changes)
    wanted = {change.field: change.value for change in changes} | dict(merged.values)
    for lost in merged.lost:
        wanted.pop(lost.field)
    for field, value in merged.values.items():
        check_value(act.organisation, field, value)
    for field in sorted(wanted, key="status".__ne__):
        ticket = _set(ticket, act, field, wanted[field])
    return Effect(ticket if "status" in wanted else _contribute(ticket, act).ticket, merged.lost)


def _say_solved(ticket: Ticket, act: Act) -> Effect:
    """The client's word counts whatever the provider did meanwhile; nobody's against who has re-opened the ticket."""
    wanted, seen = life_cycle.solved(act.organisation, ticket), act.body.base
    reopened = life_cycle.purpose_of(act.organisation, ticket) is Purpose.REOPENED
    if seen not in ("", ticket.status) and wanted != ticket.status and (reopened or not act.is_client(ticket)):
        return Effect(ticket, (LostValue(field="status", mine=wanted, theirs=ticket.status),))
    return Effect(_moved(ticket, act, wanted))


def _reopen(ticket: Ticket, act: Act) -> Effect:
    return Effect(_moved(ticket, act, life_cycle.reopened(act.organisation, ticket)))


def _correct_contact(ticket: Ticket, act: Act) -> Effect:
    contact, lost = merge_contact(ticket.contact, act.body)
    if contact == ticket.contact:
        return Effect(ticket, lost)
    old, new = _contact_text(ticket.contact), _contact_text(contact)
    return replace(_contribute(_recorded(ticket, act, "contact", old, new, contact=contact), act), lost=lost)


def _follow(ticket: Ticket, act: Act) -> Effect:
    if not act.by.email:
        raise NotAccepted("not-allowed", "Please connect with your own code first.")
    me = frozenset((act.by.email,))
    wanted = merge_sets(frozenset(), me, frozenset(ticket.followers))
    if not act.body.following:
        wanted = merge_sets(me, frozenset(), frozenset(ticket.followers))
    return Effect(replace(ticket, followers=tuple(sorted(wanted))))


def _propose_times(ticket: Ticket, act: Act) -> Effect:
    windows = act.body.windows
    if act.body.base is not None:
        windows = tuple(merge_sets(frozenset(act.body.base), frozenset(windows), frozenset(ticket.availability)))
    windows = in_order(windows)
    if len(windows) > MAX_LIST:
        raise NotAccepted("too-many", f"These are more than {MAX_LIST} times. Please take some off.")
    if windows != ticket.availability:
        old, new = (brief(", ".join(map(_window_text, some))) for some in (ticket.availability, windows))
        ticket = _recorded(ticket, act, "availability", old, new, availability=windows)
    return _contribute(ticket, act)


def _choose_time(ticket: Ticket, act: Act) -> Effect:
    """The provider makes appointments. The client accepts, moves (the provider then looks at it) or cancels them."""
    old, window = ticket.appointment, act.body.window
    client = act.is_client(ticket)
    if client and old is None:
        raise NotAccepted("no-appointment", "There is no appointment yet. You can say when you have time instead.")
    if window is None:
        new = None
    else:
        where = old.where if old is not None else ""
        new = Appointment(start=window.start, end=window.end, technician=ticket.assignee, where=where)
    moves = client and new is not None and old is not None and (new.start, new.end) != (old.start, old.end)
    if new != old:
        ticket = _recorded(ticket, act, "appointment", _window_text(old), _window_text(new), appointment=new)
    if moves:
        return Effect(_moved(ticket, act, life_cycle.replied(act.organisation, ticket)))
    return Effect(_moved(ticket, act, life_cycle.scheduled(act.organisation, ticket, agreed=new is not None)))


def _acknowledge(ticket: Ticket, act: Act) -> Effect:
    if ticket.assignee not in ("", act.by.email):
        raise NotAccepted("not-yours", f"This ticket is with {ticket.assignee} now.")
    ticket = _set(ticket, act, "assignee", act.by.email)
    if ticket.acknowledged:
        return Effect(ticket)
    return Effect(_recorded(ticket, act, "acknowledged", "no", "yes", acknowledged=True))


def _assign(ticket: Ticket, act: Act) -> Effect:
    return Effect(_set(ticket, act, "assignee", one_line(act.body.technician).lower()))


def _log_time(ticket: Ticket, act: Act) -> Effect:
    return Effect(_touched(ticket, act))


def _request_escalation(ticket: Ticket, act: Act) -> Effect:
    """Asked for, and nothing more: the priority changes after the approval, never before."""
    if not may_request(act.organisation, ticket):
        raise NotAccepted("not-offered", "A faster answer is not offered for this ticket. Please call your provider.")
    if open_request(ticket) is not None:
        raise NotAccepted("already-asked", "A faster answer was asked for already, and waits to be agreed to.")
    return Effect(_recorded(ticket, act, REQUEST, "", tidy(act.body.reason)))


def _moved(ticket: Ticket, act: Act, status: StatusKey) -> Ticket:
    return _touched(life_cycle.move(act.organisation, ticket, status, who=act.who, at=act.at), act)


def _set(ticket: Ticket, act: Act, field: str, value: str) -> Ticket:
    return set_field(act.organisation, ticket, field, value, who=act.who, at=act.at)


def _recorded(ticket: Ticket, act: Act, field: str, old: str, new: str, **values: Any) -> Ticket:
    return life_cycle.changed(ticket, field, old, new, who=act.who, at=act.at, **values)


def _touched(ticket: Ticket, act: Act) -> Ticket:
    updated_at = life_cycle.later(ticket.updated_at, act.at)
    return ticket if updated_at == ticket.updated_at else replace(ticket, updated_at=updated_at)


def _contact_text(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.phone, contact.email)))


def _window_text(window: TimeWindow | Appointment | None) -> str:
    return "" if window is None else f"{window.start.isoformat()}/{window.end.isoformat()}"


_EFFECTS: Mapping[Kind, Callable[[Ticket, Act], Effect]] = MappingProxyType(
    {
        Kind.ADD_NOTE: _add_note,
        Kind.ATTACH_FILE: _contribute,
        Kind.CHANGE_FIELDS: _change_fields,
        Kind.SAY_SOLVED: _say_solved,
        Kind.REOPEN: _reopen,
        Kind.CORRECT_CONTACT: _correct_contact,
        Kind.FOLLOW: _follow,
        Kind.PROPOSE_TIMES: _propose_times,
        Kind.CHOOSE_TIME: _choose_time,
        Kind.ACKNOWLEDGE: _acknowledge,
        Kind.ASSIGN: _assign,
        Kind.LOG_TIME: _log_time,
        Kind.REQUEST_ESCALATION: _request_escalation,
    }
)
