"""What a batch of operations reads and writes beside the feed: tickets by their ids, answers already given, uploads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from desktop.sync.protocol import FieldConflict, Problem, Result
from desktop.tickets.reference import reference
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Ticket
from relay.answers import Refused, decode_kept, encode_kept
from relay.journal import Row, rows_where
from relay.tables import operations, rows, stamp, tickets, uploads
from relay.values import number, set_number

_tickets: Final = msgspec.json.Decoder(Ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A ticket as it stands, with its row; `device` is the one that filed it."""

    ticket: Ticket
    row: Row
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The answer that was given to an operation. `made` is the note or attachment that it made, or empty."""

    operation: str
    ticket: str
    kind: str
    hash: bytes
    device: str
    email: str
    result: Result
    made_kind: str = ""
    made: str = ""
    problem: Problem | None = None
    conflicts: tuple[FieldConflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A finished or unfinished upload, as far as an operation needs it."""

    device: str
    size: int
    sha256: str
    finished: bool


_INSERT_TICKET = insert(tickets)
_UPDATE_TICKET = (
    update(tickets)
    .where(tickets.c.ticket == bindparam("_ticket"))
    .values({name: bindparam(name) for name in ("status", "due_back", "updated_at")})
)
_INSERT_OPERATION = insert(operations)


class Shelf:
    """Reads a batch's surroundings in a few statements, and writes what became of them in a few more."""

    def __init__(self, connection: Connection, at: datetime) -> None:
        self._connection = connection
        self._at = stamp(at)
        self._number = self._first = number(connection, "number")
        self._tickets: dict[str, Filed] = {}
        self._kept: dict[str, Kept] = {}
        self._uploads: dict[str, Upload] = {}
        self._taken: set[str] = set()
        self._filed: dict[str, Filed] = {}
        self._touched: dict[str, Filed] = {}
        self._answered: list[Kept] = []
        self._attached: list[str] = []

    def fetch(self, *, operations: Sequence[str], tickets: Sequence[str], created: Sequence[str]) -> None:
        """Read the answers, tickets, uploads and taken ids that these name."""
        self._fetch_answers(operations)
        self._fetch_tickets(tickets)
        if created:
            found = self._connection.execute(select(rows.c.row).where(rows.c.row.in_(created)))
            self._taken.update(found.scalars())
            self._fetch_uploads(created)

    def kept(self, operation: str) -> Kept | None:
        """The answer given to an operation, or None."""
        return self._kept.get(operation)

    def ticket(self, ticket: str) -> Filed | None:
        """A ticket as it stands, whoever asks, or None."""
        return self._tickets.get(ticket)

    def upload(self, attachment: str) -> Upload | None:
        """The upload that carries the attachment's id, or None."""
        return self._uploads.get(attachment)

    def is_taken(self, row: str) -> bool:
        """Whether a row of that id is here."""
        return row in self._taken

    def next_number(self) -> str:
        """The next ticket number."""
        self._number += 1
        return str(self._number)

    def put_ticket(self, filed: Filed) -> None:
        """A ticket as it now stands."""
        key = filed.ticket.id
        (self._filed if key not in self._tickets or key in self._filed else self._touched)[key] = filed
        self._tickets[key] = filed

    def take(self, row: str) -> None:
        """A note's or attachment's id is used from now on."""
        self._taken.add(row)

    def attach(self, attachment: str) -> None:
        """An upload hangs on its ticket from now on."""
        self._attached.append(attachment)

    def keep(self, kept: Kept) -> None:
        """Keep an answer."""
        self._kept[kept.operation] = kept
        self._answered.append(kept)

    def flush(self) -> bool:
        """Write everything; returns whether an answer was among it."""
        answered = bool(self._answered)
        if self._filed:
            self._connection.execute(_INSERT_TICKET, [_new_line(filed) for filed in self._filed.values()])
        if self._touched:
            self._connection.execute(
                _UPDATE_TICKET, [{**_line(filed), "_ticket": key} for key, filed in self._touched.items()]
            )
        if self._answered:
            self._connection.execute(_INSERT_OPERATION, [self._stored(kept) for kept in self._answered])
        if self._attached:
            attached = uploads.c.attachment.in_(self._attached)
            self._connection.execute(update(uploads).where(attached).values(attached=1))
        if self._number != self._first:
            set_number(self._connection, "number", self._number)
        self._filed, self._touched, self._answered, self._attached = {}, {}, [], []
        self._first = self._number
        return answered

    def _fetch_answers(self, wanted: Sequence[str]) -> None:
        for line in self._connection.execute(select(operations).where(operations.c.operation.in_(wanted))):
            refusal: Refused = decode_kept(line.refusal)
            self._kept[line.operation] = Kept(
                operation=line.operation,
                ticket=line.ticket,
                kind=line.kind,
                hash=line.hash,
                device=line.device,
                email=line.email,
                result=Result(line.result),
                made_kind=line.made_kind,
                made=line.made,
                problem=refusal.problem,
                conflicts=refusal.conflicts,
            )

    def _fetch_tickets(self, wanted: Sequence[str]) -> None:
        missing = [ticket for ticket in set(wanted) if ticket not in self._tickets]
        if not missing:
            return
        found = self._connection.execute(
            select(tickets.c.ticket, tickets.c.device).where(tickets.c.ticket.in_(missing))
        )
        filers: dict[str, str] = {line.ticket: line.device for line in found}
        if filers:
            for row in rows_where(self._connection, rows.c.kind == RowKind.TICKET, rows.c.row.in_(filers)):
                self._tickets[row.row] = Filed(ticket=_tickets.decode(row.body), row=row, device=filers[row.row])

    def _fetch_uploads(self, wanted: Iterable[str]) -> None:
        for line in self._connection.execute(select(uploads).where(uploads.c.attachment.in_(list(wanted)))):
            self._uploads[line.attachment] = Upload(
                device=line.device, size=line.size, sha256=line.sha256, finished=bool(line.finished)
            )

    def _stored(self, kept: Kept) -> dict[str, object]:
        return {
            "operation": kept.operation,
            "ticket": kept.ticket,
            "kind": kept.kind,
            "hash": kept.hash,
            "device": kept.device,
            "email": kept.email,
            "at": self._at,
            "result": kept.result,
            "made_kind": kept.made_kind,
            "made": kept.made,
            "refusal": encode_kept(kept.problem, kept.conflicts),
        }


def _line(filed: Filed) -> dict[str, object]:
    ticket = filed.ticket
    return {
        "status": ticket.status,
        "due_back": stamp(ticket.due_back) if ticket.due_back else None,
        "updated_at": stamp(ticket.updated_at),
    }


def _new_line(filed: Filed) -> dict[str, object]:
    ticket = filed.ticket
    named = {"ticket": ticket.id, "number": ticket.number, "reference": reference(ticket.id), "device": filed.device}
    return named | _line(filed)
