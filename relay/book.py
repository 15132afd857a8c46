"""The book: what operations do to tickets, each exactly once, in one writing transaction per batch.

An operation is decided before anything of it is written (the rules are pure), so one that is refused leaves nothing
behind and needs no savepoint of its own; everything that a batch has decided is then written in a few statements.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from desktop.sync.protocol import FieldConflict, Result, encode
from desktop.tickets.acceptance import NotAccepted
from desktop.tickets.escalation import Decision
from desktop.tickets.escalation_decision import decide
from desktop.tickets.identity import is_id
from desktop.tickets.life_cycle import closes_at, purpose_of
from desktop.tickets.operations import FileTicket, Kind, Operation
from desktop.tickets.organisation import Organisation, Purpose
from desktop.tickets.people import Person
from desktop.tickets.projection import Applied, apply
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import NoteKind, Ticket, TicketState
from relay.accounts import find_person
from relay.answers import Answer, raw, refused
from relay.incoming import Incoming, read
from relay.journal import Journal, Row, rows_where
from relay.permissions import Principal, reader, sight_of_ticket
from relay.problems import Refusal, not_found
from relay.shelf import Filed, Kept, Shelf
from relay.tables import rows, tickets

_STATUSES: Final = {"no-such-ticket": 404, "not-allowed": 403, "id-taken": 409}

_BEFORE_SIGNING_IN: Final = frozenset(
    (Kind.FILE_TICKET, Kind.ADD_NOTE, Kind.ATTACH_FILE, Kind.CORRECT_CONTACT, Kind.PROPOSE_TIMES)
)


class Book:
    """Applies operations of one principal within one writing transaction."""

    def __init__(self, connection: Connection, by: Principal, organisation: Organisation, at: datetime) -> None:
        self._connection = connection
        self._by = by
        self._reader = reader(by)
        self._person = by.person or Person(email="", company=by.company, verified=False)
        self._organisation = organisation
        self._at = at
        self._journal = Journal(connection, at)
        self._shelf = Shelf(connection, at)
        self._halted: set[str] = set()

    def apply_batch(self, wires: Sequence[bytes]) -> list[Answer]:
        """One answer per operation, in order, everything written. Raises `Refusal` where one has not even an id."""
        batch = [read(wire) for wire in wires]
        self._shelf.fetch(
            operations=[come.id for come in batch],
            tickets=[come.ticket for come in batch],
            created=[row for come in batch for row in come.creates],
        )
        answers = [self._answer(come) for come in batch]
        if self._shelf.flush():
            self._journal.go_on()
        self._journal.flush()
        return answers

    def located(self, operation: str) -> Answer | None:
        """The answer that was given to an operation of this device or person, or None. Writes nothing."""
        self._shelf.fetch(operations=[operation], tickets=[], created=[])
        kept = self._shelf.kept(operation)
        if kept is None or not self._is_ours(kept):
            return None
        self._shelf.fetch(operations=[], tickets=[kept.ticket], created=[])
        return self._again(kept)

    def decide(self, ticket: str, decision: Decision, version: int) -> bytes:
        """Decide on a faster answer, against the version that the approver sees; the ticket as it now stands.

        Raises `Refusal`: 404 where there is none for this person, 412 where it has changed, 403 and 422 by the rules.
        """
        self._shelf.fetch(operations=[], tickets=[ticket], created=[])
        before = self._shelf.ticket(ticket)
        if before is None or not self._reader.sees(before.row.sight):
            raise not_found()
        if before.ticket.version != version:
            raise Refusal(412, "changed", "The ticket has changed", "Please look at the ticket again, then decide.")
        try:
            decided = decide(self._organisation, before.ticket, decision, by=self._person, at=self._at)
        except NotAccepted as refusal:
            status = 403 if refusal.code == "not-allowed" else 422
            raise Refusal(status, refusal.code, "Not possible", refusal.sentence) from None
        filed = self._put_ticket(before, decided)
        self._shelf.flush()
        self._journal.flush()
        return filed.row.body

    def take_over(self) -> None:
        """What this device filed before anybody had signed in, with no address, is its person's from now on."""
        filed = select(tickets.c.ticket).where(tickets.c.device == self._by.device)
        theirs = self._connection.execute(filed).scalars().all()
        self._shelf.fetch(operations=[], tickets=theirs, created=[])
        for before in filter(None, map(self._shelf.ticket, theirs)):
            if not before.ticket.requester.email and before.ticket.company == self._person.company:
                said = before.ticket.requester
                requester = replace(said, email=self._person.email, name=said.name or self._person.name)
                self._put_ticket(before, replace(before.ticket, requester=requester))
        self._shelf.flush()
        self._journal.flush()

    def _answer(self, come: Incoming) -> Answer:
        if not is_id(come.id) or not is_id(come.ticket):
            return refused(come.id, "id-invalid", "This could not be read. Please write it again.")
        kept = self._shelf.kept(come.id)
        if kept is not None:
            return self._duplicate(come, kept)
        if come.ticket in self._halted:
            return Answer(id=come.id, result=Result.SKIPPED)
        answer = self._decide(come)
        if answer.result is Result.REJECTED:
            self._halted.add(come.ticket)
        if not self._is_welcome_later(come, answer):
            self._keep(come, answer)
        return answer

    def _is_welcome_later(self, come: Incoming, answer: Answer) -> bool:
        """Refused now, for lack of what is to come: such an answer is not kept.

        A file may follow, and so may a ticket, after a backup was restored. A ticket that is there, though not for who
        asks, is refused for good: the same bytes may come late once more when it is, and their sender has given up.
        """
        match answer.problem.code if answer.problem else "":
            case "upload-missing":
                return True
            case "no-such-ticket":
                return self._shelf.ticket(come.ticket) is None
        return False

    def _duplicate(self, come: Incoming, kept: Kept) -> Answer:
        if kept.hash != come.hash or not self._is_ours(kept):
            self._halted.add(come.ticket)
            return refused(come.id, "id-reused", "This was used for something else before. Please write it again.")
        if kept.result is Result.REJECTED:
            self._halted.add(come.ticket)
        return self._again(kept)

    def _decide(self, come: Incoming) -> Answer:
        try:
            return self._applied(come)
        except NotAccepted as refusal:
            status = _STATUSES.get(refusal.code, 422)
            return refused(come.id, refusal.code, refusal.sentence, status=status)

    def _applied(self, come: Incoming) -> Answer:
        """What one operation does; raises `NotAccepted` before anything of it was written."""
        operation = come.operation
        if operation is None:
            raise NotAccepted("malformed", "This could not be read. Please write it again.")
        before = self._before(operation)
        if any(self._shelf.is_taken(row) for row in come.creates):
            raise NotAccepted("id-taken", "This is here already.")
        self._check_upload(operation)
        self._check_note(operation)
        try:
            applied = apply(
                TicketState(ticket=before.ticket) if before else None,
                operation,
                by=self._person,
                at=self._at,
                organisation=self._organisation,
            )
        except OverflowError:
            raise NotAccepted("date-invalid", "A date is too far away to be meant.") from None
        if applied.refusal:
            raise NotAccepted(applied.refusal, applied.sentence)
        ticket = self._completed(applied.state.ticket, before, operation.file_ticket)
        self._check_assignee(ticket, before)
        return self._write(operation, before, ticket, applied)

    def _before(self, operation: Operation) -> Filed | None:
        """The ticket as it stands; None too where it is not for whoever asks: nobody can tell the two apart."""
        if self._by.person is None and operation.kind not in _BEFORE_SIGNING_IN:
            raise NotAccepted("not-allowed", "Please connect with a code of your own to do this.")
        before = self._shelf.ticket(operation.ticket)
        if before is None or self._may_write(before):
            return before
        if operation.file_ticket is not None:
            raise NotAccepted("id-taken", "The help desk could not take this. Please write it again.")
        return None

    def _completed(self, ticket: Ticket, before: Filed | None, filing: FileTicket | None) -> Ticket:
        """The ticket with what the help desk alone gives: number, company, receipt, the day on which it closes."""
        if before is None:
            requester = self._requester(ticket, filing)
            ticket = replace(
                ticket,
                number=self._shelf.next_number(),
                requester=requester,
                company=requester.company,
                received_at=self._at,
                updated_at=self._at,
            )
        moved = before is None or before.ticket.status != ticket.status
        if moved and ticket.due_back is None and purpose_of(self._organisation, ticket) is Purpose.PENDING_CLOSURE:
            ticket = replace(ticket, due_back=closes_at(self._organisation, self._at))
        return ticket

    def _requester(self, ticket: Ticket, filing: FileTicket | None) -> Person:
        """Whose ticket it is: that of the one who files, or of the client for whom the provider's people file."""
        if self._person.role.is_provider and filing is not None and filing.on_behalf_of:
            client = find_person(self._connection, filing.on_behalf_of)
            if client is not None:
                return client
        return replace(ticket.requester, company=self._by.company)

    def _may_write(self, filed: Filed) -> bool:
        """A ticket that one reads, or one that this device filed before anybody had signed in."""
        return filed.device == self._by.device if self._by.person is None else self._reader.sees(filed.row.sight)

    def _check_note(self, operation: Operation) -> None:
        """A file that came with a note comes with one of the same ticket, and goes no further than that note."""
        body = operation.attach_file
        note = self._row(RowKind.NOTE, body.note) if body is not None and body.note else None
        if note is not None and note.ticket != operation.ticket:
            raise NotAccepted("no-such-note", "The words that this file came with are not there.")

    def _is_internal(self, note: str) -> bool:
        row = self._row(RowKind.NOTE, note) if note else None
        return row is not None and row.sight == row.sight.behind_the_counter

    def _check_assignee(self, ticket: Ticket, before: Filed | None) -> None:
        if not ticket.assignee or (before is not None and before.ticket.assignee == ticket.assignee):
            return
        technician = find_person(self._connection, ticket.assignee)
        if technician is None or not technician.role.is_provider:
            raise NotAccepted("no-such-technician", "There is no technician with this address.")

    def _check_upload(self, operation: Operation) -> None:
        body = operation.attach_file
        if body is None:
            return
        upload = self._shelf.upload(body.attachment)
        if upload is None or upload.device != self._by.device or not upload.finished:
            raise NotAccepted("upload-missing", "The file itself has not arrived yet. Please try again.")
        if (upload.size, upload.sha256) != (body.size, body.sha256):
            raise NotAccepted("upload-differs", "The file that arrived is another one. Please add it again.")

    def _write(self, operation: Operation, before: Filed | None, ticket: Ticket, applied: Applied) -> Answer:
        filed = before if before is not None and ticket == before.ticket else self._put_ticket(before, ticket)
        note = attachment = None
        for said in applied.state.notes:
            version = self._journal.version()
            note = encode(replace(said, version=version))
            self._put_new(filed, RowKind.NOTE, said.id, version, note, internal=said.kind is NoteKind.INTERNAL)
        for hung in applied.state.attachments:
            version = self._journal.version()
            attachment = encode(replace(hung, version=version))
            internal = self._is_internal(hung.note)
            self._put_new(filed, RowKind.ATTACHMENT, hung.id, version, attachment, internal=internal)
            self._shelf.attach(hung.id)
        signed_in = self._by.person is not None
        return Answer(
            id=operation.id,
            result=Result.CONFLICT if applied.lost else Result.APPLIED,
            ticket=raw(filed.row.body) if signed_in or operation.file_ticket else None,
            note=raw(note),
            attachment=raw(attachment),
            conflicts=tuple(
                FieldConflict(field=lost.field, mine=lost.mine, theirs=lost.theirs) for lost in applied.lost
            ),
        )

    def _put_ticket(self, before: Filed | None, ticket: Ticket) -> Filed:
        ticket = replace(ticket, version=self._journal.version())
        row = Row(
            kind=RowKind.TICKET,
            row=ticket.id,
            ticket=ticket.id,
            version=ticket.version,
            sight=sight_of_ticket(ticket, self._organisation),
            body=encode(ticket),
        )
        self._journal.put(row, before.row if before else None)
        filed = Filed(ticket=ticket, row=row, device=before.device if before else self._by.device)
        self._shelf.put_ticket(filed)
        return filed

    def _put_new(
        self, filed: Filed, kind: RowKind, row: str, version: int, body: bytes, *, internal: bool = False
    ) -> None:
        sight = filed.row.sight.behind_the_counter if internal else filed.row.sight
        self._journal.put(
            Row(kind=kind, row=row, ticket=filed.ticket.id, version=version, sight=sight, body=body), None
        )
        self._shelf.take(row)

    def _keep(self, come: Incoming, answer: Answer) -> None:
        kind = RowKind.NOTE if answer.note is not None else RowKind.ATTACHMENT if answer.attachment is not None else ""
        self._shelf.keep(
            Kept(
                operation=come.id,
                ticket=come.ticket,
                kind=come.operation.kind if come.operation else "",
                hash=come.hash,
                device=self._by.device,
                email=self._by.email,
                result=answer.result,
                made_kind=kind,
                made=come.creates[0] if kind else "",
                problem=answer.problem,
                conflicts=answer.conflicts,
            )
        )

    def _again(self, kept: Kept) -> Answer:
        """The answer that was given, with the ticket as it now stands."""
        if kept.result is Result.REJECTED:
            return Answer(id=kept.operation, result=Result.REJECTED, problem=kept.problem)
        filed = self._shelf.ticket(kept.ticket)
        seen = filed is not None and self._may_read(filed, kept)
        made = self._made(kept) if seen or self._by.person is None else None
        return Answer(
            id=kept.operation,
            result=Result.CONFLICT if kept.conflicts else Result.DUPLICATE,
            ticket=raw(filed.row.body) if filed is not None and seen else None,
            note=raw(made) if kept.made_kind == RowKind.NOTE else None,
            attachment=raw(made) if kept.made_kind == RowKind.ATTACHMENT else None,
            conflicts=kept.conflicts,
        )

    def _may_read(self, filed: Filed, kept: Kept) -> bool:
        if self._by.person is None:
            return kept.kind == Kind.FILE_TICKET
        return self._reader.sees(filed.row.sight)

    def _made(self, kept: Kept) -> bytes | None:
        if not kept.made:
            return None
        made = self._row(RowKind(kept.made_kind), kept.made)
        return made.body if made else None

    def _row(self, kind: RowKind, row: str) -> Row | None:
        """A note or attachment as it stands, written or about to be."""
        pending = self._journal.pending(kind, row)
        if pending is not None:
            return pending
        return next(iter(rows_where(self._connection, rows.c.kind == kind, rows.c.row == row)), None)

    def _is_ours(self, kept: Kept) -> bool:
        return kept.device == self._by.device or bool(kept.email and kept.email == self._by.email)
