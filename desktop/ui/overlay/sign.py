"""Quiet signs above all windows that take no key, click or focus: a countdown, and the cue of a taken picture.

On Wayland a program puts nothing at a place of the screen. There the countdown is a small window that the desktop
places, and the cue is around a window of ours.
"""

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_CUE = 220
"""Milliseconds that the cue is seen."""
_FRAME = 6
_DIGIT = 96
"""Width of the frame, and side of the countdown, in pixels of the desktop."""

_QUIET: Final = (
    Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
_ABOVE_ALL: Final = Qt.WindowType.ToolTip | _QUIET


class Sign(QWidget):
    """Belongs to its owner: Qt ends it with that, on the thread of the windows, whichever thread held it last."""

    def __init__(self, owner: QWidget | None, kind: Qt.WindowType = _ABOVE_ALL) -> None:
        super().__init__(owner, kind)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Countdown(Sign):
    """The seconds that are left, at the lower edge of the screen with the pointer."""

    def __init__(self, owner: QWidget | None) -> None:
        super().__init__(owner, Qt.WindowType.Window | _QUIET if _is_wayland() else _ABOVE_ALL)
        self._left = 0
        self.setFixedSize(_DIGIT, _DIGIT)

    def show_left(self, seconds: int) -> None:
        """Show so many seconds."""
        self._left = seconds
        self.setAccessibleName(f"The screen is taken in {seconds} seconds")
        place = _pointed_at()
        self.move(place.center().x() - _DIGIT // 2, place.bottom() - 2 * _DIGIT)
        self.show()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        font = painter.font()
        font.setPixelSize(_DIGIT // 2)
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._left))


class Cue:
    """A thin frame around the screen with the pointer, for a moment, once its picture has been taken.

    Args:
        lasts: milliseconds that it is seen.
    """

    def __init__(self, owner: QWidget | None = None, lasts: int = _CUE) -> None:
        self._owner = owner
        self._edges: list[_Edge] = []
        self._end = QTimer(owner)
        self._end.setSingleShot(True)
        self._end.setInterval(lasts)
        self._end.timeout.connect(self.hide)

    def flash(self) -> None:
        """Show it; it goes by itself."""
        window = _window_of_ours() if _is_wayland() else None
        if window is None and _is_wayland():
            return
        place = _pointed_at() if window is None else window.rect()
        self._edges = self._edges_in(window)
        wide, high, thin = place.width(), place.height(), _FRAME
        around = (
            QRect(place.left(), place.top(), wide, thin),
            QRect(place.left(), place.top() + high - thin, wide, thin),
            QRect(place.left(), place.top(), thin, high),
            QRect(place.left() + wide - thin, place.top(), thin, high),
        )
        for edge, where in zip(self._edges, around, strict=True):
            edge.setGeometry(where)
            edge.show()
            edge.raise_()
        self._end.start()

    def hide(self) -> None:
        """Take it away."""
        self._end.stop()
        for edge in filter(isValid, self._edges):
            edge.hide()

    def _edges_in(self, window: QWidget | None) -> list["_Edge"]:
        """Of the window, or of the screen where it is None: those that are there, or new ones in place of others'."""
        owner, kind = (self._owner, _ABOVE_ALL) if window is None else (window, Qt.WindowType.Widget)
        if self._edges and all(isValid(edge) and edge.parentWidget() is owner for edge in self._edges):
            return self._edges
        for edge in filter(isValid, self._edges):
            edge.deleteLater()
        return [_Edge(owner, kind) for _ in range(4)]


class _Edge(Sign):
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))


def _is_wayland() -> bool:
    return QGuiApplication.platformName() == "wayland"


def _window_of_ours() -> QWidget | None:
    """The one with the keys, else any that is seen."""
    seen = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and not isinstance(widget, Sign)]
    active = QApplication.activeWindow()
    return active if active in seen else next(iter(seen), None)


def _pointed_at() -> QRect:
    return (QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()).geometry()
