"""A peer: an environment that is made once in a cache folder, and a process that takes commands."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
from platformdirs import user_cache_path

_HERE: Final = Path(__file__).parent
_INSTALLING: Final = 900
"""Seconds in which a peer has to be installed."""


class NotToBeHad(Exception):
    """A peer cannot be installed or started here; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took. `processor`: seconds of processor time of client and server together.

    Attributes:
        told: what the peer said beside it.
    """

    seconds: float
    processor: float
    told: dict[str, Any]


class Peer:
    """Takes commands, one after the other."""

    def __init__(self, name: str, process: "subprocess.Popen[str]") -> None:
        self.name = name
        self._process = process

    def do(self, what: str, records: Path | None = None) -> Cost:
        """One step, to its end."""
        before = processor_time(self._process.pid)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what} {records}\n" if records else f"{what}\n")
        self._process.stdin.flush()
        told = self.answer()
        return Cost(told["seconds"], processor_time(self._process.pid) - before, told)

    def answer(self) -> dict[str, Any]:
        """The next line that it says."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NotToBeHad(f"{self.name} ended")
        told: dict[str, Any] = json.loads(line)
        return told


def processor_time(process: int) -> float:
    """Seconds of processor time of a process and all that it has started."""
    whole = psutil.Process(process)
    return sum(one.cpu_times().user + one.cpu_times().system for one in [whole, *whole.children(recursive=True)])


@contextmanager
def anki(folder: Path) -> Iterator[Peer]:
    """Anki's client and server, of PyPI. Raises `NotToBeHad`."""
    home = _cache("anki")
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        _install([sys.executable, "-m", "venv", str(home)], home)
        _install([str(python), "-m", "pip", "install", "--quiet", "anki"], home)
        (home / "ready").touch()
    with _running("Anki", [str(python), str(_HERE / "anki_peer.py"), str(folder)]) as peer:
        yield peer


@contextmanager
def pouch(folder: Path) -> Iterator[Peer]:
    """PouchDB and express-pouchdb, of npm. Raises `NotToBeHad`."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise NotToBeHad("there is no npm here")
    home = _cache("pouch")
    if not (home / "ready").exists():
        (home / "package.json").write_text('{"private": true}', encoding="utf-8")
        wanted = ["pouchdb@9", "express@4", "express-pouchdb@4"]
        _install([npm, "install", "--no-audit", "--no-fund", *wanted], home)
        (home / "ready").touch()
    with _running("PouchDB", [node, str(_HERE / "pouch_peer.js"), str(home / "node_modules"), str(folder)]) as peer:
        yield peer


def _cache(name: str) -> Path:
    home = user_cache_path("helptray-benchmarks") / name
    home.mkdir(parents=True, exist_ok=True)
    return home


def _install(command: Sequence[str], home: Path) -> None:
    try:
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=_INSTALLING, check=False)
    except subprocess.TimeoutExpired:
        raise NotToBeHad(f"{Path(command[0]).name} took too long") from None
    if done.returncode:
        raise NotToBeHad(done.stderr.strip().rpartition("\n")[2] or f"{Path(command[0]).name} failed")


@contextmanager
def _running(name: str, command: Sequence[str]) -> Iterator[Peer]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    peer = Peer(name, process)
    try:
        peer.answer()
        yield peer
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
