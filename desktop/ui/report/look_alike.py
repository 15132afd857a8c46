"""The remark that somebody has an open ticket like the one that they are writing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.tickets.draft import Draft
from desktop.ui.quiet_line import QuietLine

_PAUSE = 400
"""Milliseconds of rest in typing before one is looked for."""


class LookAlike(QuietLine):
    """Looks a moment after the draft has changed.

    Signals:
        wanted: id of that ticket; the person wants to see it.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Sho&w it", parent)
        self._desk = desk
        self._draft: Draft | None = None
        self._found = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._look)
        self.followed.connect(lambda: self.wanted.emit(self._found))

    def look_at(self, draft: Draft) -> None:
        """Look once the person rests."""
        self._draft = draft
        self._timer.start()

    def _look(self) -> None:
        draft = self._draft
        like = None
        if draft is not None and (draft.summary or draft.error_text):
            like = self._desk.look_alike(draft.summary, draft.error_text)
        self._found = like.ticket.id if like is not None else ""
        self.say(f"You have an open ticket like this: {like.ticket.summary}" if like is not None else "")
