"""The relay's database: SQLite through sqlcipher3 without a key, one writer at a time, any number of readers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from desktop.tickets.trouble import Trouble
from relay.tables import metadata

OLDEST_SQLITE = (3, 51, 3)
"""Older ones have a bug in their write-ahead log that corrupts databases."""

_WAIT_FOR_WRITER = 30_000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    f"PRAGMA busy_timeout={_WAIT_FOR_WRITER}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_size_limit=67108864",
)


class CannotKeepData(Trouble):
    """The place where the data should be kept cannot be used."""

    title = "No place for the data"


class Database:
    """Transactions over one database file.

    Writing transactions run one after another (BEGIN IMMEDIATE, across processes too); after each commit, `committed`
    is called on the writing thread. Reading transactions each see one snapshot.
    """

    def __init__(self, file: Path, committed: Callable[[], None] = lambda: None) -> None:
        """Open the file, or make it (mode 0600, in a folder of mode 0700); raises `CannotKeepData`."""
        _refuse_old_sqlite(sqlite.sqlite_version_info)
        self.file = file
        self.committed = committed
        self._writer = threading.Lock()
        try:
            private_folder(file.parent)
            file.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            raise CannotKeepData(f"The folder {file.parent} cannot be written to: {error.strerror}.") from error
        self._engine = _engine(file)
        try:
            with self.write() as connection:
                metadata.create_all(connection)
        except DatabaseError as error:
            raise CannotKeepData(f"The file {file} is not a database of this relay.", detail=str(error)) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One writing transaction: all of it is durable afterwards, or none of it has happened."""
        with self._writer, self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
        self.committed()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One reading transaction: everything in it is of one moment."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    def watcher(self) -> Callable[[], int]:
        """A function that returns another number whenever any connection or process has committed; one thread only."""
        connection = _connect(self.file)

        def data_version() -> int:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

        return data_version

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()


def private_folder(folder: Path) -> Path:
    """The folder, made with mode 0700 if it is missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _refuse_old_sqlite(version: tuple[int, ...]) -> None:
    if version < OLDEST_SQLITE:
        found, needed = (".".join(map(str, parts)) for parts in (version, OLDEST_SQLITE))
        raise CannotKeepData(f"SQLite {found} can damage databases; {needed} or newer is needed. Update sqlcipher3.")


def _connect(file: Path) -> Any:
    connection = sqlite.connect(str(file), isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _engine(file: Path) -> Engine:
    return create_engine(
        URL.create("sqlite", database=str(file)),
        module=sqlite,
        creator=lambda: _connect(file),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=40,
    )
