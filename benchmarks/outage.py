"""A thousand computers after a help desk was away for a minute, in virtual time: the rush, and how long it lasts."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.figure import Figure
from benchmarks.parts.crowd import Door, Member
from tests.simulation.timeline import Timeline

COMPUTERS: Final = 1000
RATE: Final = 50.0
"""Requests per second that the help desk can answer."""
OUTAGE: Final = 60.0
SETTLED: Final = 200.0
"""Seconds before the outage, in which every computer has connected and read."""
LONGEST: Final = 600.0
IDEAL: Final = COMPUTERS / RATE
"""Seconds in which that help desk could take one request of each, if they came one after another."""


class NoJitter(Random):
    """A control: everybody waits as long as they may."""

    def uniform(self, a: float, b: float) -> float:  # noqa: ARG002
        return b


class EqualJitter(Random):
    """Another: everybody waits at least half as long as they may."""

    def uniform(self, a: float, b: float) -> float:
        return super().uniform((a + b) / 2, b)


@dataclass(frozen=True, slots=True)
class Rush:
    """What came after the outage: the most requests in one second, all of them, how many of them were answered, and
    seconds until everything that had been saved was taken."""

    peak: int
    requests: int
    answered: int
    drained: float

    def __str__(self) -> str:
        drained = f"more than {LONGEST:.0f} s" if math.isinf(self.drained) else f"{self.drained:.0f} s"
        return f"{drained} ({self.requests:,} requests, {self.answered:,} answered)"


def run() -> Iterator[Figure]:
    full, equal, none = rush(Random), rush(EqualJitter), rush(NoJitter)
    yield Figure(
        name="drain after an outage",
        ratio=full.drained / IDEAL,
        against=f"{COMPUTERS:,} requests one after another at {RATE:.0f}/s",
        ours=str(full),
        theirs=f"{IDEAL:.0f} s; with equal jitter {equal}, with none {none}",
    )
    yield Figure(
        name="peak after an outage",
        ratio=full.peak / none.peak,
        against="the same without jitter",
        ours=f"{full.peak} requests/s",
        theirs=f"{none.peak} requests/s; with equal jitter {equal.peak}",
    )


def rush(kind: type[Random]) -> Rush:
    """Everybody saves something at the moment when the help desk goes away: the worst that can be."""
    timeline = Timeline()
    door = Door(timeline, rate=math.inf)
    computers = [Member(timeline, door, kind(number), number) for number in range(COMPUTERS)]
    timeline.run(SETTLED)
    door.rate, door.shut = RATE, True
    for computer in computers:
        computer.cut()
        computer.save()
    back = SETTLED + OUTAGE
    timeline.run(back)
    door.shut = False
    door.came.clear()
    door.answered = 0
    while timeline.now < back + LONGEST and any(computer.done_at is None for computer in computers):
        timeline.run(timeline.now + 1.0)
    taken = [computer.done_at for computer in computers]
    drained = max(math.inf if at is None else at - back for at in taken)
    return Rush(max(door.came.values()), sum(door.came.values()), door.answered, drained)
