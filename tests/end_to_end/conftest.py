"""A terminal: the command line on a home of its own."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.run import run
from desktop.tickets.people import Role
from relay.__main__ import main as relay_main
from tests.conftest import COMPANY, HelpDesk


@dataclass(frozen=True)
class Answer:
    """What a command printed, and the exit code that it ended with."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout; fails where there is another word beside it."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """What an error says."""
        return str(self.value["error"]["sentence"])


class Terminal:
    """Runs commands on one home, in this process."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.key_file = home.with_suffix(".key")
        self._capsys = capsys

    def bare(self, *words: str) -> Answer:
        """The command line as it is."""
        self._capsys.readouterr()
        code = run(words)
        told = self._capsys.readouterr()
        return Answer(code, told.out, told.err)

    def __call__(self, *words: str) -> Answer:
        """A command on this home, for people."""
        return self.bare("--home", str(self.home), "--key-file", str(self.key_file), *words)

    def json(self, *words: str, code: int = 0) -> Any:
        """The JSON value of a command on this home that ends with that code."""
        answer = self(*words, "--json")
        assert answer.code == code, answer
        return answer.value

    def enrol(self, help_desk: HelpDesk, email: str, role: Role = Role.REQUESTER) -> "Terminal":
        """Connect it for a person, with what the help desk has read."""
        company = "" if role.is_provider else COMPANY
        assert self("enrol", help_desk.url, help_desk.code(email, role, company)).code == 0
        assert self("sync").code == 0
        return self


@pytest.fixture(autouse=True)
def ctrl_c_is_heeded() -> Iterator[None]:
    """By what the tests start; they themselves may run where it is ignored, as a job in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def terminal_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Terminal]:
    """Makes the terminal of a home by its name; there is no display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "HELPTRAY_HOME", "HELPTRAY_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    return lambda name: Terminal(tmp_path / name, capsys)


@pytest.fixture
def terminal(terminal_at: Callable[[str], Terminal]) -> Terminal:
    """One terminal, not connected to anything."""
    return terminal_at("robin")


@pytest.fixture
def robin(terminal: Terminal, help_desk: HelpDesk) -> Terminal:
    """A requester's terminal."""
    return terminal.enrol(help_desk, "robin@example.com")


@pytest.fixture
def sam(terminal_at: Callable[[str], Terminal], help_desk: HelpDesk) -> Terminal:
    """A technician's terminal."""
    return terminal_at("sam").enrol(help_desk, "sam@example.com", Role.TECHNICIAN)


@pytest.fixture
def relay_command(
    help_desk: HelpDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Runs `helptray-relay` on the help desk's data, beside the running one."""

    def command(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["helptray-relay", "--data", str(help_desk.data), *words])
        capsys.readouterr()
        code = relay_main()
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return command
