"""`python -m tests.ui.region_program LEFT TOP RIGHT LOWER [HOW]`: a region drawn by a real mouse on real X screens.

Prints a JSON object: Qt's screens, what was picked, and the picture's size and the colours in its corners. HOW is
`same-names` where all monitors are of one model, or `unplug` where the right one goes before the mouse's button is up.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.capture.screens.cutting import as_one, cut
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.capture.screens.take import screen_handlers, take_screens
from desktop.capture.surroundings import Surroundings
from desktop.tickets.clock import SystemClock
from desktop.ui.overlay.region import RegionPicker
from tests.display import Hand, Painter

PATIENCE = 20_000
BETWEEN = 50
"""Milliseconds between two movements, as a hand makes them."""


def main(left: int, top: int, right: int, lower: int, how: str = "") -> int:
    """Take the screens, draw the region, print."""
    application = QApplication(sys.argv[:1])
    screens = tuple(take_screens(screen_handlers(Surroundings.here(), SystemClock())))
    if how == "same-names":
        screens = tuple(
            replace(it, monitor=replace(it.monitor, name=application.screens()[0].name())) for it in screens
        )
    picker = RegionPicker(screens)
    picked: list[Rectangle] = []
    loop = QEventLoop()
    picker.picked.connect(picked.append)
    picker.picked.connect(loop.quit)
    picker.cancelled.connect(lambda: loop.exit(1))
    picker.start()
    places = [[it.geometry().x(), it.geometry().y()] for it in picker.sheets]
    hand = Hand(os.environ["DISPLAY"])
    movements: list[Callable[[], None]] = [
        lambda: hand.move(left, top),
        lambda: hand.button(is_down=True),
        lambda: hand.move((left + right) // 2, (top + lower) // 2),
        lambda: hand.move(right, lower),
        lambda: hand.button(is_down=False),
    ]
    if how == "unplug":
        movements[-1] = lambda: Painter(os.environ["DISPLAY"]).unplug(b"right")
    steps = QTimer(interval=BETWEEN)

    def step() -> None:
        if not all(sheet.windowHandle().isExposed() for sheet in picker.sheets):
            return
        movements.pop(0)()
        if not movements:
            steps.stop()

    steps.timeout.connect(step)
    steps.start()
    QTimer.singleShot(PATIENCE, loop, loop.quit)
    is_cancelled = bool(loop.exec())
    told: dict[str, Any] = {
        "cancelled": is_cancelled,
        "screens": [[screen.name(), screen.devicePixelRatio()] for screen in application.screens()],
        "sheets": places,
        "as one": [as_one(screens).width, as_one(screens).height],
    }
    for place in picked:
        part = cut(screens, place, "Region")
        told["picked"] = [place.left, place.top, place.width, place.height]
        told["size"] = [part.width, part.height]
        told["corners"] = [
            colour(part, x, y) for x, y in ((0, 0), (part.width - 1, 0), (0, part.height - 1), (-1, part.height - 1))
        ]
    print(json.dumps(told), flush=True)
    return 0


def colour(shot: Screenshot, x: int, y: int) -> str:
    """Of one pixel; columns count from the right where they are negative."""
    start = (y * shot.width + x % shot.width) * 4
    blue, green, red = shot.pixels[start : start + 3]
    return f"{red:02x}{green:02x}{blue:02x}"


if __name__ == "__main__":
    left, top, right, lower = map(int, sys.argv[1:5])
    sys.exit(main(left, top, right, lower, "".join(sys.argv[5:])))
