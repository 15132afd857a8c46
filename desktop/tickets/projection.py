"""Operations laid over a ticket: the same rules at the client, which guesses, and at the relay, which decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.tickets.acceptance import FIELDS, NotAccepted, check
from desktop.tickets.contact_merge import CONTACT_FIELDS
from desktop.tickets.creation import Act, attachment_of, filed, note_of
from desktop.tickets.effects import effect_on
from desktop.tickets.merge import LostValue
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.plain_text import one_line
from desktop.tickets.rights import ONLY_THE_PROVIDER, ONLY_TO_READ, may, may_change
from desktop.tickets.ticket import Ticket, TicketState
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.view import REPEATED, TWICE, KeptValue, Mark, ShownAttachment, ShownNote, TicketView, mark_of

__all__ = ["Applied", "LostValue", "apply", "project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an operation did.

    Attributes:
        state: the ticket afterwards; unchanged when refused (where there was none: a bare one, not to be kept).
        refusal: stable short code such as `not-allowed`, empty when applied.
        sentence: the refusal for a person.
    """

    state: TicketState
    lost: tuple[LostValue, ...] = ()
    refusal: str = ""
    sentence: str = ""


def apply(
    state: TicketState | None, operation: Operation, *, by: Person, at: datetime, organisation: Organisation
) -> Applied:
    """One operation over a ticket (None: it does not exist yet); `by` and `at` are who does it and when.

    Ids are unique on the ticket here; across tickets that is the help desk's to see to, as are the ticket's number,
    version and company, and who may see it at all.
    """
    act = Act(operation, by, at, organisation)
    try:
        return _applied(state, act)
    except NotAccepted as refusal:
        unchanged = state or TicketState(ticket=_bare(operation, by))
        return Applied(state=unchanged, refusal=refusal.code, sentence=refusal.sentence)


def project(
    confirmed: TicketState | None,
    entries: Sequence[OutboxEntry],
    *,
    me: Person,
    organisation: Organisation,
    kept: Sequence[KeptValue] = (),
    lost: bool = False,
) -> TicketView | None:
    """The view: entries (in `seq` order) that are projected, over what the help desk told. None: there is nothing.

    Never refuses: what the help desk would not take stays in `pending` with its words shown. What is already among
    the confirmed is not shown again. A refused operation shows its words and changes nothing else. Number and time of
    receipt are the help desk's to give.
    """
    waiting = _once(entries)
    if confirmed is None:
        ticket, mark = _from_here(entries, waiting, me, organisation)
        if ticket is None:
            return None
        confirmed = TicketState(ticket=ticket)
    else:
        mark = Mark.CONFIRMED
    overlay = _Overlay(confirmed, me, organisation)
    for entry in waiting:
        overlay.lay(entry)
    return overlay.view(mark, waiting, kept, lost=lost)


class _Overlay:
    """A confirmed ticket while entries are laid over it, one after the other."""

    def __init__(self, confirmed: TicketState, me: Person, organisation: Organisation) -> None:
        self._ticket = confirmed.ticket
        self._me = me
        self._organisation = organisation
        self._notes = [ShownNote(note=note) for note in confirmed.notes]
        self._attachments = [ShownAttachment(attachment=attachment) for attachment in confirmed.attachments]

    def lay(self, entry: OutboxEntry) -> None:
        """One entry's words and, unless it was refused, its effect."""
        operation, mark = entry.operation, mark_of(entry.state)
        act = Act(operation, self._me, operation.made_at, self._organisation)
        author = _author(self._ticket, self._me)
        note = note_of(operation, author=author, at=operation.made_at)
        if note is not None:
            if any(shown.note.id == note.id for shown in self._notes):
                return
            self._notes.append(ShownNote(note=note, mark=mark))
        attachment = attachment_of(operation, author=author, at=operation.made_at)
        if attachment is not None and not self._hang(ShownAttachment(attachment=attachment, mark=mark, is_local=True)):
            return
        if operation.file_ticket is None and mark is not Mark.REFUSED:
            self._ticket = _guess(self._ticket, act)

    def view(self, mark: Mark, pending: Sequence[OutboxEntry], kept: Sequence[KeptValue], *, lost: bool) -> TicketView:
        """What is shown; a kept value that stands by now, or that is of no field of ours, is not offered."""
        return TicketView(
            ticket=self._ticket,
            mark=mark,
            notes=tuple(self._notes),
            attachments=tuple(self._attachments),
            pending=tuple(pending),
            kept=tuple(value for value in kept if not self._is_moot(value)),
            lost=lost,
            twice=", ".join(value.mine for value in kept if value.field == TWICE),
            repeated=tuple(Kind(value.mine) for value in kept if value.field == REPEATED),
        )

    def _is_moot(self, value: KeptValue) -> bool:
        known = value.field in FIELDS or value.field in CONTACT_FIELDS
        return not known or field_text(self._ticket, value.field) == value.mine

    def _hang(self, mine: ShownAttachment) -> bool:
        """Whether the attachment is new; one that the help desk has told is known to be on this machine too."""
        for place, shown in enumerate(self._attachments):
            if shown.attachment.id == mine.attachment.id:
                self._attachments[place] = replace(shown, is_local=True)
                return False
        self._attachments.append(mine)
        return True


