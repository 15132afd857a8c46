"""What the engine needs of a store: one transaction, as seen by sync. Any store that passes the contract suite will do.

A job is a function of a `Ledger`; the store runs it on its own thread inside one durable transaction, so that all of
it or nothing of it has happened.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, BinaryIO, Protocol, TypeVar

from desktop.tickets.connection import Account
from desktop.tickets.notice import Notice
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState

T = TypeVar("T")


class Outbox(Protocol):
    """The operations, in the order in which the person made them."""

    def entry(self, operation: str) -> OutboxEntry | None:
        """One entry by its operation's id."""
        ...

    def sendable(self, now: datetime, limit: int, *, unknown_too: bool = False) -> Sequence[OutboxEntry]:
        """Queued entries to push now, in `seq` order; unknown ones as well where sending again is asking.

        An entry is sendable when its `not_before` has passed, what it comes `after` is settled (done, cancelled, or
        refused without being a filing) or stands earlier in the result, and, for `attach_file`, its upload is done.
        One ticket's entries keep their order: what was made before on the same ticket, files apart, is settled or
        stands earlier in the result too.
        """
        ...

    def uploads_due(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        """`attach_file` entries, queued or unknown, whose filing is done, whose upload is not, and which are due."""
        ...

    def in_state(self, state: OperationState, limit: int = 1000) -> Sequence[OutboxEntry]:
        """Entries in the state, in `seq` order."""
        ...

    def next_due(self, now: datetime, *, of_files: bool = False) -> datetime | None:
        """The earliest `not_before` after `now` among queued and unknown entries (of files alone), or None."""
        ...

    def counts(self) -> Mapping[OperationState, int]:
        """How many entries each state has."""
        ...

    def mark_sent(self, operations: Sequence[str], request_id: str, now: datetime) -> None:
        """Queued -> sent, one more attempt each."""
        ...

    def settle(
        self,
        operation: str,
        state: OperationState,
        *,
        now: datetime,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """Move an entry along the transition table (ValueError otherwise) and re-project its ticket."""
        ...

    def delay(self, operations: Sequence[str], not_before: datetime, error: str) -> None:
        """Leave the entries as they are, not to be tried before then; `error` is the sentence shown."""
        ...

    def clamp_delays(self, latest: datetime) -> None:
        """No entry waits longer than until `latest` (the wall clock may have jumped)."""
        ...

    def ask_again(self, limit: int, ticket: str = "") -> int:
        """Done -> unknown for so many (of one ticket); how many there were.

        A finished upload counts as finished: the help desk says so if it needs the bytes once more.
        """
        ...

    def upload_progress(self, operation: str, url: str, offset: int, done: bool) -> None:
        """Where the upload of an `attach_file` entry has got to."""
        ...

    def upload_url(self, operation: str) -> str:
        """The upload's URL at the server, or empty."""
        ...

    def keep_link(self, operation: str, link: str) -> None:
        """The single-use URL that the operation is to be posted to; empty once it was used."""
        ...

    def to_audit(self, looks: int, limit: int) -> Sequence[OutboxEntry]:
        """Done additions that were looked for fewer than so many times: those least looked for first, then by `seq`."""
        ...

    def audit_again(self, ticket: str) -> None:
        """Look for the ticket's filing anew: there is a reason to think that the help desk has it twice."""
        ...

    def audited(self, operation: str) -> None:
        """It was looked once more whether the help desk has it twice."""
        ...

    def keep_mine(self, operation: str, field: str, mine: str, theirs: str) -> None:
        """Keep the person's value that lost against the server's, to be applied again with one click."""
        ...

    def forget_done(self, before: datetime) -> int:
        """Drop bytes and local files of entries done before then; returns how many."""
        ...


class Confirmed(Protocol):
    """What the server last told. Every change re-projects the tickets that it touches, in the same transaction.

    A row with a version that is not newer than the stored one changes nothing.
    """

    def put_ticket(self, ticket: Ticket) -> None: ...

    def put_note(self, note: Note) -> None: ...

    def put_attachment(self, attachment: Attachment) -> None: ...

    def put_notice(self, notice: Notice) -> None: ...

    def remove(self, kind: str, row: str) -> None:
        """Take a row away (kinds as in `RowKind`); pending operations on it stay."""
        ...

    def state(self, ticket: str) -> TicketState | None:
        """The ticket as the server last told it."""
        ...

    def cursor(self) -> str:
        """Where reading the feed has got to; empty at the start."""
        ...

    def advance(self, cursor: str, epoch: str) -> None:
        """Move the cursor, in the transaction that stored the rows before it."""
        ...

    def epoch(self) -> str:
        """The server's epoch as last seen; empty at the start."""
        ...

    def checksums(self) -> Mapping[str, tuple[int, int]]:
        """XOR of the row hashes and number of rows, for each bucket (see `desktop.tickets.rows`) that holds any.

        What hangs on a ticket that is not held is `NOWHERE`.
        """
        ...

    def checksum(self) -> tuple[int, int]:
        """The same, of everything confirmed."""
        ...

    def mend(self, bucket: str) -> None:
        """Begin to mend a bucket of the present copy; from now on it is noted which rows are told."""
        ...

    def mending(self) -> tuple[str, str] | None:
        """The bucket that is mended and the cursor that its reading has got to, or None."""
        ...

    def advance_mending(self, cursor: str) -> None:
        """Move that cursor, in the transaction that stored the rows before it."""
        ...

    def distrust(self, kind: str, row: str, version: int) -> bool:
        """Let the next `put_*` of the row stand whatever version is held, unless it was told since mending began.

        Returns whether we held a newer one than the help desk tells.
        """
        ...

    def sweep(self) -> Sequence[str] | None:
        """Take away a few rows of the mended bucket that were not told since; the tickets that they hung on.

        A ticket of ours stays, shown as lost. None when there are none left: then the mending has ended.
        """
        ...

    def end_mending(self) -> None:
        """Give the mending up; what it has put right stays so."""
        ...

    def begin_generation(self) -> None:
        """Start to fill a new copy beside the present one; `put_*` and `advance` go there until it is switched.

        A mending is given up.
        """
        ...

    def carry_over(self, after: str) -> str:
        """Bring the next few of our own tickets, in the order of ids, into the filled copy; empty when all are there.

        Begin with the empty id, go on with what is returned.
        """
        ...

    def switch_generation(self, carried: str = "") -> None:
        """Make the new copy the present one, at once; what of our own comes after `carried` is carried over first."""
        ...


class Settings(Protocol):
    """Small named values that sync keeps."""

    def account(self) -> Account | None: ...

    def save_account(self, account: Account | None) -> None: ...

    def organisation(self) -> tuple[str, str] | None:
        """The provider's profile as (key, TOML text), or None before it was fetched."""
        ...

    def save_organisation(self, key: str, toml: str, etag: str) -> None: ...

    def organisation_etag(self) -> str: ...

    def value(self, name: str) -> str:
        """A named value, empty when absent."""
        ...

    def save_value(self, name: str, value: str) -> None: ...


class Ledger(Protocol):
    """One transaction."""

    @property
    def outbox(self) -> Outbox: ...

    @property
    def confirmed(self) -> Confirmed: ...

    @property
    def settings(self) -> Settings: ...

    def catch_up(self) -> None:
        """Show anew what has changed so far, if that is much, so that little of it is left to the end."""
        ...

    def open_content(self, attachment: str) -> BinaryIO:
        """The plain bytes of a local attachment, seekable, open beyond the transaction.

        Raises a `Trouble` when they are gone or damaged.
        """
        ...


class SyncStore(Protocol):
    """A store as sync sees it."""

    def background(self, job: Callable[[Any], T]) -> Future[T]:
        """Run a job with a `Ledger` in one durable transaction, after everything that the person has asked for."""
        ...
