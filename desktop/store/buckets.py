"""Checksums of what the help desk told, bucket by bucket, kept as rows come and go."""

from collections.abc import Iterable

from desktop.store.generations import Run
from desktop.tickets.rows import RowKind, row_hash

KEPT = -1
"""Version of a row that the help desk has not told (any more): newer than nothing, and in no checksum."""


class Buckets:
    """The checksums that one transaction touches. `save` writes them."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._sums: dict[tuple[int, str], list[int]] = {}

    def count(self, generation: int, bucket: str, row: tuple[str, str], old: int, new: int) -> None:
        """Take the old version of a row (kind and id) out of the checksum and the new one in."""
        known = self._sum(generation, bucket)
        for version, step in ((old, -1), (new, +1)):
            if version != KEPT:
                known[0] ^= row_hash(RowKind(row[0]), row[1], version)
                known[1] += step

    def move(self, generation: int, rows: Iterable[tuple[str, str, int]], old: str, new: str) -> None:
        """Rows (kind, id and version) went from one bucket to another."""
        for kind, row, version in rows:
            self.count(generation, old, (kind, row), version, KEPT)
            self.count(generation, new, (kind, row), KEPT, version)

    def sums(self, generation: int) -> dict[str, tuple[int, int]]:
        """Checksum and number of rows of each bucket that holds any."""
        self.save()
        rows = self._run("SELECT name, checksum, held FROM bucket WHERE generation = ? AND held > 0", (generation,))
        return {name: (int(checksum, 16), held) for name, checksum, held in rows}

    def save(self) -> None:
        """Write down what was touched."""
        for (generation, name), (checksum, held) in self._sums.items():
            self._run(
                "INSERT OR REPLACE INTO bucket(generation, name, checksum, held) VALUES (?, ?, ?, ?)",
                (generation, name, f"{checksum:016x}", held),
            )
        self._sums.clear()

    def _sum(self, generation: int, bucket: str) -> list[int]:
        place = generation, bucket
        if place not in self._sums:
            row = self._run("SELECT checksum, held FROM bucket WHERE generation = ? AND name = ?", place).fetchone()
            self._sums[place] = [int(row[0], 16), row[1]] if row else [0, 0]
        return self._sums[place]
