"""Which attachment's bytes lie in which encrypted file, and who still needs them."""

from datetime import timedelta
from typing import BinaryIO

from desktop.store.codec import to_number
from desktop.store.troubles import FileGone
from desktop.store.vault import Vault
from desktop.store.work import Work

FORGOTTEN_IMPORT = timedelta(days=1)
"""A file that was imported so long ago and is on no draft was left behind by a crash."""
_UNUSED = """
    NOT EXISTS (SELECT 1 FROM draft_file WHERE draft_file.attachment = content.attachment)
    AND NOT EXISTS (
        SELECT 1 FROM outbox WHERE outbox.attachment = content.attachment AND state NOT IN ('replaced', 'cancelled')
    )
"""


class Contents:
    """The rows about local bytes, in one transaction."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._work = work
        self._vault = vault

    def keep(self, attachment: str, part: str, file: str) -> None:
        """Give a finished import its name, and remember whose it is."""
        self._vault.adopt(part, file)
        self._work.run(
            "INSERT INTO content(attachment, file, made) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET file = excluded.file, made = excluded.made",
            (attachment, file, to_number(self._work.clock.now())),
        )

    def open(self, attachment: str) -> BinaryIO:
        """The plain bytes; `FileGone` or `Damaged` where they cannot be had."""
        row = self._work.run("SELECT file FROM content WHERE attachment = ?", (attachment,)).fetchone()
        if row is None:
            raise FileGone("This file is no longer on this computer. Add it again from where it came.")
        return self._vault.open(row[0])

    def let_go(self) -> None:
        """Forget the attachments that lost their last use in this transaction; their files go afterwards."""
        for attachment in self._work.attachments:
            gone = self._work.run(
                f"DELETE FROM content WHERE attachment = ? AND {_UNUSED} RETURNING file",  # noqa: S608
                (attachment,),
            ).fetchone()
            if gone is not None:
                self._work.files.add(gone[0])

    def let_go_of_crashed_imports(self) -> None:
        """Forget what was imported long ago and came to nothing."""
        before = to_number(self._work.clock.now() - FORGOTTEN_IMPORT)
        self._work.run(f"DELETE FROM content WHERE made < ? AND {_UNUSED}", (before,))  # noqa: S608

    def sweep(self, files: frozenset[str] | None) -> None:
        """Delete encrypted files that no row names: those given, or (None) any, with the leavings of crashed imports.

        It runs inside a transaction of its own, so that no import of another process adopts a file meanwhile.
        """
        for file in self._vault.names() if files is None else files:
            if self._work.run("SELECT 1 FROM content WHERE file = ? LIMIT 1", (file,)).fetchone() is None:
                self._vault.delete(file)
        if files is None:
            self._vault.delete_leavings()
