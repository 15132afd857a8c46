"""One schedule, run: computers, the ways between them and a help desk, and everything that goes wrong."""

from collections import Counter
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Final

from desktop.sync.backoff import CAP
from desktop.sync.help_desks.base import CreationGuard
from desktop.sync.mending import mended
from desktop.sync.pulling import INTERVAL
from desktop.tickets.operations import Kind
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.profile import parse_profile
from tests.simulation.computer import TURNED_AWAY, Computer
from tests.simulation.disks import DictionaryDisk, Disk, EncryptedDisk
from tests.simulation.engine_process import STEPS
from tests.simulation.happenings import SAM, Happenings
from tests.simulation.model_server import AHEAD, KINDS, TOLD, ModelServer
from tests.simulation.plan import Plan, Step, What
from tests.simulation.timeline import Timeline, WallClock
from tests.simulation.weather import FAULTS, OVERTAKEN, PATIENCE, Weather

TROUBLES: Final = (
    *(what.value for what in What),
    TURNED_AWAY,
    *FAULTS,
    OVERTAKEN,
    *(f"killed {step}" for step in STEPS),
    *(f"told {what}" for what in TOLD),
)
"""Everything that can go wrong in a schedule, and what a help desk can say to it."""
ROUND_TRIPS: Final = 20.0
"""Seconds for the requests themselves once all is well, of which the slowest take 0.4."""
NEWS: Final = 1.2 * INTERVAL + 5.0
"""Seconds within which every home that is online has read the news once more."""
COMES_BACK: Final = 60.0
"""Seconds for which what a restored help desk knows nothing of is not refused: somebody else may bring it back."""
ASKED_TO_WAIT: Final = 10.0
"""Longest that a busy help desk asks to be left alone, in seconds."""


@cache
def provider() -> Organisation:
    """A provider with every section."""
    text = files("resources").joinpath("organisations/example.toml").read_text(encoding="utf-8")
    return parse_profile(text, source="example")


def waiting(computer: Computer) -> list[OutboxEntry]:
    """What the engine still has to do there; what follows a refused filing waits for the person."""
    entries = computer.entries().values()
    refused = {one.ticket for one in entries if one.kind is Kind.FILE_TICKET and one.state is OperationState.REJECTED}
    return [entry for entry in entries if entry.state.is_pending and entry.ticket not in refused]


