"""One lane: a thread that asks the engine, does what it says, and hands back what came of it."""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from typing import Final

from desktop.sync.actions import Rest, Upload, Wait
from desktop.sync.driver import perform
from desktop.sync.engine import Engine
from desktop.sync.faults import LocalFault, Refused, SyncFault
from desktop.sync.help_desks.base import HelpDesk
from desktop.sync.ledger import SyncStore
from desktop.sync.turns import Turns
from desktop.tickets.outbox import Lane
from desktop.tickets.trouble import Trouble

AFTER_A_CRASH: Final = 5.0
"""Seconds that a lane waits after the store failed or a mistake of ours, before it goes on."""
_log = logging.getLogger(__name__)


class Signals:
    """What the threads of one connection tell one another."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.tick = 0
        self.stopping = False
        self._woken: set[Lane] = set()

    def wake(self, *lanes: Lane) -> None:
        """Look again, forgetting delays in the lanes named."""
        with self.changed:
            self._woken.update(lanes)
            self.tick += 1
            self.changed.notify_all()

    def take(self, lane: Lane) -> tuple[int, bool]:
        """The present tick, and whether the lane was woken since it last looked."""
        with self.changed:
            woken = lane in self._woken
            self._woken.discard(lane)
            return self.tick, woken

    def stop(self) -> None:
        """Everything ends."""
        with self.changed:
            self.stopping = True
            self.changed.notify_all()

    def rest(self, seen: int, seconds: float | None) -> None:
        """Wait until something changes after the tick that was seen, or for so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.stopping or self.tick != seen, seconds)

    def pause(self, seconds: float) -> None:
        """Wait for so many seconds, or until everything ends."""
        with self.changed:
            self.changed.wait_for(lambda: self.stopping, seconds)


class LaneThread:
    """Runs one lane until stopped.

    Attributes:
        resting: the tick at which it last found nothing to do, or None while it is busy; `fault` is why it waits.
    """

    def __init__(
        self,
        lane: Lane,
        *,
        store: SyncStore,
        engine: Engine,
        help_desk: HelpDesk,
        signals: Signals,
        report: Callable[[SyncFault | None], None],
    ) -> None:
        self._lane = lane
        self._turns = Turns(store, engine, lane)
        self._help_desk = help_desk
        self._signals = signals
        self._report = report
        self._thread = Thread(target=self._run, name=f"helptray-{lane}", daemon=True)
        self.resting: int | None = None
        self.fault: SyncFault | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for its end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._signals.stopping:
            try:
                self._step()
            except Trouble as trouble:
                self._pause(LocalFault(trouble.sentence, detail=trouble.detail))
            except Exception:  # noqa: BLE001  (the outermost loop: a mistake of ours must not end it)
                if not self._signals.stopping:
                    _log.exception("the %s lane stumbled", self._lane)
                self._pause(LocalFault("Something went wrong on this computer. Your words are safe here."))

    def _step(self) -> None:
        seen, woken = self._signals.take(self._lane)
        action = self._turns.next(woken=woken)
        if isinstance(action, Wait):
            if action.seconds != 0:
                self._rest(seen, action)
            return
        self.resting = None
        outcome = perform(self._help_desk, action)
        if self._signals.stopping:
            return  # what was sent stays so; whoever takes over asks about it
        rest: Rest | None = Rest(action, outcome)
        while rest is not None:
            rest = self._turns.store(rest)
        fault = outcome if isinstance(outcome, SyncFault) else None
        private = isinstance(action, Upload) and isinstance(fault, LocalFault | Refused)
        self._report(None if private else fault)
        if self._turns.concerns_all(action):
            self._signals.wake()

    def _rest(self, seen: int, wait: Wait) -> None:
        with self._signals.changed:
            self.resting, self.fault = seen, wait.fault
            self._signals.changed.notify_all()
        self._signals.rest(seen, wait.seconds)

    def _pause(self, fault: LocalFault) -> None:
        self._turns.stumbled()
        self._report(fault)
        with self._signals.changed:
            self.resting, self.fault = self._signals.tick, fault
            self._signals.changed.notify_all()
        self._signals.pause(AFTER_A_CRASH)
