"""What the help desk last told, row by row, with a checksum that is kept as rows come and go."""

from desktop.store.codec import encode
from desktop.store.generations import (
    Generation,
    begin_filling,
    present_generation,
    save_generation,
    show_filled,
    told_generation,
)
from desktop.store.views import LINE, Views, line_of, ticket_key
from desktop.store.work import Work
from desktop.tickets.notice import Notice
from desktop.tickets.rows import RowKind, row_hash
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState

_KEPT = -1
"""Version of a row that the help desk has not told (any more): newer than nothing, and in no checksum."""


class Confirmed:
    """See `desktop.sync.ledger.Confirmed`. Call `finish` before the commit."""

    def __init__(self, work: Work, views: Views) -> None:
        self._work = work
        self._views = views
        self._generation: Generation | None = None
        self._ours: dict[str, bool] = {}
        self._keys: dict[tuple[int, str], int] = {}

    def put_ticket(self, ticket: Ticket) -> None:
        """Take in a ticket; an older or the same version changes nothing."""
        told = self._told()
        row = self._work.run(
            "SELECT key, version FROM ticket WHERE generation = ? AND id = ?", (told.number, ticket.id)
        ).fetchone()
        if row is not None and ticket.version <= row[1]:
            return
        self._count(RowKind.TICKET, ticket.id, row[1] if row else _KEPT, ticket.version)
        for generation in self._places(told.number, ticket.id):
            self._write_ticket(generation, ticket)

    def _write_ticket(self, generation: int, ticket: Ticket) -> None:
        key = self._work.run(
            f"""INSERT INTO ticket(generation, id, version, body, shown, {LINE})
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body, lost = 0, shown = 1,
            mark = 'confirmed', pending = 0,
            ({LINE}) = (excluded.updated, excluded.reference, excluded.number, excluded.summary, excluded.status,
            excluded.priority, excluded.requester) RETURNING key""",  # noqa: S608
            (generation, ticket.id, ticket.version, encode(ticket), *line_of(ticket)),
        ).fetchone()[0]
        self._keys[generation, ticket.id] = key
        self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, 0)", (key,))
        self._tell(ticket.id)

    def put_note(self, note: Note) -> None:
        """Take in a note; an older or the same version changes nothing."""
        self._put_part(RowKind.NOTE, note, note.ticket)

    def put_attachment(self, attachment: Attachment) -> None:
        """Take in what is known of a file; an older or the same version changes nothing."""
        self._put_part(RowKind.ATTACHMENT, attachment, attachment.ticket)

    def put_notice(self, notice: Notice) -> None:
        """Take in a notice; an older or the same version changes nothing."""
        self._put_part(RowKind.NOTICE, notice, "")
        self._work.organisation = True

    def _put_part(self, kind: RowKind, part: Note | Attachment | Notice, ticket: str) -> None:
        told = self._told()
        row = self._work.run(
            "SELECT version FROM part WHERE generation = ? AND id = ? AND kind = ?", (told.number, part.id, kind)
        ).fetchone()
        if row is not None and part.version <= row[0]:
            return
        self._count(kind, part.id, row[0] if row else _KEPT, part.version)
        body = encode(part)
        for generation in self._places(told.number, ticket):
            owner = self._key(generation, ticket) if ticket else 0
            key = self._work.run(
                """INSERT INTO part(generation, id, kind, ticket, version, body) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET ticket = excluded.ticket, version = excluded.version, body = excluded.body
                RETURNING key""",
                (generation, part.id, kind, owner, part.version, body),
            ).fetchone()[0]
            if kind is RowKind.NOTE:
                self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, ?)", (owner, key))
        if ticket:
            self._tell(ticket)

    def remove(self, kind: str, row: str) -> None:
        """Take a row away; pending operations on it stay, and so does the ticket's place for them."""
        told = self._told()
        if kind == RowKind.TICKET:
            found = self._work.run(
                "SELECT version, id FROM ticket WHERE generation = ? AND id = ? AND body IS NOT NULL",
                (told.number, row),
            ).fetchone()
            self._work.run(
                "UPDATE ticket SET version = ?, body = NULL, lost = 0, shown = 0 WHERE generation = ? AND id = ?",
                (_KEPT, told.number, row),
            )
            self._work.tickets.add(row)
        else:
            found = self._work.run(
                "DELETE FROM part WHERE generation = ? AND id = ? AND kind = ? RETURNING version, "
                "(SELECT id FROM ticket WHERE key = part.ticket), ticket, key",
                (told.number, row, kind),
            ).fetchone()
            if found is not None:
                self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, ?)", found[2:])
                self._work.organisation |= kind == RowKind.NOTICE
                if found[1]:
                    self._tell(found[1])
        if found is not None:
            self._count(RowKind(kind), row, found[0], _KEPT)

    def state(self, ticket: str) -> TicketState | None:
        """The ticket as the help desk last told it."""
        return self._views.state(ticket)

    def cursor(self) -> str:
        """Where reading the feed has got to; empty at the start."""
        return self._told().cursor

    def advance(self, cursor: str, epoch: str) -> None:
        """Move the cursor, in the transaction that stored the rows before it."""
        told = self._told()
        told.cursor, told.epoch = cursor, epoch

    def epoch(self) -> str:
        """The help desk's epoch as last seen; empty at the start."""
        return self._told().epoch

    def checksum(self) -> tuple[int, int]:
        """XOR of the row hashes and number of rows, of everything that the feed has told."""
        told = self._told()
        return told.checksum, told.held

    def begin_generation(self) -> None:
        """Start to fill a new copy beside the present one; one that was being filled is given up."""
        self.finish()
        begin_filling(self._work.run)

    def switch_generation(self) -> None:
        """Make the new copy the present one, at once. Tickets of ours that it lacks are kept, and shown as lost."""
        self.finish()
        new = told_generation(self._work.run)
        old = present_generation(self._work.run)
        if new.number == old:
            raise ValueError("no generation is being filled")
        for ticket in self._ours_missing(new.number):
            self._keep_lost(old, new.number, ticket)
        show_filled(self._work.run)
        waiting = self._work.run(
            "SELECT DISTINCT ticket FROM outbox WHERE state NOT IN ('done', 'replaced', 'cancelled')"
        )
        self._work.tickets.update(row[0] for row in waiting)
        self._work.everything = True

    def _ours_missing(self, number: int) -> list[str]:
        rows = self._work.run(
            """SELECT ticket FROM (
                SELECT ticket FROM outbox WHERE kind = 'file_ticket' AND state = 'done'
                UNION SELECT ticket FROM forgotten WHERE kind = 'file_ticket'
            ) WHERE NOT EXISTS (
                SELECT 1 FROM ticket AS told WHERE told.generation = ? AND told.id = ticket AND told.body IS NOT NULL
            )""",
            (number,),
        )
        return [row[0] for row in rows]

    def _keep_lost(self, old: int, new: int, ticket: str) -> None:
        row = self._work.run(
            "SELECT key, body FROM ticket WHERE generation = ? AND id = ? AND body IS NOT NULL", (old, ticket)
        ).fetchone()
        if row is None:
            return
        owner = ticket_key(self._work, new, ticket)
        self._work.run("UPDATE ticket SET body = ?, lost = 1, version = ? WHERE key = ?", (row[1], _KEPT, owner))
        self._work.run(
            "INSERT OR IGNORE INTO part(generation, id, kind, ticket, version, body) "
            "SELECT ?, id, kind, ?, ?, body FROM part WHERE ticket = ?",
            (new, owner, _KEPT, row[0]),
        )
        self._work.tickets.add(ticket)

    def finish(self) -> None:
        """Write down how far the copy has come."""
        if self._generation is not None:
            save_generation(self._work.run, self._generation)
            self._generation = None

    def _told(self) -> Generation:
        if self._generation is None:
            self._generation = told_generation(self._work.run)
        return self._generation

    def _count(self, kind: RowKind, row: str, old: int, new: int) -> None:
        """Take the old version out of the checksum and the new one in."""
        told = self._told()
        if old != _KEPT:
            told.checksum ^= row_hash(kind, row, old)
            told.held -= 1
        if new != _KEPT:
            told.checksum ^= row_hash(kind, row, new)
            told.held += 1

    def _places(self, told: int, ticket: str) -> tuple[int, ...]:
        """While a copy is filled, what concerns our own operations is shown at once too."""
        present = present_generation(self._work.run) if self._has_ours(ticket) else told
        return (told,) if present == told else (told, present)

    def _key(self, generation: int, ticket: str) -> int:
        """The number of a ticket, looked up once: what hangs on it comes right behind it."""
        place = generation, ticket
        if place not in self._keys:
            self._keys[place] = ticket_key(self._work, generation, ticket)
        return self._keys[place]

    def _has_ours(self, ticket: str) -> bool:
        if ticket not in self._ours:
            found = self._work.run("SELECT 1 FROM outbox WHERE ticket = ? LIMIT 1", (ticket,)).fetchone()
            self._ours[ticket] = found is not None
        return self._ours[ticket]

    def _tell(self, ticket: str) -> None:
        (self._work.tickets if self._has_ours(ticket) else self._work.told).add(ticket)
