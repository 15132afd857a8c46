"""The list of tickets with its search."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets import life_cycle
from desktop.tickets.clock import Clock
from desktop.tickets.view import Changed, Mark, TicketRow
from desktop.ui import phrases
from desktop.ui.controls import line
from desktop.ui.icons import icon
from desktop.ui.tickets.list_model import TicketListModel
from desktop.ui.tickets.row_painter import RowPainter, row_height
from desktop.ui.tokens import GAP

_TYPING = 60
"""Milliseconds of rest in typing before the list is searched."""


class TicketList(QWidget):
    """Tickets, newest first.

    Signals:
        chosen: id of the ticket that is now selected, or empty.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._organisation = desk.organisation()
        self._is_left = False
        self._model = TicketListModel(desk, self)
        self._search = QLineEdit(placeholderText="Search (Ctrl+F)", clearButtonEnabled=True, maxLength=200)
        self._search.setAccessibleName("Search tickets")
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._empty = line(quiet=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setItemDelegate(RowPainter(self._describe, self._table))
        self._table.setAccessibleName("Tickets")
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.horizontalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.verticalHeader().setDefaultSectionSize(row_height(self._table.fontMetrics()))
        self._table.selectionModel().currentChanged.connect(self._tell)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._look)
        self._search.textChanged.connect(lambda _: self._typing.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._search)
        column.addWidget(self._empty, 1)
        column.addWidget(self._table, 1)
        self._look()

    def refresh(self, changed: Changed) -> None:
        """Show what has changed; what is selected stays selected."""
        ticket = self.current()
        if changed.organisation or changed.everything:
            self._organisation = self._desk.organisation()
        self._table.selectionModel().blockSignals(True)
        self._model.refresh(changed)
        self._table.selectionModel().blockSignals(False)
        self._say_when_empty()
        if ticket:
            self.select(ticket)
        elif self._model.rowCount() and not self._is_left:
            self._show_row(0)

    def leave(self) -> None:
        """Select no ticket until the person chooses one: what they look at is not in the list."""
        self._is_left = True
        self._table.selectionModel().blockSignals(True)
        self._table.setCurrentIndex(QModelIndex())
        self._table.selectionModel().blockSignals(False)
        self._table.viewport().update()

    def select(self, ticket: str) -> bool:
        """Select a ticket that is in the list."""
        row = self._model.row_of(ticket)
        if row >= 0 and row != self._table.currentIndex().row():
            self._show_row(row)
        return row >= 0

    def current(self) -> str:
        """The id of the selected ticket, or empty."""
        return self._model.ticket_at(self._table.currentIndex().row())

    @property
    def has_news(self) -> bool:
        """Whether others have said something new on the selected ticket."""
        return self._model.is_unread(self._table.currentIndex().row())

    def focus_tickets(self) -> None:
        """Put the focus where the arrow keys go through the tickets, or into the search while there are none."""
        (self._table if self._model.rowCount() else self._search).setFocus()

    def begin_search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()
        self._search.selectAll()

    def _look(self) -> None:
        self._model.search(self._search.text())
        self._say_when_empty()
        if self._model.rowCount():
            self._show_row(0)
        else:
            self.chosen.emit("")

    def _show_row(self, row: int) -> None:
        """Not with `selectRow`: where windows read from right to left it looks beside the column and finds nothing."""
        self._is_left = False
        self._table.setCurrentIndex(self._model.index(row, 0))

    def _say_when_empty(self) -> None:
        is_empty = self._model.rowCount() == 0
        self._empty.setText("Nothing matches." if self._model.has_search else "You have no tickets yet.")
        self._empty.setVisible(is_empty)
        self._table.setVisible(not is_empty)

    def _tell(self, current: QModelIndex) -> None:
        self._is_left = False
        self.chosen.emit(self._model.ticket_at(current.row()))

    def _describe(self, row: TicketRow) -> tuple[str, str]:
        when = phrases.moment(row.updated, self._clock.now())
        if row.mark is not Mark.CONFIRMED:
            return phrases.mark(row.mark, phrases.provider(self._organisation)), when
        words = life_cycle.status_of(self._organisation, row.status).words
        if row.pending:
            words = f"{phrases.things(row.pending, 'change', 'changes')} saved on this computer"
        return words, when
