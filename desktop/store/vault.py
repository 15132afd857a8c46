"""The folder of encrypted files: named by an HMAC of their content, so that a name tells nothing and equals share."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from desktop.store.home import sync_folder
from desktop.store.sealed import BLOCK, Unsealed, seal
from desktop.store.troubles import FileGone, from_os

_PART = ".part"


class Vault:
    """Encrypted files in one folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._seal_key = hmac.new(key, b"helptray files 1", hashlib.sha256).digest()
        self._name_key = hmac.new(key, b"helptray file names 1", hashlib.sha256).digest()

    def name_of(self, sha256: str) -> str:
        """The name of the file with that content."""
        return hmac.new(self._name_key, sha256.encode(), hashlib.sha256).hexdigest()

    def write(self, chunks: Iterable[bytes]) -> str:
        """Encrypt the chunks under a temporary name, durably; returns that name. Nothing is left when it fails."""
        part = f"{os.getpid()}-{secrets.token_hex(8)}{_PART}"
        path = self._folder / part
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                seal(chunks, target, self._seal_key)
                target.flush()
                os.fsync(target.fileno())
        except OSError as error:
            self.delete(part)
            raise from_os(error, self._folder) from error
        except BaseException:
            self.delete(part)
            raise
        return part

    def adopt(self, part: str, name: str) -> None:
        """Give a finished file its name, durably, in the place of any older copy of the same content."""
        try:
            (self._folder / part).replace(self._folder / name)
            sync_folder(self._folder)
        except OSError as error:
            self.delete(part)
            raise from_os(error, self._folder) from error

    def open(self, name: str) -> BinaryIO:
        """The plain bytes of a file, seekable; `FileGone` or `Damaged`."""
        try:
            source = (self._folder / name).open("rb")
        except OSError as error:
            raise FileGone(
                "A file that you added is no longer on this computer. Add it again from where it came.",
                detail=str(error),
            ) from error
        try:
            return BufferedReader(Unsealed(source, self._seal_key), BLOCK)  # reads as much as is asked for
        except BaseException:
            source.close()
            raise

    def names(self) -> list[str]:
        """Every finished file."""
        try:
            return [path.name for path in self._folder.iterdir() if path.suffix != _PART]
        except OSError as error:
            raise from_os(error, self._folder) from error

    def delete(self, name: str) -> None:
        """Delete a file; one that somebody has open (Windows) is left for the next sweep."""
        try:
            (self._folder / name).unlink(missing_ok=True)
        except PermissionError:
            return

    def delete_leavings(self) -> None:
        """Delete temporary files of processes that are gone."""
        if parts := list(self._folder.glob(f"*{_PART}")):
            from psutil import pid_exists

            for part in parts:
                process = part.name.partition("-")[0]
                if not process.isdigit() or not pid_exists(int(process)):
                    self.delete(part.name)
