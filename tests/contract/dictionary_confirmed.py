"""What the server last told, in dictionaries."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import xor

from desktop.store.confirmed import FEW
from desktop.tickets.notice import Notice
from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState
from tests.contract.everything import Everything, Generation, Row, known_hash


class DictionaryConfirmed:
    """What the server last told."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    @property
    def _told(self) -> Generation:
        return self._all.filling or self._all.present

    def _put(self, kind: RowKind, row: Row, ticket: str) -> None:
        present = None if (kind, row.id) in self._all.distrusted else self._told.rows.get((kind, row.id))
        if self._all.mending is not None and (present is None or row.version >= present.version):
            self._all.named[kind, row.id] = None
        if present is not None and row.version <= present.version:
            return
        self._all.distrusted.discard((kind, row.id))
        ours = any(entry.ticket == ticket for entry in self._all.entries.values())
        for generation in (self._told, self._all.present) if ours else (self._told,):
            generation.rows[kind, row.id] = row
            if kind is RowKind.TICKET:
                generation.lost.discard(ticket)

    def put_ticket(self, ticket: Ticket) -> None:
        self._put(RowKind.TICKET, ticket, ticket.id)

    def put_note(self, note: Note) -> None:
        self._put(RowKind.NOTE, note, note.ticket)

    def put_attachment(self, attachment: Attachment) -> None:
        self._put(RowKind.ATTACHMENT, attachment, attachment.ticket)

    def put_notice(self, notice: Notice) -> None:
        self._put(RowKind.NOTICE, notice, "")

    def remove(self, kind: str, row: str) -> None:
        self._told.rows.discard((kind, row))
        self._all.distrusted.discard((kind, row))

    def state(self, ticket: str) -> TicketState | None:
        return self._all.present.state(ticket)

    def cursor(self) -> str:
        return self._told.cursor

    def advance(self, cursor: str, epoch: str) -> None:
        self._told.cursor, self._told.epoch = cursor, epoch

    def epoch(self) -> str:
        return self._told.epoch

    def checksums(self) -> Mapping[str, tuple[int, int]]:
        sums: dict[str, tuple[int, int]] = {}
        told, distrusted = self._told, self._all.distrusted
        for key, value in told.rows.items():
            if key not in distrusted:
                bucket = told.bucket(value)
                total, held = sums.get(bucket, (0, 0))
                sums[bucket] = total ^ known_hash(RowKind(key[0]), key[1], value.version), held + 1
        return sums

    def checksum(self) -> tuple[int, int]:
        sums = self.checksums().values()
        return reduce(xor, (total for total, _ in sums), 0), sum(held for _, held in sums)

    def mend(self, bucket: str) -> None:
        self.end_mending()
        self._all.mending = bucket, ""

    def mending(self) -> tuple[str, str] | None:
        return self._all.mending

    def advance_mending(self, cursor: str) -> None:
        assert self._all.mending is not None
        self._all.mending = self._all.mending[0], cursor

    def end_mending(self) -> None:
        self._all.mending = None
        self._all.named.clear()

    def distrust(self, kind: str, row: str, version: int) -> bool:
        held = self._told.rows.get((kind, row))
        if (
            held is None
            or held.version == version
            or (kind, row) in self._all.named
            or (kind, row) in self._all.distrusted
        ):
            return False
        self._all.distrusted[kind, row] = None
        return held.version > version

    def sweep(self) -> Sequence[str] | None:
        assert self._all.mending is not None
        bucket, told = self._all.mending[0], self._told
        strays = [
            (key, row)
            for key, row in told.rows.items()
            if told.bucket(row) == bucket and key not in self._all.named and key not in self._all.distrusted
        ]
        if not strays:
            self.end_mending()
            return None
        key, row = next(((key, row) for key, row in strays if isinstance(row, Ticket)), strays[0])
        if not isinstance(row, Ticket):
            del told.rows[key]
            return [] if isinstance(row, Notice) else [row.ticket]
        lost = told.state(row.id)
        for hanging in [key for key, part in told.rows.items() if row.id in (part.id, getattr(part, "ticket", ""))]:
            del told.rows[hanging]
        if lost is not None and row.id in self._filed_by_us():
            told.lost[row.id] = lost
        return [row.id]

    def begin_generation(self) -> None:
        self.end_mending()
        self._all.distrusted.clear()
        self._all.filling = self._all.new_generation()

    def carry_over(self, after: str) -> str:
        if self._all.filling is None:
            raise ValueError("no generation is being filled")
        filed = self._filed_by_us()
        ours = filed | {entry.ticket for entry in self._all.entries.values()}
        few = [ticket for ticket in sorted(ours) if ticket > after][:FEW]
        for ticket in few:
            if ticket in filed:
                self._keep_lost(self._all.filling, ticket)
        return few[-1] if few else ""

    def _keep_lost(self, new: Generation, ticket: str) -> None:
        old = self._all.present
        state = old.state(ticket) or old.lost.get(ticket)
        if state is not None and (RowKind.TICKET, ticket) not in new.rows:
            new.lost[ticket] = state

    def switch_generation(self, carried: str = "") -> None:
        while after := self.carry_over(carried):
            carried = after
        assert self._all.filling is not None
        self._all.present, self._all.filling = self._all.filling, None

    def _filed_by_us(self) -> set[str]:
        remembered = {ticket for kind, ticket in self._all.forgotten.values() if kind is Kind.FILE_TICKET}
        done = {
            entry.ticket
            for entry in self._all.entries.values()
            if entry.kind is Kind.FILE_TICKET and entry.state is OperationState.DONE
        }
        return remembered | done
