"""A database of which one call fails: the driver's own connection and cursor, with every call counted."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlcipher3 import dbapi2 as driver

from desktop.store.database import Connects, connect


@dataclass(frozen=True, slots=True)
class Failure:
    """What SQLite says (sqlite.org/rescode.html), and what has happened by then.

    Attributes:
        done: the call was carried out before it was said to have failed, as by a disk that lies.
        undoes: the transaction is rolled back, as SQLite may do by itself.
        lasts: every later call fails too.
    """

    code: int
    text: str
    done: bool = False
    undoes: bool = False
    lasts: bool = False


@dataclass
class Calls:
    """Counts the calls of all connections that `connects` opens, and lets call number `fails_at` (from 1) fail."""

    fails_at: int
    failure: Failure
    made: int = 0
    connects: Connects = field(init=False)

    def __post_init__(self) -> None:
        calls = self

        class Cursor(driver.Cursor):  # type: ignore[misc]  # the driver has no types
            def execute(self, *arguments: Any) -> Any:
                return calls.make(self.connection, partial(super().execute, *arguments))

            def executemany(self, *arguments: Any) -> Any:
                return calls.make(self.connection, partial(super().executemany, *arguments))

            def fetchone(self) -> Any:
                return calls.make(self.connection, super().fetchone)

            def fetchall(self) -> Any:
                return calls.make(self.connection, super().fetchall)

            def __next__(self) -> Any:
                return calls.make(self.connection, super().__next__)

        class Connection(driver.Connection):  # type: ignore[misc]
            def cursor(self, factory: type[Cursor] = Cursor) -> Cursor:
                made: Cursor = super().cursor(factory)
                return made

        self.connects = partial(connect, kind=Connection)

    @property
    def has_failed(self) -> bool:
        """Whether it came to the call that fails."""
        return self.made >= self.fails_at

    def make(self, connection: Any, call: "partial[Any] | Any") -> Any:
        """Make a call, or let it fail."""
        self.made += 1
        if self.made != self.fails_at and not (self.failure.lasts and self.has_failed):
            return call()
        if self.failure.done:
            call()
        if self.failure.undoes and connection.in_transaction:
            driver.Cursor.execute(driver.Connection.cursor(connection), "ROLLBACK")
        error = driver.OperationalError(self.failure.text)
        error.sqlite_errorcode = self.failure.code
        raise error
