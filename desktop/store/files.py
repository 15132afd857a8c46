"""Attachments' bytes on this computer: taken in when they are added, whatever becomes of the original."""

import hashlib
import mimetypes
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.store.file_names import safe_name
from desktop.store.transaction import Transaction
from desktop.store.troubles import FileRefused
from desktop.store.vault import Vault
from desktop.tickets.draft import DraftFile

CHUNK = 1024 * 1024
"""Bytes read at once, and so about the memory that an import of any size takes."""
UNKNOWN_TYPE = "application/octet-stream"


class Writes(Protocol):
    """Queues a job on the store's thread."""

    def __call__(self, job: Callable[[Transaction], None], /) -> Future[None]: ...


class Files:
    """Imports and opens attachments; on any thread. The bytes are copied on the caller's, only names on the store's."""

    def __init__(self, vault: Vault, write: Writes, open_content: Callable[[str], BinaryIO]) -> None:
        self._vault = vault
        self._write = write
        self._open_content = open_content

    def import_file(
        self, path: Path, *, attachment: str, name: str = "", bare: Callable[[BinaryIO], bytes | None] | None = None
    ) -> DraftFile:
        """Take in a file by its path. `FileRefused` for a folder, or one that is gone, unreadable or still changing.

        `bare` may give other bytes in place of the file's, without what is not to be kept of it, or None.
        """
        shown = safe_name(name or path.name)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise FileRefused(f"{shown} is not a file. Choose a file; a folder can be added as a .zip file.")
            with path.open("rb") as source:
                kind = mimetypes.guess_type(shown)[0] or UNKNOWN_TYPE
                before = _look(source)
                if bare is not None and (content := bare(source)) is not None:
                    _refuse_changed(source, before, shown)
                    file = self.import_pieces((content,), attachment=attachment, name=shown, media_type=kind)
                    return replace(file, is_bare=True)
                source.seek(0)
                return self.import_stream(source, attachment=attachment, name=shown, media_type=kind)
        except FileNotFoundError as error:
            raise FileRefused(f"{shown} is no longer there. Choose it again from where it is now.") from error
        except PermissionError as error:
            raise FileRefused(f"You are not allowed to read {shown}. Ask its owner, or choose another file.") from error
        except (OSError, ValueError) as error:
            raise FileRefused(f"{shown} could not be read. Copy it elsewhere, then add the copy.") from error

    def import_stream(self, source: BinaryIO, *, attachment: str, name: str, media_type: str) -> DraftFile:
        """Copy, hash and encrypt the bytes, durably; `attachment` is the id they get, `name` is made safe to show.

        `FileRefused` when the file behind the stream changes meanwhile; a `StoreTrouble` when it cannot be kept.
        """
        return self.import_pieces(
            _read(source, safe_name(name)), attachment=attachment, name=name, media_type=media_type
        )

    def import_pieces(self, pieces: Iterable[bytes], *, attachment: str, name: str, media_type: str) -> DraftFile:
        """The same for bytes that are being made: each piece is encrypted and written before the next is asked for."""
        shown = safe_name(name)
        copy = _Copy(pieces)
        part = self._vault.write(copy.chunks())
        sha256 = copy.digest.hexdigest()
        file = self._vault.name_of(sha256)
        try:
            self._write(lambda tx: tx.contents.keep(attachment, part, file)).result()
        except BaseException:
            self._vault.delete(part)
            raise
        return DraftFile(
            attachment=attachment, name=shown, size=copy.size, sha256=sha256, media_type=media_type, label=shown
        )

    def open(self, attachment: str) -> BinaryIO:
        """The plain bytes, seekable; `FileGone` or `Damaged` where they cannot be had."""
        return self._open_content(attachment)


class _Copy:
    """Counts and hashes what is passed on."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.digest = hashlib.sha256()
        self.size = 0

    def chunks(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.digest.update(piece)
            self.size += len(piece)
            yield piece


def _read(source: BinaryIO, name: str) -> Iterator[bytes]:
    """What is in a stream. What cannot be read or changes meanwhile is the source's trouble, not our disk's."""
    before = _look(source)
    try:
        while chunk := source.read(CHUNK):
            yield chunk
    except OSError as error:
        raise FileRefused(f"{name} could not be read to its end. Copy it elsewhere, then add the copy.") from error
    _refuse_changed(source, before, name)


def _refuse_changed(source: BinaryIO, before: tuple[int, ...], name: str) -> None:
    if _look(source) != before:
        raise FileRefused(f"{name} was changed while it was being added. Save it, then add it again.")


def _look(source: BinaryIO) -> tuple[int, ...]:
    """What changes when a file is changed; nothing for a stream that is no file."""
    try:
        told = os.fstat(source.fileno())
    except (OSError, AttributeError):
        return ()
    return (told.st_ino, told.st_size, told.st_mtime_ns)
