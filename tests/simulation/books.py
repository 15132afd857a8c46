"""What a help desk of the simulation knows: everything that a backup of it would hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.sync.protocol import BucketChecksum, ChangedRow, OperationAnswer, RowKind
from desktop.tickets.people import Person
from desktop.tickets.rows import bucket_of
from desktop.tickets.ticket import Attachment, Note, Ticket
from tests.contract.everything import known_hash

Row = Ticket | Note | Attachment
_CONTAINERS = ("rows", "answers", "applied", "created", "committed", "uploads", "links", "marks", "united", "hidden")


@dataclass
class Books:
    """Everything that a backup of the help desk would hold.

    Attributes:
        applied: operations in the order in which their effects came about, with a line for each time.
        created: tickets, with a line for each that was made.
        committed: when each operation was, in seconds.
        links: single-use URLs that are still good, with the moment until which they are.
        marks: of each version the name by chance that its commit was given.
        united: tickets and additions (by operation) that were there more than once and were made one.
    """

    rows: dict[tuple[RowKind, str], Row] = field(default_factory=dict)
    answers: dict[str, OperationAnswer] = field(default_factory=dict)
    applied: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    committed: dict[str, float] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, float] = field(default_factory=dict)
    united: list[str] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    gone: dict[str, dict[tuple[RowKind, str], int]] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)
    version: int = 0
    floor: int = 0

    def copy(self) -> "Books":
        """The same in containers of their own; what is in them is never changed."""
        copied = replace(self, gone={email: dict(rows) for email, rows in self.gone.items()})
        for name in _CONTAINERS:
            setattr(copied, name, getattr(self, name).copy())
        return copied


def checksums(by: Person, seen: Sequence[tuple[RowKind, Row, str]]) -> tuple[BucketChecksum, ...]:
    """Of each bucket, one's own even where it is empty."""
    sums = {bucket_of(by.company): (0, 0)}
    for kind, row, bucket in seen:
        total, rows = sums.get(bucket, (0, 0))
        sums[bucket] = total ^ known_hash(kind, row.id, row.version), rows + 1
    return tuple(
        BucketChecksum(bucket=name, checksum=f"{total:016x}", rows=rows) for name, (total, rows) in sums.items()
    )


def told(kind: RowKind, row: Row) -> ChangedRow:
    """A row as the feed tells it."""
    value: dict[str, Any] = {kind.value: row}
    return ChangedRow(kind=kind, id=row.id, version=row.version, **value)
