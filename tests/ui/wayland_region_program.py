"""`python -m tests.ui.wayland_region_program FILE COLOUR...`: a region picked by keyboard alone on sway.

Writes to FILE as JSON on which screens the sheets lie, what was picked, and the picture's size and colour.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.capture.screens.cutting import cut
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.portal import PortalHandler
from desktop.capture.screens.qt_handler import qt_monitors
from desktop.tickets.clock import SystemClock
from desktop.ui.overlay.region import RegionPicker
from tests.sway_session import PATIENCE, colour_at, portal_running

KEYS = "-k F5 -s 1000 -k Right -M shift -k Down -k Down -k Right -m shift -M ctrl -k Left -m ctrl -k Return"
"""The first may be lost, as the desktop learns only by it of a keyboard. Then the middle of the screen; two steps
higher, one step wider; one unit to the left; taken."""
LOOK = 50


def main(file: str, *colours: str) -> int:
    """Pick a region, write what it is."""
    application = QApplication(sys.argv[:1])
    told: dict[str, Any] = {}
    with portal_running(colours):
        screens = PortalHandler(qt_monitors, SystemClock(), PATIENCE).capture()
        picker = RegionPicker(screens)

        def see(place: Rectangle) -> None:
            part = cut(screens, place, "Region")
            told["picked"] = [place.left, place.top, place.width, place.height]
            told["size"] = [part.width, part.height]
            told["colour"] = colour_at(part, part.width // 2, part.height // 2)
            application.quit()

        picker.picked.connect(see)
        picker.cancelled.connect(application.quit)
        picker.start()
        looking = QTimer(interval=LOOK)

        def press() -> None:
            if application.activeWindow() in picker.sheets:
                looking.stop()
                told["sheets"] = [sheet.screen().name() for sheet in picker.sheets]
                subprocess.Popen(["wtype", *KEYS.split()])

        looking.timeout.connect(press)
        looking.start()
        application.exec()
    Path(file).write_text(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
