"""Opens the window in which a picture is drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.tickets.draft import DraftFile
from desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from desktop.tickets.marks import Mark
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
        self._attachment = ""
        self.setVisible(False)

    def open(self, file: DraftFile, *, is_searching: bool) -> None:
        """Show a picture with its marks."""

        def content() -> QImage:
            from desktop.ui.annotate.window import picture_of

            with self._desk.open_content(file.attachment) as opened:
                return picture_of(opened)

        self._attachment = file.attachment
        self._bridge.run(
            self, content, lambda image: self._show(file, image, is_searching=is_searching), self.failed.emit
        )

    def suggest(self, attachment: str, found: Sequence[Mark]) -> bool:
        """Show what was found on a picture that is open now; false where it is not, and the marks are the caller's."""
        if self._window is None or not self._window.isVisible() or attachment != self._attachment:
            return False
        self._window.suggest(found)
        return True

    def close_picture(self) -> None:
        """Close the window; all that was drawn has been told."""
        if self._window is not None:
            self._window.close()

    def _show(self, file: DraftFile, image: QImage, *, is_searching: bool) -> None:
        if file.attachment != self._attachment:
            return
        if self._window is None:
            from desktop.ui.annotate.window import AnnotateWindow

            self._window = AnnotateWindow(self.window())
            self._window.marks_changed.connect(lambda marks: self.marks_changed.emit(self._attachment, marks))
        self._window.show_picture(image, file.marks, file.label or file.name, is_searching=is_searching)
