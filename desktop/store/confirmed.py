"""What the help desk told as a whole: mending a bucket of it, and filling another copy beside the one that is shown."""

from desktop.store.buckets import KEPT
from desktop.store.generations import begin_filling, present_generation, show_filled
from desktop.store.mending import Stray
from desktop.store.told import Told
from desktop.store.views import ticket_key
from desktop.tickets.rows import RowKind

FEW = 20
"""Tickets that one step of carrying over looks at."""


class Confirmed(Told):
    """See `desktop.sync.ledger.Confirmed`."""

    def mend(self, bucket: str) -> None:
        """Begin to mend a bucket; another one is given up."""
        self._mending.begin(bucket)

    def mending(self) -> tuple[str, str] | None:
        """The bucket that is mended and how far it was read, or None."""
        bucket = self._mending.bucket
        return None if bucket is None else (bucket, self._mending.cursor())

    def advance_mending(self, cursor: str) -> None:
        """Move the cursor of the bucket, in the transaction that stored the rows before it."""
        self._mending.advance(cursor)

    def end_mending(self) -> None:
        """Give the mending up."""
        self._mending.end()

    def distrust(self, kind: str, row: str, version: int) -> bool:
        """Let the next telling of a row stand, unless that version is held there or it was told since mending began.

        Returns whether a newer one was held.
        """
        number = self._told().number
        table = "ticket" if kind == RowKind.TICKET else "part"
        only = "generation = ? AND id = ?" if kind == RowKind.TICKET else "generation = ? AND id = ? AND kind = ?"
        values = (number, row) if kind == RowKind.TICKET else (number, row, kind)
        found = self._work.run(f"SELECT version FROM {table} WHERE {only}", values).fetchone()  # noqa: S608
        bucket = self._bucket_of(kind, row)
        if found is None or found[0] == KEPT or self._mending.is_named(kind, row):
            return False
        if found[0] == version and bucket == self._mending.bucket:
            return False
        self._buckets.count(number, bucket, (kind, row), found[0], KEPT)
        self._work.run(f"UPDATE {table} SET version = ? WHERE {only}", (KEPT, *values))  # noqa: S608
        return bool(found[0] > version)

    def sweep(self) -> list[str] | None:
        """Take away a few rows that the help desk has not told; the tickets that they hung on, None at the end."""
        strays = self._mending.strays(self._told().number)
        if strays is None:
            self._mending.end()
            return None
        for stray in strays:
            self._take_away(stray)
        return [stray.ticket for stray in strays if stray.ticket]

    def _take_away(self, stray: Stray) -> None:
        if stray.kind is not RowKind.TICKET:
            self.remove(stray.kind, stray.row)
            return
        hanging = self._work.run("SELECT kind, id, version FROM part WHERE ticket = ?", (stray.key,)).fetchall()
        if not self._was_filed_here(stray.row):
            for kind, row, _ in hanging:
                self.remove(kind, row)
            self.remove(RowKind.TICKET, stray.row)
            return
        number, bucket = self._told().number, self._bucket_of(stray.kind, stray.row)
        version = self._work.run("SELECT version FROM ticket WHERE key = ?", (stray.key,)).fetchone()[0]
        for kind, row, held in (*hanging, (RowKind.TICKET, stray.row, version)):
            self._buckets.count(number, bucket, (kind, row), held, KEPT)
        self._work.run("UPDATE part SET version = ? WHERE ticket = ?", (KEPT, stray.key))
        self._work.run("UPDATE ticket SET lost = 1, version = ? WHERE key = ?", (KEPT, stray.key))
        self._work.tickets.add(stray.row)

    def begin_generation(self) -> None:
        """Start to fill a new copy beside the present one; one that was being filled is given up."""
        self.finish()
        self._mending.end()
        begin_filling(self._work.run)

    def carry_over(self, after: str) -> str:
        """Bring the next few of our own tickets into the filled copy; the last of them, empty when all are there.

        What waits gets its line in the list. What was filed here and is not there is kept, and shown as lost.
        """
        new, old = self._told().number, present_generation(self._work.run)
        if new == old:
            raise ValueError("no generation is being filled")
        rows = self._work.run(
            """SELECT * FROM (SELECT DISTINCT ticket FROM outbox WHERE ticket > ?1 ORDER BY ticket LIMIT ?2)
            UNION SELECT * FROM (SELECT ticket FROM forgotten WHERE kind = 'file_ticket' AND ticket > ?1
                ORDER BY ticket LIMIT ?2)
            ORDER BY 1 LIMIT ?2""",
            (after, FEW),
        )
        tickets = [row[0] for row in rows]
        for ticket in tickets:
            if self._is_waiting(ticket):
                self._work.tickets.add(ticket)
            if self._was_filed_here(ticket) and not self._is_held(new, ticket):
                self._keep_lost(old, new, ticket)
        return tickets[-1] if tickets else ""

    def switch_generation(self, carried: str = "") -> None:
        """Make the new copy the present one, at once; our own tickets after `carried` are carried over first."""
        while after := self.carry_over(carried):
            carried = after
        self.finish()
        show_filled(self._work.run)
        self._work.everything = True

    def _is_waiting(self, ticket: str) -> bool:
        query = "SELECT 1 FROM outbox WHERE ticket = ? AND state NOT IN ('done', 'replaced', 'cancelled') LIMIT 1"
        return self._work.run(query, (ticket,)).fetchone() is not None

    def _was_filed_here(self, ticket: str) -> bool:
        query = """SELECT 1 FROM outbox WHERE ticket = ?1 AND kind = 'file_ticket' AND state = 'done'
            UNION ALL SELECT 1 FROM forgotten WHERE ticket = ?1 AND kind = 'file_ticket'"""
        return self._work.run(query, (ticket,)).fetchone() is not None

    def _is_held(self, generation: int, ticket: str) -> bool:
        query = "SELECT 1 FROM ticket WHERE generation = ? AND id = ? AND body IS NOT NULL"
        return self._work.run(query, (generation, ticket)).fetchone() is not None

    def _keep_lost(self, old: int, new: int, ticket: str) -> None:
        row = self._work.run(
            "SELECT key, body FROM ticket WHERE generation = ? AND id = ? AND body IS NOT NULL", (old, ticket)
        ).fetchone()
        if row is None:
            return
        owner = ticket_key(self._work, new, ticket)
        self._work.run("UPDATE ticket SET body = ?, lost = 1, version = ? WHERE key = ?", (row[1], KEPT, owner))
        self._work.run(
            "INSERT OR IGNORE INTO part(generation, id, kind, ticket, version, body) "
            "SELECT ?, id, kind, ?, ?, body FROM part WHERE ticket = ?",
            (new, owner, KEPT, row[0]),
        )
        self._work.tickets.add(ticket)
