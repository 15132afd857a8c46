"""`python -m tests.ui.signs_program FILE COLOUR`: what is seen on sway of a countdown, a cue and a window of ours.

Writes to FILE as JSON how many pixels of the screen are ours while the seconds are counted, as the screen is taken, and
while the cue is seen.
"""

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.overlay.sign import Cue
from desktop.ui.overlay.step_aside import StepAside

SIGN, OURS = "ff00ff", "00ffff"
SECOND, LOOK = 1000, 50


def main(file: str, _: str) -> int:
    """Count down, flash, write."""
    application = QApplication(sys.argv[:1])
    palette = application.palette()
    palette.setColor(QPalette.ColorRole.Highlight, QColor(f"#{SIGN}"))
    palette.setColor(QPalette.ColorRole.Window, QColor(f"#{OURS}"))
    application.setPalette(palette)
    window = QWidget()
    window.show()
    aside, cue = StepAside(window, second=SECOND), Cue(window, lasts=5000)
    told: dict[str, dict[str, int]] = {}
    looking = QTimer(window, interval=LOOK)

    def look() -> None:
        """Until each has been seen: the window, then the number, then the frame."""
        seen = _seen()
        if not told and seen[OURS]:
            told["before"] = seen
            aside.run(taken, seconds=3, stays=True)
        elif "before" in told and "counted" not in told and seen[SIGN]:
            told["counted"] = seen
        elif "taken" in told and seen[SIGN] and seen[OURS]:
            told["cue"] = seen
            application.quit()

    def taken() -> None:
        told["taken"] = _seen()
        aside.come_back()
        cue.flash()

    looking.timeout.connect(look)
    looking.start()
    application.exec()
    Path(file).write_text(json.dumps(told))
    return 0


def _seen() -> dict[str, int]:
    """Pixels of the screen in the colours of a sign and of our window."""
    picture = subprocess.run(["grim", "-t", "ppm", "-"], capture_output=True, check=True).stdout
    pixels = picture.split(b"\n", 3)[3]
    colours = [pixels[start : start + 3].hex() for start in range(0, len(pixels), 3)]
    return {colour: colours.count(colour) for colour in (SIGN, OURS)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
