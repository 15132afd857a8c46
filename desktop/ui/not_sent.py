"""Pictures that a rule of the administrator kept here after they were saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.answers import NotSent
from desktop.desk import Desk
from desktop.tickets.reference import reference
from desktop.tickets.view import Changed
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import clear, framed, line, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL, enlarge

_LONGEST = 80
"""Letters of a summary in the name of a button."""


class NotSentCards(QWidget):
    """One card for each ticket that lacks pictures, until the person says that they have seen it.

    Args:
        names_tickets: whether a card says which ticket it is about.

    Signals:
        failed: a `Trouble`.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, *, names_tickets: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._names_tickets = names_tickets
        self._shown: tuple[NotSent, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.setVisible(False)

    def show_kept(self, kept: tuple[NotSent, ...]) -> None:
        """Show these, and nothing else; hidden where there are none."""
        if kept == self._shown:
            return
        self._shown = kept
        clear(self._column)
        for one in kept:
            self._column.addWidget(self._card(one))
        self.setVisible(bool(kept))

    def _card(self, kept: NotSent) -> QWidget:
        card = framed("kept")
        column = QVBoxLayout(card)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(SMALL)
        about = ""
        if self._names_tickets:
            view = self._desk.ticket(kept.ticket)
            about = view.ticket.summary if view is not None else reference(kept.ticket)
            title = PlainText(f"{'Picture' if len(kept.pictures) == 1 else 'Pictures'}: {about}")
            enlarge(title, 1.0, bold=True)
            column.addWidget(title)
        column.addWidget(PlainText(phrases.not_sent([kept])))
        seen = push("All right")
        seen.setAccessibleName(f"All right: pictures that did not go along {about[:_LONGEST]}".rstrip())
        seen.setToolTip("Do not show this any more")
        seen.clicked.connect(lambda: self._forget(kept))
        row = QHBoxLayout()
        row.addWidget(line(", ".join(kept.pictures), quiet=True), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(seen)
        column.addLayout(row)
        return card

    def _forget(self, kept: NotSent) -> None:
        seen = Changed(tickets=frozenset((kept.ticket,)), outbox=True)
        gone = self._desk.discard_draft(kept.id)
        self._bridge.watch(self, gone, lambda _: self._bridge.changed.emit(seen), self.failed.emit)
