"""Saves tickets, then keeps the home in step until it is killed. background_program.py HOME KEY_FILE COUNT SIZE"""

import sys
import threading
from pathlib import Path

from tests.faults.writing_program import opened, write


def main(home: str, key_file: str, wanted: str, size: str) -> None:
    with opened(Path(home), Path(key_file)) as desk:
        for number in range(int(wanted)):
            write(desk, number, int(size))
        desk.start()
        print("ready", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
