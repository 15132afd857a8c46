"""The rows of the list of tickets, read page by page as they are scrolled to."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.desk import Desk
from desktop.tickets.view import Changed, TicketRow

PAGE = 50
_FRESH = 500
"""Most rows that are loaded or read again after a change; what is further down is read when it is scrolled to."""

_FEW = 200
"""Most tickets that are read one by one; a search cannot tell of any whether it is found."""

ROW = int(Qt.ItemDataRole.UserRole)
"""Role of the `TicketRow` itself."""

_Index = QModelIndex | QPersistentModelIndex


class TicketListModel(QAbstractTableModel):
    """One column of `TicketRow`s, newest first, sorted and searched by the desk."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._search = ""
        self._rows: list[TicketRow] = []
        self._more = False

    @property
    def has_search(self) -> bool:
        """Whether a search narrows the list."""
        return bool(self._search)

    def search(self, words: str) -> None:
        """Show only what matches the words; all when there are none."""
        self._search = words.strip()
        self.beginResetModel()
        page = self._desk.tickets(search=self._search, limit=PAGE)
        self._rows, self._more = list(page.rows), page.more
        self.endResetModel()

    def refresh(self, changed: Changed) -> None:
        """Read again what has changed, and touch only the rows that differ."""
        is_much = changed.everything or changed.organisation or len(changed.tickets) > _FEW
        if is_much or (self._search and changed.tickets):
            self._read_again()
        elif changed.tickets:
            self._read(changed.tickets)

    def _read(self, tickets: frozenset[str]) -> None:
        """Read these tickets alone: each has its place among the rows, or below all that is loaded."""
        told = self._desk.lines(tickets)
        if self._more:
            told = tuple(row for row in told if _place(row) >= _place(self._rows[-1]))
        stay = [row for row in self._rows if row.ticket not in tickets]
        rows = sorted((*stay, *told), key=_place, reverse=True)
        most = max(len(self._rows), _FRESH)
        self._more |= len(rows) > most
        self._become(rows[:most])
        if self._more and not rows:
            self._read_again()

    def _read_again(self) -> None:
        """Read again all that is loaded."""
        wanted = min(len(self._rows) + PAGE, _FRESH)
        page = self._desk.tickets(search=self._search, limit=wanted)
        rows = list(page.rows)
        last = self._rows[-1].ticket if self._rows else ""
        end = next((number for number, row in enumerate(rows, start=1) if row.ticket == last), len(rows))
        self._more = page.more or end < len(rows)
        self._become(rows[: max(end, PAGE)])

    def row_of(self, ticket: str) -> int:
        """The row of a ticket, -1 when it is not loaded."""
        return next((number for number, row in enumerate(self._rows) if row.ticket == ticket), -1)

    def is_unread(self, row: int) -> bool:
        """Whether the ticket in a row has news."""
        return 0 <= row < len(self._rows) and self._rows[row].unread

    def ticket_at(self, row: int) -> str:
        """The id of the ticket in a row, empty where there is none."""
        return self._rows[row].ticket if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == ROW:
            return self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._rows[index.row()]
            news = "New answer: " if row.unread and role == Qt.ItemDataRole.AccessibleTextRole else ""
            return f"{news}{row.summary} ({row.number or row.reference})"
        return None

    def canFetchMore(self, parent: _Index = QModelIndex()) -> bool:  # noqa: N802, B008
        return not parent.isValid() and self._more

    def fetchMore(self, parent: _Index = QModelIndex()) -> None:  # noqa: N802, B008, ARG002
        last = self._rows[-1]
        page = self._desk.tickets(search=self._search, limit=PAGE, before=(last.updated, last.ticket))
        self._more = page.more
        if page.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()

    def _become(self, rows: list[TicketRow]) -> None:
        old = [row.ticket for row in self._rows]
        new = [row.ticket for row in rows]
        head = _common(old, new)
        tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
        if len(old) > head + tail:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            del self._rows[head : len(old) - tail]
            self.endRemoveRows()
        if len(new) > head + tail:
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._rows[head:head] = rows[head : len(new) - tail]
            self.endInsertRows()
        for number, row in enumerate(rows):
            if self._rows[number] != row:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number, 0), self.index(number, 0))


def _place(row: TicketRow) -> tuple[datetime, str]:
    """What the list is ordered by."""
    return row.updated, row.ticket


def _common(one: list[str], other: list[str]) -> int:
    """How many items both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
