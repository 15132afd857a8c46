"""Marks as they are shown on the screen: what is drawn looks as it will in the picture that is made anew."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.capture.redact.drawing import COLOUR, RIM, arrow, box_edge, thickness
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.shapes import Size, corners, handles
from desktop.ui.annotate.text_images import TextImages

HANDLE = 9
"""Width of what a mark is pulled by, in device-independent pixels."""

_OUTLINED = QColor("#ffb000")
_CUT_OFF = QColor(0, 0, 0, 150)
_DASH = (4.0, 3.0)


class MarkPainter:
    """Paints marks over a picture.

    Args:
        painter: whose coordinates are the picture's own pixels.
        size: of the picture.
        scale: device-independent pixels to a pixel of the picture; lines of ours keep their width on the screen.
        texts: those of the painting before.
    """

    def __init__(self, painter: QPainter, size: Size, scale: float, texts: TextImages) -> None:
        self._painter = painter
        self._size = size
        self._scale = scale
        self._texts = texts

    def paint(self, marks: tuple[Mark, ...]) -> None:
        """All marks, in the order in which they will be applied."""
        for mark in marks:
            if mark.kind is MarkKind.REDACT:
                self._cover(mark)
        for mark in marks:
            if mark.kind is MarkKind.ARROW:
                self._arrow(mark)
            elif mark.kind is MarkKind.BOX:
                self._box(mark)
            elif mark.kind is MarkKind.TEXT:
                self._text(mark)
        self._texts.drop_others()
        for mark in marks:
            if mark.kind is MarkKind.OUTLINE:
                self._frame(_rectangle(mark, self._size), _OUTLINED, 2)
        for mark in marks:
            if mark.kind is MarkKind.CROP:
                self._cut_off(mark)

    def paint_chosen(self, mark: Mark) -> None:
        """What shows that a mark is chosen, and what it is pulled by."""
        if mark.kind is not MarkKind.ARROW:
            self._frame(_rectangle(mark, self._size), QColor(Qt.GlobalColor.white), 1)
        half = HANDLE / 2 / self._scale
        self._painter.setPen(self._pen(QColor(Qt.GlobalColor.black), 1))
        self._painter.setBrush(Qt.GlobalColor.white)
        for _, (across, down) in handles(mark, self._size, HANDLE / self._scale):
            self._painter.drawRect(QRectF(across - half, down - half, 2 * half, 2 * half))

    def _cover(self, mark: Mark) -> None:
        area = _rectangle(mark, self._size)
        self._painter.fillRect(area, Qt.GlobalColor.black)
        if not mark.found:
            return
        self._painter.save()
        self._painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        font = self._painter.font()
        font.setPixelSize(max(1, round(min(area.height() * 0.6, 14 / self._scale))))
        self._painter.setFont(font)
        self._painter.setPen(QColor("#c8c8c8"))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, mark.found)
        self._painter.restore()

    def _arrow(self, mark: Mark) -> None:
        start, end = (mark.left, mark.top), (mark.right, mark.bottom)
        line = thickness(self._size)
        for extra, colour in ((line, QColor(*RIM)), (0, QColor(*COLOUR))):
            neck, head = arrow(start, end, line, extra)
            pen = QPen(colour, line + extra)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._painter.setPen(pen)
            self._painter.drawLine(QPointF(*start), QPointF(*neck))
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(colour)
            self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in head]))

    def _box(self, mark: Mark) -> None:
        line = thickness(self._size)
        for extra, colour in ((line, QColor(*RIM)), (0, QColor(*COLOUR))):
            left, top, right, bottom = box_edge(mark, line, extra)
            half = (line + extra) / 2
            pen = QPen(colour, line + extra)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            self._painter.setPen(pen)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(left, top, right + 1 - left, bottom + 1 - top).adjusted(half, half, -half, -half)
            self._painter.drawRect(inside)

    def _text(self, mark: Mark) -> None:
        if not mark.text:
            return
        area = _rectangle(mark, self._size)
        across = min(1.0, self._scale * self._painter.device().devicePixelRatioF())
        shown = (area.size() * across).toSize().expandedTo(QSize(1, 1))
        alone = replace(mark, left=0, top=0, right=mark.right - mark.left, bottom=mark.bottom - mark.top)
        self._painter.drawImage(area, self._texts.get(alone, self._size, shown))

    def _cut_off(self, mark: Mark) -> None:
        kept = _rectangle(mark, self._size)
        outside = QPainterPath()
        outside.addRect(QRectF(0, 0, *self._size))
        outside.addRect(kept)
        self._painter.fillPath(outside, _CUT_OFF)
        self._frame(kept, QColor(Qt.GlobalColor.white), 1)

    def _frame(self, area: QRectF, colour: QColor, width: float) -> None:
        """A dashed line over a dark one: seen on any picture."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(self._pen(QColor(0, 0, 0, 200), width + 2))
        self._painter.drawRect(area)
        dashed = self._pen(colour, width)
        dashed.setDashPattern(_DASH)
        self._painter.setPen(dashed)
        self._painter.drawRect(area)

    def _pen(self, colour: QColor, width: float) -> QPen:
        pen = QPen(colour, width / self._scale)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return pen


def _rectangle(mark: Mark, size: Size) -> QRectF:
    left, top, right, bottom = corners(mark, size)
    return QRectF(left, top, right - left, bottom - top)
