"""What is saved on this computer and not with the help desk yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Changed, WaitingItem
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.connection_line import sentences
from desktop.ui.controls import heading, line, push
from desktop.ui.not_sent import NotSentCards
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.scroller import Scroller
from desktop.ui.tokens import GAP, WIDE, in_letters
from desktop.ui.waiting.item import WaitingRow

SHOWN = 100
"""Most things that are shown at once."""

_WIDTH = 96
_HEIGHT = 34


class WaitingWindow(QWidget):
    """Each thing that waits, with its last trouble, and what can be done about it.

    Signals:
        draft_returned: a `Draft`; a ticket or a reply was taken back and its words are a draft again.
    """

    draft_returned = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._shown: list[tuple[WaitingItem, str, str]] = []
        self._connection = PlainText()
        self._remark = QuietLine()
        self._not_sent = NotSentCards(desk, bridge, names_tickets=True)
        self._more = line(quiet=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        self._build()
        bridge.changed.connect(self._refresh)
        self._not_sent.failed.connect(self._show_trouble)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self._show()

    def open(self) -> None:
        """Show the window above the others."""
        self._show()
        self.show()
        self.raise_()
        self.activateWindow()

    def _build(self) -> None:
        self.setWindowTitle("What waits")
        self.resize(in_letters(self, _WIDTH, _HEIGHT))
        now = push("&Try all now")
        now.clicked.connect(self._desk.wake)
        close = push("&Close")
        close.clicked.connect(self.close)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addWidget(self._not_sent)
        inner.addLayout(self._rows)
        inner.addWidget(self._more)
        inner.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(now)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        for widget in (heading("What waits"), self._connection, self._remark):
            column.addWidget(widget)
        column.addWidget(Scroller(page, "What waits"), 1)
        column.addLayout(buttons)

    def _refresh(self, changed: Changed) -> None:
        if self.isVisible() and (changed.outbox or changed.connection or changed.everything or changed.tickets):
            self._show()

    def _show(self) -> None:
        provider = phrases.provider(self._desk.organisation())
        connection = self._desk.connection()
        self._connection.show_text("\n".join(sentences(connection, provider)))
        told = connection.trouble.sentence if connection.trouble is not None else ""
        kept_back = self._desk.not_sent()
        self._not_sent.show_kept(kept_back)
        items = self._desk.waiting(SHOWN)
        self._become([(item, provider, told) for item in items])
        rest = connection.waiting + connection.attention - len(items) - len(kept_back)
        self._more.setText(f"And {rest} more." if rest > 0 else "" if items else "Nothing waits.")

    def _become(self, rows: list[tuple[WaitingItem, str, str]]) -> None:
        """Make and take away only the rows that differ: each is of several parts, and what waits changes often."""
        stay = set(rows)
        for number in reversed(range(len(self._shown))):
            if self._shown[number] not in stay:
                self._take_away(number)
        for number, (item, provider, told) in enumerate(rows):
            if self._shown[number : number + 1] != [rows[number]]:
                row = WaitingRow(item, self._clock.now(), provider, told=told)
                row.retry_chosen.connect(self._retry)
                row.cancel_chosen.connect(self._cancel)
                self._rows.insertWidget(number, row)
                self._shown.insert(number, rows[number])
        while len(self._shown) > len(rows):
            self._take_away(len(rows))

    def _take_away(self, number: int) -> None:
        del self._shown[number]
        if (taken := self._rows.takeAt(number)) is not None and (row := taken.widget()) is not None:
            row.hide()
            row.deleteLater()

    def _retry(self, operation: str) -> None:
        self._bridge.watch(self, self._desk.retry(operation), lambda _: self._remark.say(""), self._show_trouble)

    def _cancel(self, operation: str) -> None:
        self._bridge.watch(self, self._desk.cancel(operation), self._take_back, self._show_trouble)

    def _take_back(self, draft: Draft | None) -> None:
        if draft is None:
            self._remark.say("Taken back.")
        else:
            kept = "in the reply field of its ticket" if draft.ticket else "for a new ticket"
            self._remark.say(f"Taken back. Your words are kept {kept}.")
            self.draft_returned.emit(draft)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
