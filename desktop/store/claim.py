"""Who has a home open: one small file for each process, so that two computers never write one database.

SQLite's WAL needs memory that both sides share (sqlite.org/wal.html); two computers on a network folder have none, and
would corrupt it. So the claim is read before the database is touched.
"""

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktop.store.home import Home
from desktop.store.machine import Machine
from desktop.store.troubles import HomeInUse, from_os
from desktop.tickets.clock import Clock

BEAT = 60.0
"""Seconds after which a claim is renewed."""
STALE = timedelta(minutes=5)
"""A claim that has not been renewed for so long is of a process that died."""
_PART = ".part"
"""Ends the name of a claim that is being written. On Windows, who reads it keeps its writer from naming it."""


class Claim:
    """This process's claim on a home."""

    def __init__(self, home: Home, machine: Machine, clock: Clock) -> None:
        self._home = home
        self._machine = machine
        self._clock = clock
        self._renewed = clock.monotonic()
        self._file = home.claims / f"{machine.id}-{os.getpid()}"

    def take(self) -> None:
        """Claim the home; `HomeInUse` while another computer has it, for five minutes after it was switched off."""
        try:
            self.renew()
            for other in self._home.claims.iterdir():
                if other != self._file and other.suffix != _PART:
                    self._consider(other)
        except OSError as error:
            raise from_os(error, self._home.path) from error
        except HomeInUse:
            self.release()
            raise

    def keep(self) -> None:
        """Renew the claim when a minute has passed."""
        if self._clock.monotonic() - self._renewed >= BEAT:
            self.renew()

    def renew(self) -> None:
        """Say that we are still here. A name that is replaced is never seen half-written."""
        self._renewed = self._clock.monotonic()
        beside = self._file.with_suffix(_PART)
        content = json.dumps({"computer": self._machine.name, "seen": self._clock.now().isoformat()}).encode()
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        beside.replace(self._file)

    def release(self) -> None:
        """Give the home up. A claim that another process is reading (Windows) grows stale."""
        with suppress(PermissionError):
            self._file.unlink(missing_ok=True)

    def _consider(self, other: Path) -> None:
        try:
            told = json.loads(other.read_bytes())
            name, seen = str(told["computer"]), datetime.fromisoformat(told["seen"])
            fresh = self._clock.now() - seen < STALE
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return
        if not fresh:
            with suppress(PermissionError):  # Windows: it is being read; who comes next deletes it
                other.unlink(missing_ok=True)
        elif not other.name.startswith(self._machine.id):
            raise HomeInUse(
                f"Your tickets are open on the computer {name}. Close Helptray there, or wait five minutes after it "
                "was switched off."
            )
