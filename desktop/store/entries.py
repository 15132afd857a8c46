"""Rows of the outbox as values."""

from collections.abc import Iterable
from typing import Any

from desktop.store.codec import decode_operation, encode, to_moment_or_none
from desktop.tickets.operations import Operation
from desktop.tickets.outbox import OperationState, OutboxEntry

COLUMNS = (
    "seq, operation, wire, state, after, replaces, attempts, not_before, last_error, request_id, upload_done, sent_at, "
    "settled_at, link, audits"
)
"""What `entry_of` reads, in its order."""

PENDING = "('queued', 'sent', 'unknown')"
"""States with work left. One index is for them and one for all others, so a query names its half to be quick."""
PROJECTED = "('queued', 'sent', 'unknown', 'rejected')"


def bytes_of(operation: Operation, wire: bytes) -> bytes:
    """The operation as stored beside its wire bytes: nothing where those say it already."""
    kind = operation.kind
    envelope = {
        "id": operation.id,
        "ticket": operation.ticket,
        "made_at": operation.made_at,
        kind.value: operation.body,
    }
    own = encode(envelope)
    return b"" if own == wire else own


def entry_of(row: Any) -> OutboxEntry:
    """The entry in a row of `COLUMNS`."""
    return OutboxEntry(
        seq=row[0],
        operation=decode_operation(row[1] or row[2]),
        wire=row[2],
        state=OperationState(row[3]),
        after=row[4],
        replaces=row[5],
        attempts=row[6],
        not_before=to_moment_or_none(row[7]),
        last_error=row[8],
        request_id=row[9],
        upload_done=bool(row[10]),
        sent_at=to_moment_or_none(row[11]),
        settled_at=to_moment_or_none(row[12]),
        link=row[13],
        audits=row[14],
    )


def entries_of(rows: Iterable[Any]) -> tuple[OutboxEntry, ...]:
    """The entries in rows of `COLUMNS`."""
    return tuple(entry_of(row) for row in rows)
