"""Uploads: bytes that arrive in pieces, survive anything, and are verified before anybody may name them."""

import hashlib
import os
import re
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from desktop.tickets.identity import is_id
from relay.core import Relay
from relay.database import private_folder
from relay.permissions import Principal, Sight, reader
from relay.problems import Refusal, malformed, not_found
from relay.tables import devices, moment, rows, stamp, uploads

KEPT_FOR: Final = timedelta(days=7)
"""How long an upload that nothing names is kept after its last byte."""

LARGEST: Final = 8 * 1024**3
"""Largest file in bytes."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """How far an upload has come."""

    attachment: str
    folder: str
    size: int
    sha256: str
    position: int
    finished: bool
    expires_at: datetime


class Uploads:
    """Uploads of one relay. Every method blocks; each checks that the upload belongs to the device that asks."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._finishing = threading.Lock()

    def create(self, by: Principal, size: int, told: dict[str, str]) -> Upload:
        """A new upload, or the same one again: an attachment of one device is one upload.

        Who connects anew gets another device, and goes on with what they had begun on the one before.
        """
        attachment, sha256 = told.get("attachment", ""), told.get("sha256", "")
        if not is_id(attachment) or _SHA256.fullmatch(sha256) is None:
            raise malformed("The file did not say which one it is.", "id-invalid")
        if size > LARGEST:
            raise Refusal(413, "too-large", "Too large", "This file is larger than the help desk takes.")
        with self._relay.write() as connection:
            present = _find(connection, attachment)
            if present is None:
                if connection.execute(select(rows.c.row).where(rows.c.row == attachment)).first() is not None:
                    raise Refusal(409, "id-taken", "Not possible", "This file is here already.")
                connection.execute(
                    insert(uploads).values(
                        attachment=attachment,
                        device=by.device,
                        folder=hashlib.sha256(by.company.encode()).hexdigest()[:32],
                        size=size,
                        sha256=sha256,
                        expires_at=stamp(self._relay.clock.now() + KEPT_FOR),
                    )
                )
            elif (present.size, present.sha256) != (size, sha256) or not _is_of(connection, present.device, by):
                raise Refusal(409, "id-taken", "Not possible", "Another file was announced under this name before.")
            elif present.device != by.device:
                connection.execute(update(uploads).where(uploads.c.attachment == attachment).values(device=by.device))
        return self.state(by, attachment)

    def state(self, by: Principal, attachment: str) -> Upload:
        """How far it has come; one whose bytes are all here is verified first. Raises `Refusal` (404)."""
        upload = self._stored(by, attachment)
        if upload.position == upload.size and not upload.finished:
            return self._finish(by, attachment)
        return upload

    def open(self, upload: Upload, offset: int) -> BinaryIO:
        """The upload's bytes so far, to be gone on with at the offset; what lies behind it is cut off."""
        path = self._partial(upload.attachment)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b", buffering=0)
        file.seek(offset)
        file.truncate()
        return file

    def advance(self, by: Principal, file: BinaryIO, attachment: str, old: int, new: int) -> None:
        """Bytes up to `new` are durable. Raises `Refusal` (409) where somebody else has gone on meanwhile."""
        os.fsync(file.fileno())
        with self._relay.write() as connection:
            changed = connection.execute(
                update(uploads)
                .where(uploads.c.attachment == attachment, uploads.c.device == by.device, uploads.c.position == old)
                .values(position=new, expires_at=stamp(self._relay.clock.now() + KEPT_FOR))
            )
        if not changed.rowcount:
            raise Refusal(409, "upload-offset", "Not possible", "The file has got further meanwhile.")

    def terminate(self, by: Principal, attachment: str) -> None:
        """Forget an upload that no ticket has; raises `Refusal` for one that is attached (409) or not there (404)."""
        self.state(by, attachment)
        if not self._forget(uploads.c.attachment == attachment):
            raise Refusal(409, "attached", "Not possible", "This file is on a ticket.")

    def expire(self, at: datetime) -> int:
        """Forget what nothing names any more; returns how many uploads that were."""
        return self._forget(uploads.c.expires_at <= stamp(at))

    def content(self, by: Principal, attachment: str) -> Path:
        """The file with an attachment's bytes, for those who see its ticket; else `Refusal` (404)."""
        with self._relay.read() as connection:
            line = connection.execute(
                select(rows.c.own, rows.c.company, rows.c.provider, uploads.c.folder, uploads.c.sha256)
                .join(uploads, uploads.c.attachment == rows.c.row)
                .where(rows.c.kind == "attachment", rows.c.row == attachment)
            ).first()
        if line is None or not reader(by).sees(Sight(own=line.own, company=line.company, provider=line.provider)):
            raise not_found()
        return self._relay.files / str(line.folder) / str(line.sha256)

    def _finish(self, by: Principal, attachment: str) -> Upload:
        """Verify the whole and put it where attachments are read. May be repeated after a crash at any point.

        Whoever says a hash has to send bytes that have it, even where such a file is here: it may be somebody else's.
        Bytes that are gone although all had come were verified and moved before a crash.
        """
        with self._finishing:
            upload = self._stored(by, attachment)
            if upload.finished or upload.position != upload.size:
                return upload
            partial, kept = self._partial(attachment), self._relay.files / upload.folder / upload.sha256
            if not upload.size:
                partial.touch(mode=0o600)
            if partial.exists() or not kept.exists():
                if not partial.exists() or _sha256(partial) != upload.sha256:
                    self._begin_again(upload, partial)
                    raise Refusal(
                        460,
                        "checksum-mismatch",
                        "The file was damaged",
                        "The file was damaged on its way. Send it again.",
                    )
                private_folder(kept.parent)
                partial.replace(kept)
                _sync_folder(kept.parent)
            partial.unlink(missing_ok=True)
            with self._relay.write() as connection:
                connection.execute(update(uploads).where(uploads.c.attachment == attachment).values(finished=1))
            return replace(upload, finished=True)

    def _forget(self, which: ColumnElement[bool]) -> int:
        """Forget uploads that no ticket has, and contents that nothing names then; nobody finishes one meanwhile."""
        with self._finishing:
            with self._relay.write() as connection:
                gone = connection.execute(select(uploads).where(uploads.c.attached == 0, which)).all()
                connection.execute(delete(uploads).where(uploads.c.attachment.in_([line.attachment for line in gone])))
                left = [line for line in gone if line.finished and not _is_named(connection, line.folder, line.sha256)]
            for line in gone:
                self._partial(line.attachment).unlink(missing_ok=True)
            for line in left:
                (self._relay.files / line.folder / line.sha256).unlink(missing_ok=True)
        return len(gone)

    def _stored(self, by: Principal, attachment: str) -> Upload:
        with self._relay.read() as connection:
            found = _find(connection, attachment)
        if found is None or found.device != by.device:
            raise not_found("no-such-upload")
        return _upload(found)

    def _begin_again(self, upload: Upload, partial: Path) -> None:
        with self._relay.write() as connection:
            connection.execute(update(uploads).where(uploads.c.attachment == upload.attachment).values(position=0))
        partial.unlink(missing_ok=True)

    def _partial(self, attachment: str) -> Path:
        return self._relay.files / f"{attachment}.part"


def _is_of(connection: Connection, device: str, by: Principal) -> bool:
    """Whether a device is the one that asks, or another of the same person."""
    same = select(devices.c.device).where(devices.c.device == device, devices.c.email == by.email)
    return device == by.device or bool(by.email and connection.execute(same).first())


def _find(connection: Connection, attachment: str) -> Any:
    return connection.execute(select(uploads).where(uploads.c.attachment == attachment)).first()


def _upload(line: Any) -> Upload:
    return Upload(
        attachment=line.attachment,
        folder=line.folder,
        size=line.size,
        sha256=line.sha256,
        position=line.position,
        finished=bool(line.finished),
        expires_at=moment(line.expires_at),
    )


def _is_named(connection: Connection, folder: str, sha256: str) -> bool:
    same = select(uploads.c.id).where(uploads.c.folder == folder, uploads.c.sha256 == sha256, uploads.c.finished == 1)
    return connection.execute(same.limit(1)).first() is not None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
