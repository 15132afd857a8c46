"""A few words to add."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.controls import line, push
from desktop.ui.tokens import GAP

_LINES = 4


class WordsForm(QWidget):
    """One field for words.

    Signals:
        given: the words (str), never empty.
    """

    given = Signal(str)

    def __init__(self, question: str, button: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QPlainTextEdit(text)
        self._words.setTabChangesFocus(True)
        self._words.setAccessibleName(question)
        self._words.setFixedHeight(self._words.fontMetrics().lineSpacing() * _LINES + GAP * 2)
        add = push(button)
        add.clicked.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (line(question), self._words):
            column.addWidget(widget)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._words)

    def words(self) -> str:
        """What is in the field."""
        return self._words.toPlainText().strip()

    def _give(self) -> None:
        if words := self.words():
            self.given.emit(words)
