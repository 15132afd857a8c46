"""Running the system's own program that prints its log."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.capture.error_text.system_log.entry import LogNotRead

_LIMIT = 8.0
"""Seconds that one command may take."""
_LONGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command printed, and how it ended."""

    output: bytes
    errors: str
    code: int


def printed(command: Sequence[str]) -> Printed:
    """Run it and wait. Raises `LogNotRead` where it is missing or takes too long."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LIMIT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired as late:
        raise LogNotRead("The system log took too long to answer.", detail=repr(late)) from late
    except OSError as error:
        raise LogNotRead("The system log cannot be read on this computer.", detail=repr(error)) from error
    return Printed(done.stdout[:_LONGEST], done.stderr[:2000].decode(errors="replace"), done.returncode)
