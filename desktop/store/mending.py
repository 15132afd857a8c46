"""Which bucket is mended, how far that has come, and which rows the help desk has told since it began."""

from dataclasses import dataclass

from desktop.store.buckets import KEPT
from desktop.store.generations import Run
from desktop.tickets.rows import NOTICES, NOWHERE, RowKind

WINDOW = 500
"""Rows of the database that one step of the sweep looks at."""
BUCKET_OF_PART = f"CASE part.ticket WHEN 0 THEN '{NOTICES}' ELSE coalesce(ticket.bucket, '{NOWHERE}') END"
_STRAY_TICKETS = f"""
    SELECT 'ticket', id, id, key FROM ticket
    WHERE key > ? AND key <= ? AND generation = ? AND bucket = ? AND version <> {KEPT}
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = ticket.id AND named.kind = 'ticket')
"""  # noqa: S608  (a constant)
_STRAY_PARTS = f"""
    SELECT part.kind, part.id, coalesce(ticket.id, ''), part.ticket
    FROM part LEFT JOIN ticket ON ticket.key = part.ticket
    WHERE part.key > ? AND part.key <= ? AND part.generation = ? AND {BUCKET_OF_PART} = ? AND part.version <> {KEPT}
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = part.id AND named.kind = part.kind)
"""  # noqa: S608  (a constant)


@dataclass(frozen=True, slots=True)
class Stray:
    """Rows that the help desk did not tell: of one ticket (`key`), the ticket itself or something on it."""

    kind: RowKind
    row: str
    ticket: str
    key: int


class Mending:
    """The mending as one transaction sees it; at most one at a time."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._bucket: str | None = None
        self._looked = False

    @property
    def bucket(self) -> str | None:
        """The bucket, or None where nothing is mended."""
        if not self._looked:
            row = self._run("SELECT bucket FROM mending").fetchone()
            self._bucket, self._looked = row[0] if row else None, True
        return self._bucket

    def begin(self, bucket: str) -> None:
        """Begin; another one is given up."""
        self.end()
        self._run("INSERT INTO mending(bucket) VALUES (?)", (bucket,))
        self._bucket = bucket

    def end(self) -> None:
        """Forget it, and all names."""
        self._run("DELETE FROM mending")
        self._run("DELETE FROM named")
        self._bucket, self._looked = None, True

    def cursor(self) -> str:
        """How far the bucket was read."""
        return str(self._run("SELECT cursor FROM mending").fetchone()[0])

    def advance(self, cursor: str) -> None:
        """It was read so far."""
        self._run("UPDATE mending SET cursor = ?", (cursor,))

    def name(self, kind: str, row: str) -> None:
        """The help desk has told this row since the mending began."""
        if self.bucket is not None:
            self._run("INSERT OR IGNORE INTO named(id, kind) VALUES (?, ?)", (row, kind))

    def is_named(self, kind: str, row: str) -> bool:
        """Whether it has."""
        return self._run("SELECT 1 FROM named WHERE id = ? AND kind = ?", (row, kind)).fetchone() is not None

    def strays(self, generation: int) -> list[Stray] | None:
        """What the next rows of the copy hold that was not told, tickets first; None when all were looked at."""
        for table, query in (("ticket", _STRAY_TICKETS), ("part", _STRAY_PARTS)):
            swept = self._run(f"SELECT swept_{table}s FROM mending").fetchone()[0]  # noqa: S608
            if swept < self._run(f"SELECT coalesce(max(key), 0) FROM {table}").fetchone()[0]:  # noqa: S608
                found = self._run(query, (swept, swept + WINDOW, generation, self.bucket)).fetchall()
                self._run(f"UPDATE mending SET swept_{table}s = ?", (swept + WINDOW,))  # noqa: S608
                return [Stray(RowKind(kind), row, ticket, key) for kind, row, ticket, key in found]
        return None
