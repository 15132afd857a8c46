"""One pass on the caller's thread: everything due goes out, everything new comes in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from threading import Event, Timer
from typing import Final

from desktop.sync.actions import Wait
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.engine import Engine
from desktop.sync.faults import LocalFault, Offline, OutOfTime, Refused, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import HelpDesk
from desktop.sync.ledger import Ledger, SyncStore
from desktop.tickets.clock import Clock
from desktop.tickets.outbox import Lane

_ORDER: Final = (Lane.OPERATIONS, Lane.FILES, Lane.PULL)
_NEWS_FIRST: Final = (Lane.PULL, Lane.OPERATIONS, Lane.FILES)
NEWS_EVERY: Final = 16
"""Every so many requests news are read first, so that somebody who writes without end still hears."""

KNOCKS: Final = 3
"""How often in a row a pass meets nobody at all before it gives up; the background goes on trying."""


@dataclass(frozen=True, slots=True)
class PassResult:
    """What one pass came to.

    Attributes:
        pushed: operations that the help desk has confirmed; `pulled`: rows of news that were stored.
        online: the help desk answered the last request.
        fault: why it did not get through to the end, or None.
    """

    pushed: int
    pulled: int
    online: bool
    fault: SyncFault | None


def got_through(fault: SyncFault | None) -> bool:
    """Whether the help desk itself was reached, whatever it said."""
    return fault is None or isinstance(fault, Refused | SignInNeeded | LocalFault)


def run_pass(
    store: SyncStore, help_desk: HelpDesk, clock: Clock, random: Random, *, timeout: float, stopped: Event
) -> PassResult:
    """Push what is due, text before files, then read to the end of the news; tries again until `timeout` seconds.

    Where nobody is there at all, a few knocks are enough to say so. The caller holds the engine lock. The help desk
    is stopped at the end, and when the time is over.
    """
    engine = Engine(help_desk.capabilities, clock, random)
    latest = clock.monotonic() + timeout
    timer = Timer(timeout, help_desk.stop)
    timer.daemon = True
    timer.start()
    try:
        store.background(engine.start).result()
        store.background(lambda ledger: _wake(engine, ledger)).result()
        fault: SyncFault | None = None
        nobody, went = 0, _Went()
        while not stopped.is_set():
            waits = _one_round(store, engine, help_desk, went, lambda: clock.monotonic() >= latest)
            if waits is None:
                continue
            faults = [wait.fault for wait in waits if wait.fault is not None]
            nobody = nobody + 1 if all(fault.undelivered for fault in faults) else 0
            remaining = latest - clock.monotonic()
            if not (fault and faults and remaining <= 0 and isinstance(faults[0], Offline)):
                fault = faults[0] if faults else None  # at the end it is we who hang up: what was before is the reason
            if remaining <= 0 and isinstance(fault, Offline) and went.was_well:
                fault = OutOfTime(detail=fault.detail)
            if fault is None or remaining <= 0 or nobody >= KNOCKS or not all(fault.retry for fault in faults):
                break
            stopped.wait(min([remaining, *(wait.seconds for wait in waits if wait.fault and wait.seconds is not None)]))
        if stopped.is_set():
            fault = fault or Offline(detail="stopped")
        return PassResult(engine.tally.pushed, engine.tally.pulled, got_through(fault), fault)
    finally:
        timer.cancel()
        timer.join()
        help_desk.stop()


def _wake(engine: Engine, ledger: Ledger) -> None:
    """Nothing waits for its next try any longer: somebody has asked."""
    for lane in Lane:
        engine.wake(ledger, lane)


@dataclass(slots=True)
class _Went:
    """Whether what we broke off at the end had gone well until then: then it was slow, and nobody was away."""

    answered: set[type] = field(default_factory=set)
    was_well: bool = False
    is_broken: bool = False
    rounds: int = 1

    def note(self, action: object, outcome: object, *, is_over: bool) -> None:
        self.rounds += 1
        if not isinstance(outcome, SyncFault):
            self.answered.add(type(action))
            self.is_broken = self.was_well = False
        elif not self.is_broken:
            self.is_broken = True
            self.was_well = is_over and type(action) in self.answered


def _one_round(
    store: SyncStore, engine: Engine, help_desk: HelpDesk, went: _Went, is_over: Callable[[], bool]
) -> list[Wait] | None:
    """Do the first thing that any lane wants done; None when something was done, else what each lane waits for."""
    waits = []
    for lane in _ORDER if went.rounds % NEWS_EVERY else _NEWS_FIRST:
        action = decide(store, engine, lane, woken=False)
        if not isinstance(action, Wait):
            outcome = perform(help_desk, action)
            went.note(action, outcome, is_over=is_over())
            store_outcome(store, engine, action, outcome)
            return None
        if action.seconds == 0:
            return None
        waits.append(action)
    return waits
