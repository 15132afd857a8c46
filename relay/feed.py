"""The change feed: every row that a reader sees, in commit order, from wherever they had got to; whole, or one bucket.

A bucket is read again by a client whose copy of it differs. Such a reading has a cursor of its own and tells no
tombstones: what it has not named when it ends is not there, and what moves meanwhile comes with the feed itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import merge
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, true

from desktop.sync.protocol import BucketChecksum, RowKind
from relay.journal import Row, rows_where
from relay.marks import are_known, last_mark
from relay.permissions import Reader
from relay.problems import Refusal
from relay.tables import rows, scopes, shifts
from relay.values import epoch, number, value

MOST_ROWS: Final = 2000
"""Most rows on one page."""

MOST_BYTES: Final = 4 * 1024 * 1024
"""A page ends once its bodies take more than this."""

_CURSOR: Final = re.compile(r"([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,18})(-bucket)?")


class FeedRow(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """`desktop.sync.protocol.ChangedRow` with bodies as bytes; the same on the wire."""

    kind: RowKind
    id: str
    version: int
    gone: bool = False
    ticket: msgspec.Raw | None = None
    note: msgspec.Raw | None = None
    attachment: msgspec.Raw | None = None
    notice: msgspec.Raw | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`desktop.sync.protocol.ChangePage`, the same on the wire."""

    rows: list[FeedRow]
    cursor: str
    epoch: str
    more: bool
    checksums: list[BucketChecksum]
    organisation_etag: str
    head: str


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a reader has got to. `horizon`: the head when they began, before which nothing can have gone from them."""

    epoch: str
    position: int
    horizon: int
    of_bucket: bool

    def __str__(self) -> str:
        return f"{self.epoch}-{self.position}-{self.horizon}{'-bucket' if self.of_bucket else ''}"


def page(
    connection: Connection,
    by: Reader,
    since: str,
    limit: int,
    *,
    bucket: str = "",
    seen: str = "",
    told_to_nobody: bool = False,
) -> Page:
    """The page after a cursor (empty: from the start); raises `Refusal` 410 for one that is no longer good.

    `bucket`: the rows of this one alone. `seen`: the last heads that the reader was told of, with a comma between;
    where the history never went through one of them no cursor is good, the start neither: what they had done may be
    lost. `told_to_nobody`: leave the checksums out, because this reader holds rows that it cannot read back.
    """
    head = number(connection, "head")
    cursor = _read_cursor(connection, since, head, seen, bool(bucket))
    limit = max(1, min(limit, MOST_ROWS))
    found: list[FeedRow] = []
    room = MOST_BYTES
    position, more = head, False
    told: Iterable[tuple[int, FeedRow]] = ()
    if cursor.position < head:
        told = _rows(connection, by, cursor, limit, bucket)
        if not bucket:
            told = merge(told, _shifts(connection, by, cursor, limit))
    for version, row in told:
        if len(found) == limit or room < 0:
            more = True
            break
        found.append(row)
        room -= len(bytes(row.ticket or row.note or row.attachment or row.notice or b""))
        position = version
    return Page(
        rows=found,
        cursor=str(replace(cursor, position=position if more else head)),
        epoch=cursor.epoch,
        more=more,
        checksums=[] if more or bucket or told_to_nobody else _checksums(connection, by),
        organisation_etag=value(connection, "profile-etag"),
        head=last_mark(connection),
    )


def _read_cursor(connection: Connection, since: str, head: int, seen: str, of_bucket: bool) -> _Cursor:
    present = epoch(connection)
    is_ours = are_known(connection, seen)
    match = _CURSOR.fullmatch(since)
    if not since and is_ours:
        return _Cursor(present, 0, head, of_bucket)
    if match is not None and is_ours and match[1] == present and bool(match[4]) == of_bucket:
        cursor = _Cursor(present, int(match[2]), int(match[3]), of_bucket)
        if number(connection, "floor") <= max(cursor.position, cursor.horizon) <= head:
            return cursor
    raise Refusal(
        410, "cursor-gone", "Begin again", "What this computer knows is too old. It will read everything anew."
    )


def _rows(
    connection: Connection, by: Reader, cursor: _Cursor, limit: int, bucket: str
) -> Iterable[tuple[int, FeedRow]]:
    """At most a page and one row; one query per scope, each of which an index answers in order."""
    wanted: list[Any] = [rows.c.own == scope for scope in by.own]
    wanted += [rows.c.company == scope for scope in by.company]
    wanted += [rows.c.provider == scope for scope in by.provider]
    counted = rows.c.bucket == bucket if bucket else rows.c.bucket != ""
    found: list[Row] = []
    for condition in [true()] if by.everything else wanted:
        found += rows_where(connection, condition, counted, rows.c.version > cursor.position, limit=limit + 1)
    return sorted(((row.version, _told(row)) for row in found), key=lambda pair: pair[0])


def _shifts(connection: Connection, by: Reader, cursor: _Cursor, limit: int) -> Iterable[tuple[int, FeedRow]]:
    listens = (*by.scopes, by.personal)
    found = connection.execute(
        select(shifts)
        .where(shifts.c.scope.in_(listens), shifts.c.version > max(cursor.position, cursor.horizon))
        .order_by(shifts.c.version)
        .limit(limit + 1)
    ).all()
    named: dict[str, set[str]] = defaultdict(set)
    for shift in found:
        named[shift.kind].add(shift.row)
    stored = {
        (kind, row.row): row
        for kind, names in named.items()
        for row in rows_where(connection, rows.c.kind == kind, rows.c.row.in_(names))
    }
    for shift in found:
        row = stored.get((shift.kind, shift.row))
        if row is not None and by.sees(row.sight):
            yield shift.version, _told(row)
        else:
            yield shift.version, FeedRow(kind=RowKind(shift.kind), id=shift.row, version=shift.version, gone=True)


def _told(row: Row) -> FeedRow:
    body = msgspec.Raw(row.body)
    return FeedRow(
        kind=row.kind,
        id=row.row,
        version=row.version,
        ticket=body if row.kind is RowKind.TICKET else None,
        note=body if row.kind is RowKind.NOTE else None,
        attachment=body if row.kind is RowKind.ATTACHMENT else None,
        notice=body if row.kind is RowKind.NOTICE else None,
    )


def _checksums(connection: Connection, by: Reader) -> list[BucketChecksum]:
    held: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in connection.execute(select(scopes).where(scopes.c.scope.in_(by.scopes)).order_by(scopes.c.bucket)):
        held[line.bucket][0] ^= int(line.checksum, 16)
        held[line.bucket][1] += line.rows
    return [BucketChecksum(bucket=name, checksum=f"{held[name][0]:016x}", rows=held[name][1]) for name in held]
