"""The one interface that servers meet, whatever they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.sync.protocol import ChangePage, OperationAnswer, OperationsAnswer, OrganisationAnswer
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.ticket import Ticket

MAX_FILE = 4 * 1024**3
"""Largest file in bytes that is taken from a server that has not said how large it is."""


class CreationGuard(StrEnum):
    """How a server keeps a resent creation from becoming a second one."""

    NATIVE_KEY = "native key"
    SINGLE_USE_URL = "single-use URL"
    SEARCH_BY_ID = "search by id"
    MESSAGE_ID = "message id"
    NONE = "none"


class EditGuard(StrEnum):
    """How a server keeps two edits from overwriting one another."""

    ETAG = "etag"
    STAMP = "stamp"
    COMPARE_THEN_WRITE = "compare then write"
    NATIVE_BASE = "native base"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a kind of server can do, and the two bounds that exactly-once rests on.

    Attributes:
        request_life: seconds for which a request may still commit after we gave up on it.
        read_lag: seconds for which a search may miss a commit.
        batch: most operations in one push.
        resumable_files: whether an upload goes on where it broke off.
        pokes: whether the server can tell that there is something new.
    """

    creation: CreationGuard
    edits: EditGuard
    request_life: float
    read_lag: float
    batch: int
    resumable_files: bool
    pokes: bool
    end_user_accounts: bool
    computes_service_levels: bool

    @property
    def can_be_searched(self) -> bool:
        """Whether a ticket could be there twice under one id, and be found."""
        return self.creation in (CreationGuard.SEARCH_BY_ID, CreationGuard.SINGLE_USE_URL)

    @property
    def can_tell(self) -> bool:
        """Whether the server can be asked what has become of an operation."""
        return self.creation not in (CreationGuard.MESSAGE_ID, CreationGuard.NONE)


@dataclass(frozen=True, slots=True)
class Found:
    """The operation's effect is at the server."""

    answer: OperationAnswer


@dataclass(frozen=True, slots=True)
class Absent:
    """The operation's effect is certainly not at the server."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The server has no way to say."""

    why: str


Located = Found | Absent | CannotTell


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that one creation can be posted to, once."""

    url: str


@dataclass(frozen=True, slots=True)
class United:
    """What carries one id is one now.

    Attributes:
        number: of the first, which was kept.
        others: numbers of those that were merged into it or taken away, or linked or marked as repeated where we may
            do neither; mostly none.
    """

    number: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToSend:
    """One upload. `content` reads plain bytes and seeks; `size` in bytes; `url` is empty for a new upload."""

    attachment: str
    ticket: str
    name: str
    size: int
    sha256: str
    media_type: str
    content: BinaryIO
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentChunk:
    """How far an upload has come. `done`: all bytes arrived and the server has verified the hash."""

    url: str
    offset: int
    done: bool


class CursorGone(Exception):
    """The server no longer knows the cursor (410): too old, or of another epoch. Everything is read anew."""


class HelpDesk(Protocol):
    """A server that keeps tickets. Every method blocks, and raises only `SyncFault`s (and `CursorGone`)."""

    @property
    def capabilities(self) -> Capabilities:
        """What this kind of server can do."""
        ...

    def push(self, operations: Sequence[OutboxEntry], request_id: str, seen: str = "") -> OperationsAnswer:
        """Send a batch; the answer echoes each id, in order, and says whether the server knows the heads `seen`."""
        ...

    def locate(self, operation: OutboxEntry) -> Located:
        """Ask whether the operation's effect is there."""
        ...

    def reserve(self, operation: OutboxEntry) -> Link:
        """A link to post the operation to. Only where creation is guarded by a single-use URL."""
        ...

    def unite(self, addition: OutboxEntry) -> United:
        """Look for every ticket, note, file or time that carries this operation's id; keep the first, make it the only.

        Only of operations that add something (`desktop.tickets.operations.ADDS`), where tickets can be searched by id;
        asking again does no harm.
        """
        ...

    def changes(self, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        """The page after the cursor; the empty cursor starts from nothing. Raises `CursorGone`.

        `bucket`: the rows of this one alone, without tombstones, by cursors of its own. `seen`: the last heads
        that the server has told, a comma between; where its history never went through one, the cursor is gone.
        """
        ...

    def send_file(self, file: FileToSend, chunk: int) -> SentChunk:
        """Send at most `chunk` bytes of the file from where the server has got to."""
        ...

    def fetch_file(self, attachment: str, offset: int, target: Path, limit: int = MAX_FILE) -> int:
        """Append the attachment's bytes from `offset` to the file at `target`; returns its new size in bytes.

        A server that would make it longer than `limit` bytes is a `ServerFault`, before the disk is full.
        """
        ...

    def decide_escalation(self, ticket: str, version: int, *, approve: bool) -> Ticket:
        """Decide on a faster answer, online, against that version of the ticket; the ticket as it now stands."""
        ...

    def organisation(self) -> OrganisationAnswer | None:
        """The provider's profile, or None when it has not changed since the last call."""
        ...

    def wait_for_poke(self) -> bool:
        """Block until the server says that there is something, or the connection ends (false)."""
        ...

    def hang_up(self) -> None:
        """Wait for pokes no longer, and leave no connection behind; from the thread that waited for them."""
        ...

    def stop(self) -> None:
        """End whatever blocks, from another thread; nothing may be sent afterwards."""
        ...
