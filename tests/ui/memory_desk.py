"""A desk in memory, on the real values and the real projection, whose help desk answers when a test says so."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from random import Random
from threading import RLock

from desktop.desk import ConnectionState, Saved, SuggestedPriority, SyncResult
from desktop.tickets import filing, priority
from desktop.tickets.clock import Clock
from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.identity import new_id
from desktop.tickets.notice import Notice
from desktop.tickets.operations import (
    AddNote,
    ChangeFields,
    CorrectContact,
    FieldChange,
    Kind,
    LogTime,
    Operation,
    ProposeTimes,
    Reopen,
    RequestEscalation,
    SaySolved,
)
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Contact, Person
from desktop.tickets.profile import parse_profile
from desktop.tickets.projection import apply, project
from desktop.tickets.reference import reference
from desktop.tickets.ticket import PriorityKey, TicketState, TimeWindow
from desktop.tickets.trouble import InputRefused, Trouble
from desktop.tickets.urgency import Answers
from desktop.tickets.view import Changed, KeptValue, TicketPage, TicketRow, TicketView, WaitingItem

ME = Person(email="ada@client.example.com", name="Ada Miller", company="Client Ltd")


def organisation(name: str = "example") -> Organisation:
    """A shipped profile."""
    text = (files("resources.organisations") / f"{name}.toml").read_text(encoding="utf-8")
    return parse_profile(text, source=f"{name}.toml")


@dataclass
class MemoryDesk:
    """Implements `DeskLike`. Writing happens on a thread of its own, as in the real one."""

    clock: Clock
    profile: Organisation
    home: Path
    me: Person = ME
    is_connected: bool = True
    trouble: Trouble | None = None
    told_notices: tuple[Notice, ...] = ()
    refuse_filing: Trouble | None = None
    confirmed: dict[str, TicketState] = field(default_factory=dict)
    entries: list[OutboxEntry] = field(default_factory=list)
    kept: list[KeptValue] = field(default_factory=list)
    kept_drafts: dict[str, Draft] = field(default_factory=dict)
    content: dict[str, bytes] = field(default_factory=dict)
    woken: int = 0

    def __post_init__(self) -> None:
        self._random = Random(7)
        self._lock = RLock()
        self._listeners: list[Callable[[Changed], None]] = []
        self.thread = ThreadPoolExecutor(max_workers=1)

    # what a test does
    def deliver(self) -> None:
        """The help desk takes everything that waits."""
        with self._lock:
            for entry in [entry for entry in self.entries if entry.state.is_pending]:
                self.decide(entry.operation, self.me)
                self._settle(entry.id, OperationState.DONE)
        self._tell()

    def refuse(self, operation: str, sentence: str) -> None:
        """The help desk does not accept one operation."""
        with self._lock:
            self._settle(operation, OperationState.REJECTED, last_error=sentence, attempts=1)
        self._tell()

    def decide(self, operation: Operation, by: Person) -> None:
        """Apply an operation at the help desk."""
        state = self.confirmed.get(operation.ticket)
        applied = apply(state, operation, by=by, at=self.clock.now(), organisation=self.profile)
        new = applied.state
        if state is None:
            number = str(1042 + len(self.confirmed))
            new = replace(new, ticket=replace(new.ticket, number=number, received_at=self.clock.now(), version=1))
        self.confirmed[operation.ticket] = new

    def change_ticket(self, ticket: str, **values: object) -> None:
        """The help desk changes a ticket."""
        with self._lock:
            state = self.confirmed[ticket]
            self.confirmed[ticket] = replace(state, ticket=replace(state.ticket, **values))  # type: ignore[arg-type]
        self._tell()

    def say(self, ticket: str, text: str, by: Person) -> None:
        """Somebody at the help desk writes a note."""
        note = AddNote(note=self.id(), text=text)
        with self._lock:
            self.decide(Operation(id=self.id(), ticket=ticket, made_at=self.clock.now(), add_note=note), by)
        self._tell()

    def keep(self, value: KeptValue) -> None:
        """A value of the person's has lost."""
        self.kept.append(value)
        self._tell()

    def set_trouble(self, trouble: Trouble | None) -> None:
        """The connection fails, or works again."""
        self.trouble = trouble
        self._tell()

    def id(self) -> str:
        return new_id(self.clock, self._random)

    # reading
    def organisation(self) -> Organisation:
        return self.profile

    def account(self) -> Account | None:
        if not self.is_connected:
            return None
        return Account(server="http://127.0.0.1", device="d", device_secret="s", company="Client Ltd", person=self.me)

    def connection(self) -> ConnectionState:
        return ConnectionState(
            connected=self.is_connected,
            online=self.trouble is None,
            trouble=self.trouble,
            waiting=sum(entry.state.is_pending for entry in self.entries),
            attention=sum(entry.state is OperationState.REJECTED for entry in self.entries),
        )

    def notices(self) -> tuple[Notice, ...]:
        return self.told_notices

    def on_change(self, tell: Callable[[Changed], None]) -> None:
        self._listeners.append(tell)

    def tickets(
        self, search: str = "", status: str = "", limit: int = 50, before: tuple[datetime, str] | None = None
    ) -> TicketPage:
        with self._lock:
            rows = sorted(
                (_row(view) for view in self._views()), key=lambda row: (row.updated, row.ticket), reverse=True
            )
        found = [
            row
            for row in rows
            if search.lower() in f"{row.summary} {row.number} {row.reference}".lower()
            and (before is None or (row.updated, row.ticket) < before)
        ]
        return TicketPage(rows=tuple(found[:limit]), more=len(found) > limit)

    def ticket(self, reference: str) -> TicketView | None:
        with self._lock:
            known = {entry.ticket for entry in self.entries} | set(self.confirmed)
            return self._view(reference) if reference in known else None

    def waiting(self) -> tuple[WaitingItem, ...]:
        with self._lock:
            return tuple(
                WaitingItem(
                    id=entry.id,
                    kind=entry.kind,
                    ticket=entry.ticket,
                    reference=reference(entry.ticket),
                    summary=view.ticket.summary if (view := self._view(entry.ticket)) else "",
                    state=entry.state,
                    attempts=entry.attempts,
                    not_before=entry.not_before,
                    last_error=entry.last_error,
                )
                for entry in self.entries
                if entry.state.is_projected
            )

    def suggest_priority(self, answers: Answers, request_type: str = "") -> SuggestedPriority:
        suggestion = priority.suggest(self.profile, answers, request_type)
        level = self.profile.priority(suggestion.key)
        return SuggestedPriority(
            key=suggestion.key,
            words=level.words if level else "",
            reason=suggestion.reason,
            call=level.call if level else False,
        )

    def missing(self, view: TicketView) -> tuple[str, ...]:
        ticket = view.ticket
        has = {
            "error": bool(ticket.error_text),
            "screenshot": any(shown.attachment.media_type.startswith("image/") for shown in view.attachments),
            "times": bool(ticket.availability),
            "contact": ticket.contact != Contact(),
            "device": bool(ticket.device.name),
        }
        return tuple(name for name, present in has.items() if not present)

    def look_alike(self, summary: str) -> TicketView | None:
        words = set(summary.lower().split())
        with self._lock:
            for view in self._views():
                theirs = set(view.ticket.summary.lower().split())
                if len(words & theirs) >= 3 and len(words & theirs) * 2 > len(theirs):
                    return view
        return None

    # drafts
    def drafts(self) -> tuple[Draft, ...]:
        with self._lock:
            return tuple(self.kept_drafts.values())

    def new_draft(self, ticket: str = "") -> Draft:
        return Draft(id=self.id(), changed_at=self.clock.now(), ticket=ticket)

    def save_draft(self, draft: Draft) -> Future[None]:
        return self.thread.submit(self._save_draft, draft)

    def _save_draft(self, draft: Draft) -> None:
        with self._lock:
            self.kept_drafts[draft.id] = draft

    def discard_draft(self, draft: str) -> Future[None]:
        return self.thread.submit(self._discard, draft)

    def _discard(self, draft: str) -> None:
        with self._lock:
            self.kept_drafts.pop(draft, None)

    def import_file(self, source: Path, *, name: str = "") -> Future[DraftFile]:
        return self.thread.submit(self._import_file, source, name or source.name)

    def _import_file(self, source: Path, name: str) -> DraftFile:
        if not source.is_file():
            raise InputRefused(f"“{name}” is not a file that can be added.")
        kind = "image/png" if name.endswith(".png") else "application/octet-stream"
        return self._import(source.read_bytes(), name, kind, "file", name)

    def import_bytes(self, content: bytes, *, name: str, media_type: str, origin: str, label: str) -> Future[DraftFile]:
        return self.thread.submit(self._import, content, name, media_type, origin, label)

    def _import(self, content: bytes, name: str, media_type: str, origin: str, label: str) -> DraftFile:
        with self._lock:
            attachment = self.id()
            self.content[attachment] = content
        return DraftFile(
            attachment=attachment,
            name=name,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=media_type,
            origin=origin,
            label=label,
        )

    # writing
    def file_ticket(self, draft: Draft) -> Future[Saved]:
        return self.thread.submit(self._file, draft)

    def _file(self, draft: Draft) -> Saved:
        if self.refuse_filing is not None:
            raise self.refuse_filing
        now = self.clock.now()
        tidy = filing.tidy(draft, now)
        operations = [filing.filing(tidy, operation=self.id(), at=now)]
        operations += [
            filing.attaching(file, operation=self.id(), ticket=draft.id, at=now) for file in tidy.files if file.included
        ]
        with self._lock:
            self.kept_drafts.pop(draft.id, None)
        return self._add(operations)

    def reply(self, ticket: str, text: str, files: Sequence[DraftFile] = (), draft: str = "") -> Future[Saved]:
        with self._lock:
            self.kept_drafts.pop(draft, None)
        note = AddNote(note=self.id(), text=text)
        attached = [self._attaching(ticket, file, note.note) for file in files]
        return self._do(ticket, *attached, add_note=note)

    def attach(self, ticket: str, files: Sequence[DraftFile]) -> Future[Saved]:
        return self.thread.submit(self._add, [self._attaching(ticket, file) for file in files])

    def _attaching(self, ticket: str, file: DraftFile, note: str = "") -> Operation:
        return filing.attaching(file, operation=self.id(), ticket=ticket, at=self.clock.now(), note=note)

    def change_fields(self, ticket: str, changes: Sequence[FieldChange]) -> Future[Saved]:
        return self._do(ticket, change_fields=ChangeFields(changes=tuple(changes)))

    def say_solved(self, ticket: str) -> Future[Saved]:
        return self._do(ticket, say_solved=SaySolved())

    def reopen(self, ticket: str, text: str) -> Future[Saved]:
        return self._do(ticket, reopen=Reopen(note=self.id(), text=text))

    def correct_contact(self, ticket: str, contact: Contact) -> Future[Saved]:
        return self._do(ticket, correct_contact=CorrectContact(contact=contact))

    def propose_times(self, ticket: str, windows: Sequence[TimeWindow]) -> Future[Saved]:
        return self._do(ticket, propose_times=ProposeTimes(windows=tuple(windows)))

    def log_time(self, ticket: str, minutes: int, text: str) -> Future[Saved]:
        return self._do(ticket, log_time=LogTime(note=self.id(), minutes=minutes, text=text))

    def request_escalation(self, ticket: str, reason: str) -> Future[Saved]:
        return self._do(ticket, request_escalation=RequestEscalation(reason=reason))

    def apply_again(self, operation: str, field: str) -> Future[Saved]:
        value = next(value for value in self.kept if (value.operation, value.field) == (operation, field))
        entry = next(entry for entry in self.entries if entry.id == operation)
        change = FieldChange(field=field, base=value.theirs, value=value.mine)
        return self.change_fields(entry.ticket, [change])

    def retry(self, operation: str) -> Future[Saved]:
        return self.thread.submit(self._retry, operation)

    def _retry(self, operation: str) -> Saved:
        with self._lock:
            entry = self._settle(operation, OperationState.QUEUED)
        self._tell()
        return Saved(operation=operation, ticket=entry.ticket, reference=reference(entry.ticket))

    def cancel(self, operation: str) -> Future[Draft | None]:
        return self.thread.submit(self._cancel, operation)

    def _cancel(self, operation: str) -> Draft | None:
        with self._lock:
            entry = self._settle(operation, OperationState.CANCELLED)
            draft = None
            if entry.kind is Kind.FILE_TICKET:
                draft = filing.draft_of([entry.operation], draft=self.id(), at=self.clock.now())
                self.kept_drafts[draft.id] = draft
        self._tell()
        return draft

    # the network
    def enrol(self, server: str, code: str) -> Account:
        if code != "GOOD-CODE":
            raise InputRefused("This code is not known. Please check it, or ask your provider for a new one.")
        self.is_connected = True
        self._tell()
        account = self.account()
        assert account is not None
        return account

    def sync_now(self, timeout: float) -> SyncResult:
        self.deliver()
        return SyncResult(pushed=0, pulled=0, pending=0, needs_attention=0, online=True)

    def wake(self) -> None:
        self.woken += 1

    def fetch_file(self, ticket: str, attachment: str, target: Path) -> Future[Path]:
        return self.thread.submit(self._fetch, attachment, target)

    def _fetch(self, attachment: str, target: Path) -> Path:
        target.write_bytes(self.content[attachment])
        return target

    def _do(self, ticket: str, *more: Operation, **body: object) -> Future[Saved]:
        operation = Operation(id=self.id(), ticket=ticket, made_at=self.clock.now(), **body)  # type: ignore[arg-type]
        return self.thread.submit(self._add, [operation, *more])

    def _add(self, operations: list[Operation]) -> Saved:
        with self._lock:
            for operation in operations:
                self.entries.append(OutboxEntry(seq=len(self.entries) + 1, operation=operation, wire=b""))
        self._tell()
        first = operations[0]
        return Saved(operation=first.id, ticket=first.ticket, reference=reference(first.ticket))

    def _settle(self, operation: str, state: OperationState, **values: object) -> OutboxEntry:
        place = next(number for number, entry in enumerate(self.entries) if entry.id == operation)
        self.entries[place] = replace(self.entries[place], state=state, **values)  # type: ignore[arg-type]
        return self.entries[place]

    def _views(self) -> list[TicketView]:
        tickets = dict.fromkeys([*self.confirmed, *(entry.ticket for entry in self.entries)])
        return [view for ticket in tickets if (view := self._view(ticket)) is not None]

    def _view(self, ticket: str) -> TicketView | None:
        mine = [entry for entry in self.entries if entry.ticket == ticket]
        ids = {entry.id for entry in mine}
        return project(
            self.confirmed.get(ticket),
            mine,
            me=self.me,
            organisation=self.profile,
            kept=[value for value in self.kept if value.operation in ids],
        )

    def _tell(self) -> None:
        for tell in self._listeners:
            tell(Changed(everything=True))


def _row(view: TicketView) -> TicketRow:
    ticket = view.ticket
    return TicketRow(
        ticket=ticket.id,
        reference=reference(ticket.id),
        number=ticket.number,
        summary=ticket.summary,
        status=ticket.status,
        priority=PriorityKey(ticket.priority),
        updated=ticket.updated_at,
        mark=view.mark,
        pending=len(view.pending),
        requester=ticket.requester.name,
    )
