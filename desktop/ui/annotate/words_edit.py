"""Where the words of a text on the picture are written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.tokens import in_letters

_WIDTH, _LINES = 40, 4
_MOST = 1000
"""Letters of a text; a picture is no place for more."""


class WordsEdit(QPlainTextEdit):
    """Lies over the picture while it is written in. Enter and Escape are done, Shift+Enter is a new line.

    Signals:
        written: the words (str), stripped, perhaps none.
    """

    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Words on the picture")
        self.setPlaceholderText("Words on the picture. Enter when done.")
        self.setTabChangesFocus(True)
        self.setLayoutDirection(QGuiApplication.layoutDirection())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.resize(in_letters(self, _WIDTH, _LINES))
        self.hide()

    def begin(self, words: str) -> None:
        """Show it with these words, ready to be typed in."""
        self.setPlainText(words)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus()

    def finish(self) -> None:
        """Take what is written, where something is being written."""
        if self.isVisible():
            self.hide()
            self.written.emit(self.toPlainText().strip()[:_MOST])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_end = is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if is_end or event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish()
