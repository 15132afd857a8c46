"""An attachment as a file of the person's own: from this computer where it is, else from the help desk."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from desktop.store.troubles import FileGone, from_os
from desktop.sync.faults import NotTheServer
from desktop.tickets.ticket import Attachment

BLOCK = 1 << 20


def save_attachment(
    attachment: Attachment,
    target: Path,
    open_content: Callable[[str], BinaryIO],
    fetch: Callable[[str, Path, int], int],
) -> Path:
    """Write the attachment to `target`, whole or not at all; what was there before is replaced.

    `open_content` reads it here (`FileGone` when it is not), `fetch` appends it from the help desk to a file, from
    where that ends. Raises a `StoreTrouble` or a `SyncFault`, `NotTheServer` where the bytes are not those promised.
    """
    part = target.with_name(f".{target.name[:100]}.{attachment.id}.part")
    try:
        try:
            with open_content(attachment.id) as source, part.open("wb") as copy:
                shutil.copyfileobj(source, copy, BLOCK)
        except FileGone:
            fetch(attachment.id, part, attachment.size)
        if _sha256(part) != attachment.sha256:
            part.unlink()
            raise NotTheServer("The file arrived damaged. Please try again.")
        part.replace(target)
    except OSError as error:
        raise from_os(error, target.parent) from error
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
