"""What somebody finds who switches the computer on again: everything that was acknowledged, whole, and still sealed."""

import hashlib
import mmap
from collections.abc import Sequence
from pathlib import Path

from desktop.desk import Desk
from desktop.store.database import connect
from desktop.store.home import open_home
from desktop.store.keys import load_key
from desktop.tickets.ticket import Attachment
from desktop.tickets.trouble import Trouble
from tests.power.saving_program import SECRET, content, opened

_CHECKS = {"integrity_check": [("ok",)], "cipher_integrity_check": [], "foreign_key_check": []}
"""Pragmas, and what they say of a database that is whole."""


def readable(image: Path) -> list[str]:
    """Plain text of a ticket anywhere on the disk."""
    with image.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as disk:
        place = disk.find(SECRET.encode())
    return [f"plain text at byte {place} of the disk"] if place >= 0 else []


def missing(home: Path, key_file: Path, promised: Sequence[str]) -> list[str]:
    """What is not as it was promised: the n-th ticket that was said to be safe has the n-th id."""
    try:
        with opened(home, key_file) as desk:
            found = [
                *(what for number, ticket in enumerate(promised) for what in _of_ticket(desk, number, ticket)),
                *(what for row in desk.tickets(limit=1000).rows for what in _unreadable(desk, row.ticket)),
            ]
        return found + _of_database(home, key_file)
    except Trouble as trouble:
        return [f"does not open: {trouble!r}"]


def _of_ticket(desk: Desk, number: int, ticket: str) -> list[str]:
    view = desk.ticket(ticket)
    if view is None:
        return [f"ticket {number} is lost"]
    hashes = [shown.attachment.sha256 for shown in view.attachments]
    found = []
    if len(view.notes) != 1:
        found.append(f"the note of ticket {number} is lost")
    if hashes != [hashlib.sha256(content(number)).hexdigest()]:
        found.append(f"the file of ticket {number} is lost")
    return found


def _unreadable(desk: Desk, ticket: str) -> list[str]:
    """Files that the outbox names, acknowledged or not, and that could not be sent."""
    view = desk.ticket(ticket)
    assert view is not None
    return [
        f"a file of {view.ticket.summary!r} cannot be read"
        for shown in view.attachments
        if not _whole(desk, shown.attachment)
    ]


def _whole(desk: Desk, attachment: Attachment) -> bool:
    try:
        with desk.open_content(attachment.id) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == attachment.sha256  # type: ignore[arg-type]
    except Trouble:
        return False


def _of_database(home: Path, key_file: Path) -> list[str]:
    connection = connect(open_home(home).database, load_key(home, key_file).raw, writes=False)
    try:
        return [
            f"{check}: {said}"
            for check, healthy in _CHECKS.items()
            if (said := connection.execute(f"PRAGMA {check}").fetchall()) != healthy
        ]
    finally:
        connection.close()
