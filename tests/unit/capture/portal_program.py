"""`python -m tests.unit.capture.portal_program FILE COLOUR...`: the pictures that a desktop's portal really gives.

Waits until sway's screens have their colours, takes them as a command and as the windows do, and writes to FILE as
JSON: Qt's screens, each picture's place, size and colours in its corners, and the files that were left behind.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
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

PATIENCE = 30
"""Seconds until something that has to come is taken as missing."""
_UNTIL_ASKED = 4
"""Times that a handler reads its clock for one question."""


def main(file: str, *colours: str) -> int:
    """Take the pictures, write what they are."""
    with subprocess.Popen(["pipewire"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as pipewire:
        try:
            _await(_is_piped)
            _start("org.freedesktop.impl.portal.desktop.wlr")
            _start("org.freedesktop.portal.Desktop")
            for number, colour in enumerate(colours, start=1):
                _await(partial(_is_painted, f"HEADLESS-{number}", colour))
            Path(file).write_text(json.dumps(_told()))
        finally:
            pipewire.terminate()
    return 0


def _start(service: str) -> None:
    """As a desktop does; the backend of wlroots 0.7 overlooks what comes in while it takes its name."""
    with open_dbus_connection("SESSION") as connection:
        connection.send_and_get_reply(message_bus.StartServiceByName(service), timeout=PATIENCE)


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
        "inside": sorted({_colour(shot, *at) for at in _inner(shot)}),
    }


def _inner(shot: Screenshot) -> list[tuple[int, int]]:
    """The corners, a little away from the edges: there a scaled screen is mixed with what is beside it."""
    right, lower = shot.width - 4, shot.height - 4
    return [(3, 3), (right, 3), (3, lower), (right, lower), (shot.width // 2, shot.height // 2)]


def _colour(shot: Screenshot, x: int, y: int) -> str:
    start = (y * shot.width + x) * 4
    blue, green, red = shot.pixels[start : start + 3]
    return _rounded(red, green, blue)


def _rounded(*parts: int) -> str:
    """A colour but for what scaling does to it, as `rrggbb`."""
    return "".join(f"{min(round(part / 16) * 16, 255):02x}" for part in parts)


def _files() -> set[str]:
    """Everything below /tmp and the home that is a picture by its name."""
    return {str(path) for top in ("/tmp", str(Path.home())) for path in Path(top).rglob("*.png")}


def _is_piped() -> bool:
    with socket.socket(socket.AF_UNIX) as pipe:
        return pipe.connect_ex(f"{os.environ['XDG_RUNTIME_DIR']}/pipewire-0") == 0


def _is_painted(output: str, colour: str) -> bool:
    """Whether one of sway's screens has the colour in its middle."""
    picture = subprocess.run(["grim", "-t", "ppm", "-o", output, "-"], capture_output=True, check=True).stdout
    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    middle = (height // 2 * width + width // 2) * 3
    return _rounded(*pixels[middle : middle + 3]) == colour


def _await(is_there: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE
    while not is_there():
        if monotonic() > until:
            raise TimeoutError
        threading.Event().wait(0.02)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
