"""A store of plain dictionaries with the behaviour of the real one: the oracle of the contract, quick to simulate with.

It runs each job at once on the caller's thread; a job that raises leaves nothing behind.
"""

import hashlib
import io
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import xor
from typing import Any, BinaryIO, TypeVar

from desktop.store.settings import ReadsProfile
from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.notice import Notice
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation
from desktop.tickets.outbox import TRANSITIONS, OperationState, OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.projection import project
from desktop.tickets.rows import NOTICES, NOWHERE, RowKind, bucket_of, row_hash
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import KeptValue, TicketView

T = TypeVar("T")
Row = Ticket | Note | Attachment | Notice
_LEAVABLE = (OperationState.QUEUED, OperationState.REJECTED)


@dataclass
class Generation:
    """One copy of what the server told."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    lost: dict[str, TicketState] = field(default_factory=dict)
    cursor: str = ""
    epoch: str = ""

    def copy(self) -> "Generation":
        return Generation(dict(self.rows), dict(self.lost), self.cursor, self.epoch)

    def bucket(self, row: Row) -> str:
        if isinstance(row, Notice):
            return NOTICES
        ticket = row if isinstance(row, Ticket) else self.rows.get((RowKind.TICKET, row.ticket))
        return bucket_of(ticket.company) if isinstance(ticket, Ticket) else NOWHERE

    def state(self, ticket: str) -> TicketState | None:
        row = self.rows.get((RowKind.TICKET, ticket))
        if not isinstance(row, Ticket):
            return None
        notes = [row for row in self.rows.values() if isinstance(row, Note) and row.ticket == ticket]
        files = [row for row in self.rows.values() if isinstance(row, Attachment) and row.ticket == ticket]
        return TicketState(
            ticket=row,
            notes=tuple(sorted(notes, key=lambda note: (note.version, note.id))),
            attachments=tuple(sorted(files, key=lambda file: (file.version, file.id))),
        )


@dataclass
class Everything:
    """All that the store knows; copied before each job."""

    present: Generation = field(default_factory=Generation)
    filling: Generation | None = None
    mending: tuple[str, str] | None = None
    named: dict[tuple[str, str], None] = field(default_factory=dict)
    distrusted: dict[tuple[str, str], None] = field(default_factory=dict)
    entries: dict[str, OutboxEntry] = field(default_factory=dict)
    last_seq: int = 0
    forgotten: dict[str, tuple[Kind, str]] = field(default_factory=dict)
    uploads: dict[str, tuple[str, int]] = field(default_factory=dict)
    kept: dict[tuple[str, str], KeptValue] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    account: Account | None = None
    organisation: tuple[str, str] | None = None
    etag: str = ""

    def copy(self) -> "Everything":
        copied = object.__new__(Everything)
        copied.__dict__ = {
            name: value.copy() if type(value) in (dict, Generation) else value for name, value in self.__dict__.items()
        }
        return copied


class DictionaryOutbox:
    """The operations, in the order in which the person made them."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def _in_order(self) -> list[OutboxEntry]:
        return sorted(self._all.entries.values(), key=lambda entry: entry.seq)

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

    def next_due(self, now: datetime) -> datetime | None:
        waiting = (OperationState.QUEUED, OperationState.UNKNOWN)
        delays = (entry.not_before for entry in self._all.entries.values() if entry.state in waiting)
        return min((delay for delay in delays if delay is not None and delay > now), default=None)

    def counts(self) -> Mapping[OperationState, int]:
        return {state: len(self.in_state(state, len(self._all.entries))) for state in OperationState}

    def mark_sent(self, operations: Sequence[str], request_id: str, now: datetime) -> None:
        for operation in operations:
            entry = self._step(operation, OperationState.SENT)
            self._put(entry, attempts=entry.attempts + 1, request_id=request_id, sent_at=now)

    def settle(
        self,
        operation: str,
        state: OperationState,
        *,
        now: datetime,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        entry = self._step(operation, state)
        settled_at = now if state in (OperationState.DONE, OperationState.REJECTED) else None
        self._put(entry, last_error=error, not_before=not_before, settled_at=settled_at)

    def delay(self, operations: Sequence[str], not_before: datetime, error: str) -> None:
        for operation in operations:
            self._put(self._known(operation), not_before=not_before, last_error=error)

    def clamp_delays(self, latest: datetime) -> None:
        for entry in self._in_order():
            if entry.not_before is not None and entry.not_before > latest:
                self._put(entry, not_before=latest)

    def upload_progress(self, operation: str, url: str, offset: int, done: bool) -> None:
        self._put(self._known(operation), upload_done=done)
        self._all.uploads[operation] = (url, offset)

    def upload_url(self, operation: str) -> str:
        return self._all.uploads.get(operation, ("", 0))[0]

    def keep_link(self, operation: str, link: str) -> None:
        self._put(self._known(operation), link=link)

    def to_audit(self, looks: int, limit: int) -> Sequence[OutboxEntry]:
        filings = (entry for entry in self._in_order() if entry.kind is Kind.FILE_TICKET)
        return tuple(e for e in filings if e.state is OperationState.DONE and e.audits < looks)[:limit]

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
        done = [e for e in self._in_order() if e.state is OperationState.DONE and ticket in ("", e.ticket)][:limit]
        for entry in done:
            self._put(entry, state=OperationState.UNKNOWN, last_error="", not_before=None, settled_at=None)
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

    def _step(self, operation: str, state: OperationState) -> OutboxEntry:
        entry = self._known(operation)
        if state not in TRANSITIONS[entry.state]:
            raise ValueError(f"{operation} cannot go from {entry.state} to {state}")
        self._put(entry, state=state)
        return self._known(operation)

    def _put(self, entry: OutboxEntry, **changes: Any) -> None:
        self._all.entries[entry.id] = replace(self._all.entries[entry.id], **changes)


class DictionaryConfirmed:
    """What the server last told."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    @property
    def _told(self) -> Generation:
        return self._all.filling or self._all.present

    def _put(self, kind: RowKind, row: Row, ticket: str) -> None:
        present = None if (kind, row.id) in self._all.distrusted else self._told.rows.get((kind, row.id))
        if self._all.mending is not None and (present is None or row.version >= present.version):
            self._all.named[kind, row.id] = None
        if present is not None and row.version <= present.version:
            return
        self._all.distrusted.pop((kind, row.id), None)
        ours = any(entry.ticket == ticket for entry in self._all.entries.values())
        for generation in (self._told, self._all.present) if ours else (self._told,):
            generation.rows[kind, row.id] = row
            if kind is RowKind.TICKET:
                generation.lost.pop(ticket, None)

    def put_ticket(self, ticket: Ticket) -> None:
        self._put(RowKind.TICKET, ticket, ticket.id)

    def put_note(self, note: Note) -> None:
        self._put(RowKind.NOTE, note, note.ticket)

    def put_attachment(self, attachment: Attachment) -> None:
        self._put(RowKind.ATTACHMENT, attachment, attachment.ticket)

    def put_notice(self, notice: Notice) -> None:
        self._put(RowKind.NOTICE, notice, "")

    def remove(self, kind: str, row: str) -> None:
        self._told.rows.pop((kind, row), None)
        self._all.distrusted.pop((kind, row), None)

    def state(self, ticket: str) -> TicketState | None:
        return self._all.present.state(ticket)

    def cursor(self) -> str:
        return self._told.cursor

    def advance(self, cursor: str, epoch: str) -> None:
        self._told.cursor, self._told.epoch = cursor, epoch

    def epoch(self) -> str:
        return self._told.epoch

    def checksums(self) -> Mapping[str, tuple[int, int]]:
        sums: dict[str, tuple[int, int]] = {}
        for (kind, row), value in self._told.rows.items():
            if (kind, row) not in self._all.distrusted:
                total, held = sums.get(self._told.bucket(value), (0, 0))
                sums[self._told.bucket(value)] = total ^ row_hash(RowKind(kind), row, value.version), held + 1
        return sums

    def checksum(self) -> tuple[int, int]:
        sums = self.checksums().values()
        return reduce(xor, (total for total, _ in sums), 0), sum(held for _, held in sums)

    def mend(self, bucket: str) -> None:
        self.end_mending()
        self._all.mending = bucket, ""

    def mending(self) -> tuple[str, str] | None:
        return self._all.mending

    def advance_mending(self, cursor: str) -> None:
        assert self._all.mending is not None
        self._all.mending = self._all.mending[0], cursor

    def end_mending(self) -> None:
        self._all.mending = None
        self._all.named.clear()

    def distrust(self, kind: str, row: str, version: int) -> bool:
        held = self._told.rows.get((kind, row))
        if held is None or held.version == version or (kind, row) in {**self._all.named, **self._all.distrusted}:
            return False
        self._all.distrusted[kind, row] = None
        return held.version > version

    def sweep(self) -> Sequence[str] | None:
        assert self._all.mending is not None
        bucket, told = self._all.mending[0], self._told
        strays = [
            (key, row)
            for key, row in told.rows.items()
            if told.bucket(row) == bucket and key not in self._all.named and key not in self._all.distrusted
        ]
        if not strays:
            self.end_mending()
            return None
        key, row = next(((key, row) for key, row in strays if isinstance(row, Ticket)), strays[0])
        if not isinstance(row, Ticket):
            del told.rows[key]
            return [] if isinstance(row, Notice) else [row.ticket]
        lost = told.state(row.id)
        for hanging in [key for key, part in told.rows.items() if row.id in (part.id, getattr(part, "ticket", ""))]:
            del told.rows[hanging]
        if lost is not None and row.id in self._filed_by_us():
            told.lost[row.id] = lost
        return [row.id]

    def begin_generation(self) -> None:
        self.end_mending()
        self._all.distrusted.clear()
        self._all.filling = Generation()

    def carry_over(self, after: str) -> str:
        if self._all.filling is None:
            raise ValueError("no generation is being filled")
        return ""

    def switch_generation(self, carried: str = "") -> None:
        if (new := self._all.filling) is None:
            raise ValueError("no generation is being filled")
        old = self._all.present
        for ticket in self._filed_by_us():
            state = old.state(ticket) or old.lost.get(ticket)
            if state is not None and (RowKind.TICKET, ticket) not in new.rows:
                new.lost[ticket] = state
        self._all.present, self._all.filling = new, None

    def _filed_by_us(self) -> set[str]:
        remembered = {ticket for kind, ticket in self._all.forgotten.values() if kind is Kind.FILE_TICKET}
        done = {
            entry.ticket
            for entry in self._all.entries.values()
            if entry.kind is Kind.FILE_TICKET and entry.state is OperationState.DONE
        }
        return remembered | done


class DictionarySettings:
    """Small named values."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def account(self) -> Account | None:
        return self._all.account

    def save_account(self, account: Account | None) -> None:
        self._all.account = account

    def organisation(self) -> tuple[str, str] | None:
        return self._all.organisation

    def save_organisation(self, key: str, toml: str, etag: str) -> None:
        self._all.organisation, self._all.etag = (key, toml), etag

    def organisation_etag(self) -> str:
        return self._all.etag

    def value(self, name: str) -> str:
        return self._all.values.get(name, "")

    def save_value(self, name: str, value: str) -> None:
        self._all.values[name] = value


class DictionaryDrafts:
    """What is being written."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def save(self, draft: Draft) -> None:
        self._all.drafts[draft.id] = draft

    def discard(self, draft: str) -> None:
        self._all.drafts.pop(draft, None)

    def get(self, draft: str) -> Draft | None:
        return self._all.drafts.get(draft)

    def all(self) -> tuple[Draft, ...]:
        return tuple(sorted(self._all.drafts.values(), key=lambda draft: (draft.changed_at, draft.id), reverse=True))


class DictionaryKept:
    """The person's values that lost."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def get(self, operation: str, field: str) -> KeptValue | None:
        return self._all.kept.get((operation, field))

    def drop(self, operation: str, field: str) -> None:
        self._all.kept.pop((operation, field), None)


class DictionaryTransaction:
    """One transaction: a `Ledger`, and the person's side."""

    def __init__(self, all: Everything) -> None:
        self._all = all
        self.outbox = DictionaryOutbox(all)
        self.confirmed = DictionaryConfirmed(all)
        self.settings = DictionarySettings(all)
        self.drafts = DictionaryDrafts(all)
        self.kept = DictionaryKept(all)

    def open_content(self, attachment: str) -> BinaryIO:
        try:
            return io.BytesIO(self._all.contents[attachment])
        except KeyError:
            raise Trouble("The file is no longer on this computer. Add it again.") from None


class DictionaryFiles:
    """The bytes of attachments."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def import_stream(self, source: BinaryIO, *, attachment: str, name: str, media_type: str) -> DraftFile:
        content = source.read()
        self._all.contents[attachment] = content
        return DraftFile(
            attachment=attachment,
            name=name,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=media_type,
            label=name,
        )

    def open(self, attachment: str) -> BinaryIO:
        return DictionaryTransaction(self._all).open_content(attachment)


class DictionaryStore:
    """`SyncStore` over dictionaries; `parse` turns a profile's text into an organisation, as in the real store."""

    def __init__(self, *, parse: ReadsProfile | None = None) -> None:
        self._all = Everything()
        self._parse = parse
        self._one_at_a_time = threading.RLock()

    @property
    def files(self) -> DictionaryFiles:
        return DictionaryFiles(self._all)

    def write(self, job: Callable[[Any], T]) -> Future[T]:
        done = Future[T]()
        with self._one_at_a_time:
            before = self._all.copy()
            try:
                done.set_result(job(DictionaryTransaction(self._all)))
            except Exception as error:  # noqa: BLE001  (a job fails only its own Future)
                vars(self._all).update(vars(before))
                done.set_exception(error)
        return done

    background = write

    def reader(self) -> "DictionaryStore":
        return self

    def organisation(self) -> Organisation:
        if self._all.organisation is None or self._parse is None:
            return UNKNOWN_ORGANISATION
        key, toml = self._all.organisation
        return self._parse(toml, source=key)

    def ticket(self, ticket: str) -> TicketView | None:
        """The view of a ticket by its id."""
        lost = self._all.present.lost.get(ticket)
        account = self._all.account
        view = project(
            lost or self._all.present.state(ticket),
            sorted(self._of(ticket), key=lambda entry: entry.seq),
            me=account.person if account and account.person else Person(email="", verified=False),
            organisation=self.organisation(),
            kept=tuple(kept for kept in self._all.kept.values() if kept.operation in self._ids(ticket)),
            lost=lost is not None,
        )
        if view is None:
            return None
        here = self._all.contents
        files = tuple(replace(shown, is_local=shown.attachment.id in here) for shown in view.attachments)
        return replace(view, attachments=files)

    def _of(self, ticket: str) -> Iterable[OutboxEntry]:
        return (entry for entry in self._all.entries.values() if entry.ticket == ticket)

    def _ids(self, ticket: str) -> set[str]:
        forgotten = {operation for operation, (_, of) in self._all.forgotten.items() if of == ticket}
        return forgotten | {entry.id for entry in self._of(ticket)}
