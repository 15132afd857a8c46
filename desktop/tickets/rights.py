"""Who may do what to a ticket that they may see; the help desk decides, the client uses it to offer no dead ends."""

from datetime import datetime

from desktop.tickets.connection import Account
from desktop.tickets.life_cycle import has_ended
from desktop.tickets.operations import AddNote, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import NoteKind, Ticket

REQUESTER_FIELDS = frozenset(("summary", "details", "error_text", "device", "type"))
"""The fields that people outside the provider may change; the others are the provider's decisions."""

ONLY_THE_PROVIDER = "Only your provider can change this."
"""What is said to who may not."""

ONLY_TO_READ = "This was a colleague's and is over. You can read it; they or a dispatcher can change it."
"""What is said to a technician on a ticket that `may_change` keeps as it is."""

_PROVIDER_NOTES = frozenset((NoteKind.INTERNAL, NoteKind.TIME))


def may(by: Person, operation: Operation) -> bool:
    """Whether someone of this role may do this to a ticket.

    Work on a ticket (taking, giving, logging time, internal notes, status, priority, technician, due date) is the
    provider's. Notes of kind `system` are the help desk's own and nobody's to write.
    """
    if operation.add_note is not None:
        return _may_note(by, operation.add_note)
    if by.role.is_provider:
        return True
    if operation.change_fields is not None:
        return all(change.field in REQUESTER_FIELDS for change in operation.change_fields.changes)
    return operation.acknowledge is None and operation.assign is None and operation.log_time is None


def may_change(by: Person, ticket: Ticket, organisation: Organisation) -> bool:
    """Whether a ticket that someone sees is theirs to change at all.

    Technicians read what is over whoever has had it, so as to learn how it was resolved; it stays its technician's.
    """
    is_others = by.role is Role.TECHNICIAN and ticket.assignee not in ("", by.email)
    return not (is_others and ticket.requester.email != by.email and has_ended(organisation, ticket))


def surely_may_not(account: Account | None, operation: Operation, now: datetime) -> bool:
    """Whether the help desk is certain to refuse this, whatever ticket it is about."""
    person = certainly(account, now)
    return person is not None and not may(person, operation)


def certainly(account: Account | None, now: datetime) -> Person | None:
    """Who we are, where that is certain.

    The help desk told it with the tokens in use. Once they are over, rights may have changed: then it has to be asked.
    """
    if account is None or account.access_until is None or now >= account.access_until:
        return None
    return account.person


def _may_note(by: Person, body: AddNote) -> bool:
    if body.kind is NoteKind.SYSTEM:
        return False
    return by.role.is_provider or body.kind not in _PROVIDER_NOTES
