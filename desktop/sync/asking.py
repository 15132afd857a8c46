"""What became of an operation that may or may not have arrived: settled by asking, in the way that the server allows.

Where the server keeps our ids as its keys, sending again is asking, and nothing here has anything to do. Where it hands
out single-use URLs, the same URL is posted to again, and only its refusal leads to a search. Elsewhere we search once
the request can no longer commit unseen. All waits are on the monotonic clock, and begin anew with each process.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from desktop.sync.actions import Locate, Reserve
from desktop.sync.backoff import jittered
from desktop.sync.help_desks.base import Absent, CannotTell, Capabilities, CreationGuard, Found, Located
from desktop.sync.ledger import Ledger
from desktop.sync.settle import Settling, store_rows
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState, OutboxEntry

_CANNOT_TELL: Final = "This may have arrived, and nobody can tell. Look at the help desk first; then send it again."
_ALL: Final = 1_000_000


class Asking:
    """Its memory is only of this process: since when something is unknown, and what another copy may have sent."""

    def __init__(self, capabilities: Capabilities, clock: Clock, random: Random, settling: Settling) -> None:
        self._guard = capabilities.creation
        self._life, self._lag = capabilities.request_life, capabilities.read_lag
        self._clock = clock
        self._random = random
        self._settling = settling
        self._unknown_since: dict[str, float] = {}
        self._not_ours_yet: set[str] = set()

    @property
    def is_sending_again(self) -> bool:
        """Whether the server keeps a resent operation from becoming a second one, whoever sends it."""
        return self._guard is CreationGuard.NATIVE_KEY

    def start(self, ledger: Ledger) -> None:
        """This home may be a copy of one that has sent since what is queued here: ask once about each of it."""
        if not self.is_sending_again:
            self._not_ours_yet = {entry.id for entry in ledger.outbox.in_state(OperationState.QUEUED, _ALL)}

    def next(self, ledger: Ledger) -> Locate | OutboxEntry | None:
        """The next question that is due; or an entry that is sent again, alone, for that is its question."""
        if self.is_sending_again:
            return None
        now, wall = self._clock.monotonic(), self._clock.now()
        unknown = ledger.outbox.in_state(OperationState.UNKNOWN)
        asked = [entry for entry in unknown if not self._has_link(entry)]
        self._unknown_since = {entry.id: self._unknown_since.get(entry.id, now) for entry in asked}
        if len(asked) < len(unknown):
            for entry in self._in_turn(ledger, wall):
                if entry.state is OperationState.UNKNOWN and self._has_link(entry):
                    return entry
        for entry in asked:
            if now - self._unknown_since[entry.id] >= self._grace:
                return Locate(entry)
        return None

    @staticmethod
    def _in_turn(ledger: Ledger, now: datetime) -> Iterable[OutboxEntry]:
        """Nothing is posted again before what it builds on; files of one ticket do not wait for one another."""
        before: set[str] = set()
        for entry in ledger.outbox.sendable(now, _ALL, unknown_too=True):
            if before.isdisjoint((entry.ticket, entry.after)):
                yield entry
            before.add(entry.id if entry.kind is Kind.ATTACH_FILE else entry.ticket)

    def _has_link(self, entry: OutboxEntry) -> bool:
        return self._guard is CreationGuard.SINGLE_USE_URL and bool(entry.link)

    @property
    def _grace(self) -> float:
        """Seconds until a search is sure to see it.

        The same where a URL is used up: a help desk restored from a backup may have forgotten that it is.
        """
        return self._life + self._lag

    def before_sending(self, entries: Sequence[OutboxEntry]) -> Locate | Reserve | None:
        """What has to be asked before these can be sent."""
        for entry in entries:
            if entry.id in self._not_ours_yet:
                return Locate(entry)
            if self._guard is CreationGuard.SINGLE_USE_URL and not entry.link:
                return Reserve(entry)
        return None

    def wait(self) -> float | None:
        """Seconds until the next question is due, or None."""
        if not self._unknown_since:
            return None
        return max(0.1, min(self._unknown_since.values()) + self._grace - self._clock.monotonic())

    def located(self, ledger: Ledger, action: Locate, outcome: Located) -> None:
        """Store what the help desk said about one operation."""
        now = self._clock.now()
        entry = action.entry
        self._not_ours_yet.discard(entry.id)
        self._unknown_since.pop(entry.id, None)
        present = ledger.outbox.entry(entry.id)
        if present is None or present.state is not entry.state:
            return  # taken back while we asked
        if entry.state is OperationState.QUEUED:
            self._was_queued(ledger, entry, outcome)
            return
        match outcome:
            case Found(answer):
                store_rows(ledger, entry, answer, set())
                self._settling.applied(ledger, entry, answer, now)
            case Absent():
                later = now + timedelta(seconds=jittered(entry.attempts, self._random))
                ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now, not_before=later)
            case CannotTell():
                ledger.outbox.settle(entry.id, OperationState.REJECTED, now=now, error=_CANNOT_TELL)

    def _was_queued(self, ledger: Ledger, entry: OutboxEntry, outcome: Located) -> None:
        """It was never sent from here; only a copy of this home can have done that."""
        if isinstance(outcome, Found):
            now = self._clock.now()
            ledger.outbox.mark_sent([entry.id], new_id(self._clock, self._random), now)
            store_rows(ledger, entry, outcome.answer, set())
            self._settling.applied(ledger, entry, outcome.answer, now)
