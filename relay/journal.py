"""Writing rows that others will be told of: versions in commit order, checksums, and who came to see what."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from desktop.tickets.rows import RowKind, row_hash
from relay.marks import set_mark
from relay.permissions import Sight
from relay.tables import rows, scopes, shifts, stamp
from relay.values import number, set_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as stored."""

    kind: RowKind
    row: str
    ticket: str
    version: int
    sight: Sight
    body: bytes


_INSERT = insert(rows)
_UPDATE = (
    update(rows)
    .where(rows.c.kind == bindparam("_kind"), rows.c.row == bindparam("_row"))
    .values({name: bindparam(name) for name in ("version", "bucket", "own", "company", "provider", "body")})
)


class Journal:
    """What one writing transaction does to the rows; `flush` writes it, at once and in few statements.

    Versions are given inside BEGIN IMMEDIATE, so their order is the order of commits.
    """

    def __init__(self, connection: Connection, at: datetime) -> None:
        self._connection = connection
        self._at = stamp(at)
        self._first = self._head = number(connection, "head")
        self._new: dict[tuple[RowKind, str], Row] = {}
        self._changed: dict[tuple[RowKind, str], Row] = {}
        self._shifts: list[dict[str, object]] = []
        self._deltas: dict[tuple[str, str], list[int]] = {}

    def version(self) -> int:
        """The next version: higher than all that anybody has seen."""
        self._head += 1
        return self._head

    def go_on(self) -> None:
        """Something was decided: the head moves, even where no row has changed, so that its loss would be noticed."""
        if self._head == self._first:
            self.version()

    def put(self, row: Row, before: Row | None) -> None:
        """Store a row; `before` is what it replaces (None: it is new)."""
        key = (row.kind, row.row)
        if before is None:
            self._new[key] = row
        else:
            self._count(before, -1)
            (self._new if key in self._new else self._changed)[key] = row
        self._count(row, +1)
        if before is not None and before.sight != row.sight:
            self._hand_over(row, before.sight)

    def move(self, row: Row, sight: Sight) -> None:
        """A stored row is for others now, and has not changed itself: whomever that concerns hears of it again."""
        moved = replace(row, sight=sight)
        self._count(row, -1)
        self._count(moved, +1)
        self._changed[row.kind, row.row] = moved
        for scope in sorted(set(row.sight.scopes) ^ set(sight.scopes)):
            self._shift(scope, row.kind, row.row)

    def pending(self, kind: RowKind, row: str) -> Row | None:
        """A row that this transaction has put and not yet written, or None."""
        return self._new.get((kind, row)) or self._changed.get((kind, row))

    def take_away(self, row: Row) -> None:
        """Nobody sees the row any more; it stays stored."""
        gone = replace(row, version=self.version(), sight=Sight())
        self._count(row, -1)
        self._changed[row.kind, row.row] = gone
        for scope in row.sight.scopes:
            self._shift(scope, row.kind, row.row)

    def tell(self, scope: str, kind: RowKind, row: str) -> None:
        """Whoever listens to the scope hears of the row again, as it is then, or that it is gone."""
        self._shift(scope, kind, row)

    def flush(self) -> bool:
        """Write everything; returns whether there was anything."""
        if self._new:
            self._connection.execute(_INSERT, [_stored(row) for row in self._new.values()])
        if self._changed:
            self._connection.execute(
                _UPDATE, [{**_stored(row), "_kind": row.kind, "_row": row.row} for row in self._changed.values()]
            )
        if self._shifts:
            self._connection.execute(insert(shifts), self._shifts)
        if self._deltas:
            self._write_checksums()
        changed = self._head != self._first
        if changed:
            set_number(self._connection, "head", self._head)
            set_mark(self._connection, self._head)
        self._new, self._changed, self._shifts, self._deltas, self._first = {}, {}, [], {}, self._head
        return changed

    def _hand_over(self, ticket: Row, before: Sight) -> None:
        """The ticket is for others now: what hangs on it goes with it."""
        self.flush()
        for scope in sorted(set(before.scopes) - set(ticket.sight.scopes)):
            self._shift(scope, ticket.kind, ticket.row)
        for hanging in rows_where(self._connection, rows.c.ticket == ticket.ticket, rows.c.kind != RowKind.TICKET):
            internal = hanging.sight == before.behind_the_counter
            self.move(hanging, ticket.sight.behind_the_counter if internal else ticket.sight)

    def _shift(self, scope: str, kind: RowKind, row: str) -> None:
        self._shifts.append({"version": self.version(), "scope": scope, "kind": kind, "row": row, "at": self._at})

    def _count(self, row: Row, step: int) -> None:
        hashed = row_hash(row.kind, row.row, row.version)
        for scope in row.sight.scopes:
            delta = self._deltas.setdefault((scope, row.sight.bucket), [0, 0])
            delta[0] ^= hashed
            delta[1] += step

    def _write_checksums(self) -> None:
        wanted = tuple_(scopes.c.scope, scopes.c.bucket).in_(list(self._deltas))
        found = self._connection.execute(select(scopes).where(wanted))
        before = {(line.scope, line.bucket): (int(line.checksum, 16), line.rows) for line in found}
        after = []
        for (scope, bucket), (mask, step) in self._deltas.items():
            checksum, count = before.get((scope, bucket), (0, 0))
            told = {"checksum": f"{checksum ^ mask:016x}", "rows": count + step}
            after.append({"scope": scope, "bucket": bucket, **told})
        statement = insert_or(scopes)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["scope", "bucket"],
                set_={"checksum": statement.excluded.checksum, "rows": statement.excluded.rows},
            ),
            after,
        )


def rows_where(connection: Connection, *conditions: object, limit: int | None = None) -> list[Row]:
    """Stored rows, oldest version first."""
    statement = select(rows).where(*conditions).order_by(rows.c.version)  # type: ignore[arg-type]
    return [
        Row(
            kind=RowKind(line.kind),
            row=line.row,
            ticket=line.ticket,
            version=line.version,
            sight=Sight(bucket=line.bucket, own=line.own, company=line.company, provider=line.provider),
            body=line.body,
        )
        for line in connection.execute(statement.limit(limit) if limit else statement)
    ]


def _stored(row: Row) -> dict[str, object]:
    return {
        "kind": row.kind,
        "row": row.row,
        "ticket": row.ticket,
        "version": row.version,
        "bucket": row.sight.bucket,
        "own": row.sight.own,
        "company": row.sight.company,
        "provider": row.sight.provider,
        "body": row.body,
    }
