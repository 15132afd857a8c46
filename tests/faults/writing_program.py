"""Saves tickets with a note and a file each, and says so once each is durable; nothing is sent.

writing_program.py HOME KEY_FILE COUNT SIZE      COUNT tickets (0: until killed), files of SIZE bytes
"""

import os
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import SystemRandom

from desktop.app import open_desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock


def main(home: str, key_file: str, wanted: str, size: str) -> None:
    settings = Settings(home=Path(home), key_file=Path(key_file))
    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None) as desk:
        for number in range(int(wanted)) if int(wanted) else count():
            content = os.urandom(int(size))
            file = desk.import_bytes(content, name="a.png", media_type="image/png", origin="file", label="a").result()
            saved = desk.file_ticket(replace(desk.new_draft(), summary=f"Number {number}", files=(file,))).result()
            desk.reply(saved.ticket, f"More on {number}.").result()
            print(saved.ticket, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
