"""The floor: the very rows that our databases hold at the end, inserted by the bare driver and nothing else."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from benchmarks.parts.batches import batches


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its indexes, as statements, and its rows."""

    name: str
    made_by: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def opened(database: Path, key: bytes | None) -> Any:
    """A connection with the settings that durability rests on; no key: not encrypted."""
    connection = driver.connect(str(database), isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def tables_of(database: Path, key: bytes | None, names: Sequence[str]) -> list[Table]:
    """The tables so named, with all that is in them."""
    connection = opened(database, key)
    try:
        return [
            Table(
                name,
                tuple(
                    row[0]
                    for row in connection.execute(
                        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
                        (name,),
                    )
                ),
                connection.execute(f"SELECT * FROM {name}").fetchall(),
            )
            for name in names
        ]
    finally:
        connection.close()


def insert_again(tables: Sequence[Table], database: Path, key: bytes | None) -> float:
    """Seconds in which a fresh database takes the rows, a batch of each table in a transaction."""
    connection = opened(database, key)
    for table in tables:
        for statement in table.made_by:
            connection.execute(statement)
    left = [(table, batches(table.rows)) for table in tables]
    begun = time.perf_counter()
    while left:
        connection.execute("BEGIN IMMEDIATE")
        left = [(table, rows) for table, rows in left if _insert(connection, table, next(rows, []))]
        connection.execute("COMMIT")
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds


def _insert(connection: Any, table: Table, rows: list[tuple[Any, ...]]) -> bool:
    if rows:
        connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return bool(rows)
