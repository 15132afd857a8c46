"""One quiet line: a remark, and perhaps one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import phrases
from desktop.ui.controls import tool
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, quieten

LONGEST = 200
"""Characters of a remark that are shown."""


class QuietLine(QWidget):
    """Hidden while it has nothing to say.

    Signals:
        followed: the person pressed the button beside the words.
    """

    followed = Signal()

    def __init__(self, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainText()
        quieten(self._words)
        self._button = tool(action)
        self._button.setVisible(bool(action))
        self._button.clicked.connect(self.followed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.setVisible(False)

    def name_action(self, name: str) -> None:
        """What the button is called where its own words do not say enough, as beside other such lines."""
        self._button.setAccessibleName(name)

    def say(self, words: str) -> None:
        """Show the words on one line, or hide when there are none."""
        self._words.show_text(phrases.beginning(words, LONGEST))
        self.setVisible(bool(words))

    def words(self) -> str:
        """What is shown."""
        return self._words.toPlainText()
