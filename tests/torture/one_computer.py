"""Tickets written on one bad computer after another: a call on its database fails, or its disk fills."""

import logging
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from tests.faults.bad_computer import FAILURES, fail, fill
from tests.faults.failing_database import Calls, Failure
from tests.faults.one_ticket import JOBS, Room, prepared
from tests.faults.small_disks import DISKS, PAGE
from tests.torture.table import Row
from tests.torture.verdict import Verdict, verdict_of

ACTS: Final = 3
"""What is saved each time: a ticket, a note and a file."""
MOST_PAGES: Final = 150
"""Room in pages with which every job gets through; most of them do with a tenth of it."""


def fail_calls(row: Row, random: Random, until: float) -> None:
    """Let one call on the database fail, each time another, until a moment of the monotonic clock."""
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        rooms = {job: prepared(folder / job, job) for job in JOBS}
        calls = {job: _calls(room, folder / "calm", job) for job, room in rooms.items()}
        while not row.runs or monotonic() < until:
            job, failure = random.choice(list(JOBS)), random.choice(list(FAILURES))
            number = random.randint(1, calls[job])
            story = partial(fail, rooms[job], folder / f"home-{row.runs}", job, Calls(number, FAILURES[failure]))
            tell(row, f"{job}: {failure} at call {number}", story)


def fill_disks(row: Row, random: Random, until: float) -> None:
    """Leave so much room on a disk and no more, each time another, until a moment of the monotonic clock."""
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        rooms = {job: prepared(Path(name) / job, job) for job in JOBS}
        while not row.runs or monotonic() < until:
            job, kind = random.choice(list(JOBS)), random.choice(list(DISKS))
            pages = int(MOST_PAGES ** random.random())
            with DISKS[kind]() as disk:
                tell(row, f"{job}: {pages} pages on {kind}", partial(fill, rooms[job], disk, job, pages * PAGE))


def _calls(room: Room, home: Path, job: str) -> int:
    """How many calls the job makes where none fails."""
    calls = Calls(sys.maxsize, Failure(0, ""))
    fail(room, home, job, calls)
    return calls.made


def tell(row: Row, name: str, story: Callable[[], object]) -> None:
    """Tell a story and count how it ended; what is said in the log counts too."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    try:
        story()
        verdict = Verdict(diverged=heard.complaints)
    except AssertionError as wrong:
        verdict = verdict_of(wrong)
    finally:
        logging.getLogger().removeHandler(heard)
    row.count(verdict, kills=0, acts=ACTS)
    if not verdict.is_ok:
        print(f"{name}: {verdict}\nagain: make calls ARGS='-k {name.partition(':')[0]}'", flush=True)


class _Heard(logging.Handler):
    """What nobody should have to say: that a copy differs, or that something has gone wrong which is no `Trouble`."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        told = self.format(record)
        if "differs" in told or "Traceback" in told:
            self.complaints.append(told)
