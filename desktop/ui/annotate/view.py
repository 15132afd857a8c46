"""A picture at any scale: whole, or a part of it that is scrolled."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.ui.annotate.canvas import Canvas
from desktop.ui.annotate.shapes import corners

_STEP = 1.25
_LEAST, _MOST = 0.05, 16.0
_TINY = 400
"""Device-independent pixels that a small picture is enlarged to, by whole numbers up to the most."""
_MOST_ENLARGED = 8


class PictureView(QScrollArea):
    """Holds a canvas. Ctrl with the wheel zooms at the pointer.

    Signals:
        zoomed: the scale is another one.
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas: Canvas | None = None
        self._is_fitted = True
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a picture has its left side on the left everywhere
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self.setMinimumSize(QSize(240, 160))

    def hold(self, canvas: Canvas) -> None:
        """Show this canvas in place of another, the whole of it."""
        self._canvas = canvas
        self.setWidget(canvas)
        canvas.dragged.connect(self._drag)
        canvas.sheet.shown.connect(self._bring_into_view)
        self.fit()

    def fit(self) -> None:
        """Show the whole picture, now and when the window becomes another size."""
        self._is_fitted = True
        if self._canvas is None:
            return
        width, height = self._canvas.sheet.size
        room = self.maximumViewportSize()
        whole = min(room.width() / width, room.height() / height)
        enlarged = float(min(max(_TINY // max(width, height), 1), _MOST_ENLARGED)) / self.devicePixelRatioF()
        self._show_at(min(whole, enlarged))

    def zoom(self, steps: int) -> None:
        """Show it larger by so many steps, or smaller; the middle stays where it is."""
        self._zoom_at(_STEP**steps, self.viewport().rect().center())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_at(_STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_at(self, factor: float, place: QPoint) -> None:
        """Zoom so that what is at a place of the viewport stays there."""
        canvas = self._canvas
        if canvas is None:
            return
        self._is_fitted = False
        before = canvas.scale
        on_canvas = canvas.mapFrom(self.viewport(), place)
        self._show_at(min(max(before * factor, _LEAST), _MOST))
        moved_by = on_canvas * (canvas.scale / before) - on_canvas
        self._drag(-moved_by)

    def _show_at(self, scale: float) -> None:
        if self._canvas is not None:
            self._canvas.show_at(scale)
            self.zoomed.emit()

    def _drag(self, by: QPoint) -> None:
        for bar, part in ((self.horizontalScrollBar(), by.x()), (self.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() - part)

    def _bring_into_view(self) -> None:
        """Scroll to what the keyboard has chosen."""
        canvas = self._canvas
        if canvas is None or canvas.sheet.chosen_mark is None or canvas.hand.is_pressed:
            return
        left, top, right, bottom = corners(canvas.sheet.chosen_mark, canvas.sheet.size)
        middle = canvas.place_of(((left + right) / 2, (top + bottom) / 2))
        half = canvas.place_of(((right - left) / 2, (bottom - top) / 2))
        most = self.viewport().size() / 2
        self.ensureVisible(middle.x(), middle.y(), min(half.x(), most.width()), min(half.y(), most.height()))
