"""Everything a person can do, as plain methods. The windows and the command line both call it, and nothing else."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.notice import Notice
from desktop.tickets.operations import FieldChange
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Contact
from desktop.tickets.ticket import PriorityKey, TimeWindow
from desktop.tickets.trouble import Trouble
from desktop.tickets.urgency import Answers
from desktop.tickets.view import Changed, TicketPage, TicketView, WaitingItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a person did is durable on this disk."""

    operation: str
    ticket: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedPriority:
    """The client's suggestion; the provider confirms. `key` is empty where the provider has no priorities."""

    key: PriorityKey
    words: str
    reason: str
    call: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncResult:
    """One pass. `trouble` is why it did not get through, or None."""

    pushed: int
    pulled: int
    pending: int
    needs_attention: int
    online: bool
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionState:
    """What the tray icon and the windows' status line show.

    Attributes:
        online: the last request got through.
        trouble: why not, in words for a person, or None.
        waiting: how many operations are not with the provider yet; `attention`: how many were not accepted.
    """

    connected: bool
    online: bool
    trouble: Trouble | None
    waiting: int
    attention: int


class DeskLike(Protocol):
    """The interface. Reading methods return at once; writing methods return a Future of what became durable.

    A Future fails with a `Trouble` whose sentence is ready to show. Reading methods may raise one.
    """

    def organisation(self) -> Organisation: ...

    def account(self) -> Account | None: ...

    def connection(self) -> ConnectionState: ...

    def notices(self) -> tuple[Notice, ...]: ...

    def on_change(self, tell: Callable[[Changed], None]) -> None:
        """Call `tell` after each change, on some other thread than the caller's."""
        ...

    # reading
    def tickets(
        self, search: str = "", status: str = "", limit: int = 50, before: tuple[datetime, str] | None = None
    ) -> TicketPage: ...

    def ticket(self, reference: str) -> TicketView | None:
        """By reference, id or number."""
        ...

    def waiting(self) -> tuple[WaitingItem, ...]: ...

    def suggest_priority(self, answers: Answers, request_type: str = "") -> SuggestedPriority: ...

    def missing(self, view: TicketView) -> tuple[str, ...]:
        """What would speed help up and is missing: of `error`, `screenshot`, `times`, `contact`, `device`."""
        ...

    def look_alike(self, summary: str) -> TicketView | None:
        """An open ticket of one's own that looks the same, or None."""
        ...

    # drafts
    def drafts(self) -> tuple[Draft, ...]: ...

    def new_draft(self, ticket: str = "") -> Draft:
        """A draft with a new id, not yet saved."""
        ...

    def save_draft(self, draft: Draft) -> Future[None]: ...

    def discard_draft(self, draft: str) -> Future[None]:
        """Forget the draft and its files."""
        ...

    def import_file(self, source: Path, *, name: str = "") -> Future[DraftFile]:
        """Copy, hash and encrypt a file into our own keeping, now, whatever becomes of the original."""
        ...

    def import_bytes(self, content: bytes, *, name: str, media_type: str, origin: str, label: str) -> Future[DraftFile]:
        """The same for bytes, such as a picture of the screen."""
        ...

    # writing
    def file_ticket(self, draft: Draft) -> Future[Saved]:
        """The draft becomes a ticket: durable when the Future is done. Needs only a summary."""
        ...

    def reply(self, ticket: str, text: str, files: Sequence[DraftFile] = (), draft: str = "") -> Future[Saved]: ...

    def attach(self, ticket: str, files: Sequence[DraftFile]) -> Future[Saved]: ...

    def change_fields(self, ticket: str, changes: Sequence[FieldChange]) -> Future[Saved]: ...

    def say_solved(self, ticket: str) -> Future[Saved]: ...

    def reopen(self, ticket: str, text: str) -> Future[Saved]: ...

    def correct_contact(self, ticket: str, contact: Contact) -> Future[Saved]: ...

    def propose_times(self, ticket: str, windows: Sequence[TimeWindow]) -> Future[Saved]: ...

    def log_time(self, ticket: str, minutes: int, text: str) -> Future[Saved]: ...

    def request_escalation(self, ticket: str, reason: str) -> Future[Saved]: ...

    def apply_again(self, operation: str, field: str) -> Future[Saved]:
        """Apply one's own value that lost once more."""
        ...

    def retry(self, operation: str) -> Future[Saved]:
        """Try a waiting or refused operation again, now."""
        ...

    def cancel(self, operation: str) -> Future[Draft | None]:
        """Take an operation back; cancelling a filing returns all its words and files as a draft."""
        ...

    # the network; these block until done
    def enrol(self, server: str, code: str) -> Account:
        """Connect this device to a provider with a one-time code."""
        ...

    def sync_now(self, timeout: float) -> SyncResult:
        """One pass, however that ends."""
        ...

    def wake(self) -> None:
        """There may be something to do: the person asked, the network came back."""
        ...

    def fetch_file(self, ticket: str, attachment: str, target: Path) -> Future[Path]:
        """The attachment's bytes as a file at `target`, from here or from the help desk."""
        ...
