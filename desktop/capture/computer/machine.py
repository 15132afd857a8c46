"""The computer as the fact modules see it: files, commands, environment. Whatever cannot be read is empty."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from desktop.capture.surroundings import Surroundings, System

_LONGEST = 64 * 1024
"""Bytes of a file or of a command's output that are looked at."""
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""No console flashes up on Windows."""


class Machine(Protocol):
    """Where facts are read from."""

    @property
    def system(self) -> System: ...

    @property
    def environ(self) -> Mapping[str, str]: ...

    def read(self, path: str) -> str:
        """The file's text, or empty where it cannot be read."""
        ...

    def read_end(self, path: str) -> str:
        """The end of a long file, such as a log; or empty."""
        ...

    def names(self, folder: str) -> list[str]:
        """What is in the folder, by name; empty where it cannot be read."""
        ...

    def run(self, *command: str) -> str:
        """What the command prints, or empty where it is missing, fails or takes too long."""
        ...


class ThisMachine:
    """The computer that this process runs on. `limit`: seconds that one command may take."""

    def __init__(self, limit: float = 1.5) -> None:
        self._limit = limit
        self.system = Surroundings.here().system
        self.environ: Mapping[str, str] = os.environ

    def read(self, path: str) -> str:
        try:
            with Path(path).open("rb") as file:
                return file.read(_LONGEST).decode(errors="replace").strip("\0\n ")
        except OSError:
            return ""

    def read_end(self, path: str) -> str:
        try:
            with Path(path).open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST))
                return file.read(_LONGEST).decode(errors="replace").strip("\0\n ")
        except OSError:
            return ""

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208  (names alone)
        except OSError:
            return []

    def run(self, *command: str) -> str:
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._limit,
                check=True,
                creationflags=_NO_WINDOW,
                env={**self.environ, "LC_ALL": "C"},
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return done.stdout[:_LONGEST].decode(errors="replace").strip()
