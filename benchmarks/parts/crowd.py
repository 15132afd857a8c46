"""A thousand computers and one help desk of limited strength, in virtual time over the real engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from desktop.sync.backoff import CAP, jittered
from desktop.sync.engine_lock import EngineLock
from desktop.sync.faults import Offline, ServerFault
from desktop.sync.protocol import OperationsAnswer, encode_operation
from desktop.tickets.connection import Account
from desktop.tickets.identity import new_id
from desktop.tickets.operations import FileTicket, Operation
from desktop.tickets.organisation import UNKNOWN_ORGANISATION
from desktop.tickets.outbox import Lane
from desktop.tickets.people import Person
from tests.simulation.disks import DictionaryDisk
from tests.simulation.engine_process import EngineProcess, Place
from tests.simulation.model_server import KEYED, ModelServer
from tests.simulation.timeline import ProcessClock, Timeline, WallClock
from tests.simulation.weather import Give, Serve, Weather, served

WAY: Final = 0.05
"""Longest seconds from a computer to the help desk, and back."""
PATIENCE: Final = 1.0
"""Seconds of work that the help desk lets queue; who comes then is told that it is busy."""


@dataclass
class Door:
    """What all requests have to get through: so many a second, none while it is shut.

    Attributes:
        came: requests in each second, whatever became of them; `answered`: those that were let in.
    """

    timeline: Timeline
    rate: float
    shut: bool = False
    came: dict[int, int] = field(default_factory=dict)
    answered: int = 0
    _free: float = 0.0

    def enter(self, serve: Serve, give: Give) -> None:
        """One request, at the moment when it gets here."""
        now = self.timeline.now
        self.came[int(now)] = self.came.get(int(now), 0) + 1
        self._free = max(self._free, now)
        if self.shut:
            give(Offline(undelivered=True))
        elif self._free - now > PATIENCE:
            give(ServerFault(status=503))
        else:
            self.answered += 1
            self._free += 1 / self.rate
            self.timeline.after(self._free - now, lambda: give(served(serve)))


class Street(Weather):
    """The way from one computer to the door: never bad, and of some length."""

    def __init__(self, timeline: Timeline, random: Random, door: Door) -> None:
        super().__init__(timeline, random, life=0.0)
        self._door = door

    def carry(self, serve: Serve, give: Give) -> None:
        def answered(outcome: object) -> None:
            self.timeline.after(self.random.uniform(0.0, WAY), lambda: give(outcome))

        self.timeline.after(self.random.uniform(0.0, WAY), lambda: self._door.enter(serve, answered))


class PokingServer(ModelServer):
    """A help desk that says so when a batch has changed something."""

    def __init__(self, clock: WallClock, random: Random, poke: Callable[[], None]) -> None:
        super().__init__(clock, random, UNKNOWN_ORGANISATION, replace(KEYED, pokes=True), page=1000)
        self._poke = poke

    def post(self, by: Person, wires: Sequence[bytes], links: Sequence[str], seen: str = "") -> OperationsAnswer:
        version = self.books.version
        answer = super().post(by, wires, links, seen)
        if self.books.version > version:
            self._poke()
        return answer


class Member:
    """A computer: its engine, its ear (as `desktop.sync.connection` has it), and what its person saves.

    Attributes:
        done_at: when the help desk took what was saved last, in seconds, or None.
    """

    def __init__(self, timeline: Timeline, door: Door, random: Random, number: int) -> None:
        self._timeline, self._random = timeline, random
        self._wall = WallClock(timeline)
        person = Person(email=f"{number}@example.com", name=str(number))
        self._street = Street(timeline, random, door)
        self._disk = DictionaryDisk(UNKNOWN_ORGANISATION)
        account = Account(server="https://help.example.test", device="d", device_secret="s", person=person)
        self._disk.store.write(lambda tx: tx.settings.save_account(account)).result()
        server = PokingServer(self._wall, random, self._poked)
        nobody_else = EngineLock(Path())  # each has a home of its own, so it is never asked for
        around = Place(timeline, server, self._street, person, self._disk, nobody_else, lambda *_: None)
        self._process = EngineProcess(around, ProcessClock(timeline, self._wall, 0.0), random)
        self._listens = False
        self._silences = 0
        self.done_at: float | None = None
        self._listen()

    def save(self) -> None:
        """The person files a ticket."""
        filing = Operation(
            id=new_id(self._wall, self._random),
            ticket=new_id(self._wall, self._random),
            made_at=self._wall.now(),
            file_ticket=FileTicket(summary="No network"),
        )
        self._disk.store.write(lambda tx: tx.outbox.add(filing, encode_operation(filing))).result()
        self._process.wake()

    def cut(self) -> None:
        """The line to the help desk breaks."""
        if self._listens:
            self._listens = False
            self._silent()

    def _listen(self) -> None:
        self._street.carry(lambda: True, self._heard)

    def _heard(self, outcome: object) -> None:
        if outcome is not True:
            self._silent()
            return
        self._listens, self._silences = True, 0
        self._process.wake(Lane.PULL)  # the first thing that a stream says

    def _silent(self) -> None:
        self._silences += 1
        self._timeline.after(min(CAP, 1.0 + jittered(self._silences, self._random)), self._listen)

    def _poked(self) -> None:
        if self._listens:
            self._timeline.after(self._random.uniform(0.0, WAY), partial(self._process.wake, Lane.PULL))
        self.done_at = self._timeline.now
