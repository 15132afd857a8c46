"""One run: people work while a nemesis does harm; then the network heals, everything drains, and everybody is asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic

from desktop.tickets.people import Role
from tests.faults import jobs
from tests.faults.truth import Books
from tests.faults.victims import HelpDeskProcess
from tests.torture import acts
from tests.torture.computers import Computer
from tests.torture.history import Does, History
from tests.torture.nemeses import NEMESES, Field
from tests.torture.verdict import Seen, Verdict, judge

TECHNICIAN = "sam@provider.example"
PEOPLE = (
    ("robin-desk", "robin", "robin@example.com"),
    ("robin-laptop", "robin-2", "robin@example.com"),
    ("kim-desk", "kim", "kim@example.com"),
    ("kim-script", "kim", "kim@example.com"),
    ("lee-desk", "lee", "lee@example.com"),
    ("sam-desk", "sam", TECHNICIAN),
    ("sam-laptop", "sam-2", TECHNICIAN),
)
"""Processes, their homes, and whose they are: some people have two computers, or two processes on one home, and the
technician sees everybody's tickets."""
DRAINED = 90.0
"""Seconds after which a computer that still has something waiting is stuck."""
MENDED = "differs from the help desk's; reading it again"
"""What a log may say when the help desk was put back from a backup in silence, and only then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run. `kills`: go on until so many processes were killed, instead of for so many seconds."""

    nemesis: str
    seed: int
    seconds: float = 10.0
    kills: int = 0

    @property
    def command(self) -> str:
        """Runs the same again: the same acts and harms, as far as two computers' timing can be the same."""
        size = f"KILLS={self.kills}" if self.kills else f"SECONDS={self.seconds:g}"
        return f"make torture NEMESIS='{self.nemesis}' SEED={self.seed} {size}"


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it."""

    plan: Plan
    verdict: Verdict
    acts: int
    acknowledged: int
    kills: int
    restores: int
    seconds: float


def run(folder: Path, plan: Plan) -> Ran:
    """Run it in an empty folder."""
    began, random = monotonic(), Random(f"{plan.nemesis} {plan.seed}")
    history, ended = History(), Event()
    with _place(folder, random) as (relay, computers), relay.kept_up():
        field = Field(computers, relay, random, ended.wait)
        for computer in computers:
            computer.work(history, partial(_known, history), ended)
        latest = monotonic() + plan.seconds
        while field.kills < plan.kills if plan.kills else monotonic() < latest:
            NEMESES[plan.nemesis](field)
        ended.set()
        for computer in computers:
            computer.rest()
        verdict = _drained(computers)
        if verdict.is_ok:
            told = {computer.name: frozenset(computer.surely(acts.try_again)) for computer in computers}
            verdict = _drained(computers)
        if verdict.is_ok:
            told = {computer.name: told[computer.name].union(computer.surely(acts.take_back)) for computer in computers}
            verdict = _drained(computers)
        if verdict.is_ok:
            verdict = judge(history, _seen(Books(relay.data), computers, told, restored=field.restores > 0))
        if not Books(relay.data).is_sound():
            verdict.lost.append("the help desk's data is not whole")
        for victim in (relay, *(computer.client for computer in computers)):
            complaints = victim.complaints().splitlines()
            if field.unsaid:
                complaints = [line for line in complaints if not line.endswith(MENDED)]
            if complaints:
                verdict.stuck.append(f"{victim.errors.name}: {complaints[-30:]}")
    done = [act for act in history if act.acknowledged]
    return Ran(plan, verdict, len(history), len(done), field.kills, field.restores, monotonic() - began)


@contextmanager
def _place(folder: Path, random: Random) -> Iterator[tuple[HelpDeskProcess, list[Computer]]]:
    with HelpDeskProcess(folder / "relay") as relay:
        relay.start()
        books = Books(relay.data)
        computers = [
            Computer(folder / home, name, email, relay.url, Random(random.random())) for name, home, email in PEOPLE
        ]
        try:
            for computer in computers:
                role = Role.TECHNICIAN if computer.email == TECHNICIAN else Role.REQUESTER
                computer.connect(books.code(computer.email, role))
            yield relay, computers
        finally:
            for computer in computers:
                computer.close()


def _known(history: History, email: str) -> list[str]:
    """Tickets that a person may know of: their own, the technician everybody's."""
    theirs = {name for name, _, owner in PEOPLE if email in (owner, TECHNICIAN)}
    return [act.ticket for act in history if act.does is Does.FILE and act.acknowledged and act.computer in theirs]


def _drained(computers: list[Computer]) -> Verdict:
    """Everybody sends all they have; then everybody reads what the others sent."""
    verdict = Verdict()
    for _ in range(2):
        for computer in computers:
            latest = monotonic() + DRAINED
            while not computer.surely(jobs.has_settled):
                if monotonic() > latest:
                    verdict.stuck.append(f"{computer.name}: {computer.surely(acts.waiting)}")
                    break
    return verdict


def _seen(books: Books, computers: list[Computer], told: Mapping[str, frozenset[str]], *, restored: bool) -> Seen:
    truth = {state.ticket.id: state for state in books.tickets()}
    owners = {computer.name: computer.email for computer in computers}
    return Seen(
        truth=truth,
        results=books.results(),
        shown={computer.name: computer.surely(acts.everything) for computer in computers},
        visible={
            name: frozenset(key for key, one in truth.items() if owner in (one.ticket.requester.email, TECHNICIAN))
            for name, owner in owners.items()
        },
        refused=told,
        restored=restored,
    )
