"""Who serves a database: one process at a time, for what waits for its turn is known to that process alone."""

from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from desktop.tickets.trouble import Trouble
from relay.database import CannotKeepData


class AlreadyServed(Trouble):
    """Another process serves this database."""

    title = "Already running"


class Serving:
    """The right to serve a database. It is a lock of the operating system, and goes with the process however that ends.

    The lock is SQLite's own, on an empty file beside the database, so that it is the same on every system.
    """

    def __init__(self, database: Path) -> None:
        """Take it; raises `AlreadyServed`, and `CannotKeepData` where the folder cannot be written."""
        file = database.with_name(f"{database.name}.serving")
        try:
            self._connection = sqlite.connect(str(file), timeout=0, isolation_level=None, check_same_thread=False)
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite.OperationalError as error:
            if "locked" not in str(error):
                raise CannotKeepData(f"The file {file} cannot be written.", detail=str(error)) from error
            raise AlreadyServed(
                f"Another helptray-relay serves {database} already. Stop that one first, or use another folder."
            ) from error

    def end(self) -> None:
        """Let another process have it."""
        with closing(self._connection):
            self._connection.execute("ROLLBACK")
