"""What the relay is made of, opened on one folder of data: the commands and the HTTP API both work through it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from desktop.tickets.clock import Clock, SystemClock
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation
from desktop.tickets.profile import parse_profile
from relay.database import Database, private_folder
from relay.over import is_noted, note_what_is_over
from relay.profile import DEFAULT, keep_profile, read_profile
from relay.values import epoch, renew_epoch, value

FILE: Final = "relay.db"
"""Name of the database in its folder, where no other is named."""


class Relay:
    """The relay's data.

    Attributes:
        folder: holds the database and `files`.
        files: contents of attachments and unfinished uploads.
    """

    def __init__(
        self,
        folder: Path,
        *,
        organisation: str | None = None,
        file: Path | None = None,
        clock: Clock | None = None,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the folder, or make it; `organisation` replaces the profile, `file` names another database file.

        Raises `CannotKeepData` and `InvalidProfile`.
        """
        toml = read_profile(organisation) if organisation else ""
        self.folder = folder
        self._parsed: tuple[str, Organisation] = ("", UNKNOWN_ORGANISATION)
        self.clock = clock or SystemClock()
        self.database = Database(file or folder / FILE, committed)
        self.files = private_folder(folder / "files")
        with self.database.read() as connection:
            ready = bool(epoch(connection)) and not toml and is_noted(connection)
        if not ready:
            self._prepare(toml)

    def read(self) -> AbstractContextManager[Connection]:
        """One reading transaction."""
        return self.database.read()

    def write(self) -> AbstractContextManager[Connection]:
        """One writing transaction."""
        return self.database.write()

    def organisation(self, connection: Connection) -> Organisation:
        """The provider, as its profile says now."""
        etag = value(connection, "profile-etag")
        if self._parsed[0] != etag:
            self._parsed = (etag, parse_profile(value(connection, "profile"), source="the kept profile"))
        return self._parsed[1]

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def _prepare(self, toml: str) -> None:
        with self.database.write() as connection:
            if not epoch(connection):
                renew_epoch(connection)
            if toml or not value(connection, "profile"):
                keep_profile(connection, toml or read_profile(DEFAULT))
            note_what_is_over(connection, self.organisation(connection), self.clock.now())
