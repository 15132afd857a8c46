"""The computer that this process runs on."""

import getpass
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from desktop.capture.computer.machine import Adapter, Mount
from desktop.capture.surroundings import Surroundings, System
from desktop.capture.system_command import run

_LONGEST = 64 * 1024
"""Bytes of a file or of a command's output that are looked at."""
_LONGEST_END = 1024 * 1024
"""Of a log's end: the line of one upgrade to a new release has over a hundred thousand."""


class ThisMachine:
    """Asks psutil, files and commands.

    Args:
        limit: seconds that one command may take.
        code_page: the encoding of what a command prints that is no UTF-8. Windows' own print the console's.
    """

    def __init__(self, limit: float = 1.5, code_page: str = "oem" if sys.platform == "win32" else "utf-8") -> None:
        self._limit = limit
        self._code_page = code_page
        self.system = Surroundings.here().system
        self.environ: Mapping[str, str] = os.environ

    def host(self) -> str:
        return socket.gethostname()

    def user(self) -> str:
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return ""

    def home(self) -> str:
        return str(Path.home())

    def started(self) -> float:
        return psutil.boot_time()

    def memory(self) -> tuple[int, int]:
        found = psutil.virtual_memory()
        return found.available, found.total

    def adapters(self) -> Mapping[str, Adapter]:
        told = psutil.net_if_addrs()
        return {
            name: Adapter(state.isup, tuple(found.address for found in told.get(name, ())))
            for name, state in psutil.net_if_stats().items()
        }

    def mounts(self) -> Sequence[Mount]:
        disks = psutil.disk_partitions(all=False)
        every = disks if self.system is System.WINDOWS else psutil.disk_partitions(all=True)
        places = {part.mountpoint for part in disks}
        return [
            Mount(part.device, part.mountpoint, part.fstype, part.opts, is_disk=part.mountpoint in places)
            for part in every
        ]

    def room(self, path: str) -> tuple[int, int]:
        found = psutil.disk_usage(path)
        return found.free, found.total

    def read(self, path: str) -> str:
        try:
            with Path(path).open("rb") as file:
                return file.read(_LONGEST).decode(errors="replace").strip("\0\n ")
        except OSError:
            return ""

    def read_end(self, path: str) -> str:
        try:
            with Path(path).open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST_END))
                return file.read(_LONGEST_END).decode(errors="replace").strip("\0\n ")
        except OSError:
            return ""

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208  (names alone)
        except OSError:
            return []

    def run(self, *command: str) -> str:
        return self._run(command, self._limit)[0]

    def run_in_part(self, limit: float, *command: str) -> str:
        whole, part = self._run(command, limit)
        return whole or part

    def _run(self, command: Sequence[str], limit: float) -> tuple[str, str]:
        """All that the command has printed, and what it had printed when its time was over."""
        try:
            done = run(command, limit=limit, most=_LONGEST, environ={**self.environ, "LC_ALL": "C"})
        except OSError:
            return "", ""
        printed = self._text(done.output).strip()
        return ("", printed) if done.is_late or done.code else (printed, "")

    def _text(self, printed: bytes) -> str:
        try:
            return printed.decode()
        except UnicodeDecodeError:
            return printed.decode(self._code_page, errors="replace")
