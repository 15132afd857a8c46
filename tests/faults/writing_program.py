"""Saves tickets with a note and a file each until it is killed, and says so once each is durable; nothing is sent.

writing_program.py HOME KEY_FILE SIZE      files of SIZE bytes
"""

import os
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import SystemRandom

from desktop.app import open_desk
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock


def opened(home: Path, key_file: Path) -> AbstractContextManager[Desk]:
    """The desk of a home."""
    settings = Settings(home=home, key_file=key_file)
    return open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None)


def write(desk: Desk, number: int, size: int) -> str:
    """A ticket with a note and a file of so many bytes, durable; its id."""
    content = os.urandom(size)
    file = desk.import_bytes(content, name="a.png", media_type="image/png", origin="file", label="a").result()
    saved = desk.file_ticket(replace(desk.new_draft(), summary=f"Number {number}", files=(file,))).result()
    desk.reply(saved.ticket, f"More on {number}.").result()
    return saved.ticket


def main(home: str, key_file: str, size: str) -> None:
    with opened(Path(home), Path(key_file)) as desk:
        for number in count():
            print(write(desk, number, int(size)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
