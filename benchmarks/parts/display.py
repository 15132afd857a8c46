"""A 4K screen of its own with something on it, and a message bus beside it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from benchmarks.parts.busy_screen import HEIGHT, WIDTH
from benchmarks.parts.peers.peer import NotToBeHad

_PATIENCE = 30


@contextmanager
def busy_display(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of programs on a fresh Xvfb that shows `busy_screen`, with a private bus where there is one.

    Raises `NotToBeHad` where there is no Xvfb. `folder` is their home, and takes what they leave in it.
    """
    server = shutil.which("Xvfb")
    if server is None:
        raise NotToBeHad("there is no Xvfb here")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with ExitStack() as stack:
        reading, writing = os.pipe()
        shape = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"]
        stack.enter_context(_running([server, "-displayfd", str(writing), *shape], dict(os.environ), writing))
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        environment = {
            **os.environ,
            "HOME": str(folder),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(runtime),
        }
        for name in ("PYTHONDONTWRITEBYTECODE", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(stack, environment)
        shown = stack.enter_context(_running([sys.executable, "-m", "benchmarks.parts.busy_screen"], environment))
        if shown.readline() != b"shown\n":
            raise NotToBeHad("the screen could not be filled")
        yield environment


def _bus(stack: ExitStack, environment: dict[str, str]) -> str:
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        return "disabled:"
    told = stack.enter_context(_running([daemon, "--session", "--nofork", "--print-address"], environment))
    return told.readline().decode().strip()


@contextmanager
def _running(command: list[str], environment: dict[str, str], *passed: int) -> Iterator[IO[bytes]]:
    """The output of a program that is ended at the end."""
    with subprocess.Popen(
        command, env=environment, pass_fds=passed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
