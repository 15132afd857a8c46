"""Running a program of the system for what it prints: for a time, for an amount, and with nothing left behind."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import IO

_PIECE = 64 * 1024
_ERRORS = 2000
"""Bytes that are kept of what it says of its errors; the rest is read and forgotten."""
_LAST = 0.5
"""Seconds for what was ended to be gone."""
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""No console flashes up on Windows."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended.

    Attributes:
        output: what it has printed, up to the amount that was wanted.
        code: its exit code; 0 where it was ended because it had printed enough.
        is_late: its time was over; `output` is what it had printed until then.
    """

    output: bytes
    errors: bytes
    code: int
    is_late: bool = False


def run(command: Sequence[str], *, limit: float, most: int, environ: Mapping[str, str]) -> Ran:
    """Run it for up to `limit` seconds or `most` bytes of its output. Raises OSError where it cannot be started.

    What it has started itself ends with it, except on Windows; nobody waits for what holds its pipes open.
    """
    process = subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=_NO_WINDOW,
        start_new_session=os.name == "posix",
        env=environ,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    said = _Pipe(process.stdout, most, lambda: _end(process))
    errors = _Pipe(process.stderr, _ERRORS)
    is_late = True
    try:
        said.join(limit)
        if not said.is_alive():
            process.wait(_LAST if said.is_full else limit)
            is_late = False
    except subprocess.TimeoutExpired:
        pass
    finally:
        if is_late:
            _end(process)
    for pipe in (said, errors):
        pipe.join(_LAST)
    try:
        code = process.wait(_LAST)
    except subprocess.TimeoutExpired:  # it hangs in the system itself, such as on a dead drive
        code = -1
    return Ran(bytes(said.kept), bytes(errors.kept), 0 if said.is_full else code, is_late)


class _Pipe(Thread):
    """Reads to the end, so that the program never waits for a reader; keeps the first `most` bytes."""

    def __init__(self, pipe: IO[bytes], most: int, when_full: Callable[[], None] | None = None) -> None:
        super().__init__(daemon=True)
        self._pipe, self._most, self._when_full = pipe, most, when_full
        self.kept = bytearray()
        self.is_full = False
        self.start()

    def run(self) -> None:
        with self._pipe:
            while piece := self._pipe.read(_PIECE):
                self.kept += piece[: self._most - len(self.kept)]
                if self._when_full is not None and len(self.kept) == self._most:
                    self.is_full = True
                    self._when_full()
                    return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it, with what it has started where the system knows that."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # it has ended meanwhile
        return
