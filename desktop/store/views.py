"""The view: what was confirmed with the outbox projected over it, in the transaction of its causes."""

from dataclasses import replace
from typing import Any

from desktop.store.codec import decode_attachment, decode_note, decode_ticket, to_number
from desktop.store.entries import COLUMNS, PROJECTED, entries_of
from desktop.store.generations import copies, present_generation
from desktop.store.settings import StoredSettings
from desktop.store.work import Work
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.projection import project
from desktop.tickets.reference import reference
from desktop.tickets.ticket import Ticket, TicketState
from desktop.tickets.view import KeptValue, Mark, TicketView

NOBODY = Person(email="", verified=False)
"""Who we are before anyone has signed in."""


def line_of(ticket: Ticket, *, is_ours: bool = False) -> tuple[Any, ...]:
    """The columns that a list shows and is made by, in the order of `LINE`.

    The last is the technician in whose list the ticket is, empty for everybody's. It is in everybody's too where it
    `is_ours`: something that was done here waits on it, or the help desk has lost it.
    """
    return (
        to_number(ticket.updated_at),
        reference(ticket.id),
        ticket.number,
        ticket.summary,
        ticket.status,
        ticket.priority,
        ticket.requester.email,
        "" if is_ours else ticket.assignee,
    )


_SHOWN = f"state IN {PROJECTED}"
_AND_ITS_FILING = f"({_SHOWN} OR (kind = 'file_ticket' AND state = 'done'))"
"""What else is known of a ticket that the help desk does not tell (any more), while something waits on it."""
LINE = "updated, reference, number, summary, status, priority, requester, whose"


class Views:
    """Reads a ticket with all that is on it, and keeps the lines of the list."""

    def __init__(self, work: Work, settings: StoredSettings) -> None:
        self._work = work
        self._settings = settings

    def state(self, ticket: str, *, lost: bool = False) -> TicketState | None:
        """The ticket as the help desk last told it; with `lost` also one that it no longer has."""
        row = self._shown_row(ticket)
        if row is None or row[1] is None or (row[2] and not lost):
            return None
        return self._state(row[0], row[1])

    def view(self, ticket: str) -> TicketView | None:
        """The ticket as it is shown, or None when there is nothing."""
        return self._view(ticket, self._shown_row(ticket), self._entries(ticket))

    def _view(self, ticket: str, row: Any, entries: tuple[OutboxEntry, ...]) -> TicketView | None:
        confirmed = self._state(row[0], row[1]) if row is not None and row[1] is not None else None
        if confirmed is None and entries:
            entries = self._entries(ticket, _AND_ITS_FILING)
        account = self._settings.account()
        shown = project(
            confirmed,
            entries,
            me=account.person if account is not None and account.person is not None else NOBODY,
            organisation=self._settings.read_organisation(),
            kept=self._kept(ticket),
            lost=row is not None and bool(row[2]),
        )
        return None if shown is None else self._with_local_files(shown)

    def refresh(self, ticket: str, *, text_too: bool = True) -> None:
        """Bring the ticket's line in the list up to date, in a copy that is being filled too, and its words.

        Its words are what it is found by; without `text_too` they have not changed.
        """
        entries = self._entries(ticket)
        for generation in copies(self._work.run):
            self._refresh(generation, ticket, entries, text_too=text_too)

    def _refresh(self, generation: int, ticket: str, entries: tuple[OutboxEntry, ...], *, text_too: bool) -> None:
        row = self._row(generation, ticket)
        if row is not None and row[1] is not None and not entries:
            self._write(row[0], decode_ticket(row[1]), Mark.CONFIRMED, 0, lost=bool(row[2]), text_too=text_too)
        elif (view := self._view(ticket, row, entries)) is not None:
            key = row[0] if row is not None else ticket_key(self._work, generation, ticket)
            self._write(key, view.ticket, view.mark, len(view.pending), lost=view.lost, text_too=text_too)
        elif row is not None:
            self._work.run("UPDATE ticket SET shown = 0 WHERE key = ?", row[:1])
            self._work.run("DELETE FROM error WHERE ticket = ?", row[:1])
            self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, 0)", row[:1])

    def _write(self, key: int, ticket: Ticket, mark: Mark, pending: int, *, lost: bool, text_too: bool) -> None:
        is_ours = lost or pending > 0
        self._work.run(
            f"UPDATE ticket SET ({LINE}) = (?, ?, ?, ?, ?, ?, ?, ?), mark = ?, pending = ?, shown = 1 WHERE key = ?",  # noqa: S608
            (*line_of(ticket, is_ours=is_ours), mark, pending, key),
        )
        if text_too:
            self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, 0)", (key,))

    def _shown_row(self, ticket: str) -> Any:
        return self._row(present_generation(self._work.run), ticket)

    def _row(self, generation: int, ticket: str) -> Any:
        return self._work.run(
            "SELECT key, body, lost FROM ticket WHERE generation = ? AND id = ?", (generation, ticket)
        ).fetchone()

    def _state(self, key: int, body: bytes) -> TicketState:
        parts = self._work.run("SELECT kind, body FROM part WHERE ticket = ?", (key,)).fetchall()
        notes = (decode_note(told) for kind, told in parts if kind == "note")
        files = (decode_attachment(told) for kind, told in parts if kind == "attachment")
        # By the help desk's count: what came in one batch came at one time, and ids follow the clocks of clients.
        return TicketState(
            ticket=decode_ticket(body),
            notes=tuple(sorted(notes, key=lambda note: (note.version, note.id))),
            attachments=tuple(sorted(files, key=lambda file: (file.version, file.id))),
        )

    def _entries(self, ticket: str, which: str = _SHOWN) -> tuple[OutboxEntry, ...]:
        query = f"SELECT {COLUMNS} FROM outbox WHERE ticket = ? AND {which} ORDER BY seq"  # noqa: S608
        return entries_of(self._work.run(query, (ticket,)))

    def _kept(self, ticket: str) -> tuple[KeptValue, ...]:
        query = "SELECT operation, field, mine, theirs FROM kept WHERE ticket = ? ORDER BY rowid"
        rows = self._work.run(query, (ticket,))
        return tuple(KeptValue(operation=row[0], field=row[1], mine=row[2], theirs=row[3]) for row in rows)

    def _with_local_files(self, view: TicketView) -> TicketView:
        def is_local(attachment: str) -> bool:
            return self._work.run("SELECT 1 FROM content WHERE attachment = ?", (attachment,)).fetchone() is not None

        files = tuple(replace(shown, is_local=is_local(shown.attachment.id)) for shown in view.attachments)
        return replace(view, attachments=files)


def ticket_key(work: Work, generation: int, ticket: str) -> int:
    """The number of a ticket in a generation, given now if it had none."""
    row = work.run("SELECT key FROM ticket WHERE generation = ? AND id = ?", (generation, ticket)).fetchone()
    if row is None:
        return int(work.run("INSERT INTO ticket(generation, id) VALUES (?, ?)", (generation, ticket)).lastrowid)
    return int(row[0])
