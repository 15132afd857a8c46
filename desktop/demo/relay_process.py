"""A relay in a process of its own, on loopback, as an administrator would run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from desktop.tickets.trouble import Trouble

START_SECONDS = 30


class RelayUnavailable(Trouble):
    """The relay did not start, or a command of it failed."""

    title = "The demo's help desk did not start"


class RelayProcess:
    """Starts, stops and administers one relay.

    Attributes:
        url: where it listens; stays the same over a restart.
        pid: its process, while it runs.
    """

    def __init__(self, data: Path, organisation: str) -> None:
        self._data = data
        self._organisation = organisation
        self._process: subprocess.Popen[str] | None = None
        self._listen = "127.0.0.1:0"
        self.url = ""

    def start(self) -> None:
        """Start it and wait until it answers. Raises `RelayUnavailable`."""
        arguments = ["serve", "--listen", self._listen, "--data", str(self._data), "--organisation", self._organisation]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "relay", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,  # Ctrl+C is for the demo alone, which then ends it
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line.startswith("listening on "):
            self._process.wait(START_SECONDS)
            assert self._process.stderr is not None
            said = self._process.stderr.read()
            why = said.strip().rpartition("\n")[2] or "it said nothing"
            raise RelayUnavailable(f"The demo's own help desk did not start: {why}", detail=said)
        self.url = line.removeprefix("listening on ")
        self._listen = self.url.removeprefix("http://")

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def stop(self) -> None:
        """End it, gently first; safe to call twice."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        self._process = None

    def run(self, *arguments: str) -> str:
        """One command of `helptray-relay` on the same data; what it printed. Raises `RelayUnavailable`."""
        done = subprocess.run(
            [sys.executable, "-m", "relay", *arguments, "--data", str(self._data)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise RelayUnavailable(f"helptray-relay {arguments[0]} failed.", detail=done.stderr)
        return done.stdout.strip()

    def ask(self, *arguments: str) -> Any:
        """One command with `--json`, decoded."""
        return json.loads(self.run(*arguments, "--json"))
