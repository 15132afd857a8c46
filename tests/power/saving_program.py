"""Saves tickets with a note and a file each, and says so as soon as each is durable; where it may, it sends meanwhile.

saving_program.py HOME KEY_FILE TICKETS GUARD [SERVER CODE]     the guard that is missing: "full", "folder", or ""
"""

import hashlib
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from random import SystemRandom

from desktop.app import open_desk
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.store import database, vault
from desktop.tickets.clock import SystemClock

SECRET = "Blackcurrant"
"""In everything that is written: where these letters are found on the disk, somebody else can read a ticket."""
_settings = database._settings


def content(number: int) -> bytes:
    """The bytes of the n-th ticket's file, different from any other's, between one block and several."""
    line = f"{SECRET} {hashlib.sha256(str(number).encode()).hexdigest()} "
    return (line * (50 + number * 37 % 300)).encode()


def opened(home: Path, key_file: Path) -> AbstractContextManager[Desk]:
    """The desk of a home."""
    settings = Settings(home=home, key_file=key_file)
    return open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None)


def save(desk: Desk, number: int) -> str:
    """A ticket with a file and a note, durable; its id."""
    file = desk.import_bytes(content(number), name="a.txt", media_type="text/plain", origin="file", label="a").result()
    draft = replace(desk.new_draft(), summary=f"{SECRET} {number}", details=f"{SECRET}. " * 40, files=(file,))
    saved = desk.file_ticket(draft).result()
    desk.reply(saved.ticket, f"{SECRET}: more on {number}.").result()
    return saved.ticket


def weaken(guard: str) -> None:
    """Begin the database's log anew every few saves, in a turn of its own or by a save; and work without that guard."""

    def settings(key: bytes, *, writes: bool) -> list[str]:
        weaker = ["PRAGMA synchronous = NORMAL"] if guard == "full" else []
        return [*_settings(key, writes=writes), "PRAGMA wal_autocheckpoint = 256", *weaker]

    database._settings = settings
    database.LONG_LOG = 64
    if guard == "folder":
        vault.sync_folder = lambda folder: None  # type: ignore[attr-defined]


def main(home: str, key_file: str, tickets: str, without: str, server: str = "", code: str = "") -> None:
    weaken(without)
    with opened(Path(home), Path(key_file)) as desk:
        if server:
            desk.enrol(server, code)
            desk.start()
        for number in range(int(tickets)):
            print(save(desk, number), flush=True)
        while server and desk.sync_now(10.0).pending:
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
