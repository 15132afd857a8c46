"""`helptray` and `helptray-relay` as processes, as a person and an administrator run them; they may be killed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PATIENCE = 90.0
"""Seconds after which a process that should have ended is a failure."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value that it printed."""
        return json.loads(self.out)


class _Processes:
    """Processes that do not outlive the context."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[str]] = []

    def launch(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        first: Callable[[], None] | None = None,
        behind: Sequence[str] = (),
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*behind, sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
            preexec_fn=first,  # noqa: PLW1509  (one thread of ours forks, and `first` only lowers limits)
        )
        self._running.append(process)
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a process that ends by itself."""
    out, err = process.communicate(timeout=PATIENCE)
    return Ended(process.returncode, out, err)


class HelptrayProgram(_Processes):
    """`helptray` on one home. Every answer is JSON; a traceback is never one."""

    def __init__(self, home: Path, key_file: Path) -> None:
        super().__init__()
        self.home = home
        self.key_file = key_file

    def start(self, *arguments: str, first: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Begin a command."""
        place = ("--home", str(self.home), "--key-file", str(self.key_file))
        return self.launch("-m", "desktop", *place, "--json", *arguments, first=first)

    def run(self, *arguments: str, first: Callable[[], None] | None = None) -> Ended:
        """Run a command to its end."""
        done = ended(self.start(*arguments, first=first))
        assert "Traceback" not in done.err, done.err
        return done

    def run_behind(self, command: Sequence[str], *arguments: str) -> Ended:
        """Run a command to its end behind another one, such as `unshare`."""
        place = ("--home", str(self.home), "--key-file", str(self.key_file))
        done = ended(self.launch("-m", "desktop", *place, "--json", *arguments, behind=command))
        assert "Traceback" not in done.err, done.err
        return done

    def run_as(self, user: int, folder: Path, *arguments: str) -> Ended:
        """Run a command to its end as another person on this computer; the folder is for what root loads first."""
        command = ("--home", str(self.home), "--key-file", str(self.key_file), "--json", *arguments)
        done = ended(self.launch("-m", "tests.faults.as_another_person", str(user), str(folder), *command))
        assert "Traceback" not in done.err, done.err
        return done

    def background(self) -> subprocess.Popen[str]:
        """A process that keeps in step, as the tray does."""
        process = self.launch("-m", "tests.faults.background_program", str(self.home), str(self.key_file))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process


class RelayProgram(_Processes):
    """`helptray-relay serve` on one folder and, after its first start, one port.

    Attributes:
        url: where it listens.
    """

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._data = str(data)
        self._serving: subprocess.Popen[str] | None = None
        self._listen = "127.0.0.1:0"
        self.url = ""
        self.start()
        self.tell("company", "add", "Harbour Bakery")

    def start(self) -> None:
        """Serve (again)."""
        place = ("--listen", self._listen, "--data", self._data, "--organisation", "example")
        self._serving = self.launch("-m", "relay", "serve", *place)
        assert self._serving.stdout is not None
        said = self._serving.stdout.readline().strip()
        assert said.startswith("listening on "), said
        self.url = said.removeprefix("listening on ")
        self._listen = self.url.removeprefix("http://")

    def kill(self) -> None:
        """As `kill -9` does it."""
        assert self._serving is not None
        self._serving.kill()
        self._serving.communicate()

    def tell(self, *arguments: str) -> Any:
        """A command of the administrator beside it, decoded."""
        done = ended(self.launch("-m", "relay", *arguments, "--data", self._data, "--json"))
        assert done.code == 0, done.err
        return json.loads(done.out)

    def code(self, email: str) -> str:
        """A one-time code for a requester."""
        self.tell("person", "add", email, "--company", "Harbour Bakery")
        return str(self.tell("enrol-code", email))

    def counts(self) -> dict[str, int]:
        """`helptray-relay counts`."""
        counted: dict[str, int] = self.tell("counts")
        return counted