class World:
    """Everything in one schedule; `folder` is for the locks, and for the homes where these are on the `real` store."""

    def __init__(self, plan: Plan, folder: Path, *, real: bool = False, life: float | None = None) -> None:
        self.plan = plan
        self._random = Random(plan.seed)
        self.hits: Counter[str] = Counter()
        self._timeline = Timeline()
        self._capabilities = KINDS[plan.guard]
        self._keyed = plan.guard is CreationGuard.NATIVE_KEY
        self._clock = WallClock(self._timeline)
        self.server = ModelServer(self._clock, self._random, provider(), self._capabilities, plan.page)
        self.server.hits = self.hits
        self._life = self._capabilities.request_life - AHEAD if life is None else life
        self._folder, self._real = folder, real
        self.computers = [self._computer(number) for number in range(plan.computers)]
        self._happenings = Happenings(self.server, self.computers, self._timeline, self._clock, self._random, plan)
        self.settled_after: float | None = None

    def _computer(self, number: int) -> Computer:
        provides = self.plan.technician and number == self.plan.computers - 1
        person = SAM if provides else Person(email=f"kim{number}@client.example", name=f"Kim {number}", company="C")
        weather = Weather(self._timeline, self._random, self._life, self.hits)
        folder = self._folder / str(number)
        folder.mkdir()
        return Computer(
            self._timeline,
            self.server,
            weather,
            person,
            lambda wall: self._disk(number, wall),
            folder,
            self._random,
            pace=self.plan.pace,
        )

    def _disk(self, number: int, wall: WallClock) -> Disk:
        if not self._real:
            return DictionaryDisk(provider())
        return EncryptedDisk(self._folder / str(number), provider(), wall, Random(number))

    def run(self) -> None:
        """Everything that is planned; then all is well again, and time for it to come to rest."""
        for step in self.plan.steps:
            self._timeline.after(step.at, partial(self._happen, step))
        self._timeline.run(self.plan.length)
        for computer in self.computers:
            computer.weather.badness, computer.weather.broken_down = 0.0, False
            computer.fill(full=False)
            computer.spare()
            self._timeline.after(computer.is_back_at - self._timeline.now, computer.boot)
        self.server.chokes = False
        self._wait_for_rest()

    def _happen(self, step: Step) -> None:
        if self._happenings.happen(step):
            self.hits[step.what] += 1

    @property
    def server_restored(self) -> bool:
        """Whether the help desk was ever put back from a backup."""
        return self.hits[What.SERVER_RESTORE] > 0

    @property
    def counts_in_another_way(self) -> bool:
        """Where a copy was mended and looking at a clock takes time: stores look through rows in their own windows."""
        counts = (home.disk.store.look(lambda tx: mended(tx.settings).count) for home in self.computers)
        return self.plan.pace > 0.0 and any(counts)

    def left_behind(self) -> str:
        """All that is there now, and how many things have happened on the way."""
        books = self.server.books
        homes = [sorted(computer.entries().items()) for computer in self.computers]
        happened = self._timeline.made, self._timeline.now, sorted(self.hits.items())
        return repr((happened, books.applied, books.created, sorted(books.rows.items()), homes))

    def close(self) -> None:
        """Nothing is left behind."""
        for computer in self.computers:
            computer.crash()
            computer.disk.close()

    @property
    def is_doubted(self) -> bool:
        """Whether what is done has to be asked about once more: some cursor is unknown to the help desk."""
        return self.server_restored or self.hits[What.FLOOR] > 0

    @property
    def limit(self) -> float:
        """Seconds within which everything must be out once all is well: what was under way, one wait, the asking."""
        asking = 0.0 if self._keyed else self._capabilities.request_life + self._capabilities.read_lag
        sent_anew = CAP if self.hits[What.UPLOADS_LOST] else 0.0  # that a file is gone there is found out only then
        missed = COMES_BACK if self.is_doubted and self.server.hits["told no-such-ticket"] else 0.0
        questions = 2 + self.is_doubted + bool(sent_anew)  # one after the other, at worst
        return PATIENCE + CAP + ASKED_TO_WAIT + questions * asking + sent_anew + missed + ROUND_TRIPS

    def _wait_for_rest(self) -> None:
        if self.is_doubted:  # what is to be asked and sent anew is known once the news have been read
            self._timeline.run(self._timeline.now + max(PATIENCE + CAP + ASKED_TO_WAIT, NEWS))
        begun = self._timeline.now
        while self._timeline.now - begun < self.limit:
            self._timeline.run(self._timeline.now + 5.0)
            if not any(waiting(computer) for computer in self.computers):
                self.settled_after = self._timeline.now - begun
                break
        while any(computer.weather.zombies for computer in self.computers):
            self._timeline.run(self._timeline.now + 5.0)
        self._timeline.run(max(self._timeline.now, begun + PATIENCE + CAP + ASKED_TO_WAIT) + NEWS)
        if not self.promise_is_kept:
            grace = self._capabilities.request_life + self._capabilities.read_lag
            self._timeline.run(self._timeline.now + NEWS + 10 * grace + ROUND_TRIPS)  # till the second late look

    @property
    def promise_is_kept(self) -> bool:
        """Whether requests live no longer than the help desk's kind promises."""
        return self._life <= self._capabilities.request_life

    @property
    def _may_come_twice(self) -> bool:
        """Where nothing keeps a request that is delivered twice from counting twice, no client can help it."""
        return self.plan.guard in (CreationGuard.NATIVE_KEY, CreationGuard.SINGLE_USE_URL)
