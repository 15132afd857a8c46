"""Opens the window in which a picture is drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.tickets.draft import DraftFile
from desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage

    from desktop.tickets.marks import Mark
    from desktop.ui.annotate.sheet import Steps
    from desktop.ui.annotate.window import AnnotateWindow


class PictureEditing(QWidget):
    """One picture at a time; its window belongs to the window of this invisible widget's parent.

    Signals:
        marks_changed: the attachment (str) and its marks as they are now (a tuple of `Mark`).
        failed: a `Trouble`; the picture cannot be opened.
    """

    marks_changed = Signal(str, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._window: AnnotateWindow | None = None
        self._wanted = ""
        self._shown = ""
        self._steps: dict[str, Steps | None] = {}
        self.setVisible(False)

    def open(self, attachment: str, now: Callable[[], tuple[DraftFile, bool] | None]) -> None:
        """Show a picture with its marks.

        `now`: the file as it is once its pixels are there, and whether it is being looked through; None if it is gone.
        """
        if self._window is not None and self._window.isVisible() and attachment == self._shown:
            self._window.come_forward()
            return

        def content() -> QImage:
            from desktop.ui.annotate.window import picture_of

            with self._desk.open_content(attachment) as opened:
                return picture_of(opened)

        self._wanted = attachment
        self._bridge.run(self, content, lambda image: self._show(attachment, image, now()), self.failed.emit)

    def suggest(self, attachment: str, found: Sequence[Mark]) -> bool:
        """Show what was found on a picture that is open now; false where it is not, and the marks are the caller's."""
        if self._window is None or not self._window.isVisible() or attachment != self._shown:
            return False
        self._window.suggest(found)
        return True

    def close_picture(self) -> None:
        """Close the window, or let it not come; all that was drawn has been told."""
        self._wanted = ""
        if self._window is not None:
            self._window.close()

    def _show(self, attachment: str, image: QImage, now: tuple[DraftFile, bool] | None) -> None:
        if attachment != self._wanted or now is None:
            return
        file, is_searching = now
        if self._window is None:
            from desktop.ui.annotate.window import AnnotateWindow

            self._window = AnnotateWindow(self.window())
            self._window.marks_changed.connect(self._tell)
        label, earlier = file.label or file.name, self._steps.get(attachment)
        self._window.show_picture(image, file.marks, label, is_searching=is_searching, earlier=earlier)
        self._shown = attachment

    def _tell(self, marks: tuple[Mark, ...]) -> None:
        """Its steps can be taken back as long as the form is there."""
        assert self._window is not None
        self._steps[self._shown] = self._window.steps
        self.marks_changed.emit(self._shown, marks)
