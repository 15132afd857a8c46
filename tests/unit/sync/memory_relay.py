"""A help desk in memory with the relay's rules, and a network in front of it that does what bad networks do."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.sync.faults import NotTheServer, Offline, Refused, ServerFault, SignInNeeded
from desktop.sync.help_desks.base import (
    MAX_FILE,
    Absent,
    CannotTell,
    Capabilities,
    CreationGuard,
    CursorGone,
    EditGuard,
    FileToSend,
    Found,
    Link,
    Located,
    SentChunk,
    United,
)
from desktop.sync.protocol import (
    BucketChecksum,
    ChangedRow,
    ChangePage,
    OperationAnswer,
    OperationsAnswer,
    OrganisationAnswer,
    Problem,
    Result,
    RowKind,
    decode_operation,
    row_hash,
)
from desktop.tickets.operations import AddNote, AttachFile, FileTicket, Kind, Operation
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.rows import NOTICES, bucket_of
from desktop.tickets.ticket import Attachment, Note, Ticket

ME = Person(email="kim@example.test", name="Kim")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RELAY = Capabilities(
    creation=CreationGuard.NATIVE_KEY,
    edits=EditGuard.NATIVE_BASE,
    request_life=60.0,
    read_lag=0.0,
    batch=500,
    resumable_files=True,
    pokes=False,
    end_user_accounts=True,
    computes_service_levels=True,
)
CREATE_ONLY = replace(RELAY, creation=CreationGuard.SEARCH_BY_ID, edits=EditGuard.NONE, read_lag=5.0, batch=1)


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class MemoryRelay:
    """The server. `created` has a line for each ticket that it made, so that a second one of a kind shows.

    `keyed`: it keeps a resent operation from happening twice; a create-only server does not.
    """

    keyed: bool = True
    epoch: str = "e1"
    answers: dict[str, OperationAnswer] = field(default_factory=dict)
    rows: dict[tuple[RowKind, str], ChangedRow] = field(default_factory=dict)
    version: int = 0
    created: list[str] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    uploads: dict[str, bytearray] = field(default_factory=dict)
    refuses: Callable[[Operation], str] = lambda _operation: ""
    chokes_on: set[str] = field(default_factory=set)
    malformed: set[str] = field(default_factory=set)

    def post(self, wires: Sequence[bytes]) -> OperationsAnswer:
        operations = [decode_operation(wire) for wire in wires]
        if any(operation.id in self.chokes_on for operation in operations):
            raise ServerFault(detail="HTTP 500", status=500)
        if any(operation.id in self.malformed for operation in operations):
            raise Refused("Malformed.", status=422)
        stuck: set[str] = set()
        answers = []
        for operation in operations:
            answer = self._one(operation, operation.ticket in stuck)
            if answer.result in (Result.REJECTED, Result.SKIPPED):
                stuck.add(operation.ticket)
            answers.append(answer)
        return OperationsAnswer(answers=tuple(answers), epoch=self.epoch)

    def _one(self, operation: Operation, stuck: bool) -> OperationAnswer:
        known = self.answers.get(operation.id)
        if known is not None and self.keyed:
            return replace(known, result=Result.DUPLICATE)
        if stuck:
            return OperationAnswer(id=operation.id, result=Result.SKIPPED)
        if sentence := self._refusal(operation):
            problem = Problem(title="No", status=422, code="refused", detail=sentence)
            if operation.kind is Kind.ATTACH_FILE:
                problem = replace(problem, code="upload-missing")
            return OperationAnswer(id=operation.id, result=Result.REJECTED, problem=problem)
        self.applied.append(operation.id)
        answer = self._apply(operation)
        self.answers[operation.id] = answer
        return answer

    def _refusal(self, operation: Operation) -> str:
        if operation.kind is not Kind.FILE_TICKET and (RowKind.TICKET, operation.ticket) not in self.rows:
            return "There is no such ticket."
        body = operation.body
        if isinstance(body, AttachFile):
            content = self.uploads.get(body.attachment, b"")
            if hashlib.sha256(content).hexdigest() != body.sha256:
                return "The file has not arrived."
        return self.refuses(operation)

    def _apply(self, operation: Operation) -> OperationAnswer:
        note = attachment = None
        body = operation.body
        if isinstance(body, FileTicket):
            self.created.append(operation.ticket)
            ticket = Ticket(
                id=operation.ticket,
                requester=ME,
                summary=body.summary,
                made_at=operation.made_at,
                updated_at=operation.made_at,
                number=str(len(self.created)),
            )
        else:
            row = self.rows[RowKind.TICKET, operation.ticket].ticket
            assert row is not None
            ticket = row
        if isinstance(body, AddNote):
            self.version += 1
            note = Note(
                id=body.note,
                ticket=operation.ticket,
                author=ME,
                text=body.text,
                at=operation.made_at,
                version=self.version,
            )
            self.tell(ChangedRow(kind=RowKind.NOTE, id=note.id, version=self.version, note=note))
        if isinstance(body, AttachFile):
            self.version += 1
            attachment = Attachment(
                id=body.attachment,
                ticket=operation.ticket,
                name=body.name,
                size=body.size,
                sha256=body.sha256,
                media_type=body.media_type,
                at=operation.made_at,
                author=ME,
                version=self.version,
            )
            self.tell(
                ChangedRow(kind=RowKind.ATTACHMENT, id=attachment.id, version=self.version, attachment=attachment)
            )
        self.version += 1
        ticket = replace(ticket, version=self.version)
        self.tell(ChangedRow(kind=RowKind.TICKET, id=ticket.id, version=self.version, ticket=ticket))
        return OperationAnswer(id=operation.id, result=Result.APPLIED, ticket=ticket, note=note, attachment=attachment)

    def tell(self, row: ChangedRow) -> None:
        self.rows.pop((row.kind, row.id), None)
        self.rows[row.kind, row.id] = row

    def changes(self, cursor: str, limit: int, bucket: str = "") -> ChangePage:
        epoch, _, since = cursor.rpartition(":")
        if cursor and epoch != self.epoch:
            raise CursorGone
        after = int(since or 0)
        told = [row for row in self.rows.values() if bucket in ("", self.bucket(row)) and row.version > after]
        rows = sorted(told, key=lambda row: row.version)
        page, more = tuple(rows[:limit]), len(rows) > limit
        last = page[-1].version if page else max(after, self.version)
        return ChangePage(
            rows=page,
            cursor=f"{self.epoch}:{last}",
            epoch=self.epoch,
            more=more,
            checksums=() if more or bucket else self.checksums(),
        )

    def checksums(self) -> tuple[BucketChecksum, ...]:
        sums: dict[str, list[int]] = {}
        for row in self.rows.values():
            held = sums.setdefault(self.bucket(row), [0, 0])
            held[0] ^= row_hash(row.kind, row.id, row.version)
            held[1] += 1
        return tuple(BucketChecksum(bucket=name, checksum=f"{sums[name][0]:016x}", rows=sums[name][1]) for name in sums)

    def bucket(self, row: ChangedRow) -> str:
        if row.kind is RowKind.NOTICE:
            return NOTICES
        part = row.note or row.attachment
        ticket = row.ticket or (self.rows[RowKind.TICKET, part.ticket].ticket if part else None)
        assert ticket is not None
        return bucket_of(ticket.company)

    def backup(self) -> "MemoryRelay":
        return replace(
            self,
            answers=dict(self.answers),
            rows=dict(self.rows),
            created=list(self.created),
            applied=list(self.applied),
            uploads=deepcopy(self.uploads),
        )

    def restore(self, backup: "MemoryRelay", epoch: str) -> None:
        vars(self).update({**vars(backup.backup()), "epoch": epoch})


class Weather:
    """What becomes of the next request; `ok` unless told otherwise.

    Attributes:
        late: requests still on their way, with the moment until which they can live.
    """

    def __init__(self, clock: HandClock) -> None:
        self.next: Callable[[], str] = lambda: "ok"
        self.life: Callable[[], float] = lambda: RELAY.request_life
        self.late: list[tuple[float, Callable[[], object]]] = []
        self._clock = clock

    def carry(self, request: Callable[[], object]) -> object:
        self.arrive(self._clock.seconds)
        match self.next():
            case "ok":
                return request()
            case "unreachable":
                raise Offline(undelivered=True)
            case "vanished":
                raise Offline
            case "answer lost":
                request()
                raise Offline
            case "twice":
                request()
                return request()
            case "late":
                self.late.append((self._clock.seconds + self.life(), request))
                raise Offline
            case "busy":
                raise ServerFault(retry_after=3.0, status=503)
            case "broken":
                raise ServerFault(status=500)
            case "signed out":
                raise SignInNeeded
            case "portal":
                raise NotTheServer
            case other:
                raise AssertionError(other)

    def arrive(self, now: float = float("inf")) -> None:
        """Whatever is still on its way and cannot live longer than `now` gets there."""
        due = [request for latest, request in self.late if latest <= now]
        self.late = [(latest, request) for latest, request in self.late if latest > now]
        for request in due:
            with suppress(ServerFault, Refused, CursorGone):
                request()


class MemoryHelpDesk:
    """`HelpDesk` over the server in memory."""

    def __init__(self, relay: MemoryRelay, weather: Weather, capabilities: Capabilities = RELAY) -> None:
        self.relay = relay
        self.weather = weather
        self.capabilities = capabilities
        self.pushes: list[tuple[str, ...]] = []
        self.reads: list[tuple[str, str]] = []
        self.organisation_answer: OrganisationAnswer | None = None
        self.cannot_tell = False

    def push(self, operations: Sequence[OutboxEntry], request_id: str, seen: str = "") -> OperationsAnswer:
        self.pushes.append(tuple(entry.id for entry in operations))
        wires = [entry.wire for entry in operations]
        answer = self.weather.carry(lambda: self.relay.post(wires))
        assert isinstance(answer, OperationsAnswer)
        return answer

    def locate(self, operation: OutboxEntry) -> Located:
        if self.cannot_tell:
            return CannotTell("no search here")
        found = self.weather.carry(lambda: self.relay.answers.get(operation.id))
        return Found(found) if isinstance(found, OperationAnswer) else Absent()

    def reserve(self, operation: OutboxEntry) -> Link:
        raise AssertionError(operation)

    def unite(self, addition: OutboxEntry) -> United:
        return United(number="1")

    def changes(self, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        self.reads.append((bucket, cursor))
        page = self.weather.carry(lambda: self.relay.changes(cursor, limit, bucket))
        assert isinstance(page, ChangePage)
        return page

    def send_file(self, file: FileToSend, chunk: int) -> SentChunk:
        def send() -> SentChunk:
            held = self.relay.uploads.setdefault(file.attachment, bytearray())
            file.content.seek(len(held))
            held += file.content.read(chunk)
            return SentChunk(url=f"/v1/files/{file.attachment}", offset=len(held), done=len(held) >= file.size)

        if self.weather.next() != "ok":
            raise Offline
        return send()

    def fetch_file(self, attachment: str, offset: int, target: Path, limit: int = MAX_FILE) -> int:
        raise Offline

    def decide_escalation(self, ticket: str, version: int, *, approve: bool) -> Ticket:
        raise Refused

    def organisation(self) -> OrganisationAnswer | None:
        return self.organisation_answer

    def wait_for_poke(self) -> bool:
        return False

    def hang_up(self) -> None:
        """Nothing is open here."""

    def stop(self) -> None:
        """Nothing blocks here."""
