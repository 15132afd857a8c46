"""What the desk answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.sync.faults import SignInNeeded
from desktop.tickets.trouble import Trouble

if TYPE_CHECKING:
    from desktop.tickets.draft import Draft
    from desktop.tickets.ticket import PriorityKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a person did is durable on this disk."""

    operation: str
    ticket: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """Pictures that the administrator's rules kept here after their ticket was saved.

    Attributes:
        id: with it `Desk.discard_draft` forgets that, once the person has seen it.
        pictures: their names, such as `Screen 1`.
    """

    id: str
    ticket: str
    pictures: tuple[str, ...]


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
        connected: this device belongs to a provider.
        online: the last request got through.
        trouble: why not, in words for a person, or None.
        waiting: how many things are not with the provider yet.
        attention: how many were not accepted, and how many tickets lack pictures that a rule has kept here.
    """

    connected: bool
    online: bool
    trouble: Trouble | None
    waiting: int
    attention: int

    @property
    def wants_code(self) -> bool:
        """Whether nothing goes out until the person connects this computer, for the first time or anew."""
        return not self.connected or isinstance(self.trouble, SignInNeeded)


def tells_kept_back(draft: Draft) -> bool:
    """Whether it holds no pictures any more, just the names (in `arriving`) of those that a rule has kept here."""
    return draft.held and not draft.files and bool(draft.arriving)
