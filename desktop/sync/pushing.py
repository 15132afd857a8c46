"""The operations lane's decisions: what to send, what to ask about, how long to wait."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from desktop.sync.actions import Action, Locate, Push, Rest, Tally, Wait
from desktop.sync.backoff import CAP, Backoff, jittered
from desktop.sync.faults import NotTheServer, Offline, Refused, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import Absent, CannotTell, Capabilities, CreationGuard, Found, Located
from desktop.sync.ledger import Ledger
from desktop.sync.protocol import OperationsAnswer
from desktop.sync.restored import asked_again, known_epoch, notice_backup, notice_epoch
from desktop.sync.settle import Settling, echoes, store_rows
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.outbox import OperationState, OutboxEntry

MOST_BYTES: Final = 1024 * 1024
"""Longest batch in bytes, unless one operation alone is longer."""
MOST_UNKNOWN: Final = 50
"""Most operations in a batch that are asked about again: each has its ticket shown anew before a save gets its turn."""
_RESEND_IS_THE_QUESTION: Final = frozenset({CreationGuard.NATIVE_KEY, CreationGuard.SINGLE_USE_URL})
_CANNOT_TELL: Final = "This may have arrived, and nobody can tell. Look at the help desk first; then send it again."


class Pushing:
    """Decides for the operations lane. Its memory is only of this process: delays, batch size, what to ask about."""

    def __init__(self, capabilities: Capabilities, clock: Clock, random: Random, tally: Tally) -> None:
        self._capabilities = capabilities
        self._clock = clock
        self._random = random
        self._settling = Settling(clock, random, tally)
        self.backoff = Backoff(clock, random)
        self._fault: SyncFault | None = None
        self._batch = self._resume = capabilities.batch
        self._asks = capabilities.creation not in _RESEND_IS_THE_QUESTION
        self._unknown_since: dict[str, float] = {}
        self._not_ours_yet: set[str] = set()

    def start(self, ledger: Ledger) -> None:
        """Take over from an earlier process: whatever was on its way then may or may not have arrived."""
        now = self._clock.now()
        while sent := ledger.outbox.in_state(OperationState.SENT):
            for entry in sent:
                ledger.outbox.settle(entry.id, OperationState.UNKNOWN, now=now)
        ledger.outbox.clamp_delays(now + timedelta(seconds=30))
        if self._capabilities.creation is not CreationGuard.NATIVE_KEY:
            # This home may be a copy of one that has sent them since: ask once about each before its first sending.
            self._not_ours_yet = {entry.id for entry in ledger.outbox.in_state(OperationState.QUEUED, 1_000_000)}

    def wake(self, ledger: Ledger) -> None:
        """Try everything at once, as far as the server allows."""
        self.backoff.wake()
        self._fault = None
        ledger.outbox.clamp_delays(self._clock.now())

    def next(self, ledger: Ledger) -> Action:
        """What to do now; a batch is `sent` in this very transaction."""
        if not asked_again(ledger):
            return Wait(0.0)
        if isinstance(self._fault, SignInNeeded):
            return Wait(None, self._fault)
        if (seconds := self.backoff.remaining()) > 0:
            return Wait(seconds, self._fault)
        question = self._ask_again(ledger) if self._asks else None
        return question or self._batch_of(ledger) or self._rest_of_the_wait(ledger)

    def _ask_again(self, ledger: Ledger) -> Locate | None:
        """The next unknown operation whose request can no longer commit unseen."""
        grace = self._capabilities.request_life + self._capabilities.read_lag
        now = self._clock.monotonic()
        unknown = ledger.outbox.in_state(OperationState.UNKNOWN)
        self._unknown_since = {entry.id: self._unknown_since.get(entry.id, now) for entry in unknown}
        for entry in unknown:
            if now - self._unknown_since[entry.id] >= grace:
                return Locate(entry)
        return None

    def _batch_of(self, ledger: Ledger) -> Push | Locate | None:
        """The next batch. Where the server keeps a resent operation from becoming a second one, sending it is asking.

        What is asked about in this way stays `unknown` until then: `queued` may be taken back, and it must not.
        """
        now = self._clock.now()
        entries = tuple(ledger.outbox.sendable(now, self._batch, unknown_too=not self._asks))
        for entry in entries:
            if entry.id in self._not_ours_yet:
                return Locate(entry)
        if not entries:
            return None
        sizes = accumulate(len(entry.wire) for entry in entries)
        unknown = accumulate(entry.state is OperationState.UNKNOWN for entry in entries)
        fitting = sum(size <= MOST_BYTES and asked <= MOST_UNKNOWN for size, asked in zip(sizes, unknown, strict=True))
        entries = entries[: max(1, fitting)]
        request_id = new_id(self._clock, self._random)
        for entry in entries:
            if entry.state is OperationState.UNKNOWN:
                ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now)
        ledger.outbox.mark_sent([entry.id for entry in entries], request_id, now)
        return Push(entries, request_id, epoch=known_epoch(ledger))

    def _rest_of_the_wait(self, ledger: Ledger) -> Wait:
        times = [CAP]  # who saved something may have been killed before they could tell
        now = self._clock.now()
        if (due := ledger.outbox.next_due(now)) is not None:
            times.append(max(0.1, (due - now).total_seconds()))
        if self._unknown_since and self._asks:
            grace = self._capabilities.request_life + self._capabilities.read_lag
            times.append(max(0.1, min(self._unknown_since.values()) + grace - self._clock.monotonic()))
        return Wait(min(times), self._fault)

    def answer(self, ledger: Ledger, action: Push, outcome: OperationsAnswer | SyncFault) -> Rest | None:
        """Store what came of a batch."""
        if isinstance(outcome, OperationsAnswer) and not action.begun and not echoes(action.entries, outcome):
            outcome = NotTheServer(detail="other operations than ours were answered")
        if isinstance(outcome, SyncFault):
            if not action.begun:
                self._failed(outcome, len(action.entries))
            return self._settling.failed(ledger, action, outcome)
        if not action.begun:
            action = self._succeeded(ledger, action, outcome)
        return self._settling.answered(ledger, action, outcome)

    def _succeeded(self, ledger: Ledger, action: Push, answer: OperationsAnswer) -> Push:
        self._fault = None
        self.backoff.succeeded()
        self._batch = min(self._capabilities.batch, max(self._batch * 2, self._resume))
        notice_backup(ledger, answer)
        notice_epoch(ledger, answer.epoch)
        return replace(action, restored=action.epoch not in ("", answer.epoch))

    def _failed(self, fault: SyncFault, size: int) -> None:
        """Wait; then knock with one operation where nobody answers, or send half where it may be the batch itself."""
        if isinstance(fault, Refused):  # reached and understood: the one at fault is looked for at once
            self._batch = max(1, size // 2)
            self.backoff.succeeded()
            self._fault = None
            return
        self._fault = fault
        self.backoff.failed(fault.retry_after)
        innocent = fault.undelivered or isinstance(fault, NotTheServer) or fault.retry_after is not None
        if size > 1:
            self._resume = size if innocent else size // 2
        self._batch = 1 if innocent or isinstance(fault, Offline) else max(1, size // 2)

    def located(self, ledger: Ledger, action: Locate, outcome: Located | SyncFault) -> None:
        """Store what the help desk said when it was asked about one operation."""
        if isinstance(outcome, SyncFault):
            self._fault = outcome
            self.backoff.failed(outcome.retry_after)
            return
        self._fault = None
        self.backoff.succeeded()
        now = self._clock.now()
        entry = action.entry
        self._not_ours_yet.discard(entry.id)
        self._unknown_since.pop(entry.id, None)
        present = ledger.outbox.entry(entry.id)
        if present is None or present.state is not entry.state:
            return  # taken back while we asked
        if entry.state is OperationState.QUEUED:
            self._was_queued(ledger, entry, outcome, now)
            return
        match outcome:
            case Found(answer):
                store_rows(ledger, entry, answer)
                self._settling.applied(ledger, entry, answer, now)
            case Absent():
                later = now + timedelta(seconds=jittered(entry.attempts, self._random))
                ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now, not_before=later)
            case CannotTell():
                ledger.outbox.settle(entry.id, OperationState.REJECTED, now=now, error=_CANNOT_TELL)

    def _was_queued(self, ledger: Ledger, entry: OutboxEntry, outcome: Located, now: datetime) -> None:
        """It was never sent from here; only a copy of this home can have done that."""
        if isinstance(outcome, Found):
            ledger.outbox.mark_sent([entry.id], new_id(self._clock, self._random), now)
            store_rows(ledger, entry, outcome.answer)
            self._settling.applied(ledger, entry, outcome.answer, now)
