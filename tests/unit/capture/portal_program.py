"""`python -m tests.unit.capture.portal_program FILE COLOUR...`: the pictures that a desktop's portal really gives.

Waits until sway's screens have their colours, takes them as a command and as the windows do, and writes to FILE as
JSON: Qt's screens, each picture's place, size and colours in its corners, and the files that were left behind.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop.capture.screens.cutting import as_one
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.portal import PortalHandler
from desktop.capture.screens.screenshot import Screenshot
from desktop.capture.screens.take import screen_handlers
from desktop.capture.screens.told_monitors import told_monitors
from desktop.capture.screens.xwayland import is_xwayland
from desktop.capture.surroundings import Surroundings
from desktop.tickets.clock import SystemClock
from tests.sway_session import PATIENCE, colour_at, portal_running

_UNTIL_ASKED = 4
"""Times that a handler reads its clock for one question."""


def main(file: str, *colours: str) -> int:
    """Take the pictures, write what they are."""
    with portal_running(colours):
        Path(file).write_text(json.dumps(_told()))
    return 0


def _told() -> dict[str, Any]:
    portal = PortalHandler(told_monitors, SystemClock(), PATIENCE)
    without = portal.capture()
    application = QApplication(sys.argv[:1])
    before = _files()
    shots = portal.capture()
    whole = as_one(shots)
    return {
        "is Xwayland": is_xwayland(os.environ["DISPLAY"]),
        "handlers": [handler.name for handler in screen_handlers(Surroundings.here(), SystemClock())],
        "screens": [screen.name() for screen in application.screens()],
        "pictures without windows": [_told_of(shot) for shot in without],
        "pictures": [_told_of(shot) for shot in shots],
        "as one": [whole.width, whole.height],
        "left behind": sorted(_files() - before),
        "too late": _too_late(),
        "left behind too late": sorted(_files() - before),
    }


class _Leaping(SystemClock):
    """A clock by which the time is over as soon as the portal has been asked."""

    def __init__(self) -> None:
        self._reads = 0

    def monotonic(self) -> float:
        self._reads += 1
        return super().monotonic() + (3600 if self._reads > _UNTIL_ASKED else 0)


def _too_late() -> str:
    """What is said where the portal takes longer than it may; its answer has come when this returns."""
    try:
        PortalHandler(lambda: (), _Leaping()).capture()
    except ScreensUnavailable as why:
        for waiting in threading.enumerate():
            if waiting.name == "helptray-late-picture":
                waiting.join(PATIENCE)
                return why.sentence
    return "nobody waits"


def _told_of(shot: Screenshot) -> dict[str, Any]:
    area = shot.monitor.area
    return {
        "label": shot.label,
        "area": [area.left, area.top, area.width, area.height],
        "size": [shot.width, shot.height],
        "active": shot.is_active,
        "black": shot.looks_blocked,
        "inside": sorted({colour_at(shot, *at) for at in _inner(shot)}),
    }


def _inner(shot: Screenshot) -> list[tuple[int, int]]:
    """The corners, a little away from the edges: there a scaled screen is mixed with what is beside it."""
    right, lower = shot.width - 4, shot.height - 4
    return [(3, 3), (right, 3), (3, lower), (right, lower), (shot.width // 2, shot.height // 2)]


def _files() -> set[str]:
    """Everything below /tmp and the home that is a picture by its name."""
    return {str(path) for top in ("/tmp", str(Path.home())) for path in Path(top).rglob("*.png")}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
