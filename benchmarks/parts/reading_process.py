"""`python -m benchmarks.parts.reading_process HOME`: a worker without windows, in a process of its own.

Opens the home and keeps it in step. Prints `read` once everything has been read and can be found; ends with the process
that started it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psutil

from benchmarks.parts.sides import KEY, LONGEST
from desktop.store.store import Store
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.profile import parse_profile


@contextmanager
def reading_process(home: Path) -> Iterator[psutil.Process]:
    """The process, once it has nothing left to read."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.parts.reading_process", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline() != b"read\n":
            raise RuntimeError("the worker did not read everything")
        yield psutil.Process(process.pid)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def main(home: Path) -> None:
    """Read everything, say so, and stay."""
    clock, random = SystemClock(), Random(1)
    with Store.open(home, KEY, clock=clock, random=random, parse=parse_profile) as store:
        worker = Worker(store, home, clock=clock, random=random)
        result = worker.one_pass(LONGEST)
        worker.start()
        if result.fault is None and store.idle(LONGEST):
            print("read", flush=True)
        sys.stdin.read()
        worker.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
