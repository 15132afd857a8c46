"""The reading program as the windows' process sees it: started, asked, ended."""

import os
import subprocess
import sys
from collections.abc import Sequence

import msgspec

from desktop.capture.screen_text.messages import Answered, Asked, receive, send

COMMAND = (sys.executable, "-P", "-m", "desktop.capture.screen_text.worker")
"""`-P`: nothing that lies in the folder where the person happens to be is loaded."""


_SILENT = {"ORT_DISABLE_TELEMETRY": "1"}
"""onnxruntime would otherwise number this computer and keep a list of its uses in the person's folder."""


class Program:
    """One running process. Its end, whoever brings it about, is an answer that does not come.

    Raises `OSError` where it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_SILENT},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, picture: bytes) -> Answered | None:
        """What it reads on the picture; blocks. None where the process ended instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, Asked(picture=picture))
            answer = receive(self._process.stdout)
            return msgspec.msgpack.decode(answer, type=Answered) if answer else None
        except (OSError, ValueError, msgspec.MsgspecError):
            return None

    def kill(self) -> None:
        """End it now, from any thread; an `ask` that waits comes back."""
        self._process.kill()

    def reap(self) -> int:
        """Wait for the end and give back what it held; the exit code."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except OSError:  # what was still to be written has nobody to read it
                continue
        return self._process.wait()
