"""All our windows leave the screen before it is taken, and come back afterwards."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.overlay.kept_back import KeptBack
from desktop.ui.overlay.sign import Countdown

UNCOVER: Final = 400
"""Milliseconds in which the desktop paints what our windows covered."""
AGAIN_IN: Final = 3
"""Seconds in which a person opens the menu that they want to show."""
_SECOND: Final = 1000


class StepAside(QObject):
    """Takes something of the screen while no window of ours is on it.

    Args:
        uncover: milliseconds in which the desktop paints what our windows covered.
        second: milliseconds of one count.
    """

    def __init__(self, parent: QObject | None = None, *, uncover: int = UNCOVER, second: int = _SECOND) -> None:
        super().__init__(parent)
        self._uncover = uncover
        self._second = second
        self._countdown: Countdown | None = None
        self._is_aside = False
        self._away: list[QWidget] = []
        self._kept_back = KeptBack(self)
        self._had_keys: QWidget | None = None
        self._since_ours = QElapsedTimer()
        self._keys_of: QWindow | None = None

    @property
    def is_aside(self) -> bool:
        """Whether our windows are away just now."""
        return self._is_aside

    def run(self, act: Callable[[], None], *, seconds: int = 0, stays: bool = False) -> None:
        """Do `act` with all our windows away, after so many seconds that are counted on the screen.

        At once where none of ours is or was just now on the screen and there is no time to wait. While our windows are
        away already, nothing is done: they are coming back. With `stays` they come back when `come_back` is called.
        """
        if self._is_aside:
            return
        self._is_aside = True
        self._had_keys = QApplication.activeWindow() or self._asked_from()
        was_there = self._hide()
        if seconds:
            self._count(seconds, act, stays=stays)
        elif was_there or self._has_just_gone():
            QTimer.singleShot(self._uncover, self, lambda: self._act(act, stays=stays))
        else:
            self._act(act, stays=stays)

    def keep_back(self) -> None:
        """No window of ours comes on the screen from now on; those that were to, come back with the others."""
        self._kept_back.begin()

    def let_through(self) -> None:
        """The screen has been taken: what is shown now is seen."""
        self._away += [it for it in self._kept_back.end() if _is_own_window(it)]

    def come_back(self) -> None:
        """Show our windows again; the keys go back to the one that had them, and are taken from nobody else."""
        self._is_aside = False
        away, self._away = self._away, []
        had_keys, self._had_keys = self._had_keys, None
        for widget in away:
            if isValid(widget):
                widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=widget is not had_keys)
                widget.show()
                widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
        if had_keys in away and isValid(had_keys):
            had_keys.raise_()
            had_keys.activateWindow()

    def see_keys(self, window: QWindow | None) -> None:
        """The keys are with this window of ours now, or with none: then one may have been closed just now."""
        if self._keys_of is not None and window is None:
            self._since_ours.start()
        self._keys_of = window

    def _hide(self) -> bool:
        """Whether anything of ours was to be seen."""
        ours = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        self._away += filter(_is_own_window, ours)
        for widget in ours:
            widget.hide()
        return bool(ours)

    def _asked_from(self) -> QWidget | None:
        """The window of ours that the person asked in: it may be so new that the desktop does not know it."""
        owner = self.parent()
        return owner.window() if isinstance(owner, QWidget) else None

    def _has_just_gone(self) -> bool:
        return self._since_ours.isValid() and not self._since_ours.hasExpired(self._uncover)

    def _count(self, left: int, act: Callable[[], None], *, stays: bool) -> None:
        if self._countdown is None:
            owner = self.parent()
            self._countdown = Countdown(owner if isinstance(owner, QWidget) else None)
        self._countdown.show_left(left)
        if left > 1:
            QTimer.singleShot(self._second, self, lambda: self._count(left - 1, act, stays=stays))
            return
        QTimer.singleShot(max(self._second - self._uncover, 0), self, self._countdown.hide)
        QTimer.singleShot(self._second, self, lambda: self._act(act, stays=stays))

    def _act(self, act: Callable[[], None], *, stays: bool) -> None:
        if self._hide():  # a window that was opened meanwhile
            QTimer.singleShot(self._uncover, self, lambda: self._act(act, stays=stays))
            return
        QGuiApplication.sync()  # what was closed just now may still be on its way to the display
        try:
            act()
        finally:
            if not stays:
                self.come_back()


def _is_own_window(widget: QWidget) -> bool:
    """Whether it is one that comes back, and no menu or sign."""
    return widget.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
