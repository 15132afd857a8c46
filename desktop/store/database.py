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
        "PRAGMA journal_size_limit = 33554432",
        "PRAGMA cache_size = -16000",
    ]
    if sys.platform == "darwin":
        settings.append("PRAGMA fullfsync = ON")
    if not writes:
        settings.append("PRAGMA query_only = ON")
    return settings


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
