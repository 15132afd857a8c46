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
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from desktop.capture.screens.geometry import Rectangle, bounds, in_pixels
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

    A screen that is unplugged meanwhile ends the choice: its picture has no place any more.

    Signals:
        picked: a `Rectangle` in the coordinates of the screens' monitors.
        cancelled: nothing is wanted.
    """

    picked = Signal(object)
    cancelled = Signal()

    def __init__(self, screens: Sequence[Screenshot], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monitors = [screen.monitor for screen in screens]
        self._selection = Selection(bounds([monitor.area for monitor in self._monitors]))
        self._from: tuple[int, int] | None = None
        self._ended = False
        self.sheets = [Sheet(shot, screen, self) for shot, screen in _on_screens(screens)]

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
        """The mouse's button is up: what was drawn is taken, a mere click is not and leaves nothing behind."""
        self._from = None
        if self._selection.is_enough:
            self.take()
        else:
            self._choose(self._selection.dropped())

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

    def size(self) -> str:
        """Of the picture that is chosen now, in pixels; empty where nothing of a screen is."""
        chosen = self._selection.chosen
        if chosen is None:
            return ""
        touched = [monitor for monitor in self._monitors if monitor.area.overlap(chosen)]
        if not touched:
            return ""
        _, (width, height) = in_pixels(chosen.within(bounds([monitor.area for monitor in touched])), touched)
        return f"{width} × {height}"

    def _choose(self, selection: Selection) -> None:
        self._selection = selection
        for sheet in self.sheets:
            sheet.show_choice()

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
        self._shown: tuple[QRect, QRect] | None = None
        self._image = QImage(shot.pixels, shot.width, shot.height, shot.width * 4, QImage.Format.Format_RGB32)
        self._place = screen.geometry()
        self.setWindowTitle("Pick a region")
        self.setAccessibleName("Pick a region")
        self.setAccessibleDescription(_HINT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(self._place)
        screen.destroyed.connect(picker.cancel)

    def cover(self) -> None:
        """Lie over the screen."""
        self.setGeometry(self._place)
        if QGuiApplication.platformName() == "wayland":
            self.showFullScreen()  # a Wayland window cannot be put anywhere
        else:
            self.show()
        self.raise_()

    def show_choice(self) -> None:
        """Paint what is chosen now, where that has changed: a large screen as a whole takes too long for a mouse."""
        before, self._shown = self._shown, self._choice()
        if before is None or self._shown is None:
            self.update()
            return
        changed = QRegion(before[0]).xored(self._shown[0])
        for part, label in (before, self._shown):
            changed += QRegion(part.adjusted(-1, -1, 1, 1)) - QRegion(part.adjusted(2, 2, -2, -2)) + QRegion(label)
        self.update(changed)

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
        choice = self._choice()
        if choice is None:
            if self.shot.is_active:
                self._label(painter, _HINT, self._label_box(_HINT, QPoint(_ROOM * 4, _ROOM * 4)))
            return
        part, label = choice
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
        self._label(painter, self._picker.size(), label)

    def _choice(self) -> tuple[QRect, QRect] | None:
        """What is chosen and where its size stands, on this sheet; None where nothing is chosen."""
        chosen = self._picker.selection.chosen
        if chosen is None:
            return None
        part = self._on_sheet(chosen)
        above = part.intersected(self.rect()).topLeft() - QPoint(0, self.fontMetrics().height() + 2 * _ROOM)
        return part, self._label_box(self._picker.size(), above)

    def _label_box(self, words: str, at: QPoint) -> QRect:
        """Room for the words there, as far as the sheet has it."""
        box = self.fontMetrics().boundingRect(words).adjusted(0, 0, 2 * _ROOM, _ROOM)
        right, lower = self.width() - box.width(), self.height() - box.height()
        box.moveTo(max(min(at.x(), right), 0), max(min(at.y(), lower), 0))
        return box

    def _label(self, painter: QPainter, words: str, box: QRect) -> None:
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


def _on_screens(shots: Sequence[Screenshot]) -> list[tuple[Screenshot, QScreen]]:
    """The pictures with Qt's screens, each once: by place, else by name, else by order; without one, it is left out."""
    free = list(QGuiApplication.screens())
    found: dict[int, QScreen] = {}
    for fits in (_is_there, _is_called, lambda *_: True):
        for index, shot in enumerate(shots):
            screen = next((screen for screen in free if index not in found and fits(shot, screen)), None)
            if screen is not None:
                free.remove(screen)
                found[index] = screen
    return [(shots[index], screen) for index, screen in sorted(found.items())]


def _is_there(shot: Screenshot, screen: QScreen) -> bool:
    """Scaled or not, a screen begins at the same place for Qt as for the system."""
    area = shot.monitor.area
    return (screen.geometry().x(), screen.geometry().y()) == (area.left, area.top)


def _is_called(shot: Screenshot, screen: QScreen) -> bool:
    return shot.monitor.name != "" and screen.name() == shot.monitor.name
