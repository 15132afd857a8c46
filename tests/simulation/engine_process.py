"""The process that sends and reads: the real engine, its three lanes, and no thread."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, Final, TypeVar

from desktop.sync.actions import (
    Audit,
    Locate,
    Push,
    ReadOrganisation,
    ReadPage,
    Request,
    Reserve,
    Rest,
    Upload,
    Wait,
)
from desktop.sync.engine import Engine
from desktop.sync.engine_lock import EngineLock
from desktop.sync.lanes import AFTER_A_CRASH
from desktop.sync.protocol import ChangePage, OrganisationAnswer
from desktop.sync.restored import is_filling
from desktop.sync.turns import Turns
from desktop.tickets.outbox import Lane
from desktop.tickets.people import Person
from desktop.tickets.trouble import Trouble
from tests.simulation.disks import Disk
from tests.simulation.model_server import ModelServer
from tests.simulation.timeline import ProcessClock, Timeline
from tests.simulation.weather import Weather

T = TypeVar("T")
_TICK: Final = 0.001
"""Shortest wait in seconds: virtual time has to move for one to end."""


class WentBack(AssertionError):
    """What was new is old again."""


STEPS: Final = ("before a commit", "after a commit", "when a request has left", "when an answer has come")
"""Where a process can be killed."""


class Killed(Exception):
    """The process ended at this very step."""


@dataclass
class Place:
    """What a process of a home lives in, and the lock that it holds; `killed` is told who it was, and at which step."""

    timeline: Timeline
    server: ModelServer
    weather: Weather
    person: Person
    disk: Disk
    lock: EngineLock
    killed: "Callable[[EngineProcess, str], None]"


class EngineProcess:
    """The process that holds the engine lock: the real engine, and its three lanes without threads.

    A lane turns here without a thread: each step of it is a moment of its own, between any two of which everything
    else may happen.

    Attributes:
        steps_left: store and network steps after which the process is killed, or None.
    """

    def __init__(self, around: Place, clock: ProcessClock, random: Random) -> None:
        self._around = around
        self.alive = True
        self.steps_left: int | None = None
        self._engine = Engine(around.server.capabilities, clock, random)
        self._lanes = {lane: _LaneState(Turns(self, self._engine, lane)) for lane in Lane}
        self._soon(self._begin)

    def die(self) -> None:
        """Nothing that was under way comes back; what has left goes on its way. A lock goes with its process."""
        self.alive = False
        self._around.lock.release()

    def _pass(self, step: str) -> None:
        """A step at which the process may be killed."""
        if self.steps_left is None:
            return
        self.steps_left -= 1
        if self.steps_left < 0:
            self.die()
            self._around.killed(self, step)
            raise Killed

    def background(self, job: Callable[[Any], T]) -> Future[T]:
        """The store as this process sees it: it may be killed before a commit and after it."""
        if self.steps_left is None:
            spared: Future[T] = self._around.disk.store.background(job)
            return spared

        def killed_before_the_commit(ledger: Any) -> T:
            done = job(ledger)
            try:
                self._pass("before a commit")
            except Killed:
                _let_go(done)
                raise
            return done

        done: Future[T] = self._around.disk.store.background(killed_before_the_commit)
        if done.exception() is None:
            try:
                self._pass("after a commit")
            except Killed:
                _let_go(done.result())
                raise
        return done

    def wake(self, *lanes: Lane, woken: bool = True) -> None:
        """There may be something to do, in the lanes named or in any."""
        for lane in lanes or tuple(Lane):
            state = self._lanes[lane]
            state.woken = state.woken or woken
            if not state.busy:
                self._soon(partial(self._step, lane, state.waits))

    def _soon(self, act: Callable[[], None], seconds: float = 0.0) -> None:
        def if_alive() -> None:
            if self.alive:
                try:
                    act()
                except Killed:
                    return

        self._around.timeline.after(seconds, if_alive)

    def _begin(self) -> None:
        try:
            self.background(self._engine.start).result()
        except Trouble:
            self._soon(self._begin, 2.0)
            return
        for lane, state in self._lanes.items():
            state.ready = True
            self._step(lane, state.waits)

    def _step(self, lane: Lane, wait: int) -> None:
        """Decide, unless the lane has gone on since this was asked for."""
        state = self._lanes[lane]
        if state.busy or not state.ready or wait != state.waits:
            return
        state.waits += 1
        woken, state.woken = state.woken, False
        try:
            action = state.turns.next(woken=woken)
        except Trouble:
            self._stumbled(lane)
            return
        if isinstance(action, Wait):
            if action.seconds is not None:
                self._soon(
                    partial(self._step, lane, state.waits), max(action.seconds, _TICK) if action.seconds else 0.0
                )
            return
        state.busy = True
        self._around.weather.carry(self._call(action), lambda outcome: self._answered(lane, action, outcome))
        self._pass("when a request has left")

    def _stumbled(self, lane: Lane) -> None:
        state = self._lanes[lane]
        state.busy = False
        state.turns.stumbled()
        state.waits += 1
        self._soon(partial(self._step, lane, state.waits), AFTER_A_CRASH)

    def _answered(self, lane: Lane, action: Request, outcome: Any) -> None:
        if self.alive:
            with suppress(Killed):
                self._pass("when an answer has come")
                self._soon(partial(self._store, lane, Rest(action, outcome)))

    def _store(self, lane: Lane, rest: Rest) -> None:
        """One slice of what came."""
        state = self._lanes[lane]
        before = self._held(rest)
        try:
            left = state.turns.store(rest)
        except Trouble:
            self._stumbled(lane)
            return
        if any(version < before.get(ticket, 0) for ticket, version in self._held(rest).items()):
            raise WentBack(f"of {before} the person sees {self._held(rest)} now")
        if left is not None:
            self._soon(partial(self._store, lane, left))
            return
        state.busy = False
        if state.turns.concerns_all(rest.action):
            self.wake(woken=False)
        else:
            self._step(lane, state.waits)

    def _held(self, rest: Rest) -> dict[str, int]:
        """The versions here of the tickets that a page of the feed tells; a bucket's may well take something back."""
        if not isinstance(rest.outcome, ChangePage) or not rest.outcome.rows or rest.action.bucket:  # type: ignore[union-attr]
            return {}
        told = [row.id for row in rest.outcome.rows if row.ticket is not None]

        def versions(tx: Any) -> dict[str, int]:
            if tx.confirmed.mending() is not None or is_filling(tx):
                return {}
            held = {ticket: tx.confirmed.state(ticket) for ticket in told}
            return {ticket: state.ticket.version for ticket, state in held.items() if state is not None}

        found: dict[str, int] = self._around.disk.store.look(versions)
        return found

    def _call(self, action: Request) -> Callable[[], object]:
        server, by = self._around.server, self._around.person
        match action:
            case Push():
                wires, links = [entry.wire for entry in action.entries], [entry.link for entry in action.entries]
                return partial(server.post, by, wires, links, action.seen)
            case Reserve():
                return server.reserve
            case Audit():
                return partial(server.unite, action.entry.operation)
            case Locate():
                return partial(server.locate, by, action.entry.id, action.entry.ticket)
            case ReadPage():
                return partial(server.changes, by, action.cursor, action.limit, action.bucket, action.seen)
            case ReadOrganisation():
                return partial(OrganisationAnswer, key="provider", toml="its profile")
            case Upload():
                return self._piece(action)

    def _piece(self, action: Upload) -> Callable[[], object]:
        """A PATCH at the offset that the server told before; the URL tells nothing more than the attachment's id."""
        server, file = self._around.server, action.file
        with file.content as content:
            offset = len(server.books.uploads.get(file.attachment, b""))
            content.seek(offset)
            piece = content.read(min(action.chunk, file.size - offset))
        return partial(server.receive, file.attachment, file.size, offset, piece)


@dataclass
class _LaneState:
    """`waits` counts the lane's decisions, so that a timer of an earlier one is known to be void."""

    turns: Turns
    ready: bool = False
    busy: bool = False
    woken: bool = False
    waits: int = 0


def _let_go(decided: object) -> None:
    """A file that was opened for a request which never leaves."""
    if isinstance(decided, Upload):
        decided.file.content.close()
