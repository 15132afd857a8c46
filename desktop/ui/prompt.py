"""What keeps the windows prompt in a process whose other threads work: how the interpreter shares itself out.

Only one thread runs Python at a time. One that works gives way every 5 ms by default, and each of the many calls that
paint a window may have to wait that long. A full look for garbage stops all threads for as long as everything that was
ever loaded takes to be looked through, a tenth of a second and more; and it comes on whatever thread happens to make
something, which then takes windows apart that Qt wants to end on their own thread: that can hang or crash both.
"""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

GIVES_WAY = 0.0005
"""Seconds after which a thread that works gives way to one that waits."""
LOADED = 3000
"""Milliseconds after the start in which nearly all is loaded that a person needs at first."""
BETWEEN = 2000
"""Milliseconds between two looks for garbage, where there is enough to look at."""
_ENOUGH = 700
"""Things made and not yet let go: as many as make the interpreter look by itself."""
_WHOLE = 20
"""Every so many looks one goes through all that has come since the windows loaded."""


def begin_to_load() -> None:
    """Look for no garbage while what stays for good is loaded; `have_loaded` ends that."""
    gc.disable()


def have_loaded(windows: QObject) -> None:
    """What is here now stays and is never looked through; what comes later is, on the thread of the `windows` alone."""
    sys.setswitchinterval(GIVES_WAY)
    gc.freeze()
    gc.disable()
    Sweeper(windows)


class Sweeper(QObject):
    """Looks for garbage now and then, for as long as its parent is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = 0
        timer = QTimer(self, interval=BETWEEN)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Look now, if there is enough to look at."""
        if gc.get_count()[0] >= _ENOUGH:
            self._looks += 1
            gc.collect(2 if self._looks % _WHOLE == 0 else 1)
