"""Looks through the pictures that go along, beside the typing."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.desk import Desk
from desktop.tickets.draft import DraftFile
from desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from desktop.pictures import Searched


class PictureSearch(QObject):
    """Searches each picture once, when it is first ticked; what is unticked before it is done is searched no further.

    Signals:
        began: the attachment (str) is being looked through.
        found: the attachment (str) and what was found on it (a `Searched`).
        failed: the attachment (str) could not be looked through.
        dropped: the attachment (str) is not looked through any more.
    """

    began = Signal(str)
    found = Signal(str, object)
    failed = Signal(str)
    dropped = Signal(str)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._running: dict[str, Future[Searched]] = {}
        self._over: set[str] = set()

    @property
    def is_busy(self) -> bool:
        """Whether any picture is being looked through."""
        return bool(self._running)

    def is_searching(self, attachment: str) -> bool:
        """Whether this picture is being looked through."""
        return attachment in self._running

    def look_at(self, files: Sequence[DraftFile]) -> None:
        """These are the files now: search what is new among the ticked pictures, and end what is not wanted."""
        wanted = {file.attachment: file for file in files if file.included}
        for attachment in [running for running in self._running if running not in wanted]:
            self._running.pop(attachment).cancel()
            self.dropped.emit(attachment)
        for attachment, file in wanted.items():
            is_new = attachment not in self._running and attachment not in self._over
            if is_new and self._desk.must_be_searched(file):
                self._begin(attachment)

    def _begin(self, attachment: str) -> None:
        searching = self._running[attachment] = self._desk.search_picture(attachment)
        self.began.emit(attachment)
        self._bridge.watch(
            self,
            searching,
            lambda searched: self._end(attachment, searched),
            lambda _trouble: self._give_up(attachment),
        )

    def _end(self, attachment: str, searched: Searched) -> None:
        if self._running.pop(attachment, None) is not None:
            self._over.add(attachment)
            self.found.emit(attachment, searched)

    def _give_up(self, attachment: str) -> None:
        if self._running.pop(attachment, None) is not None:
            self._over.add(attachment)
            self.failed.emit(attachment)
