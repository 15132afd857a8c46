"""The state rules of the outbox: what an answer or a failure does to each operation of a batch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from desktop.sync.actions import Push, Rest, Tally
from desktop.sync.backoff import CAP, jittered
from desktop.sync.faults import NotTheServer, Refused, SignInNeeded, SyncFault
from desktop.sync.ledger import Ledger
from desktop.sync.protocol import OperationAnswer, OperationsAnswer, Result
from desktop.sync.restored import notice_asking, since_asking, time_there, told_time
from desktop.sync.sanity import is_sane
from desktop.sync.slices import one_slice
from desktop.tickets.clock import Clock
from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState, OutboxEntry

UPLOAD_MISSING: Final = "upload-missing"
"""Problem code: the help desk does not have the finished upload that an `attach_file` names."""
LINK_USED: Final = "link-used"
"""Problem code: the single-use URL has been used, by an earlier request of ours, or has expired."""
TICKET_MISSING: Final = "no-such-ticket"
"""Problem code: the ticket is not there, or not for us to see."""
COMES_BACK_WITHIN: Final = 2 * CAP
"""Seconds in which a ticket that a restored server has lost may be sent again by the computer of whoever filed it."""

_APPLIED: Final = frozenset({Result.APPLIED, Result.DUPLICATE, Result.CONFLICT})


class Settling:
    """Applies outcomes to the outbox, in slices; what does not fit into one is handed back."""

    def __init__(self, clock: Clock, random: Random, tally: Tally) -> None:
        self._clock = clock
        self._random = random
        self._tally = tally
        self._comes_back_until = 0.0

    def start(self, ledger: Ledger) -> None:
        """Take over what is left of the time in which a ticket may come back."""
        since = since_asking(ledger, self._clock.now())
        left = 0.0 if since is None else max(0.0, COMES_BACK_WITHIN - since.total_seconds())
        self._comes_back_until = self._clock.monotonic() + left

    def was_restored(self, ledger: Ledger) -> None:
        """What is done is asked about again: so it is on the other computers, which have what ours builds on."""
        notice_asking(ledger, self._clock.now())
        self._comes_back_until = self._clock.monotonic() + COMES_BACK_WITHIN

    def answered(self, ledger: Ledger, action: Push, answer: OperationsAnswer) -> Rest | None:
        """Each operation by the answer to it."""
        now = self._clock.now()
        refused: set[str] = set()
        told: set[tuple[str, int]] = set()
        done = 0
        for entry, said in one_slice(zip(action.entries, answer.answers, strict=True), self._clock, ledger):
            store_rows(ledger, entry, said, told)
            if said.result in _APPLIED:
                self.applied(ledger, entry, said, now)
            else:
                self._not_applied(ledger, entry, said, now, behind=entry.ticket in refused, restored=action.restored)
                refused.add(entry.ticket)
            done += 1
        self._tally.settled += done
        if done == len(action.entries):
            return None
        rest = replace(action, entries=action.entries[done:], begun=True)
        return Rest(rest, replace(answer, answers=answer.answers[done:]))

    def applied(self, ledger: Ledger, entry: OutboxEntry, said: OperationAnswer, now: datetime) -> None:
        """The operation's effect is at the help desk: done, with what lost against someone else's kept."""
        for conflict in said.conflicts:
            ledger.outbox.keep_mine(entry.id, conflict.field, conflict.mine, conflict.theirs)
        if entry.link:
            ledger.outbox.keep_link(entry.id, "")  # it is used: should this be asked about again, it proves nothing
        at = (told_time(said.ticket) if said.ticket else None) or time_there(ledger, now)
        ledger.outbox.settle(entry.id, OperationState.DONE, now=at)
        self._tally.pushed += 1

    def _not_applied(
        self, ledger: Ledger, entry: OutboxEntry, said: OperationAnswer, now: datetime, *, behind: bool, restored: bool
    ) -> None:
        """Refused; or skipped, `behind` something of its ticket that was not applied either.

        What a `restored` older copy of the server refuses, it refuses for lack of what it has lost: queued again,
        behind what is sent once more; and for lack of somebody else's ticket for as long as that may come back.
        """
        problem = said.problem
        sentence = problem.detail if problem and problem.detail else Refused.sentence_of_kind
        if said.result is Result.SKIPPED:
            self._again(ledger, entry, "", now, at_once=behind or restored)
        elif entry.kind is Kind.ATTACH_FILE and problem and problem.code == UPLOAD_MISSING:
            ledger.outbox.upload_progress(entry.id, "", 0, False)
            self._again(ledger, entry, sentence, now, at_once=False)
        elif problem and problem.code == LINK_USED:
            ledger.outbox.keep_link(entry.id, "")
            ledger.outbox.settle(entry.id, OperationState.UNKNOWN, now=now)
        elif restored or (problem and problem.status >= 500):
            self._again(ledger, entry, sentence, now, at_once=restored)
        elif problem and problem.code == TICKET_MISSING and self._clock.monotonic() < self._comes_back_until:
            self._again(ledger, entry, sentence, now, at_once=False)
        else:
            ledger.outbox.settle(entry.id, OperationState.REJECTED, now=now, error=sentence)

    def _again(self, ledger: Ledger, entry: OutboxEntry, error: str, now: datetime, *, at_once: bool) -> None:
        """As it was before it was sent: of what was unknown an earlier request may be on its way, and taken yet."""
        later = None if at_once else now + self._delay(entry)
        ledger.outbox.settle(entry.id, entry.state, now=now, error=error, not_before=later)

    def failed(self, ledger: Ledger, action: Push, fault: SyncFault) -> Rest | None:
        """The batch as a whole came to nothing that we know of; one that fails alone waits alone.

        What was unknown before it was sent again stays so, even where not a byte of this batch has left.
        """
        now = self._clock.now()
        alone = len(action.entries) == 1 and not action.begun
        delivered = not fault.undelivered and not isinstance(fault, Refused | SignInNeeded)
        at_fault = alone and delivered and fault.retry_after is None and not isinstance(fault, NotTheServer)
        done = 0
        for entry in one_slice(action.entries, self._clock, ledger):
            later = now + self._delay(entry) if at_fault else None
            state = OperationState.UNKNOWN if delivered else entry.state
            if alone and isinstance(fault, Refused):
                state = OperationState.REJECTED
            ledger.outbox.settle(entry.id, state, now=now, error=fault.sentence, not_before=later)
            done += 1
        if done == len(action.entries):
            return None
        return Rest(replace(action, entries=action.entries[done:], begun=True), fault)

    def _delay(self, entry: OutboxEntry) -> timedelta:
        return timedelta(seconds=jittered(entry.attempts + 1, self._random))


def echoes(entries: Sequence[OutboxEntry], answer: OperationsAnswer) -> bool:
    """Whether the answer speaks of our operations, each, in order."""
    return [entry.id for entry in entries] == [said.id for said in answer.answers]


def store_rows(ledger: Ledger, entry: OutboxEntry, said: OperationAnswer, told: set[tuple[str, int]]) -> None:
    """Keep what an answer tells about the operation's own ticket; anything else in it is none of its business.

    `told`: tickets, each with its version, that answers of this transaction have told; each is stored once.
    """
    ticket = said.ticket
    if ticket is not None and ticket.id == entry.ticket and (ticket.id, ticket.version) not in told and is_sane(ticket):
        told.add((ticket.id, ticket.version))
        ledger.confirmed.put_ticket(ticket)
    if said.note is not None and said.note.ticket == entry.ticket and is_sane(said.note):
        ledger.confirmed.put_note(said.note)
    if said.attachment is not None and said.attachment.ticket == entry.ticket and is_sane(said.attachment):
        ledger.confirmed.put_attachment(said.attachment)
