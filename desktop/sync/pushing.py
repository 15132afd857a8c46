"""The operations lane's decisions: what to send, what to ask about, how long to wait."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Final

from desktop.sync.actions import Action, Audit, Locate, Push, Reserve, Rest, Tally, Wait
from desktop.sync.asking import Asking
from desktop.sync.auditing import Auditing
from desktop.sync.backoff import CAP, Backoff
from desktop.sync.faults import NotTheServer, Offline, Refused, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import Capabilities, Found, Link, Located, United
from desktop.sync.ledger import Ledger
from desktop.sync.protocol import OperationsAnswer
from desktop.sync.restored import (
    are_forgotten,
    asked_again,
    begin_again,
    known_epoch,
    known_heads,
    notice_answer,
    notice_backup,
    notice_epoch,
)
from desktop.sync.settle import Settling, echoes
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.outbox import OperationState, OutboxEntry

MOST_BYTES: Final = 1024 * 1024
"""Longest batch in bytes, unless one operation alone is longer."""
_LATEST: Final = timedelta(seconds=CAP)
"""Nothing waits longer for its next try."""
MOST_UNKNOWN: Final = 30
"""Most operations in a batch that are asked about again: each has its ticket shown anew before a save gets its turn."""


class Pushing:
    """Decides for the operations lane. Its memory is only of this process: delays and batch size."""

    def __init__(self, capabilities: Capabilities, clock: Clock, random: Random, tally: Tally) -> None:
        self._capabilities = capabilities
        self._clock = clock
        self._random = random
        self._settling = Settling(clock, random, tally)
        self.backoff = Backoff(clock, random)
        self._fault: SyncFault | None = None
        self._batch = self._resume = capabilities.batch
        self._many_unknown = False  # then no more is looked at than may be asked about at once
        self._asking = Asking(capabilities, clock, random, self._settling)
        self._auditing = Auditing(capabilities, clock)

    def start(self, ledger: Ledger) -> None:
        """Take over from an earlier process: whatever was on its way then may or may not have arrived."""
        now = self._clock.now()
        while sent := ledger.outbox.in_state(OperationState.SENT):
            for entry in sent:
                ledger.outbox.settle(entry.id, OperationState.UNKNOWN, now=now)
        ledger.outbox.clamp_delays(now + _LATEST)
        self._settling.start(ledger)
        self._asking.start(ledger)

    def wake(self, ledger: Ledger) -> None:
        """Try everything at once, as far as the server allows."""
        self.backoff.wake()
        self._fault = None
        ledger.outbox.clamp_delays(self._clock.now())

    def next(self, ledger: Ledger) -> Action:
        """What to do now; a batch is `sent` in this very transaction."""
        if not asked_again(ledger, can_tell=self._capabilities.can_tell):
            self._settling.was_restored(ledger)
            return Wait(0.0)
        if isinstance(self._fault, SignInNeeded):
            return Wait(None, self._fault)
        if (seconds := self.backoff.remaining()) > 0:
            return Wait(seconds, self._fault)
        question = self._asking.next(ledger)
        if isinstance(question, OutboxEntry):
            return self._send(ledger, (question,))
        return question or self._batch_of(ledger) or self._auditing.next(ledger) or self._rest_of_the_wait(ledger)

    def _batch_of(self, ledger: Ledger) -> Push | Locate | Reserve | None:
        """The next batch, or what has to be asked before it."""
        most = min(self._batch, MOST_UNKNOWN) if self._many_unknown else self._batch
        again = self._asking.is_sending_again
        entries = tuple(ledger.outbox.sendable(self._clock.now(), most, unknown_too=again))
        self._many_unknown = sum(entry.state is OperationState.UNKNOWN for entry in entries) >= MOST_UNKNOWN
        if not entries:
            return None
        sizes = accumulate(len(entry.wire) for entry in entries)
        unknown = accumulate(entry.state is OperationState.UNKNOWN for entry in entries)
        fitting = sum(size <= MOST_BYTES and asked <= MOST_UNKNOWN for size, asked in zip(sizes, unknown, strict=True))
        entries = entries[: max(1, fitting)]
        return self._asking.before_sending(entries) or self._send(ledger, entries)

    def _send(self, ledger: Ledger, entries: Sequence[OutboxEntry]) -> Push:
        """Mark them as sent. What is unknown stays so until now: what is queued may be taken back, and it must not."""
        now = self._clock.now()
        request_id = new_id(self._clock, self._random)
        for entry in entries:
            if entry.state is OperationState.UNKNOWN:
                ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now)
        ledger.outbox.mark_sent([entry.id for entry in entries], request_id, now)
        return Push(tuple(entries), request_id, epoch=known_epoch(ledger), seen=known_heads(ledger))

    def _rest_of_the_wait(self, ledger: Ledger) -> Wait:
        times = [CAP]  # who saved something may have been killed before they could tell
        now = self._clock.now()
        if (due := ledger.outbox.next_due(now)) is not None:
            if due > now + _LATEST:  # the wall clock was set back
                ledger.outbox.clamp_delays(now + _LATEST)
            times.append(max(0.1, (due - now).total_seconds()))
        times += [wait for wait in (self._asking.wait(), self._auditing.wait()) if wait is not None]
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
        self._is_well()
        self._batch = min(self._capabilities.batch, max(self._batch * 2, self._resume))
        notice_backup(ledger, answer)
        notice_epoch(ledger, answer.epoch)
        if answer.forgot and are_forgotten(ledger, action.seen):
            begin_again(ledger)
        notice_answer(ledger, answer.head)
        return replace(action, restored=answer.forgot or action.epoch not in ("", answer.epoch))

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

    def located(self, ledger: Ledger, action: Locate, outcome: Located) -> None:
        """Store what the help desk said when it was asked about one operation."""
        self._is_well()
        if isinstance(outcome, Found):
            notice_answer(ledger, outcome.answer.head)
        self._asking.located(ledger, action, outcome)

    def reserved(self, ledger: Ledger, action: Reserve, outcome: Link) -> None:
        """Keep the single-use URL before anything is posted to it."""
        self._is_well()
        ledger.outbox.keep_link(action.entry.id, outcome.url)

    def audited(self, ledger: Ledger, action: Audit, outcome: United) -> None:
        """Store what a late look has found."""
        self._is_well()
        self._auditing.answer(ledger, action, outcome)

    def unanswered(self, fault: SyncFault) -> None:
        """A question came to nothing: ask again later."""
        self._fault = fault
        self.backoff.failed(fault.retry_after)

    def _is_well(self) -> None:
        self._fault = None
        self.backoff.succeeded()
