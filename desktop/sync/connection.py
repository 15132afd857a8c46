"""One connection to a help desk while it lasts: three lanes, and an ear for the help desk's pokes."""

from collections.abc import Callable
from random import Random
from threading import Thread
from time import monotonic
from typing import Final

from desktop.sync.backoff import CAP, jittered
from desktop.sync.engine import Engine
from desktop.sync.faults import SyncFault
from desktop.sync.help_desks.base import HelpDesk
from desktop.sync.lanes import LaneThread, Signals
from desktop.sync.ledger import SyncStore
from desktop.sync.passes import PassResult, got_through
from desktop.tickets.clock import Clock
from desktop.tickets.outbox import Lane

PROMPT: Final = 5.0
"""Seconds within which threads end when told to; a name look-up cannot be hurried, and is left to end by itself."""
BETWEEN_POKES: Final = 0.02
"""Shortest time in seconds from one poke to the next: a help desk that never stops poking may not keep us busy."""


class Connection:
    """Runs the engine over one account, on threads of its own.

    `report` is called with the fault of each request, or None, on the thread that made it.
    """

    def __init__(
        self,
        store: SyncStore,
        connect: Callable[[], HelpDesk],
        clock: Clock,
        random: Random,
        report: Callable[[SyncFault | None], None],
    ) -> None:
        self._store = store
        self._random = random
        self._signals = Signals()
        self._ear = connect()
        self._help_desks = {lane: connect() for lane in Lane}
        self._engine = Engine(self._ear.capabilities, clock, random)
        self._lanes = [
            LaneThread(
                lane,
                store=store,
                engine=self._engine,
                help_desk=help_desk,
                signals=self._signals,
                report=report,
            )
            for lane, help_desk in self._help_desks.items()
        ]
        self._listener = Thread(target=self._listen, name="helptray-ear", daemon=True)

    def start(self) -> None:
        """Take over the outbox, and begin; raises what the store raises."""
        self._store.background(self._engine.start).result()
        for lane in self._lanes:
            lane.start()
        if self._ear.capabilities.pokes:
            self._listener.start()

    def wake(self) -> None:
        """Try everything now."""
        self._signals.wake(*Lane)

    def one_pass(self, timeout: float) -> PassResult:
        """Wake every lane and wait until all have come to rest.

        Or until nobody is there at all, or one needs the person, or the time is over; the lanes go on trying.
        """
        tally = self._engine.tally
        pushed, pulled = tally.pushed, tally.pulled
        self.wake()
        latest = monotonic() + timeout
        with self._signals.changed:
            self._signals.changed.wait_for(self._is_over, max(0.0, latest - monotonic()))
            faults = [lane.fault for lane in self._lanes if lane.fault is not None]
            at_rest = self._at_rest()
        fault = faults[0] if faults else None
        online = got_through(fault) and (at_rest or fault is not None)
        return PassResult(tally.pushed - pushed, tally.pulled - pulled, online, fault)

    def _at_rest(self) -> bool:
        return all(lane.resting == self._signals.tick for lane in self._lanes)

    def _is_over(self) -> bool:
        faults = [lane.fault for lane in self._lanes if lane.fault is not None]
        hopeless = any(not fault.retry for fault in faults) or all(fault.undelivered for fault in faults)
        return self._signals.stopping or (self._at_rest() and hopeless)

    def stop(self) -> None:
        """End every request and thread, promptly."""
        self._signals.stop()
        for help_desk in (self._ear, *self._help_desks.values()):
            help_desk.stop()
        latest = monotonic() + PROMPT
        for lane in self._lanes:
            lane.join(max(0.0, latest - monotonic()))
        if self._listener.ident is not None:
            self._listener.join(max(0.0, latest - monotonic()))

    def _listen(self) -> None:
        try:
            self._wake_at_pokes()
        finally:
            self._ear.hang_up()

    def _wake_at_pokes(self) -> None:
        """Wake the pull lane at each poke; come back after each silence, later each time."""
        failures = 0
        while not self._signals.stopping:
            try:
                poked = self._ear.wait_for_poke()
                failures = 0 if poked else failures + 1
            except SyncFault as fault:
                poked = False
                failures = failures + 1 if fault.retry else 10
            if poked:
                self._signals.wake(Lane.PULL)
                self._signals.pause(BETWEEN_POKES)
            else:
                self._signals.pause(min(CAP, 1.0 + jittered(failures, self._random)))
