"""The error text that the person has copied, offered and never taken unasked."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.controls import tick
from desktop.ui.quiet_line import QuietLine
from desktop.ui.tokens import GAP


class CopiedError(QWidget):
    """A box to tick with the text below it; hidden while nothing that looks like an error was copied.

    Signals:
        changed: the text that goes along (str), empty when it is not ticked.
    """

    changed = Signal(str)

    def __init__(self, looks_like_error: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks_like_error = looks_like_error
        self._text = ""
        self._box = tick("Add the &error text that you copied")
        self._shown = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._box)
        column.addWidget(self._shown)
        self._box.toggled.connect(lambda on: self.changed.emit(self._text if on else ""))
        self.setVisible(False)

    def offer_clipboard(self) -> None:
        """Offer what is in the clipboard now; a text that goes along already stays."""
        if not self._box.isChecked():
            copied = QGuiApplication.clipboard().text()
            self._show(copied if copied and self._looks_like_error(copied) else "")

    def show_added(self, text: str) -> None:
        """Show a text that was added before, ticked."""
        if text:
            self._show(text)
            self._box.setChecked(True)

    def leave_out(self) -> None:
        """Untick it."""
        self._box.setChecked(False)

    def _show(self, text: str) -> None:
        self._text = text
        self._shown.say(text)
        self.setVisible(bool(text))
