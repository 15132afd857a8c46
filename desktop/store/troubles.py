"""What can be wrong with the place where tickets are kept: each with what to do about it."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2 as driver

from desktop.tickets.trouble import InputRefused, Trouble

_INDEX_GROWS_BY: Final = 32 * 1024
"""Bytes (sqlite.org/walformat.html, section 2)."""


class StoreTrouble(Trouble):
    """Helptray cannot keep or read tickets on this computer."""

    title = "A problem on this computer"


class DiskFull(StoreTrouble):
    """No space, quota or file size left."""

    title = "The disk is full"


class ReadOnlyHome(StoreTrouble):
    """The folder cannot be written."""

    title = "Nothing can be saved"


class DiskFailed(StoreTrouble):
    """Reading or writing failed for another reason; after a failed fsync nothing is tried again on the same file."""

    title = "The disk has a problem"


class HomeNotYours(StoreTrouble):
    """The folder belongs to somebody else who uses this computer."""

    title = "Somebody else's folder"


class HomeInUse(StoreTrouble):
    """Another computer has the folder open."""

    title = "Open on another computer"


class StoreBusy(StoreTrouble):
    """Another Helptray kept the database for longer than we wait."""

    title = "Busy"


class StoreClosed(StoreTrouble):
    """Helptray is closing."""

    title = "Helptray is closing"


class WrongKey(StoreTrouble):
    """The key does not open this folder's tickets."""

    title = "The wrong key"


class Damaged(StoreTrouble):
    """The database or a file is not what was written."""

    title = "Damaged"


class NewerSchema(StoreTrouble):
    """A newer Helptray has changed the database's shape."""

    title = "Helptray is too old"


class LibraryTooOld(StoreTrouble):
    """The SQLite in use can corrupt a database that two connections write (sqlite.org/wal.html#walresetbug)."""

    title = "Helptray is not installed right"


class KeyringMissing(StoreTrouble):
    """This computer has no safe place for the key."""

    title = "No place for the key"


class KeyringLocked(StoreTrouble):
    """The place for the key is locked, or did not let us in."""

    title = "The keyring is locked"


class KeyMissing(StoreTrouble):
    """There are tickets, but the key to them is gone. A new key would never open them."""

    title = "The key is missing"


class KeyFileUnusable(StoreTrouble):
    """The key file can be read by others, or holds no key."""

    title = "The key file cannot be used"


class FileRefused(InputRefused):
    """A file that cannot be added to a ticket."""

    title = "File not added"


class FileGone(StoreTrouble):
    """An attachment's bytes are not on this computer."""

    title = "File not here"


def disk_full() -> DiskFull:
    """No room."""
    return DiskFull("There is no room left on this computer's disk. Make some room, then save again.")


def damaged(what: Path, detail: str) -> Damaged:
    """The database cannot be read."""
    return Damaged(
        f"The tickets saved on this computer cannot be read: {what} is damaged. Rename the folder {what.parent} and "
        "start Helptray again; what the help desk has will come back. Keep the old folder for your IT people.",
        detail=detail,
    )


def from_os(error: OSError, folder: Path) -> StoreTrouble:
    """The trouble behind a failed call on a file in the folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only(folder, str(error))
    return DiskFailed(
        f"This computer could not read or write in {folder}. Check the disk, then try again.", detail=str(error)
    )


def read_only(folder: Path, detail: str) -> ReadOnlyHome:
    """The folder cannot be written."""
    return ReadOnlyHome(
        f"Helptray is not allowed to write in {folder}. Allow it to, or start it with another folder (--home).",
        detail=detail,
    )


@contextmanager
def explained(database: Path) -> Iterator[None]:
    """Turn what SQLite says about its surroundings into troubles, by its primary result code (sqlite.org/rescode.html).

    What it says about our statements is a mistake of ours, and stays what it is.
    """
    try:
        yield
    except driver.Error as error:
        trouble = _from_driver(error, database)
        if trouble is None:
            raise
        raise trouble from error


def _from_driver(error: driver.Error, database: Path) -> StoreTrouble | None:
    detail = f"{getattr(error, 'sqlite_errorname', '')} {error}".strip()
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == driver.SQLITE_IOERR and _has_no_room(database.parent):
        code = driver.SQLITE_FULL
    match code:
        case driver.SQLITE_FULL:
            return disk_full()
        case driver.SQLITE_READONLY | driver.SQLITE_CANTOPEN | driver.SQLITE_PERM:
            return read_only(database.parent, detail)
        case driver.SQLITE_CORRUPT | driver.SQLITE_NOTADB:
            return damaged(database, detail)
        case driver.SQLITE_BUSY | driver.SQLITE_LOCKED:
            return StoreBusy("Another Helptray on this computer is busy. Wait a moment, then try again.", detail=detail)
        case driver.SQLITE_IOERR | driver.SQLITE_NOMEM | driver.SQLITE_PROTOCOL:
            return DiskFailed(
                f"This computer could not read or write {database}. Check the disk, then try again.", detail=detail
            )
    return None


def _has_no_room(folder: Path) -> bool:
    """Whether the index of SQLite's log cannot grow: then it says that it cannot write, not that the disk is full."""
    try:
        return shutil.disk_usage(folder).free < _INDEX_GROWS_BY
    except OSError:
        return False
