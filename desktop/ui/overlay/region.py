"""A region of the screens is picked on their pictures, dimmed, with its size; by mouse or by keyboard."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from desktop.capture.screens.geometry import Rectangle, bounds
from desktop.capture.screens.screenshot import Screenshot
from desktop.ui.overlay.selection import Selection

_DIM: Final = QColor(0, 0, 0, 140)
_STEP, _FINE = 10, 1
"""Units of the desktop that an arrow key moves, and with Ctrl."""
_ROOM: Final = 6
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_HINT: Final = "Draw a region, or move it with the arrows and size it with Shift. Enter takes it, Escape cancels."


class RegionPicker(QObject):
    """One sheet over each screen, and one selection over all of them. Shows what was taken, not what moves below.

    Signals:
        picked: a `Rectangle` in the coordinates of the screens' monitors.
        cancelled: nothing is wanted.
    """

    picked = Signal(object)
    cancelled = Signal()

    def __init__(self, screens: Sequence[Screenshot], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = Selection(bounds([screen.monitor.area for screen in screens]))
        self._from: tuple[int, int] | None = None
        self._ended = False
        self.sheets = [Sheet(shot, _screen_of(shot, index), self) for index, shot in enumerate(screens)]

    @property
    def selection(self) -> Selection:
        """What is chosen now."""
        return self._selection

    def start(self) -> None:
        """Cover the screens; the one in use has the keys."""
        for sheet in self.sheets:
            sheet.cover()
        first = next((sheet for sheet in self.sheets if sheet.shot.is_active), self.sheets[0])
        first.activateWindow()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, at: tuple[int, int]) -> None:
        """The mouse went down there."""
        self._from = at
        self._choose(self._selection.between(at, at))

    def drag(self, to: tuple[int, int]) -> None:
        """The mouse is there now, its button down."""
        if self._from is not None:
            self._choose(self._selection.between(self._from, to))

    def release(self) -> None:
        """The mouse's button is up: what was drawn is taken, a mere click is not."""
        self._from = None
        self.take()

    def take(self) -> None:
        """Take what is chosen, where that is enough."""
        if self._selection.is_enough and not self._ended:
            self._end()
            self.picked.emit(self._selection.chosen)

    def cancel(self) -> None:
        """Leave without a picture."""
        if not self._ended:
            self._end()
            self.cancelled.emit()

    def step(self, right: int, down: int, screen: Rectangle, *, resizes: bool) -> None:
        """Move or size the selection, which begins in the middle of the screen."""
        if self._selection.chosen is None:
            self._choose(self._selection.begun(screen))
        elif resizes:
            self._choose(self._selection.resized(right, down))
        else:
            self._choose(self._selection.moved(right, down))

    def sheet_at(self, place: QPoint, fallback: "Sheet") -> "Sheet":
        """The sheet under a place of Qt's desktop."""
        return next((sheet for sheet in self.sheets if sheet.geometry().contains(place)), fallback)

    def _choose(self, selection: Selection) -> None:
        self._selection = selection
        for sheet in self.sheets:
            sheet.update()

    def _end(self) -> None:
        self._ended = True
        for sheet in self.sheets:
            sheet.close()
            sheet.deleteLater()


class Sheet(QWidget):
    """Lies over one screen and shows its picture."""

    def __init__(self, shot: Screenshot, screen: QScreen, picker: RegionPicker) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.shot = shot
        self._picker = picker
        self._image = QImage(shot.pixels, shot.width, shot.height, shot.width * 4, QImage.Format.Format_RGB32)
        self._place = screen.geometry()
        self.setWindowTitle("Pick a region")
        self.setAccessibleName("Pick a region")
        self.setAccessibleDescription(_HINT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(self._place)

    def cover(self) -> None:
        """Lie over the screen."""
        self.setGeometry(self._place)
        if QGuiApplication.platformName() == "wayland":
            self.showFullScreen()  # a Wayland window cannot be put anywhere
        else:
            self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        modifiers = event.modifiers()
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            step = _FINE if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
            resizes = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._picker.step(arrow[0] * step, arrow[1] * step, self.shot.monitor.area, resizes=resizes)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._picker.take()
        elif event.key() == Qt.Key.Key_Escape:
            self._picker.cancel()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._picker.press(self._under(event))
        else:
            self._picker.cancel()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._picker.drag(self._under(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._picker.drag(self._under(event))
            self._picker.release()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Whatever closes one sheet closes all."""
        self._picker.cancel()
        event.accept()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.fillRect(self.rect(), _DIM)
        chosen = self._picker.selection.chosen
        if chosen is None:
            if self.shot.is_active:
                self._label(painter, _HINT, QPoint(_ROOM * 4, _ROOM * 4))
            return
        part = self._on_sheet(chosen)
        visible = part.intersected(self.rect())
        if visible.isEmpty():
            return
        ratio = self.shot.width / max(self.width(), 1), self.shot.height / max(self.height(), 1)
        source = QRect(
            round(visible.x() * ratio[0]),
            round(visible.y() * ratio[1]),
            round(visible.width() * ratio[0]),
            round(visible.height() * ratio[1]),
        )
        painter.drawImage(visible, self._image, source)
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRect(part.adjusted(0, 0, -1, -1))
        scale = self.shot.monitor.scale
        words = f"{round(chosen.width * scale)} × {round(chosen.height * scale)}"
        self._label(painter, words, visible.topLeft() + QPoint(0, -self.fontMetrics().height() - 2 * _ROOM))

    def _label(self, painter: QPainter, words: str, at: QPoint) -> None:
        box = self.fontMetrics().boundingRect(words).adjusted(0, 0, 2 * _ROOM, _ROOM)
        box.moveTo(max(at.x(), 0), max(at.y(), 0))
        painter.fillRect(box, self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _under(self, event: QMouseEvent) -> tuple[int, int]:
        """The place of the mouse in the coordinates of the monitors; it may be on another sheet than it started."""
        at = event.globalPosition().toPoint()
        return self._picker.sheet_at(at, self).on_desktop(at)

    def on_desktop(self, at: QPoint) -> tuple[int, int]:
        """A place of Qt's desktop in the coordinates of the monitors."""
        area, place = self.shot.monitor.area, self.geometry()
        return (
            area.left + round((at.x() - place.x()) * area.width / max(place.width(), 1)),
            area.top + round((at.y() - place.y()) * area.height / max(place.height(), 1)),
        )

    def _on_sheet(self, chosen: Rectangle) -> QRect:
        area = self.shot.monitor.area
        across, down = self.width() / max(area.width, 1), self.height() / max(area.height, 1)
        return QRect(
            round((chosen.left - area.left) * across),
            round((chosen.top - area.top) * down),
            round(chosen.width * across),
            round(chosen.height * down),
        )


def _screen_of(shot: Screenshot, index: int) -> QScreen:
    """Qt's screen of a picture: by name, else by place, else by order."""
    screens = QGuiApplication.screens()
    area = shot.monitor.area
    for screen in screens:
        if shot.monitor.name and screen.name() == shot.monitor.name:
            return screen
    for screen in screens:
        if (screen.geometry().x(), screen.geometry().y()) == (area.left, area.top):
            return screen
    return screens[min(index, len(screens) - 1)]
