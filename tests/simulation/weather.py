"""What a network does to one request: where it may be lost, come late, come twice, or be answered by somebody else."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from desktop.sync.faults import NotTheServer, Offline, ServerFault, SyncFault
from desktop.sync.help_desks.base import CursorGone
from desktop.sync.protocol import OperationAnswer, OperationsAnswer, Result
from tests.simulation.timeline import Timeline

PATIENCE = 30.0
"""Seconds after which a client gives a request up."""
FAULTS = (
    "unreachable",
    "request lost",
    "answer lost",
    "zombie",
    "reset and late",
    "twice",
    "reset",
    "cut off",
    "broken answer",
    "portal",
    "busy",
    "broken",
    "broken after the commit",
    "somebody else's answer",
    "slow",
)
OVERTAKEN = "overtaken by a later request"
Serve = Callable[[], object]
Give = Callable[[object], None]


@dataclass
class Weather:
    """The way between one home and the help desk.

    Attributes:
        badness: which part of all requests goes wrong, 0 to 1.
        kinds: in which ways.
        hits: how often each of them has happened.
        zombies: how many requests are on their way though nobody waits for them.
        unheard: operations that such a request has brought about.
        life: seconds for which a request that was given up on can still commit; whoever sent it may give it up, for it
            crashes, as soon as it has left.
    """

    timeline: Timeline
    random: Random
    life: float
    hits: "Counter[str]" = field(default_factory=Counter)
    badness: float = 0.0
    kinds: tuple[str, ...] = FAULTS
    broken_down: bool = False
    zombies: int = 0
    unheard: set[str] = field(default_factory=set)
    _left: int = 0
    _come: int = 0

    def carry(self, serve: Serve, give: Give) -> None:
        """Take a request there and its outcome back, as the weather has it."""
        self._left += 1
        there, back = self.random.uniform(0.001, 0.2), self.random.uniform(0.001, 0.2)
        wrong = self.broken_down or self.random.random() < self.badness
        kind = self.random.choice(self.kinds) if wrong else ""
        if wrong:
            self.hits[kind] += 1
        match kind:
            case "":
                self._both_ways(serve, give, there, back)
            case "slow":
                self._both_ways(serve, give, self.random.uniform(5.0, 14.0), self.random.uniform(5.0, 14.0))
            case "unreachable":
                self.timeline.after(there, lambda: give(Offline(undelivered=True)))
            case "request lost":
                self.timeline.after(PATIENCE, lambda: give(Offline()))
            case "reset":
                self.timeline.after(there, lambda: give(Offline()))
            case "cut off":
                self.timeline.after(there, lambda: give(Offline()))
                if (begun := _beginning(serve, self.random)) is not None:
                    self._alone(begun, there)
            case "portal":
                self.timeline.after(there, lambda: give(NotTheServer()))
            case "busy":
                fault = ServerFault(retry_after=self.random.uniform(1.0, 10.0), status=self.random.choice((429, 503)))
                self.timeline.after(there + back, lambda: give(fault))
            case "broken":
                self.timeline.after(there + back, lambda: give(ServerFault(status=500)))
            case "zombie":
                self.timeline.after(PATIENCE, lambda: give(Offline()))
                self._alone(serve, self.random.uniform(0.0, self.life))
            case "reset and late":
                self.timeline.after(there, lambda: give(Offline()))
                self._alone(serve, self.random.uniform(0.0, self.life))
            case "twice":
                self._both_ways(serve, give, there, back)
                self._alone(serve, there + self.random.uniform(0.0, self.life))
            case "answer lost":
                self._alone(serve, there)
                self.timeline.after(self.random.choice((there + back, PATIENCE)), lambda: give(Offline()))
            case "broken answer":
                self._alone(serve, there)
                self.timeline.after(there + back, lambda: give(ServerFault(detail="the answer broke off")))
            case "broken after the commit":
                self._alone(serve, there)
                self.timeline.after(there + back, lambda: give(ServerFault(status=500)))
            case "somebody else's answer":
                outcome = _anothers(serve)
                self.timeline.after(there + back, lambda: give(outcome))
            case other:
                raise AssertionError(other)

    def _both_ways(self, serve: Serve, give: Give, there: float, back: float) -> None:
        number = self._left

        def arrive() -> None:
            self._arrives(number)
            outcome = served(serve)
            self.timeline.after(back, lambda: give(outcome))

        self.timeline.after(there, arrive)

    def _alone(self, serve: Serve, seconds: float) -> None:
        number = self._left

        def arrive() -> None:
            self._arrives(number)
            self.zombies -= 1
            answer = served(serve)
            if isinstance(answer, OperationsAnswer):
                self.unheard |= {said.id for said in answer.answers if said.result in (Result.APPLIED, Result.CONFLICT)}

        self.zombies += 1
        self.timeline.after(seconds, arrive)

    def _arrives(self, number: int) -> None:
        """A request that left as such a number is there, maybe behind one that left after it."""
        self.hits[OVERTAKEN] += number < self._come
        self._come = max(self._come, number)


def served(serve: Serve) -> object:
    """What the server makes of it, a fault included."""
    try:
        return serve()
    except (SyncFault, CursorGone) as outcome:
        return outcome


def _beginning(serve: Serve, random: Random) -> Serve | None:
    """What a server makes of half a request: it keeps as much of a file as came, and nothing of anything else."""
    if isinstance(serve, partial) and serve.func.__name__ == "receive":
        *where, piece = serve.args
        return partial(serve.func, *where, piece[: random.randrange(len(piece) + 1)])
    return None


def _anothers(serve: Serve) -> object:
    """A proxy's cache answers operations with what it told somebody else; other pages do not look like ours at all."""
    if isinstance(serve, partial) and serve.func.__name__ == "post":
        theirs = (f"00000000-0000-7000-8000-{number:012}" for number, _ in enumerate(serve.args[1]))
        answers = tuple(OperationAnswer(id=one, result=Result.APPLIED) for one in theirs)
        return OperationsAnswer(answers=answers, epoch="e1")
    return NotTheServer()
