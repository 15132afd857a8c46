"""One thing that was said or done on a ticket."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.controls import line, tool
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL, enlarge


class TimelineItem(QFrame):
    """Who and when, what, and a mark while it is not with the provider."""

    def __init__(
        self, who: str, when: str, text: str, *, mine: bool, mark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "mine" if mine else "card")
        author = PlainText(who)
        enlarge(author, 1.0, bold=True)
        at = line(when, quiet=True)
        at.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(author, 1)
        head.addWidget(at)
        self._text = PlainText(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(self._text)
        if self._text.is_cut:
            more = tool("Show all of it")
            more.clicked.connect(self._text.show_all)
            more.clicked.connect(more.hide)
            column.addWidget(more)
        if mark:
            column.addWidget(line(mark, quiet=True))
