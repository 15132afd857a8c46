"""All our windows leave the screen before it is taken, and come back afterwards."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.overlay.sign import Countdown

UNCOVER: Final = 400
"""Milliseconds in which the desktop paints what our windows covered."""
AGAIN_IN: Final = 3
"""Seconds in which a person opens the menu that they want to show."""
_SECOND: Final = 1000


class StepAside(QObject):
    """Takes something of the screen while no window of ours is on it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._countdown: Countdown | None = None
        self._is_aside = False
        self._away: list[QWidget] = []

    @property
    def is_aside(self) -> bool:
        """Whether our windows are away just now."""
        return self._is_aside

    def run(self, act: Callable[[], None], *, seconds: int = 0, stays: bool = False) -> None:
        """Do `act` with all our windows away, after so many seconds that are counted on the screen.

        At once where none of ours is on the screen and there is no time to wait. While our windows are away already,
        nothing is done: they are coming back. With `stays` they come back when `come_back` is called.
        """
        if self._is_aside:
            return
        ours = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        self._is_aside = True
        self._away = [it for it in ours if it.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)]
        for widget in ours:
            widget.hide()
        if seconds:
            self._count(seconds, act, stays=stays)
        elif ours:
            QTimer.singleShot(UNCOVER, self, lambda: self._act(act, stays=stays))
        else:
            QGuiApplication.sync()  # what was closed just now may still be on its way to the display
            self._act(act, stays=stays)

    def come_back(self) -> None:
        """Show our windows again, without taking the keys from whoever has them."""
        self._is_aside = False
        away, self._away = self._away, []
        for widget in away:
            if isValid(widget):
                widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
                widget.show()
                widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)

    def _count(self, left: int, act: Callable[[], None], *, stays: bool) -> None:
        if self._countdown is None:
            owner = self.parent()
            self._countdown = Countdown(owner if isinstance(owner, QWidget) else None)
        self._countdown.show_left(left)
        if left > 1:
            QTimer.singleShot(_SECOND, self, lambda: self._count(left - 1, act, stays=stays))
            return
        QTimer.singleShot(_SECOND - UNCOVER, self, self._countdown.hide)
        QTimer.singleShot(_SECOND, self, lambda: self._act(act, stays=stays))

    def _act(self, act: Callable[[], None], *, stays: bool) -> None:
        try:
            act()
        finally:
            if not stays:
                self.come_back()