def _applied(state: TicketState | None, act: Act) -> Applied:
    operation = act.operation
    check(operation)
    if not may(act.by, operation):
        raise NotAccepted("not-allowed", ONLY_THE_PROVIDER)
    if operation.file_ticket is not None:
        if state is not None:
            raise NotAccepted("ticket-exists", "This ticket is there already.")
        return Applied(state=TicketState(ticket=filed(act)))
    if state is None or state.ticket.id != operation.ticket:
        raise NotAccepted("no-such-ticket", "This ticket is not there.")
    if not may_change(act.by, state.ticket, act.organisation):
        raise NotAccepted("not-allowed", ONLY_TO_READ)
    author = _author(state.ticket, act.by)
    note = note_of(operation, author=author, at=act.at)
    attachment = attachment_of(operation, author=author, at=act.at)
    if note is not None and any(known.id == note.id for known in state.notes):
        raise NotAccepted("id-reused", "This was said already.")
    if attachment is not None and any(known.id == attachment.id for known in state.attachments):
        raise NotAccepted("id-reused", "This file is there already.")
    effect = effect_on(state.ticket, act)
    after = TicketState(
        ticket=effect.ticket,
        notes=state.notes if note is None else (*state.notes, note),
        attachments=state.attachments if attachment is None else (*state.attachments, attachment),
    )
    return Applied(state=after, lost=effect.lost)


def _guess(ticket: Ticket, act: Act) -> Ticket:
    """The ticket as the help desk will probably have it; as it is where it would refuse."""
    try:
        check(act.operation)
        is_allowed = may(act.by, act.operation) and may_change(act.by, ticket, act.organisation)
        return effect_on(ticket, act).ticket if is_allowed else ticket
    except NotAccepted:
        return ticket


def _once(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """The entries that are projected, each operation once."""
    return list({entry.id: entry for entry in entries if entry.state.is_projected}.values())


def _from_here(
    entries: Sequence[OutboxEntry], waiting: Sequence[OutboxEntry], me: Person, organisation: Organisation
) -> tuple[Ticket | None, Mark]:
    """A ticket that no help desk has told us of, from its filing; bare and refused where even that is gone.

    A filing that is done counts: the help desk may have lost the ticket since.
    """
    gone = (OperationState.REPLACED, OperationState.CANCELLED)
    for entry in entries:
        if entry.operation.file_ticket is not None and entry.state not in gone:
            ticket = filed(Act(entry.operation, me, entry.operation.made_at, organisation))
            return replace(ticket, received_at=None), mark_of(entry.state)
    return (_bare(waiting[0].operation, me), Mark.REFUSED) if waiting else (None, Mark.REFUSED)


def _bare(operation: Operation, by: Person) -> Ticket:
    summary = one_line(operation.file_ticket.summary) if operation.file_ticket is not None else ""
    return Ticket(
        id=operation.ticket, requester=by, summary=summary, made_at=operation.made_at, updated_at=operation.made_at
    )


def _author(ticket: Ticket, by: Person) -> Person:
    """Who speaks: a device on which nobody has signed in speaks for the ticket's requester."""
    return by if by.email else ticket.requester
