"""Operations laid over a ticket: the same rules at the client, which guesses, and at the relay, which decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.tickets.operations import Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.ticket import TicketState
from desktop.tickets.view import KeptValue, TicketView


@dataclass(frozen=True, slots=True, kw_only=True)
class LostValue:
    """A field that someone else changed meanwhile: `theirs` stands."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an operation did.

    Attributes:
        state: the ticket afterwards; unchanged when refused.
        refusal: stable short code such as `not-allowed`, empty when applied.
        sentence: the refusal for a person.
    """

    state: TicketState
    lost: tuple[LostValue, ...] = ()
    refusal: str = ""
    sentence: str = ""


def apply(
    state: TicketState | None, operation: Operation, *, by: Person, at: datetime, organisation: Organisation
) -> Applied:
    """One operation over a ticket (None: it does not exist yet); `by` and `at` are who does it and when."""
    raise NotImplementedError


def project(
    confirmed: TicketState | None,
    entries: Sequence[OutboxEntry],
    *,
    me: Person,
    organisation: Organisation,
    kept: Sequence[KeptValue] = (),
    lost: bool = False,
) -> TicketView | None:
    """The view: entries (in `seq` order) that are projected, over what the help desk told. None: there is nothing."""
    raise NotImplementedError
