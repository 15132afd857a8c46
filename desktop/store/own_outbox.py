"""The outbox as the person sees it: doing something, doing it differently, taking it back."""

from desktop.store.entries import COLUMNS, bytes_of, entries_of
from desktop.store.outbox import SettledOutbox
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.outbox import OperationState, OutboxEntry


class Outbox(SettledOutbox):
    """Both sides of the outbox."""

    def add(self, operation: Operation, wire: bytes, *, after: str = "", replaces: str = "") -> OutboxEntry:
        """Put an operation at the end; one that is there already stays as it is.

        `wire` are the bytes that will be sent. ValueError for an operation that was done and forgotten.
        """
        if (present := self.entry(operation.id)) is not None:
            return present
        if self._work.run("SELECT 1 FROM forgotten WHERE id = ?", (operation.id,)).fetchone():
            raise ValueError(f"{operation.id} was done long ago")
        attachment = operation.attach_file.attachment if operation.attach_file else ""
        seq = self._work.run(
            "INSERT INTO outbox(id, ticket, kind, state, after, replaces, attachment, operation, wire) "
            "VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?)",
            (
                operation.id,
                operation.ticket,
                operation.kind,
                after,
                replaces,
                attachment,
                bytes_of(operation, wire),
                wire,
            ),
        ).lastrowid
        self._work.tickets.add(operation.ticket)
        self._work.outbox = True
        return OutboxEntry(seq=seq, operation=operation, wire=wire, after=after, replaces=replaces)

    def replace(self, old: str, operation: Operation, wire: bytes) -> OutboxEntry:
        """Put a new operation in the place of a queued or refused one: in its turn, and before what followed it."""
        if (present := self.entry(operation.id)) is not None:
            return present
        self.step(old, OperationState.REPLACED)
        place, after, attachment = self._work.run(
            "SELECT seq, after, attachment FROM outbox WHERE id = ?", (old,)
        ).fetchone()
        end = self.add(operation, wire, after=after, replaces=old).seq
        for seq, moved in ((-end, old), (place, operation.id), (end, old)):
            self._work.run("UPDATE outbox SET seq = ? WHERE id = ?", (seq, moved))
        self._work.run("UPDATE outbox SET after = ? WHERE after = ?", (operation.id, old))
        if attachment:
            self._work.attachments.add(attachment)
        return OutboxEntry(seq=place, operation=operation, wire=wire, after=after, replaces=old)

    def cancel(self, operation: str) -> tuple[OutboxEntry, ...]:
        """Take back a queued or refused operation, and what cannot be without it; returns them all, oldest first.

        Without its filing a ticket has nothing; without its note a file belongs nowhere. What came after it comes after
        what it came after itself. ValueError once it may have arrived (sent, or asked about).
        """
        entry = self.entry(operation)
        self.step(operation, OperationState.CANCELLED)
        assert entry is not None  # `step` has refused an unknown one
        note = entry.operation.body.note if entry.kind in (Kind.ADD_NOTE, Kind.REOPEN) else ""
        gone = [operation]
        waiting = entries_of(
            self._work.run(
                f"SELECT {COLUMNS} FROM outbox WHERE ticket = ? AND state IN ('queued', 'rejected') ORDER BY seq",  # noqa: S608
                (entry.ticket,),
            )
        )
        for other in waiting:
            goes_with = other.operation.attach_file is not None and note and other.operation.attach_file.note == note
            if entry.kind is Kind.FILE_TICKET or goes_with:
                self.step(other.id, OperationState.CANCELLED)
                gone.append(other.id)
        for name in gone:
            self._work.run(
                "UPDATE outbox SET after = (SELECT after FROM outbox AS link WHERE link.id = ?1) WHERE after = ?1",
                (name,),
            )
        cancelled = [found for name in gone if (found := self.entry(name)) is not None]
        self._work.attachments.update(
            one.operation.attach_file.attachment for one in cancelled if one.operation.attach_file
        )
        return tuple(cancelled)

    def retry(self, operation: str) -> OutboxEntry:
        """Let a waiting operation be tried at once. A refused one takes a new operation (`replace`): ValueError."""
        _, state = self.known(operation)
        if not state.is_pending:
            raise ValueError(f"{operation} is {state}; only what waits can be tried again as it is")
        self._work.run("UPDATE outbox SET not_before = NULL WHERE id = ?", (operation,))
        self._work.outbox = True
        entry = self.entry(operation)
        assert entry is not None  # `known` has refused an unknown one
        return entry
