"""The tickets window: the list, and the ticket that is chosen in it or was opened from another."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.tickets.view import Changed, TicketView
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.connection_line import ConnectionLine
from desktop.ui.controls import line, push
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture
from desktop.ui.tickets.detail import TicketDetail
from desktop.ui.tickets.ticket_list import TicketList
from desktop.ui.tokens import GAP, WIDE, in_letters

_WIDTH = 170
_HEIGHT = 46
"""Size of the window in letters and lines."""


class TicketsWindow(QWidget):
    """A person's tickets.

    Signals:
        new_wanted, waiting_wanted, connect_wanted, settings_wanted: another window is wanted.
    """

    new_wanted = Signal()
    waiting_wanted = Signal()
    connect_wanted = Signal()
    settings_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._list = TicketList(desk, clock)
        self._detail = TicketDetail(desk, bridge, clock, capture)
        self._view: TicketView | None = None
        self._beside = ""
        self._nothing = line("Choose a ticket in the list, or write a new one.", quiet=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self._detail)
        self._notice = QuietLine()
        self._connection = ConnectionLine()
        self._key = QuietLine()
        self._settings = push("S&ettings…")
        self._new = push("&New ticket", is_main=True)
        self._build()
        self._list.chosen.connect(self._choose)
        self._detail.ticket_wanted.connect(self.open)
        self._new.clicked.connect(self.new_wanted)
        self._connection.connect_wanted.connect(self.connect_wanted)
        self._connection.waiting_wanted.connect(self.waiting_wanted)
        self._settings.clicked.connect(self.settings_wanted)
        QShortcut(QKeySequence.StandardKey.Find, self, self._list.begin_search)
        QShortcut(QKeySequence.StandardKey.New, self, self.new_wanted.emit)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        bridge.changed.connect(self._refresh)
        self._show_connection()
        self._show_ticket(self._list.current())

    def open(self, ticket: str = "") -> None:
        """Show the window above the others, with this ticket where one is named."""
        self.show()
        self.raise_()
        self.activateWindow()
        if self.focusWidget() is None or self.focusWidget() is self._new:
            self._list.focus_tickets()
        if ticket and not self._list.select(ticket):
            self._beside = ticket
            self._list.leave()
            self._show_ticket(ticket)

    def say_of_key(self, words: str) -> None:
        """Why the hot key does not work; empty where it does."""
        self._key.say(words)

    def take_up(self, returned: Draft) -> None:
        """Show the ticket of a reply that was taken back, with its words where one writes."""
        self.open(returned.ticket)
        if self._view is not None and self._view.ticket.id == returned.ticket:
            self._detail.take_up(returned)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._take_note()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._detail.keep()
        event.accept()

    def _build(self) -> None:
        self.setWindowTitle("My tickets")
        self.resize(in_letters(self, _WIDTH, _HEIGHT))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(WIDE, WIDE, GAP, WIDE)
        column.setSpacing(GAP)
        column.addWidget(self._new)
        column.addWidget(self._list, 1)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([2 * self.width() // 5, 3 * self.width() // 5])
        foot = QHBoxLayout()
        foot.setContentsMargins(WIDE, 0, WIDE, GAP)
        foot.addWidget(self._connection, 1)
        foot.addWidget(self._settings)
        self._key.setContentsMargins(WIDE, 0, WIDE, GAP)
        self._notice.setContentsMargins(WIDE, WIDE, WIDE, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._notice)
        whole.addWidget(splitter, 1)
        whole.addWidget(self._key)
        whole.addLayout(foot)

    def _refresh(self, changed: Changed) -> None:
        shown = self._shown()
        is_everything = changed.organisation or changed.everything
        if changed.tickets or is_everything:
            self._list.refresh(changed)
        if is_everything or changed.outbox or shown in changed.tickets or shown != self._shown():
            self._show_ticket(self._shown(), anew=is_everything)
            self._detail.look_again()
        if is_everything or changed.outbox or changed.connection:
            self._show_connection()

    def _choose(self, ticket: str) -> None:
        self._beside = ""
        self._show_ticket(ticket)

    def _shown(self) -> str:
        """The ticket that is shown: the one that is selected, or one that is not in the list."""
        return self._beside or self._list.current()

    def _show_ticket(self, ticket: str, *, anew: bool = False) -> None:
        """Show what there is of a ticket; `anew`: even where nothing of it has changed."""
        view = self._desk.ticket(ticket) if ticket else None
        if view is not None and (anew or view != self._view):
            self._detail.show_ticket(view)
            self._view = view
        self._right.setCurrentWidget(self._nothing if view is None else self._detail)
        self._take_note()

    def _take_note(self) -> None:
        """What is on the ticket is no news any more once the person has it before them."""
        if self.isActiveWindow() and self._list.has_news:
            self._desk.have_open(self._list.current())

    def _show_connection(self) -> None:
        name = phrases.provider(self._desk.organisation())
        self._connection.show_connection(self._desk.connection(), name)
        opening = phrases.opening(self._desk.organisation())
        self._notice.say(" ".join(f"{opening}: {notice.text}" for notice in self._desk.notices()))
