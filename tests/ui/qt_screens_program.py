"""`python -m tests.ui.qt_screens_program HANDLER... LEFT TOP WIDTH HEIGHT`: real X screens, taken beside Qt's windows.

Only the handlers that are named are tried, in their usual order. Prints a JSON object: each picture, all as one, and
the rectangle cut out of them, as sizes and the colours along the diagonal from the upper left.
"""

import json
import sys
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop.capture.screens.cutting import as_one, cut
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.capture.screens.take import screen_handlers, take_screens
from desktop.capture.surroundings import Surroundings
from desktop.tickets.clock import SystemClock

PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)


def main(names: list[str], place: Rectangle) -> int:
    """Take, cut and print."""
    application = QApplication(sys.argv[:1])
    known = screen_handlers(Surroundings.here(), SystemClock())
    screens = take_screens([handler for handler in known if handler.name in names])
    told = {
        "scales": [screen.devicePixelRatio() for screen in application.screens()],
        "screens": [{**seen(shot), "label": shot.label, "active": shot.is_active} for shot in screens],
        "as one": seen(as_one(screens)),
        "cut": seen(cut(screens, place, "Region")),
    }
    print(json.dumps(told), flush=True)
    return 0


def seen(shot: Screenshot) -> dict[str, Any]:
    """Its size and colours."""
    return {"size": [shot.width, shot.height], "colours": [colour(shot, along) for along in PLACES]}


def colour(shot: Screenshot, along: float) -> str:
    """Of one pixel of the diagonal."""
    x, y = round((shot.width - 1) * along), round((shot.height - 1) * along)
    blue, green, red = shot.pixels[(y * shot.width + x) * 4 :][:3]
    return f"{red:02x}{green:02x}{blue:02x}"


if __name__ == "__main__":
    *words, left, top, width, height = sys.argv[1:]
    sys.exit(main(words, Rectangle(int(left), int(top), int(width), int(height))))
