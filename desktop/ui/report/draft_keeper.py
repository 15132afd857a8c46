"""What is being typed, kept on disk while it is typed."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.ui.bridge import Bridge

_PAUSE = 300
"""Milliseconds without a change after which a draft is saved."""


class DraftKeeper(QObject):
    """Holds one draft and saves it a moment after each change.

    Attributes:
        draft: as it is now.

    Signals:
        failed: a `Trouble`; the draft could not be saved.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self.draft = draft
        self._is_saved = True
        self._is_open = True
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.save)

    def change(self, **values: Any) -> None:
        """Other values for fields of the draft; saved in a moment."""
        changed = replace(self.draft, **values)
        if not self._is_open or changed == self.draft:
            return
        self.draft = replace(changed, changed_at=self._clock.now())
        self._is_saved = False
        self._timer.start()

    def save(self) -> None:
        """Save what has changed, now."""
        self._timer.stop()
        if not self._is_saved:
            self._is_saved = True
            self._bridge.watch(self, self._desk.save_draft(self.draft), lambda _: None, self.failed.emit)

    def forget(self) -> None:
        """Throw the draft away with its files, and keep nothing more."""
        self.let_go()
        self._bridge.watch(self, self._desk.discard_draft(self.draft.id), lambda _: None, self.failed.emit)

    def exchange(self, draft: Draft) -> None:
        """Keep this draft instead; the one before is thrown away with the files that it alone has."""
        gone, self.draft, self._is_saved = self.draft, draft, False
        self.save()
        self._bridge.watch(self, self._desk.discard_draft(gone.id), lambda _: None, self.failed.emit)

    def let_go(self) -> None:
        """Save no more: the draft has become something else."""
        self._timer.stop()
        self._is_saved = True
        self._is_open = False

    def take(self, draft: Draft) -> None:
        """Keep this draft from now on."""
        self.draft = draft
        self._is_open = True
