"""Inside a sway of one's own: its portal is started, its screens have their colours."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import monotonic

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from desktop.capture.screens.screenshot import Screenshot

PATIENCE = 30
"""Seconds until something that has to come is taken as missing."""


@contextmanager
def portal_running(colours: Sequence[str]) -> Iterator[None]:
    """Once all of it is there; the colours are those of the screens, in their order."""
    with subprocess.Popen(["pipewire"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as pipewire:
        try:
            _await(_is_piped)
            _start("org.freedesktop.impl.portal.desktop.wlr")
            _start("org.freedesktop.portal.Desktop")
            for number, colour in enumerate(colours, start=1):
                _await(partial(_is_painted, f"HEADLESS-{number}", colour))
            yield
        finally:
            pipewire.terminate()


def colour_at(shot: Screenshot, x: int, y: int) -> str:
    """Of one pixel, but for what scaling does to it, as `rrggbb`."""
    start = (y * shot.width + x) * 4
    blue, green, red = shot.pixels[start : start + 3]
    return _rounded(red, green, blue)


def _rounded(*parts: int) -> str:
    return "".join(f"{min(round(part / 16) * 16, 255):02x}" for part in parts)


def _start(service: str) -> None:
    """As a desktop does; the backend of wlroots 0.7 overlooks what comes in while it takes its name."""
    with open_dbus_connection("SESSION") as connection:
        connection.send_and_get_reply(message_bus.StartServiceByName(service), timeout=PATIENCE)


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
