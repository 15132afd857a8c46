"""How a ticket looks in the list: its summary, and below it where it stands."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.tickets.view import Mark, TicketRow
from desktop.ui.tickets.list_model import ROW
from desktop.ui.tokens import GAP, SMALL


class RowPainter(QStyledItemDelegate):
    """Two lines of plain text, each cut with an ellipsis where the list ends.

    `describe` gives the second line of a row and the time at its end.
    """

    def __init__(self, describe: Callable[[TicketRow], tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._describe = describe

    def sizeHint(  # noqa: N802
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(0, row_height(QFontMetrics(option.font)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: TicketRow = index.data(ROW)
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        palette: QPalette = option.palette
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = palette.color(QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text)
        quiet = strong if is_selected else palette.color(QPalette.ColorRole.PlaceholderText)
        area: QRect = option.rect.adjusted(GAP, SMALL, -GAP, -SMALL)
        upper = QRect(area.left(), area.top(), area.width(), area.height() // 2)
        lower = QRect(area.left(), area.top() + area.height() // 2, area.width(), area.height() // 2)
        font = QFont(option.font)
        font.setBold(row.unread)
        below, when = self._describe(row)
        painter.save()
        painter.setFont(option.font)
        width = painter.fontMetrics().horizontalAdvance(when) + 2
        beside = upper.adjusted(0, 0, -width - 2 * GAP, 0)
        direction = option.direction
        at_end = QStyle.visualRect(direction, upper, upper.adjusted(upper.width() - width, 0, 0, 0))
        beside = QStyle.visualRect(direction, upper, beside)
        _write(painter, at_end, when, quiet, direction)
        _write(painter, lower, below, strong if row.mark is Mark.REFUSED else quiet, direction)
        painter.setFont(font)
        _write(painter, beside, row.summary, strong, direction)
        painter.restore()


def row_height(letters: QFontMetrics) -> int:
    """The one height of all rows, in device-independent pixels."""
    return 2 * letters.lineSpacing() + 2 * SMALL + GAP


def _write(painter: QPainter, area: QRect, text: str, colour: QColor, direction: Qt.LayoutDirection) -> None:
    flat = " ".join(text[:400].split())
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, area.width())
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(area, int(side | Qt.AlignmentFlag.AlignAbsolute) | int(Qt.TextFlag.TextSingleLine), shown)
