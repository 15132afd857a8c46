"""The outbox of a store of dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.tickets.operations import ADDS, Kind, Operation
from desktop.tickets.outbox import TRANSITIONS, OperationState, OutboxEntry
from desktop.tickets.view import KeptValue
from tests.contract.everything import Everything

_LEAVABLE = (OperationState.QUEUED, OperationState.REJECTED)


class DictionaryOutbox:
    """The operations, in the order in which the person made them."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def _in_order(self) -> Collection[OutboxEntry]:
        return self._all.entries.values()

    def entry(self, operation: str) -> OutboxEntry | None:
        return self._all.entries.get(operation)

    def sendable(self, now: datetime, limit: int, *, unknown_too: bool = False) -> Sequence[OutboxEntry]:
        ready = (OperationState.QUEUED, OperationState.UNKNOWN) if unknown_too else (OperationState.QUEUED,)
        chosen: dict[str, OutboxEntry] = {}
        held: set[str] = set()
        for entry in self._in_order():
            if len(chosen) == limit:
                break
            if not entry.state.is_pending:
                continue
            due = entry.state in ready and (entry.not_before is None or entry.not_before <= now)
            uploaded = entry.kind is not Kind.ATTACH_FILE or entry.upload_done
            free = entry.after in chosen or self._is_settled(entry.after)
            if due and uploaded and free and entry.ticket not in held:
                chosen[entry.id] = entry
            elif entry.kind is not Kind.ATTACH_FILE:
                held.add(entry.ticket)
        return tuple(chosen.values())

    def _is_settled(self, operation: str) -> bool:
        entry = self._all.entries.get(operation)
        if entry is None:
            return True
        if entry.state is OperationState.REJECTED:
            return entry.kind is not Kind.FILE_TICKET
        return not entry.state.is_pending

    def uploads_due(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        unfiled = {e.ticket for e in self._in_order() if e.kind is Kind.FILE_TICKET and e.state.is_projected}
        due = (
            entry
            for entry in self._in_order()
            if entry.state in (OperationState.QUEUED, OperationState.UNKNOWN)
            and entry.kind is Kind.ATTACH_FILE
            and not entry.upload_done
            and entry.ticket not in unfiled
            and (entry.not_before is None or entry.not_before <= now)
        )
        return tuple(due)[:limit]

    def in_state(self, state: OperationState, limit: int = 1000) -> Sequence[OutboxEntry]:
        return tuple(entry for entry in self._in_order() if entry.state is state)[:limit]

    def of_ticket(self, ticket: str) -> Sequence[OutboxEntry]:
        return tuple(entry for entry in self._in_order() if entry.ticket == ticket)

    def next_due(self, now: datetime, *, of_files: bool = False) -> datetime | None:
        waiting = (OperationState.QUEUED, OperationState.UNKNOWN)
        entries = [entry for entry in self._all.entries.values() if entry.state in waiting]
        delays = (entry.not_before for entry in entries if entry.kind is Kind.ATTACH_FILE or not of_files)
        return min((delay for delay in delays if delay is not None and delay > now), default=None)

    def counts(self) -> Mapping[OperationState, int]:
        return {state: len(self.in_state(state, len(self._all.entries))) for state in OperationState}

    def mark_sent(self, operations: Sequence[str], request_id: str, now: datetime) -> None:
        for operation in operations:
            attempts = self._known(operation).attempts + 1
            self._step(operation, OperationState.SENT, attempts=attempts, request_id=request_id, sent_at=now)

    def settle(
        self,
        operation: str,
        state: OperationState,
        *,
        now: datetime,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        settled_at = now if state in (OperationState.DONE, OperationState.REJECTED) else None
        self._step(operation, state, last_error=error, not_before=not_before, settled_at=settled_at)

    def delay(self, operations: Sequence[str], not_before: datetime, error: str) -> None:
        for operation in operations:
            self._put(self._known(operation), not_before=not_before, last_error=error)

    def clamp_delays(self, latest: datetime) -> None:
        for entry in self._in_order():
            if entry.state.is_pending and entry.not_before is not None and entry.not_before > latest:
                self._put(entry, not_before=latest)

    def upload_progress(self, operation: str, url: str, offset: int, done: bool) -> None:
        self._put(self._known(operation), upload_done=done)
        self._all.uploads[operation] = (url, offset)

    def upload_url(self, operation: str) -> str:
        return self._all.uploads.get(operation, ("", 0))[0]

    def keep_link(self, operation: str, link: str) -> None:
        self._put(self._known(operation), link=link)

    def to_audit(self, looks: int, limit: int) -> Sequence[OutboxEntry]:
        done = [e for e in self._in_order() if e.kind in ADDS and e.state is OperationState.DONE and e.audits < looks]
        return tuple(sorted(done, key=lambda entry: (entry.audits, entry.seq))[:limit])

    def audit_again(self, ticket: str) -> None:
        for entry in self._in_order():
            if entry.ticket == ticket and entry.kind is Kind.FILE_TICKET:
                self._put(entry, audits=0)

    def audited(self, operation: str) -> None:
        entry = self._known(operation)
        self._put(entry, audits=entry.audits + 1)

    def keep_mine(self, operation: str, field: str, mine: str, theirs: str) -> None:
        self._known(operation)
        kept = KeptValue(operation=operation, field=field, mine=mine, theirs=theirs)
        self._all.kept[operation, field] = kept

    def ask_again(self, limit: int, ticket: str = "") -> int:
        done = [e for e in self._in_order() if e.state is OperationState.DONE and ticket in ("", e.ticket)]
        done = sorted(done, key=lambda entry: (entry.settled_at, entry.seq))[:limit]
        for entry in done:
            self._put(entry, state=OperationState.UNKNOWN, last_error="", not_before=None, settled_at=None, audits=0)
        return len(done)

    def forget_done(self, before: datetime) -> int:
        done = [
            e
            for e in self.in_state(OperationState.DONE, len(self._all.entries))
            if e.settled_at and e.settled_at < before
        ]
        for entry in done:
            del self._all.entries[entry.id]
            self._all.forgotten[entry.id] = (entry.kind, entry.ticket)
        return len(done)

    # the person's side
    def add(self, operation: Operation, wire: bytes, *, after: str = "", replaces: str = "") -> OutboxEntry:
        if operation.id in self._all.forgotten:
            raise ValueError(f"{operation.id} was done long ago")
        if (known := self.entry(operation.id)) is not None:
            return known
        self._all.last_seq += 1
        entry = OutboxEntry(seq=self._all.last_seq, operation=operation, wire=wire, after=after, replaces=replaces)
        self._all.entries[entry.id] = entry
        return entry

    def replace(self, old: str, operation: Operation, wire: bytes) -> OutboxEntry:
        if (known := self.entry(operation.id)) is not None:
            return known
        gone = self._step(old, OperationState.REPLACED)
        new = self.add(operation, wire, after=gone.after, replaces=old)
        self._put(gone, seq=new.seq)
        self._put(new, seq=gone.seq)
        self._all.sort_entries()
        for follower in self._in_order():
            if follower.after == old:
                self._put(follower, after=new.id)
        return self._known(new.id)

    def cancel(self, operation: str) -> Sequence[OutboxEntry]:
        entry = self._known(operation)
        self._step(operation, OperationState.CANCELLED)
        words = entry.kind in (Kind.ADD_NOTE, Kind.REOPEN)
        followers = [
            other
            for other in self._in_order()
            if other.ticket == entry.ticket
            and other.state in _LEAVABLE
            and other.id != operation
            and (
                entry.kind is Kind.FILE_TICKET
                or (words and other.kind is Kind.ATTACH_FILE and other.operation.body.note == entry.operation.body.note)
            )
        ]
        for follower in followers:
            self._step(follower.id, OperationState.CANCELLED)
        for gone in (entry, *followers):
            for other in self._in_order():
                if other.after == gone.id:
                    self._put(other, after=self._known(gone.id).after)
        return tuple(self._known(other.id) for other in (entry, *followers))

    def retry(self, operation: str) -> OutboxEntry:
        entry = self._known(operation)
        if not entry.state.is_pending:
            raise ValueError(f"{operation} is {entry.state}; only what waits can be tried again as it is")
        self._put(entry, not_before=None)
        return self._known(operation)

    def _known(self, operation: str) -> OutboxEntry:
        if (entry := self.entry(operation)) is None:
            raise ValueError(f"no operation {operation}")
        return entry

    def _step(self, operation: str, state: OperationState, **changes: Any) -> OutboxEntry:
        entry = self._known(operation)
        if state not in TRANSITIONS[entry.state]:
            raise ValueError(f"{operation} cannot go from {entry.state} to {state}")
        return self._put(entry, state=state, **changes)

    def _put(self, entry: OutboxEntry, **changes: Any) -> OutboxEntry:
        new = replace(self._all.entries[entry.id], **changes)
        self._all.entries[entry.id] = new
        return new
