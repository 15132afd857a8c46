"""Connections to the encrypted database: the driver, the key, and the settings that durability rests on."""

import hashlib
import hmac
import sys
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2 as driver

from desktop.store.home import Home, write_whole
from desktop.store.troubles import LibraryTooOld, WrongKey, damaged, explained

Connection = Any
"""A connection of `sqlcipher3`, which has no types."""


class Connects(Protocol):
    """Opens a database; see `connect`."""

    def __call__(self, database: Path, key: bytes, /, *, writes: bool) -> Connection:
        """A connection that is ready to use."""
        ...


OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0
"""How long one process waits for another's transaction."""
LONG_LOG = 1000
"""Pages in the log from which on they are to be written to their places."""
LONGEST_LOG = 16000
"""Pages in the log (64 MB) from which on a commit writes them to their places itself, whoever waits for it."""


def refuse_old_library(version: tuple[int, ...]) -> None:
    """`LibraryTooOld` below SQLite 3.51.3: older ones can corrupt a WAL database that two connections write."""
    if version < OLDEST_SQLITE:
        raise LibraryTooOld(
            "Helptray is missing a part that keeps your tickets safe. Ask your IT people to install it again.",
            detail=f"SQLite {'.'.join(map(str, version))} is older than {'.'.join(map(str, OLDEST_SQLITE))}",
        )


def connect(database: Path, key: bytes, /, *, writes: bool, kind: Connection = driver.Connection) -> Connection:
    """A connection with the raw key and every setting; statements commit one by one unless a transaction is begun.

    `kind` is the class of connection, the driver's own unless told otherwise.
    """
    with explained(database):
        connection = driver.connect(
            str(database),
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            factory=kind,
        )
        try:
            for setting in _settings(key, writes=writes):
                connection.execute(setting).fetchall()
        except BaseException:
            connection.close()
            raise
    return connection


def _settings(key: bytes, *, writes: bool) -> list[str]:
    settings = [
        "PRAGMA cipher_log_level = NONE",
        f"PRAGMA key = \"x'{key.hex()}'\"",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}",
        "PRAGMA journal_size_limit = 33554432",
        "PRAGMA cache_size = -16000",
    ]
    if sys.platform == "darwin":
        settings.append("PRAGMA fullfsync = ON")
    if not writes:
        settings.append("PRAGMA query_only = ON")
    return settings


def shorten_log(connection: Connection) -> None:
    """Write the pages of a long log to their places and wait for the disk, tens of milliseconds; no commit does it.

    What somebody still reads stays in the log (sqlite.org/pragma.html, `wal_checkpoint`, PASSIVE).
    """
    _, pages, written = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    if pages - written >= LONG_LOG:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def prepare_file(home: Home, key: bytes) -> None:
    """Make the empty database file if missing (mode 0600; SQLite gives the same to its companions).

    Call it with the home's lock held. `WrongKey` when the key is not the one that the database was made with, `Damaged`
    when there was one and it is gone or empty.
    """
    if home.key_check.exists():
        if not hmac.compare_digest(home.key_check.read_bytes(), _check(key)):
            raise WrongKey(
                "This key does not open your saved tickets. Name the key file that you used before (--key-file), or "
                "choose another folder (--home)."
            )
        log = home.database.with_name(f"{home.database.name}-wal")
        if not any(path.exists() and path.stat().st_size for path in (home.database, log)):
            raise damaged(home.database, "gone or empty")
    elif not home.database.exists():
        write_whole(home.database, b"")


def keep_check(home: Home, key: bytes) -> None:
    """Remember which key the database has, and with that, that there is one. Call it once it is made."""
    if not home.key_check.exists():
        write_whole(home.key_check, _check(key))


def _check(key: bytes) -> bytes:
    return hmac.new(key, b"helptray key check 1", hashlib.sha256).hexdigest().encode()
