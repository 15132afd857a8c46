"""`python -m benchmarks.parts.warm_form HOME ROUNDS`: the real tray, desk and form, and a person who presses the key.

The key goes through the X server (XTEST), as a keyboard's does. Prints a JSON object: seconds from the press to a form
that is painted, and to the same with the screen's picture in it, of each round but the first. The form is closed in
between. What reads text on pictures is left out: it is a program of its own that starts later.
"""

import ctypes
import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from ctypes import c_char_p, c_uint, c_ulong, c_void_p
from pathlib import Path
from random import SystemRandom

from PySide6.QtWidgets import QApplication

from desktop.app import open_desk
from desktop.capture.screen_text.reader import TextReader
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import FileStrip
from desktop.ui.file_tile import FileTile
from desktop.ui.hot_key.choose import choose_hot_key
from desktop.ui.report.capture import this_computer
from desktop.ui.report.window import ReportWindow
from desktop.ui.resident import Resident
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.tray import Tray

_PATIENCE = 30.0
_KEYS = (0xFFE3, 0xFFE9, 0x68)
"""Control, Alt and h: the key that is set where nobody has chosen one (X11 keysymdef.h)."""


class Keyboard:
    """Presses the hot key."""

    def __init__(self) -> None:
        self._x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = c_void_p
        self._x11.XOpenDisplay.argtypes = (c_char_p,)
        self._x11.XKeysymToKeycode.argtypes = (c_void_p, c_ulong)
        self._x11.XFlush.argtypes = (c_void_p,)
        self._xtst.XTestFakeKeyEvent.argtypes = (c_void_p, c_uint, ctypes.c_int, c_ulong)
        self._display = self._x11.XOpenDisplay(None)
        self._codes = [self._x11.XKeysymToKeycode(self._display, key) for key in _KEYS]

    def press(self) -> None:
        """All down, then all up."""
        for is_down in (1, 0):
            for code in self._codes:
                self._xtst.XTestFakeKeyEvent(self._display, code, is_down, 0)
        self._x11.XFlush(self._display)


class NoReader(TextReader):
    """Reads nothing."""

    @staticmethod
    def is_installed() -> bool:
        return False


def main(home: Path, rounds: int) -> int:
    """Measure, and print."""
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    clock, preferences = SystemClock(), PreferenceFile.of(home)
    computer = ThisComputer(Surroundings.here(), clock)
    computer.reader = NoReader()
    home.mkdir(parents=True)
    with ExitStack() as stack:

        def opened() -> Desk:
            settings = Settings(home=home, key_file=home.with_suffix(".key"))
            desk = open_desk(settings, clock=clock, random=SystemRandom(), say=lambda _: None, computer=computer)
            return stack.enter_context(desk)

        resident = Resident(
            open_desk=opened,
            capture=this_computer(clock, preferences, computer),
            clock=clock,
            bridge=Bridge(),
            tray=Tray(),
            hot_key=choose_hot_key(application.platformName(), Surroundings.here().session),
            preferences=preferences,
            demo=False,
            has_tray=True,
            quit_all=application.quit,
        )
        resident.start()
        _wait(application, lambda: any(window.isVisible() for window in application.topLevelWidgets()))
        _settle(application)
        keyboard = Keyboard()
        measured = [_measure(application, keyboard) for _ in range(1 + rounds)][1:]
        resident.stop()
    told = {
        "form": [painted for painted, _ in measured],
        "form with its picture": [pictured for _, pictured in measured],
    }
    print(json.dumps(told), flush=True)
    return 0


def _measure(application: QApplication, keyboard: Keyboard) -> tuple[float, float]:
    begun = time.perf_counter()
    keyboard.press()
    _wait(application, lambda: any(_exposed(window) for window in application.topLevelWidgets()))
    painted = _on_screen(application) - begun
    (window,) = (window for window in application.topLevelWidgets() if isinstance(window, ReportWindow))
    _wait(application, lambda: all(tile.has_picture for tile in window.findChildren(FileTile)))
    pictured = _on_screen(application) - begun
    (strip,) = window.findChildren(FileStrip)
    _wait(application, lambda: not strip.is_busy)
    if not window.findChildren(FileTile):
        raise RuntimeError("the form has no picture")
    _settle(application)
    return painted, pictured


def _exposed(window: object) -> bool:
    return isinstance(window, ReportWindow) and window.isVisible() and window.windowHandle().isExposed()


def _on_screen(application: QApplication) -> float:
    """The moment when all that is to be painted by now is, and the display has done it."""
    application.sendPostedEvents()
    application.processEvents()
    application.sync()
    return time.perf_counter()


def _settle(application: QApplication) -> None:
    """Close all windows and let everything that follows be done."""
    for window in application.topLevelWidgets():
        window.close()
    until = time.monotonic() + 1.0
    _wait(application, lambda: time.monotonic() > until)


def _wait(application: QApplication, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        application.processEvents()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
