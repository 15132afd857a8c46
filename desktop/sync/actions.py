"""What the engine wants done next, and what may come of it: plain values, so that any driver can carry them out."""

from dataclasses import dataclass

from desktop.sync.faults import SyncFault
from desktop.sync.help_desks.base import CursorGone, FileToSend, Link, Located, SentChunk, United
from desktop.sync.protocol import ChangePage, OperationsAnswer, OrganisationAnswer
from desktop.tickets.outbox import OutboxEntry


@dataclass(frozen=True, slots=True)
class Push:
    """Send the batch. Its entries are `sent` in the store, durably.

    Attributes:
        epoch: the server's, as it was known when the batch was made; empty where it was not.
        seen: the last heads that it had told then, with a comma between.
        begun: part of its outcome is stored already; these entries are what is left.
        restored: the answer came from an older copy of the server than we knew.
    """

    entries: tuple[OutboxEntry, ...]
    request_id: str
    epoch: str = ""
    seen: str = ""
    begun: bool = False
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Locate:
    """Ask whether the operation's effect is at the help desk."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Reserve:
    """Ask for the single-use URL that the operation is to be posted to."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Audit:
    """Look whether the addition, done a while ago, is there twice."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Read the page of changes after the cursor.

    Attributes:
        settled: how many answers had been stored when this was decided.
        bucket: read this one alone, by a cursor of its own; empty for the feed.
        seen: the last heads that the server has told; it refuses where its history never went through one of them.
    """

    cursor: str
    limit: int
    settled: int
    bucket: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class ReadOrganisation:
    """Read the provider's profile, which the feed says has become `etag`."""

    etag: str


@dataclass(frozen=True, slots=True)
class Upload:
    """Send at most `chunk` bytes of a file, open in `file.content` until the driver closes it. `began`: monotonic."""

    entry: OutboxEntry
    file: FileToSend
    chunk: int
    began: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do for `seconds`, or until woken (None). `fault` is why, where it is for trouble."""

    seconds: float | None
    fault: SyncFault | None = None


Request = Push | Locate | Reserve | Audit | ReadPage | ReadOrganisation | Upload
Action = Request | Wait
Outcome = (
    OperationsAnswer
    | Located
    | Link
    | United
    | ChangePage
    | CursorGone
    | OrganisationAnswer
    | None
    | SentChunk
    | SyncFault
)


@dataclass(frozen=True, slots=True)
class Rest:
    """What of an outcome is still to be stored, in the next slice."""

    action: Request
    outcome: Outcome


@dataclass(slots=True)
class Tally:
    """What has come of everything so far: settled answers, operations done, rows stored, rows refused, copies begun."""

    settled: int = 0
    pushed: int = 0
    pulled: int = 0
    refused_rows: int = 0
    copies: int = 0
