"""`python -m benchmarks.parts.first_window bare|HOME`: says when the first window is on the screen, then stays.

Prints one line, `shown`, at the moment when the first window is exposed; ends with the process that started it.
"""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer


class WatchedApplication(QtWidgets.QApplication):
    """An application that says when its first window shows."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._looking = QTimer(self)
        self._looking.setInterval(1)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        if any(window.isExposed() for window in self.topLevelWindows()):
            self._looking.stop()
            print("shown", flush=True)


def main(what: str) -> int:
    """Show a window of Qt alone, or Helptray on this home with the key file beside it."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if what == "bare":
        application = WatchedApplication(sys.argv[:1])
        window = QtWidgets.QMainWindow()
        window.show()
        return application.exec()
    QtWidgets.QApplication = WatchedApplication  # type: ignore[assignment,misc]
    from desktop.app import run_windows
    from desktop.settings import Settings

    home = Path(what)
    return run_windows(Settings(home=home, key_file=home.with_suffix(".key")))


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
