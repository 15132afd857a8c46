"""The same error before: earlier tickets with it, and what resolved them. For technicians."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.resolution import gist
from desktop.same_error import SameError
from desktop.tickets.clock import Clock
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Organisation
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import clear, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL, enlarge, quieten

_OF_SUMMARY, _OF_RESOLUTION, _OF_NUMBER = 80, 300, 40
"""Characters that are shown; the rest is one click away."""


class SameErrorCard(QFrame):
    """Hidden where there is none; looked for beside the window, so that it opens at once.

    Signals:
        wanted: id of the earlier ticket that the person wants to see.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._ticket: tuple[str, int] | None = None
        heading = PlainText("The same error before")
        enlarge(heading, 1.0, bold=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(heading)
        column.addLayout(self._rows)
        self.setVisible(False)

    def show_ticket(self, view: TicketView) -> None:
        """Look for earlier tickets with this one's error."""
        ticket = view.ticket.id, view.ticket.version
        if ticket == self._ticket:
            return
        if self._ticket is None or self._ticket[0] != view.ticket.id:
            self.setVisible(False)
        self._ticket = ticket

        def take(found: tuple[SameError, ...]) -> None:
            if self._ticket == ticket:
                self._show(found)

        self._bridge.run(self, lambda: self._desk.same_errors(view), take, self._lack)

    def _show(self, found: Sequence[SameError]) -> None:
        clear(self._rows)
        organisation = self._desk.organisation()
        for one in found:
            self._rows.addWidget(self._row(one, organisation))
        self.setVisible(bool(found))

    def _lack(self, _trouble: Trouble) -> None:
        """The ticket itself says what is wrong with the store."""
        self.setVisible(False)

    def _row(self, one: SameError, organisation: Organisation) -> QWidget:
        where = "On this device" if one.is_this_device else "In this company"
        when = phrases.moment(one.made_at, self._clock.now())
        status = status_of(organisation, one.status).name
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(PlainText(f"{where}, {when} · {status} · {phrases.beginning(one.summary, _OF_SUMMARY)}"))
        if one.resolution:
            words = PlainText(f"{one.resolved_by}: {gist(one.resolution, _OF_RESOLUTION)}")
            quieten(words)
            column.addWidget(words)
        button = push(phrases.on_button(f"Open {one.number or one.reference}", _OF_NUMBER))
        button.clicked.connect(lambda: self.wanted.emit(one.ticket))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return row
