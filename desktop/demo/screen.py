"""A screen to take a picture of: the real one, or on a machine without a display one of our own with an error on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager

from desktop.tickets.trouble import Trouble

SIZE = "1920x1080x24"
START_SECONDS = 30


class NoScreen(Trouble):
    """There is no display, and none could be started."""

    title = "No screen"


def has_display(environment: MutableMapping[str, str]) -> bool:
    """Whether a person can see windows that we open."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


@contextmanager
def own_screen(environment: MutableMapping[str, str]) -> Iterator[str]:
    """Start a virtual X screen, point `environment` at it and put an error window on it; yields its name.

    Raises `NoScreen` where Xvfb is missing or does not start. Everything is ended and put back afterwards.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise NoScreen("This computer has no display and no Xvfb. `make env` adds it, or says how.")
    with ExitStack() as stack:
        name = stack.enter_context(virtual_screen(program))
        ours = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        if not environment.get("DBUS_SESSION_BUS_ADDRESS"):
            ours["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # else Qt starts a message bus for each new display
        stack.callback(_put_back, environment, {key: environment.get(key) for key in ours})
        environment.update(ours)
        stack.enter_context(error_window(environment))
        yield name


@contextmanager
def virtual_screen(program: str) -> Iterator[str]:
    """Start this Xvfb with nothing on it; yields its name and ends it afterwards. Raises `NoScreen`."""
    read, write = os.pipe()
    with subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl+C is for the demo alone, which then ends it
    ) as process:
        os.close(write)
        try:
            with os.fdopen(read) as pipe:
                number = pipe.readline().strip()
            if not number:
                raise NoScreen("The virtual screen did not start.")
            yield f":{number}"
        finally:
            _end(process)


@contextmanager
def error_window(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Put a spreadsheet with an error on the screen that `environment` names. Raises `NoScreen`."""
    with subprocess.Popen(
        [sys.executable, "-m", "desktop.demo.scene"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "shown":
                raise NoScreen("The window of the demo could not be shown.")
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _put_back(environment: MutableMapping[str, str], before: dict[str, str | None]) -> None:
    for key, value in before.items():
        if value is None:
            environment.pop(key, None)
        else:
            environment[key] = value
