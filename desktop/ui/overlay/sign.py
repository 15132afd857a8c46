"""Quiet signs above all windows that take no key, click or focus: a countdown, and the cue of a taken picture."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

_CUE = 220
"""Milliseconds that the cue is seen."""
_FRAME = 6
_DIGIT = 96
"""Width of the frame, and side of the countdown, in pixels of the desktop."""

_ABOVE_ALL = (
    Qt.WindowType.ToolTip
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class Sign(QWidget):
    """Belongs to its owner: Qt ends it with that, on the thread of the windows, whichever thread held it last."""

    def __init__(self, owner: QWidget | None) -> None:
        super().__init__(owner, _ABOVE_ALL)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Countdown(Sign):
    """The seconds that are left, at the lower edge of the screen with the pointer."""

    def __init__(self, owner: QWidget | None) -> None:
        super().__init__(owner)
        self._left = 0

    def show_left(self, seconds: int) -> None:
        """Show so many seconds."""
        self._left = seconds
        self.setAccessibleName(f"The screen is taken in {seconds} seconds")
        place = _pointed_at()
        self.setGeometry(place.center().x() - _DIGIT // 2, place.bottom() - 2 * _DIGIT, _DIGIT, _DIGIT)
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
    """A thin frame around the screen with the pointer, for a moment, once its picture has been taken."""

    def __init__(self, owner: QWidget | None = None) -> None:
        self._owner = owner
        self._edges: list[_Edge] = []
        self._end = QTimer(owner)
        self._end.setSingleShot(True)
        self._end.setInterval(_CUE)
        self._end.timeout.connect(self.hide)

    def flash(self) -> None:
        """Show it; it goes by itself."""
        place = _pointed_at()
        if not self._edges:
            self._edges = [_Edge(self._owner) for _ in range(4)]
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
        self._end.start()

    def hide(self) -> None:
        """Take it away."""
        self._end.stop()
        for edge in self._edges:
            edge.hide()


class _Edge(Sign):
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))


def _pointed_at() -> QRect:
    return (QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()).geometry()
