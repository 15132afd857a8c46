"""A help desk in memory, of any kind: with keys as our relay, or one that can only be searched.

It decides with the same rules as the relay (`desktop.tickets.projection.apply`) and tells its changes in the same way.
What it made is written down line by line, so that whatever happens twice shows.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final, TypeVar

from desktop.sync.faults import Refused, ServerFault
from desktop.sync.help_desks.base import (
    Absent,
    CannotTell,
    Capabilities,
    CreationGuard,
    CursorGone,
    EditGuard,
    Found,
    Link,
    Located,
    SentChunk,
    United,
)
from desktop.sync.protocol import (
    ChangedRow,
    ChangePage,
    FieldConflict,
    OperationAnswer,
    OperationsAnswer,
    Problem,
    Result,
    RowKind,
    decode_operation,
)
from desktop.sync.settle import LINK_USED
from desktop.tickets.operations import AttachFile, Kind, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person
from desktop.tickets.projection import apply
from desktop.tickets.rows import bucket_of
from desktop.tickets.ticket import Attachment, Note, NoteKind, Ticket, TicketState
from tests.simulation.books import Books, Row, checksums, told
from tests.simulation.timeline import WallClock

UNWELCOME: Final = "unwelcome"
"""A word that this help desk refuses to take, wherever it stands first."""

KEYED: Final = Capabilities(
    creation=CreationGuard.NATIVE_KEY,
    edits=EditGuard.NATIVE_BASE,
    request_life=60.0,
    read_lag=0.0,
    batch=8,
    resumable_files=True,
    pokes=False,
    end_user_accounts=True,
    computes_service_levels=True,
)
SEARCHED: Final = replace(
    KEYED, creation=CreationGuard.SEARCH_BY_ID, edits=EditGuard.COMPARE_THEN_WRITE, read_lag=20.0, batch=1
)
KINDS: Final = {
    guard: KEYED if guard is CreationGuard.NATIVE_KEY else replace(SEARCHED, creation=guard) for guard in CreationGuard
}
"""A help desk of every kind of guard."""
CHOKES: Final = "chokes"
"""A word at which this help desk fails, whatever comes with it; until somebody mends it."""
MALFORMED: Final = "malformed"
"""A word for which it refuses the whole request."""
TOLD: Final = (
    *(result.value for result in Result if result is not Result.REJECTED),
    *("unwelcome", "no-such-ticket", "upload-missing", "link-used"),
    *("found", "absent", "cannottell", "cursor gone"),
)
"""What it can say, as `hits` counts it: results and refusals, what a search brings, and that a cursor is too old."""
AHEAD: Final = 1.0
"""Seconds by which requests die and searches see earlier than they must: a process's clock may run ahead of time."""
_LINK_LIFE: Final = 120.0
"""Seconds for which a single-use URL is good."""

T = TypeVar("T", Ticket, Note, Attachment)


