"""What is shown: the confirmed ticket with the outbox projected over it, and a mark on whatever is not confirmed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.ticket import Attachment, Note, PriorityKey, StatusKey, Ticket


class Mark(StrEnum):
    """How far something has come."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    """Saved on this computer, not with the provider yet."""
    ASKING = "asking"
    """It may have arrived; we are asking."""
    REFUSED = "refused"
    """The provider did not accept it; it can be changed."""


def mark_of(state: OperationState) -> Mark:
    """The mark of an operation's state."""
    if state is OperationState.DONE:
        return Mark.CONFIRMED
    if state is OperationState.UNKNOWN:
        return Mark.ASKING
    if state is OperationState.REJECTED:
        return Mark.REFUSED
    return Mark.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note with its mark."""

    note: Note
    mark: Mark = Mark.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAttachment:
    """An attachment with its mark. `is_local`: its bytes are on this machine."""

    attachment: Attachment
    mark: Mark = Mark.CONFIRMED
    is_local: bool = False


TWICE: Final = "number"
"""The `field` of a kept value that says that a ticket was there twice: `mine` are the numbers that gave way."""


REPEATED: Final = "repeated"
"""The `field` of a kept value that says that an addition was there twice: `mine` is the kind of its operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptValue:
    """A value of the person's that lost against the help desk's, one click from being applied again."""

    operation: str
    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """A ticket as it is shown.

    Attributes:
        mark: of the ticket itself: `waiting` until the help desk has answered the filing.
        pending: entries that are not confirmed, oldest first, whatever they do.
        lost: the help desk no longer has this ticket of ours (restored from an older backup).
        twice: numbers under which the help desk had it as well, before they were made one.
        repeated: kinds of what was added to it and was there twice, before it was made one.
    """

    ticket: Ticket
    mark: Mark
    notes: tuple[ShownNote, ...] = ()
    attachments: tuple[ShownAttachment, ...] = ()
    pending: tuple[OutboxEntry, ...] = ()
    kept: tuple[KeptValue, ...] = ()
    lost: bool = False
    twice: str = ""
    repeated: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """A line of the list of tickets.

    Attributes:
        pending: how many operations are not confirmed.
        unread: others have said something since the person last had it open on this computer.
    """

    ticket: str
    reference: str
    number: str
    summary: str
    status: StatusKey
    priority: PriorityKey
    updated: datetime
    mark: Mark
    pending: int
    requester: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    """Rows, newest first. `more`: there are others; `before` of the next page is the last row's (updated, ticket)."""

    rows: tuple[TicketRow, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """One operation that waits, is being asked about, or needs attention."""

    id: str
    kind: Kind
    ticket: str
    reference: str
    summary: str
    state: OperationState
    attempts: int
    not_before: datetime | None
    last_error: str
    waits_for_ticket: bool = False
    size: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed, so that a window refreshes just that. `everything`: more than is worth naming."""

    tickets: frozenset[str] = frozenset()
    outbox: bool = False
    connection: bool = False
    organisation: bool = False
    everything: bool = False
