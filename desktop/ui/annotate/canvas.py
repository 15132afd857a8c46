"""The picture with its marks, drawn on by mouse, pen or keyboard."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.tickets.marks import MarkKind
from desktop.ui.annotate.hand import Done, Hand
from desktop.ui.annotate.painting import HANDLE, MarkPainter
from desktop.ui.annotate.shapes import Point, moved, placed, pulled
from desktop.ui.annotate.sheet import Sheet
from desktop.ui.annotate.text_images import TextImages

_FAR, _NEAR = 10, 1
"""Device-independent pixels that an arrow key moves a mark, and picture pixels with Ctrl."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Shows a picture at some scale.

    The arrow keys move what is chosen, with Shift they pull its lower right, with Ctrl by single pixels; Tab goes
    through the marks; Enter puts a new mark into the middle; Space covers or shows a find, or changes words.

    Attributes:
        sheet: the marks on it.
        hand: what pointers do on it.
        scale: device-independent pixels to a pixel of the picture.

    Signals:
        text_wanted: a text is to be written at this place (a `Point`).
        words_wanted: the words of the chosen text are to be changed.
        dragged: the view is to be moved by so much (QPoint).
    """

    text_wanted = Signal(object)
    words_wanted = Signal()
    dragged = Signal(QPoint)

    def __init__(self, image: QImage, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.hand = Hand(sheet)
        self.scale = 1.0
        self._image = image
        self._shown = QPixmap()
        self._texts = TextImages()
        self._pan: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Picture")
        sheet.shown.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        width, height = self.sheet.size
        return QSize(max(1, round(width * self.scale)), max(1, round(height * self.scale)))

    def show_at(self, scale: float) -> None:
        """Show the picture at another scale."""
        self.scale = scale
        self._shown = QPixmap()
        self.setFixedSize(self.sizeHint())
        self.update()

    def place_of(self, point: Point) -> QPoint:
        """Where a point of the picture is on the canvas."""
        return QPoint(round(point[0] * self.scale), round(point[1] * self.scale))

    def begin_with_keyboard(self) -> None:
        """Put a mark of the tool's kind into the middle of what is in view."""
        kind = self.hand.tool
        if kind is None:
            return
        seen = self.visibleRegion().boundingRect()
        view = (self._point(QPointF(seen.topLeft())), self._point(QPointF(seen.bottomRight())))
        mark = placed(kind, view, self.sheet.size)
        if kind is MarkKind.TEXT:
            self.text_wanted.emit((mark.left, mark.top))
        else:
            self.sheet.add(mark)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        self._paint_picture(painter, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.scale(self.scale, self.scale)
        marks = MarkPainter(painter, self.sheet.size, self.scale, self._texts)
        drawing = self.hand.drawing
        marks.paint(self.sheet.marks if drawing is None else (*self.sheet.marks, drawing))
        if drawing is None and self.sheet.chosen_mark is not None:
            marks.paint_chosen(self.sheet.chosen_mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if not self.hand.press(self._point(event.position()), self._reach()):
            self._pan = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pan is not None:
            self.dragged.emit((event.globalPosition() - self._pan).toPoint())
            self._pan = event.globalPosition()
        self.hand.drag(self._point(event.position()), self._reach())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pan = None
        point = self._point(event.position())
        done = self.hand.release(point, self._reach())
        if done is Done.TEXT_WANTED:
            self.text_wanted.emit(point)
        elif done is Done.TEXT_CHOSEN:
            self.words_wanted.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if self.hand.is_pressed:
            if key == Qt.Key.Key_Escape:
                self.hand.give_up()
        elif key in _ARROWS and self.sheet.chosen_mark is not None:
            self._push(*_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hand.tool is not None:
            self.begin_with_keyboard()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.sheet.remove()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes through the marks before it leaves; nothing goes while something is dragged."""
        if self.hand.is_pressed:
            return True
        sheet, last = self.sheet, len(self.sheet.marks) - 1
        at = sheet.chosen if sheet.chosen is not None else (-1 if forward else last + 1)
        at += 1 if forward else -1
        if 0 <= at <= last:
            sheet.choose(at)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Whoever comes by Tab begins with the first mark, or the last; what was chosen is chosen until then."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.sheet.choose(None)

    def _turn(self) -> None:
        mark = self.sheet.chosen_mark
        if mark is not None and mark.kind is MarkKind.TEXT:
            self.words_wanted.emit()
        else:
            self.sheet.turn()

    def _push(self, across: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        mark = self.sheet.chosen_mark
        assert mark is not None
        is_near = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        by = _NEAR if is_near else max(_NEAR, round(_FAR / self.scale))
        pulls = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        change = pulled if pulls else moved
        self.sheet.change(change(mark, across * by, down * by, self.sheet.size), joining="pull" if pulls else "move")

    def _point(self, place: QPointF) -> Point:
        return place.x() / self.scale, place.y() / self.scale

    def _reach(self) -> float:
        return HANDLE / self.scale

    def _paint_picture(self, painter: QPainter, area: QRect) -> None:
        """The part in an area; a smaller picture is made once for each scale, a larger one shows its pixels."""
        ratio = self.devicePixelRatioF()
        if self.scale * ratio >= 1:
            source = QRectF(
                area.left() / self.scale, area.top() / self.scale, area.width() / self.scale, area.height() / self.scale
            )
            painter.drawImage(QRectF(area), self._image, source)
            return
        if self._shown.devicePixelRatio() != ratio or self._shown.isNull():
            wanted = self.sizeHint() * ratio
            mode = Qt.TransformationMode.SmoothTransformation
            self._shown = QPixmap.fromImage(self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            self._shown.setDevicePixelRatio(ratio)
        painter.drawPixmap(area, self._shown, QRect(area.topLeft() * ratio, area.size() * ratio))
