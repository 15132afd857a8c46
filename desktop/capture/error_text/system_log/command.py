"""Running the system's own programs that print its log."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.capture.error_text.system_log.entry import LogNotRead
from desktop.capture.system_command import run
from desktop.tickets.clock import Clock

_LIMIT = 8.0
"""Seconds that all commands of one question may take."""
_LONGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command printed, and how it ended."""

    output: bytes
    errors: str
    code: int


class Patience:
    """How long a person still waits for the answer to one question, however many commands that takes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._end = clock.monotonic() + _LIMIT

    def left(self) -> float:
        """Seconds. Raises `LogNotRead` where there are none."""
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise LogNotRead("The system log took too long to answer.")
        return left


def printed(command: Sequence[str], patience: Patience) -> Printed:
    """Run it and wait. Raises `LogNotRead` where it is missing or takes too long.

    Of a longer output the first megabytes are kept: ask for the newest first.
    """
    try:
        done = run(command, limit=patience.left(), most=_LONGEST, environ={**os.environ, "LC_ALL": "C"})
    except (OSError, ValueError) as error:  # the latter where a name has a zero in it
        raise LogNotRead("The system log cannot be read on this computer.", detail=repr(error)) from error
    if done.is_late:
        raise LogNotRead("The system log took too long to answer.", detail=repr(command))
    return Printed(done.output, done.errors.decode(errors="replace"), done.code)
