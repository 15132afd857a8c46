"""What the help desk last told, row by row, with a checksum for each bucket that is kept as rows come and go."""

from functools import reduce
from operator import xor

from desktop.store.buckets import KEPT, Buckets
from desktop.store.codec import encode
from desktop.store.generations import Generation, present_generation, save_generation, told_generation
from desktop.store.mending import BUCKET_OF_PART, Mending
from desktop.store.views import LINE, Views, line_of, ticket_key
from desktop.store.work import Work
from desktop.tickets.notice import Notice
from desktop.tickets.rows import NOTICES, NOWHERE, RowKind, bucket_of
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState


class Told:
    """Takes rows in and away; `Confirmed` does the rest. Call `finish` before the commit."""

    def __init__(self, work: Work, views: Views) -> None:
        self._work = work
        self._views = views
        self._buckets = Buckets(work.run)
        self._mending = Mending(work.run)
        self._generation: Generation | None = None
        self._present: int | None = None
        self._ours: dict[str, bool] = {}
        self._owners: dict[tuple[int, str], tuple[int, str]] = {}

    def put_ticket(self, ticket: Ticket) -> None:
        """Take in a ticket; an older or the same version changes nothing."""
        told = self._told()
        bucket = bucket_of(ticket.company)
        row = self._work.run(
            "SELECT key, version, bucket FROM ticket WHERE generation = ? AND id = ?", (told.number, ticket.id)
        ).fetchone()
        if not self._is_news(RowKind.TICKET, ticket.id, row[1] if row else KEPT, ticket.version):
            return
        if row is not None:
            self._buckets.count(told.number, row[2], (RowKind.TICKET, ticket.id), row[1], KEPT)
            self._move(row[0], row[2], bucket)
        self._buckets.count(told.number, bucket, (RowKind.TICKET, ticket.id), KEPT, ticket.version)
        for generation in self._places(told.number, ticket.id):
            self._write_ticket(generation, bucket, ticket)

    def _write_ticket(self, generation: int, bucket: str, ticket: Ticket) -> None:
        was_lost = "SELECT key FROM ticket WHERE generation = ? AND id = ? AND lost"
        if lost := self._work.run(was_lost, (generation, ticket.id)).fetchone():
            self._let_go_of_kept(lost[0])
        key = self._work.run(
            f"""INSERT INTO ticket(generation, id, bucket, version, body, shown, {LINE})
            VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET bucket = excluded.bucket, version = excluded.version, body = excluded.body,
            lost = 0, shown = 1, mark = 'confirmed', pending = 0,
            ({LINE}) = (excluded.updated, excluded.reference, excluded.number, excluded.summary, excluded.status,
            excluded.priority, excluded.requester, excluded.whose) RETURNING key""",  # noqa: S608
            (generation, ticket.id, bucket, ticket.version, encode(ticket), *line_of(ticket)),
        ).fetchone()[0]
        self._owners[generation, ticket.id] = key, bucket
        self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, 0)", (key,))
        self._tell(ticket.id)

    def _let_go_of_kept(self, ticket: int) -> None:
        """What hung on a lost ticket that is told again, unless it was told again too: the help desk has it no more."""
        gone = self._work.run(
            "DELETE FROM part WHERE ticket = ? AND version = ? RETURNING key", (ticket, KEPT)
        ).fetchall()
        for part in gone:
            self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, ?)", (ticket, *part))

    def put_note(self, note: Note) -> None:
        """Take in a note; an older or the same version changes nothing."""
        self._put_part(RowKind.NOTE, note, note.ticket)

    def put_attachment(self, attachment: Attachment) -> None:
        """Take in what is known of a file; an older or the same version changes nothing."""
        self._put_part(RowKind.ATTACHMENT, attachment, attachment.ticket)

    def put_notice(self, notice: Notice) -> None:
        """Take in a notice; an older or the same version changes nothing."""
        self._put_part(RowKind.NOTICE, notice, "")
        self._work.organisation |= self._shown() == self._told().number

    def _put_part(self, kind: RowKind, part: Note | Attachment | Notice, ticket: str) -> None:
        told = self._told()
        row = self._work.run(
            "SELECT version FROM part WHERE generation = ? AND id = ? AND kind = ?", (told.number, part.id, kind)
        ).fetchone()
        if not self._is_news(kind, part.id, row[0] if row else KEPT, part.version):
            return
        if row is not None:
            self._buckets.count(told.number, self._bucket_of(kind, part.id), (kind, part.id), row[0], KEPT)
        bucket = self._owner(told.number, ticket)[1]
        self._buckets.count(told.number, bucket, (kind, part.id), KEPT, part.version)
        body = encode(part)
        for generation in self._places(told.number, ticket):
            owner = self._owner(generation, ticket)[0]
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
                "SELECT version, bucket, key FROM ticket WHERE generation = ? AND id = ? AND body IS NOT NULL",
                (told.number, row),
            ).fetchone()
            if found is not None:
                self._buckets.count(told.number, found[1], (kind, row), found[0], KEPT)
                self._move(found[2], found[1], NOWHERE)
            self._work.run(
                "UPDATE ticket SET bucket = ?, version = ?, body = NULL, lost = 0, shown = 0 "
                "WHERE generation = ? AND id = ?",
                (NOWHERE, KEPT, told.number, row),
            )
            self._owners.pop((told.number, row), None)
            self._work.tickets.add(row)
        else:
            bucket = self._bucket_of(kind, row)
            found = self._work.run(
                "DELETE FROM part WHERE generation = ? AND id = ? AND kind = ? RETURNING version, "
                "(SELECT id FROM ticket WHERE key = part.ticket), ticket, key",
                (told.number, row, kind),
            ).fetchone()
            if found is not None:
                self._work.run("INSERT INTO search_queue(ticket, part) VALUES (?, ?)", found[2:])
                self._work.organisation |= kind == RowKind.NOTICE
                self._buckets.count(told.number, bucket, (kind, row), found[0], KEPT)
                if found[1]:
                    self._tell(found[1])

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

    def checksums(self) -> dict[str, tuple[int, int]]:
        """XOR of the row hashes and number of rows, of each bucket of what the feed has told."""
        return self._buckets.sums(self._told().number)

    def checksum(self) -> tuple[int, int]:
        """The same, of all of it."""
        sums = self.checksums().values()
        return reduce(xor, (checksum for checksum, _ in sums), 0), sum(held for _, held in sums)

    def finish(self) -> None:
        """Write down how far the copy has come."""
        if self._generation is not None:
            save_generation(self._work.run, self._generation)
            self._generation = None
        self._present = None
        self._buckets.save()

    def _told(self) -> Generation:
        if self._generation is None:
            self._generation = told_generation(self._work.run)
        return self._generation

    def _shown(self) -> int:
        """The number of the copy that is shown, which changes only after `finish`."""
        if self._present is None:
            self._present = present_generation(self._work.run)
        return self._present

    def _is_news(self, kind: RowKind, row: str, held: int, version: int) -> bool:
        """Whether a row is newer than the one that is held; while a bucket is mended, what holds is noted."""
        if version >= held:
            self._mending.name(kind, row)
        return version > held

    def _move(self, ticket: int, old: str, new: str) -> None:
        """What hangs on a ticket goes with it into another bucket."""
        if old != new:
            hanging = self._work.run("SELECT kind, id, version FROM part WHERE ticket = ?", (ticket,)).fetchall()
            self._buckets.move(self._told().number, hanging, old, new)
            for kind, row, _ in hanging:
                self._mending.name(kind, row)

    def _bucket_of(self, kind: str, row: str) -> str:
        """The bucket in which a held row is counted."""
        if kind == RowKind.TICKET:
            query = "SELECT bucket FROM ticket WHERE generation = ? AND id = ? AND ? = 'ticket'"
        else:
            query = f"""SELECT {BUCKET_OF_PART} FROM part LEFT JOIN ticket ON ticket.key = part.ticket
                WHERE part.generation = ? AND part.id = ? AND part.kind = ?"""  # noqa: S608
        found = self._work.run(query, (self._told().number, row, kind)).fetchone()
        return str(found[0]) if found else NOWHERE

    def _places(self, told: int, ticket: str) -> tuple[int, ...]:
        """While a copy is filled, what concerns our own operations is shown at once too."""
        present = self._shown() if self._has_ours(ticket) else told
        return (told,) if present == told else (told, present)

    def _owner(self, generation: int, ticket: str) -> tuple[int, str]:
        """The number and bucket of a ticket (empty: of none), looked up once: what hangs on it comes right behind."""
        if not ticket:
            return 0, NOTICES
        place = generation, ticket
        if place not in self._owners:
            key = ticket_key(self._work, generation, ticket)
            bucket = self._work.run("SELECT bucket FROM ticket WHERE key = ?", (key,)).fetchone()[0]
            self._owners[place] = key, bucket
        return self._owners[place]

    def _has_ours(self, ticket: str) -> bool:
        if ticket not in self._ours:
            found = self._work.run("SELECT 1 FROM outbox WHERE ticket = ? LIMIT 1", (ticket,)).fetchone()
            self._ours[ticket] = found is not None
        return self._ours[ticket]

    def _tell(self, ticket: str) -> None:
        """What is read into a copy that nobody sees yet is no news for the windows, unless it concerns us."""
        if self._has_ours(ticket):
            self._work.tickets.add(ticket)
        elif self._shown() == self._told().number:
            self._work.told.add(ticket)