class ModelServer:
    """One help desk; each method is one transaction of it, at the moment when a request arrives.

    Attributes:
        chokes: whether it still fails at that word.
        refused: operations that it has ever refused.
        hits: how often it has told what.
    """

    def __init__(
        self, clock: WallClock, random: Random, organisation: Organisation, capabilities: Capabilities, page: int
    ) -> None:
        self.capabilities = capabilities
        self.organisation = organisation
        self.books = Books()
        self.epoch = "e1"
        self._clock = clock
        self._random = random
        self._page = page
        self._guard = capabilities.creation
        self._keyed = self._guard is CreationGuard.NATIVE_KEY
        self.chokes = True
        self.refused: set[str] = set()
        self.hits: Counter[str] = Counter()

    # operations

    def post(self, by: Person, wires: Sequence[bytes], links: Sequence[str], seen: str = "") -> OperationsAnswer:
        """A batch, in order; what stands behind something refused on its ticket is skipped."""
        operations = [decode_operation(wire) for wire in wires]
        first = {words(operation).partition(" ")[0] for operation in operations}
        if CHOKES in first and self.chokes:
            raise ServerFault(detail="HTTP 500", status=500)
        if MALFORMED in first:
            raise Refused("This could not be read.", status=422)
        halted: set[str] = set()
        forgot = not self._went_through(seen)
        answers = []
        for operation, link in zip(operations, links, strict=True):
            if self._guard is CreationGuard.SINGLE_USE_URL and not self._use_up(link):
                answers.append(_refused(operation, LINK_USED))
                continue
            answer = self._answer(by, operation, halted)
            if answer.result in (Result.REJECTED, Result.SKIPPED):
                halted.add(operation.ticket)
            answers.append(answer)
        self.hits.update(f"told {said.problem.code if said.problem else said.result}" for said in answers)
        return OperationsAnswer(answers=tuple(answers), epoch=self.epoch, head=self.head, forgot=forgot)

    def reserve(self) -> Link:
        """A link that is good for one creation, for a while."""
        link = f"/once/{self._random.getrandbits(64):x}"
        self.books.links[link] = self._clock.monotonic() + _LINK_LIFE
        return Link(link)

    def _use_up(self, link: str) -> bool:
        return self.books.links.pop(link, -1.0) >= self._clock.monotonic()

    def unite(self, operation: Operation) -> United:
        """The first with this id stays; the others are merged into it or taken away, as far as a search sees them."""
        row = self.books.rows.get((RowKind.TICKET, operation.ticket))
        if row is None or self._is_too_new(operation.id):
            return United(number="")  # not seen yet, or lost
        if operation.file_ticket is None:
            return self._keep_one(operation.id)
        others = self.books.created.count(operation.ticket) - 1
        for _ in range(others):
            self.books.created.remove(operation.ticket)
            self.books.united.append(operation.ticket)
        if others and isinstance(row, Ticket):
            self._put(RowKind.TICKET, replace(row, number="1"))
        return United(number="1", others=tuple(str(number + 2) for number in range(others)))

    def _keep_one(self, operation: str) -> United:
        others = self.books.applied.count(operation) - 1
        for _ in range(others):
            self.books.applied.remove(operation)
            self.books.united.append(operation)
        return United(number="first", others=tuple(str(number + 2) for number in range(others)))

    def _is_too_new(self, operation: str) -> bool:
        """Whether a search happens not to see it yet."""
        age = self._clock.monotonic() - self.books.committed.get(operation, 0.0)
        return age < self._random.uniform(0.0, self.capabilities.read_lag - AHEAD)

    def _answer(self, by: Person, operation: Operation, halted: set[str]) -> OperationAnswer:
        known = self.books.answers.get(operation.id)
        if known is not None and self._keyed:
            return self._again(by, operation, known)
        if operation.ticket in halted:
            return OperationAnswer(id=operation.id, result=Result.SKIPPED)
        before = self.books.version
        answer = self._decide(by, operation)
        if self.books.version == before:
            self._next_version()  # its loss has to be noticed, even where no row has changed
        if answer.result is Result.REJECTED:
            self.refused.add(operation.id)
        if not self._is_welcome_later(operation, answer):
            self.books.answers[operation.id] = answer
        return answer

    def _is_welcome_later(self, operation: Operation, answer: OperationAnswer) -> bool:
        code = answer.problem.code if answer.problem else ""
        is_to_come = (RowKind.TICKET, operation.ticket) not in self.books.rows
        return code == "upload-missing" or (code == "no-such-ticket" and is_to_come)

    def _again(self, by: Person, operation: Operation, known: OperationAnswer) -> OperationAnswer:
        if known.result is Result.REJECTED:
            return known
        result = Result.CONFLICT if known.conflicts else Result.DUPLICATE
        return replace(self._as_it_stands(by, operation.ticket, known), result=result)

    def _as_it_stands(self, by: Person, ticket: str, known: OperationAnswer) -> OperationAnswer:
        """The answer with the ticket as it is now, as far as this person may still see it."""
        row = self.books.rows.get((RowKind.TICKET, ticket))
        if not isinstance(row, Ticket) or not self.sees(by, row):
            return replace(known, ticket=None, note=None, attachment=None)
        rows = self.books.rows
        note = rows.get((RowKind.NOTE, known.note.id)) if known.note else None
        attachment = rows.get((RowKind.ATTACHMENT, known.attachment.id)) if known.attachment else None
        assert note is None or isinstance(note, Note)
        assert attachment is None or isinstance(attachment, Attachment)
        return replace(known, ticket=row, note=note, attachment=attachment)

    def _decide(self, by: Person, operation: Operation) -> OperationAnswer:
        before = self.books.rows.get((RowKind.TICKET, operation.ticket))
        assert before is None or isinstance(before, Ticket)
        if operation.file_ticket is not None and before is not None and not self._keyed:
            return self._once_more(operation)
        if before is not None and not self.sees(by, before):
            before = None
        if code := self._refusal(operation):
            return _refused(operation, code)
        state = TicketState(ticket=before) if before is not None else None
        done = apply(state, operation, by=by, at=self._clock.now(), organisation=self.organisation)
        if done.refusal:
            return _refused(operation, done.refusal)
        if operation.file_ticket is not None:
            self.books.created.append(operation.ticket)
        self.books.applied.append(operation.id)
        self.books.committed[operation.id] = self._clock.monotonic()
        note = attachment = None
        ticket = done.state.ticket
        if ticket != before:
            if not ticket.number:
                ticket = replace(ticket, number=str(len(self.books.created)))
            ticket = self._put(RowKind.TICKET, ticket)
        for said in done.state.notes:
            note = self._put(RowKind.NOTE, said)
        for hung in done.state.attachments:
            attachment = self._put(RowKind.ATTACHMENT, hung)
        return OperationAnswer(
            id=operation.id,
            result=Result.CONFLICT if done.lost else Result.APPLIED,
            ticket=ticket,
            note=note,
            attachment=attachment,
            conflicts=tuple(FieldConflict(field=lost.field, mine=lost.mine, theirs=lost.theirs) for lost in done.lost),
        )

    def _once_more(self, operation: Operation) -> OperationAnswer:
        """A help desk without keys makes a second ticket of a second request, and thinks nothing of it."""
        self.books.created.append(operation.ticket)
        self.books.applied.append(operation.id)
        row = self.books.rows[RowKind.TICKET, operation.ticket]
        assert isinstance(row, Ticket)
        second = replace(row, number=str(len(self.books.created)))
        second = self._put(RowKind.TICKET, second)  # the one that changed last is told
        return OperationAnswer(id=operation.id, result=Result.APPLIED, ticket=second)

    def _refusal(self, operation: Operation) -> str:
        body = operation.body
        if words(operation).startswith(UNWELCOME):
            return "unwelcome"
        if isinstance(body, AttachFile):
            content = self.books.uploads.get(body.attachment)
            if content is None or hashlib.sha256(content).hexdigest() != body.sha256:
                return "upload-missing"
        made = [getattr(body, "note", ""), getattr(body, "attachment", "")]
        if operation.kind is not Kind.ATTACH_FILE and (RowKind.NOTE, made[0]) in self.books.rows and self._keyed:
            return "id-taken"
        if (RowKind.ATTACHMENT, made[1]) in self.books.rows and self._keyed:
            return "id-taken"
        return ""

    def _put(self, kind: RowKind, row: T) -> T:
        row = replace(row, version=self._next_version())
        self.books.rows[kind, row.id] = row
        return row

    def _next_version(self) -> int:
        self.books.version += 1
        self.books.marks[self.books.version] = self._random.getrandbits(32)
        return self.books.version

    @property
    def head(self) -> str:
        """How far its history has come, by a name; only our relay has such names."""
        return (
            f"{self.books.version}-{self.books.marks[self.books.version]}" if self._keyed and self.books.marks else ""
        )

    def _went_through(self, heads: str) -> bool:
        named = (head.partition("-") for head in heads.split(",") if head)
        return all(self.books.marks.get(int(version)) == int(name) for version, _, name in named)

    def locate(self, by: Person, operation: str, ticket: str) -> Located:
        """Whether the effect of an operation is there, as far as a search can see yet."""
        located = self._located(by, operation, ticket)
        self.hits[f"told {type(located).__name__.lower()}"] += 1
        return located

    def _located(self, by: Person, operation: str, ticket: str) -> Located:
        known = self.books.answers.get(operation)
        seen = known is not None and known.result is not Result.REJECTED
        if seen and self._is_too_new(operation):
            seen = False
        if self._guard is CreationGuard.NONE or (self._guard is CreationGuard.MESSAGE_ID and not seen):
            return CannotTell("nothing that can be searched proves that it is not there")
        if known is None or not seen:
            return Absent()
        return Found(replace(self._as_it_stands(by, ticket, known), head=self.head))

    def has(self, operation: str) -> bool:
        """What a person finds who looks whether something has arrived after all."""
        return operation in self.books.applied

    # what it tells

    def sees(self, by: Person, ticket: Ticket) -> bool:
        """Whether a ticket is for this person."""
        return by.role.is_provider or (
            ticket.requester.email == by.email and (by.email, ticket.id) not in self.books.hidden
        )

    def seen(self, by: Person) -> list[tuple[RowKind, Row, str]]:
        """Every row that this person sees, with its bucket."""
        rows, provides = self.books.rows, by.role.is_provider
        buckets = {
            row.id: bucket_of(row.company) for row in rows.values() if isinstance(row, Ticket) and self.sees(by, row)
        }
        return [
            (kind, row, buckets[ticket])
            for (kind, _), row in rows.items()
            if (ticket := row.id if isinstance(row, Ticket) else row.ticket) in buckets
            and (provides or not (isinstance(row, Note) and row.kind is NoteKind.INTERNAL))
        ]

    def changes(self, by: Person, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        """A page of what is new to this person; `CursorGone` for a cursor that is too old or of another copy."""
        epoch, position, horizon = self.epoch, 0, self.books.version
        if cursor:
            epoch, position, horizon = cursor.split(":", maxsplit=1)[0], *map(int, cursor.split(":")[1:])
        is_near = self.books.floor <= max(position, horizon) <= self.books.version
        if epoch != self.epoch or not is_near or not self._went_through(seen):
            self.hits["told cursor gone"] += 1
            raise CursorGone
        visible = self.seen(by)
        news = [told(kind, row) for kind, row, of in visible if row.version > position and bucket in ("", of)]
        if cursor and not bucket:
            news += [
                ChangedRow(kind=kind, id=row, version=version, gone=True)
                for (kind, row), version in self.books.gone.get(by.email, {}).items()
                if version > max(position, horizon)
            ]
        news.sort(key=lambda row: row.version)
        page, more = tuple(news[: min(limit, self._page)]), len(news) > min(limit, self._page)
        last = page[-1].version if more else self.books.version
        return ChangePage(
            rows=page,
            cursor=f"{self.epoch}:{last}:{horizon}",
            epoch=self.epoch,
            more=more,
            checksums=() if more else checksums(by, visible),
            head=self.head,
        )

    # files

    def receive(self, attachment: str, size: int, offset: int, piece: bytes) -> SentChunk:
        """Append a piece of an upload of so many bytes where it belongs."""
        held = self.books.uploads.get(attachment, b"")
        if len(held) != offset:
            raise ServerFault(detail="another offset", status=409)
        self.books.uploads[attachment] = held + piece
        come = offset + len(piece)
        return SentChunk(url=f"/files/{attachment}", offset=come, done=come >= size)

    # what happens to it

    def edit(self, operation: Operation, by: Person) -> OperationAnswer:
        """Something that a technician does at the help desk itself."""
        return self._answer(by, operation, set())

    def hide(self, email: str, ticket: str) -> bool:
        """Take the right to see a ticket away from somebody; whether they had it."""
        if (email, ticket) in self.books.hidden:
            return False
        self.books.hidden.add((email, ticket))
        for (kind, row), value in self.books.rows.items():
            if ticket in (row, getattr(value, "ticket", "")):
                self.books.gone.setdefault(email, {})[kind, row] = self._next_version()
        return True

    def show(self, email: str, ticket: str) -> bool:
        """Give that right back, if it was taken: what is told again gets a new place in the order."""
        if (email, ticket) not in self.books.hidden:
            return False
        self.books.hidden.discard((email, ticket))
        for (kind, row), value in list(self.books.rows.items()):
            if ticket in (row, getattr(value, "ticket", "")):
                self.books.gone.get(email, {}).pop((kind, row), None)
                self.books.rows[kind, row] = replace(value, version=self._next_version())
        return True

    def forget_cursors(self) -> None:
        """Tombstones are thrown away: whoever has not read up to here has to begin anew."""
        self.books.floor = self.books.version

    def backup(self) -> Books:
        """A copy of everything."""
        return self.books.copy()

    def restore(self, backup: Books, epoch: str) -> None:
        """Go on from a backup; one that names its heads need not say so, and keeps its epoch."""
        self.books, self.epoch = backup.copy(), epoch


def words(operation: Operation) -> str:
    """What it says first."""
    body = operation.body
    return getattr(body, "summary", "") or getattr(body, "text", "")


def _refused(operation: Operation, code: str) -> OperationAnswer:
    problem = Problem(title="Not accepted", status=422, code=code, detail=f"The help desk does not take this: {code}.")
    return OperationAnswer(id=operation.id, result=Result.REJECTED, problem=problem)
