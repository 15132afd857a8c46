"""The real program, idle on a real X screen: it asks the X server for no picture and for nothing that was copied."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display import fresh_display

SOCKETS = Path("/tmp/.X11-unix")
"""Where every X server of this machine listens."""
BLINKS = 12
"""Of the cursor, two a second."""
PATIENCE = 90.0
"""Seconds for the program to start on a busy machine."""
_ASKED = re.compile(r"(?:Request\([0-9,]+\): )(GetImage|ConvertSelection|MapWindow|PutImage)\b")


class Traced:
    """A display whose every request is written down."""

    def __init__(self, name: str, log: Path, home: Path) -> None:
        self._log = log
        self._environment = {
            **os.environ,
            "DISPLAY": name,
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "none:",
        }
        self._environment |= {"HELPTRAY_HOME": str(home), "HELPTRAY_KEY_FILE": f"{home}.key"}

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "desktop", *words]
        return subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def asked(self) -> Counter[str]:
        return Counter(_ASKED.findall(self._log.read_text(errors="replace")))

    def wait_until_idle(self) -> None:
        """Until a window is there, and the cursor in it has blinked for some seconds."""
        self.wait_for("MapWindow")
        self.wait_for("PutImage", self.asked()["PutImage"] + BLINKS)

    def wait_for(self, request: str, times: int = 1) -> None:
        end = time.monotonic() + PATIENCE
        while self.asked()[request] < times:
            assert time.monotonic() < end, f"no {request}"


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[Traced]:
    if shutil.which("xtrace") is None or shutil.which("xclip") is None:
        pytest.skip("no xtrace or no xclip on this machine")
    log = tmp_path / "asked"
    first = 7000 + os.getpid() % 1000
    socket = next(path for number in range(first, 9000) if not (path := SOCKETS / f"X{number}").exists())
    fake = f":{socket.name[1:]}"
    with fresh_display("800x600x24") as painter:
        trace = ["xtrace", "-n", "-k", "-d", painter.name, "-D", fake, "-o", str(log)]
        copied = ["xclip", "-selection", "clipboard", "-in", "-quiet", "-display", painter.name]
        with (
            subprocess.Popen(trace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as tracing,
            subprocess.Popen(copied, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as owner,
        ):
            assert owner.stdin is not None
            owner.stdin.write(b"Error 0x80070005: access is denied")
            owner.stdin.close()
            while not log.exists():
                assert tracing.poll() is None
            try:
                yield Traced(fake, log, tmp_path / "home")
            finally:
                owner.terminate()
                tracing.terminate()
                socket.unlink(missing_ok=True)


def test_no_picture_and_no_clipboard_before_a_ticket_is_wanted(traced: Traced) -> None:
    with traced.start() as running:
        try:
            traced.wait_until_idle()
            idle = traced.asked()
            assert (idle["GetImage"], idle["ConvertSelection"]) == (0, 0)
            traced.start("new").wait(PATIENCE)
            traced.wait_for("GetImage")
            traced.wait_for("ConvertSelection")
        finally:
            running.terminate()
