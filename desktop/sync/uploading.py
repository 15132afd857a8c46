"""The files lane's decisions: which file, how much of it at once."""

from datetime import timedelta
from random import Random
from typing import Final

from desktop.sync.actions import Action, Upload, Wait
from desktop.sync.backoff import CAP, Backoff, jittered
from desktop.sync.faults import LocalFault, NotTheServer, Offline, Refused, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import FileToSend, SentChunk
from desktop.sync.ledger import Ledger
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.trouble import Trouble

SMALLEST: Final = 256 * 1024
LARGEST: Final = 8 * 1024 * 1024
BESIDE_TEXT: Final = 1.0
ALONE: Final = 5.0
"""Seconds that one piece aims at while operations wait, and while none do."""
_WAITING: Final = frozenset({OperationState.QUEUED, OperationState.UNKNOWN})


class Uploading:
    """Decides for the files lane."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self.backoff = Backoff(clock, random)
        self._fault: SyncFault | None = None
        self._rate = 0.0
        self._came = ("", 0)
        """The upload that last went on, and how far it had come then."""

    def wake(self) -> None:
        """Try at once, as far as the server allows."""
        self.backoff.wake()
        self._fault = None

    def next(self, ledger: Ledger) -> Action:
        """What to do now. A file that cannot be read is kept as refused, with the reason, and the next one is tried."""
        if isinstance(self._fault, SignInNeeded):
            return Wait(None, self._fault)
        if (seconds := self.backoff.remaining()) > 0:
            return Wait(seconds, self._fault)
        now = self._clock.now()
        for entry in ledger.outbox.uploads_due(now, 1):
            try:
                return self._upload(ledger, entry)
            except Trouble as trouble:
                self._refuse(ledger, entry, trouble)
                return Wait(0.0)
        due = ledger.outbox.next_due(now, of_files=True)
        return Wait(CAP if due is None else min(CAP, max(0.1, (due - now).total_seconds())), self._fault)

    def _upload(self, ledger: Ledger, entry: OutboxEntry) -> Upload:
        attach = entry.operation.body
        url = ledger.outbox.upload_url(entry.id)
        text_waits = bool(ledger.outbox.sendable(self._clock.now(), 1))
        file = FileToSend(
            attachment=attach.attachment,
            ticket=entry.ticket,
            name=attach.name,
            size=attach.size,
            sha256=attach.sha256,
            media_type=attach.media_type,
            content=ledger.open_content(attach.attachment),  # last: what fails before it leaves nothing open
            url=url,
        )
        return Upload(entry, file, self._chunk(BESIDE_TEXT if text_waits else ALONE), self._clock.monotonic())

    def _chunk(self, seconds: float) -> int:
        return int(min(LARGEST, max(SMALLEST, self._rate * seconds)))

    def answer(self, ledger: Ledger, action: Upload, outcome: SentChunk | SyncFault) -> None:
        """Store how far the upload has come."""
        entry = action.entry
        now = self._clock.now()
        present = ledger.outbox.entry(entry.id)
        if present is None or present.state not in _WAITING:
            return  # cancelled or replaced meanwhile: the help desk lets an upload that nothing names expire
        if isinstance(outcome, SentChunk):
            self._fault = None
            self.backoff.succeeded()
            self._measure(action, outcome)
            ledger.outbox.upload_progress(entry.id, outcome.url, outcome.offset, outcome.done)
            if present.last_error:
                ledger.outbox.delay([entry.id], now, "")
        elif isinstance(outcome, LocalFault | Refused):
            self._refuse(ledger, present, outcome)
        else:
            self._failed(ledger, entry, outcome)

    def _measure(self, action: Upload, outcome: SentChunk) -> None:
        """How fast it went, in bytes per second; a short last piece says nothing, nor one of unknown start."""
        url, offset = self._came if action.file.url else (outcome.url, 0)
        self._came = outcome.url, outcome.offset
        if url == outcome.url and outcome.offset - offset >= action.chunk:
            self._rate = (outcome.offset - offset) / max(self._clock.monotonic() - action.began, 0.001)

    def _failed(self, ledger: Ledger, entry: OutboxEntry, fault: SyncFault) -> None:
        """Everything waits where nobody answers; where the help desk choked on this file, the others go on.

        Pieces begin small again: one that is too long for a line that became slow would never get through.
        """
        self._rate = 0.0
        nobody = isinstance(fault, Offline | NotTheServer | SignInNeeded) or fault.retry_after is not None
        self._fault = fault
        if nobody:
            self.backoff.failed(fault.retry_after)
        later = timedelta(seconds=0 if nobody else jittered(4, self._random))
        ledger.outbox.delay([entry.id], self._clock.now() + later, fault.sentence)

    def _refuse(self, ledger: Ledger, entry: OutboxEntry, trouble: Trouble) -> None:
        now = self._clock.now()
        ledger.outbox.upload_progress(entry.id, "", 0, False)
        if entry.state is OperationState.UNKNOWN:
            ledger.outbox.settle(entry.id, OperationState.QUEUED, now=now)
        ledger.outbox.mark_sent([entry.id], new_id(self._clock, self._random), now)
        ledger.outbox.settle(entry.id, OperationState.REJECTED, now=now, error=trouble.sentence)
