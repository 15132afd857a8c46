"""Keeps a home in step until it is killed. background_program.py HOME KEY_FILE"""

import sys
import threading
from pathlib import Path
from random import SystemRandom

from desktop.app import open_desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock


def main(home: str, key_file: str) -> None:
    settings = Settings(home=Path(home), key_file=Path(key_file))
    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None) as desk:
        desk.start()
        print("ready", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
