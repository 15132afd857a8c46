"""A computer whose power is cut: a program saves on a recorded disk; then each cut is a disk of its own to look at."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.truth import Books
from tests.power.after_the_cut import missing, readable
from tests.power.devices import FileSystem, make, mounted, recording, run
from tests.power.journal import Event, Flush, Said, Survival, Write, events, put, survivors
from tests.power.sending import PERSON, not_arrived, serving

_HOME, _RELAY = "home", "relay"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut and what came of it.

    Attributes:
        place: how many events were before it.
        pending: writes since the last flush, of which some survived.
        promised: tickets that were acknowledged before it.
        wrong: what is not as it was promised.
    """

    place: int
    survival: Survival
    pending: int
    promised: int
    wrong: tuple[str, ...]


class Rig:
    """One recording in a folder of its own.

    Attributes:
        key: the file with the key to the tickets; on another disk, like a keyring.
        found: the image of the latest cut, as it was left when it had been looked at.
    """

    def __init__(self, folder: Path, kind: FileSystem, *, sends: bool = False) -> None:
        """With `sends`, a help desk is on the same disk, and what is saved is sent to it meanwhile."""
        self._folder = folder
        self._sends = sends
        self._listen = ""
        self.key = folder / "key"
        self.found = folder / "cut.img"
        self._empty = folder / "empty.img"
        self._events: list[Event] = []
        make(self._empty, kind)

    def record(self, tickets: int, without: str = "") -> None:
        """Let the program save so many tickets, with or without one of its guards."""
        image, journal, shim = (self._folder / name for name in ("recorded.img", "journal", "fdatasync.so"))
        run("gcc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(_HERE / "fdatasync.c"))
        run("cp", "--reflink=auto", "--sparse=always", str(self._empty), str(image))
        with (
            recording(image, journal, self._folder / "recording") as (disk, said),
            mounted(disk, self._folder / "writing") as place,
            said.open("wb", buffering=0) as out,
        ):
            environment = {"LD_PRELOAD": str(shim)}
            with self._served(place, environment) as connection:
                program = (sys.executable, "-m", "tests.power.saving_program", str(place / _HOME), str(self.key))
                subprocess.run(
                    (*program, str(tickets), without, *connection),
                    cwd=_HERE.parents[1],
                    env={**os.environ, **environment},
                    stdout=out,
                    check=True,
                    timeout=600,
                )
            self._events = list(events(journal))  # the rest is an orderly end, with the power on
        image.unlink()

    @contextmanager
    def _served(self, place: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
        """The address of a help desk and a code for it, where something is to be sent."""
        if not self._sends:
            yield ()
            return
        with serving(place / _RELAY, environment) as self._listen:
            yield (f"http://{self._listen}", Books(place / _RELAY).code(PERSON))

    def cuts(self, count: int, random: Random) -> Iterator[Cut]:
        """Cut the power at so many places: half of them just after a promise, half just after any write behind one."""
        promises = [number + 1 for number, event in enumerate(self._events) if isinstance(event, Said)]
        writes = [number + 1 for number, event in enumerate(self._events) if isinstance(event, Write)]
        behind = [place for place in writes if place > promises[0]]
        places = sorted(random.choice((promises, behind)[number % 2]) for number in range(count))
        durable = self._folder / "durable.img"
        run("cp", "--reflink=auto", "--sparse=always", str(self._empty), str(durable))
        promised: list[str] = []
        pending: list[Write] = []
        seen = 0
        image = os.open(durable, os.O_RDWR)
        try:
            for place in places:
                for event in self._events[seen:place]:
                    match event:
                        case Write():
                            pending.append(event)
                        case Flush():
                            put(image, pending)
                            pending.clear()
                        case Said(ticket):
                            promised.append(ticket)
                seen = place
                survival = random.choice(list(Survival))
                wrong = self._look(durable, survivors(pending, survival, random), promised)
                yield Cut(place, survival, len(pending), len(promised), tuple(wrong))
        finally:
            os.close(image)

    def _look(self, durable: Path, survived: list[Write], promised: list[str]) -> list[str]:
        """A copy of the disk with what survived, and the computer switched on again."""
        run("cp", "--reflink=auto", "--sparse=always", str(durable), str(self.found))
        image = os.open(self.found, os.O_RDWR)
        try:
            put(image, survived)
        finally:
            os.close(image)
        with mounted(self.found, self._folder / "found") as place:
            wrong = missing(place / _HOME, self.key, promised)
            if not self._sends:
                return readable(self.found) + wrong
            return wrong + not_arrived(place / _HOME, self.key, place / _RELAY, self._listen, promised)
