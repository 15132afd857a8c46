"""One person's folder: whose it is, what lies in it, who may read it."""

import json
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.store.lock import locked
from desktop.store.troubles import DiskFailed, HomeNotYours, from_os


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that is ours alone.

    Attributes:
        path: absolute.
        id: made with the folder and kept in it, so that it stays when the folder moves. Names its key in the keyring.
    """

    path: Path
    id: str

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "tickets.db"

    @property
    def files(self) -> Path:
        """The folder of the encrypted attachments."""
        return self.path / "files"

    @property
    def claims(self) -> Path:
        """Who has the home open, a file for each process."""
        return self.path / "open"

    @property
    def key_check(self) -> Path:
        """What tells a wrong key from damage, and an emptied database from a new one: written once it is made."""
        return self.path / "key-check"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out while something is made or upgraded. Failing calls on files become troubles."""
        try:
            with locked(self.path / "home.lock"):
                yield
        except OSError as error:
            raise from_os(error, self.path) from error


def open_home(path: Path) -> Home:
    """The home at the path, made with mode 0700 if missing; `StoreTrouble` where it cannot be ours."""
    path = path.absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(path)
        for folder in (path, path / "files", path / "open"):
            folder.mkdir(mode=0o700, exist_ok=True)
            if stat.S_IMODE(folder.stat().st_mode) & 0o077:
                folder.chmod(0o700)
        with locked(path / "home.lock"):
            return Home(path, _identity(path / "home.json"))
    except FileExistsError as error:
        raise DiskFailed(
            f"{path} is a file, and Helptray needs a folder of that name. Move the file away, or start Helptray with "
            "another folder (--home).",
            detail=str(error),
        ) from error
    except OSError as error:
        raise from_os(error, path) from error


def _refuse_foreign(path: Path) -> None:
    if hasattr(os, "geteuid") and path.stat().st_uid != os.geteuid():
        raise HomeNotYours(
            f"{path} belongs to another person on this computer. Start Helptray as that person, or with a folder of "
            "your own (--home)."
        )


def known_identity(path: Path) -> str:
    """The id of a home that is there. Raises OSError where there is none, ValueError where it is damaged."""
    try:
        return uuid.UUID(json.loads((path / "home.json").read_bytes())["home"]).hex
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _identity(marker: Path) -> str:
    try:
        return known_identity(marker.parent)
    except FileNotFoundError:
        made = uuid.uuid4().hex
        write_whole(marker, json.dumps({"home": made}).encode())
        return made
    except ValueError as error:
        raise DiskFailed(
            f"{marker} is damaged. Put it back from a backup of this folder; without it the key to your tickets cannot "
            "be found.",
            detail=str(error),
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file (mode 0600) so that it is there whole or not at all, whatever happens."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and needs none on NTFS."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
