"""Who sees which rows. A row is in a few scopes; a person reads a few scopes, no row of which is in two of them."""

from dataclasses import dataclass, replace
from typing import Final

from desktop.tickets.escalation_decision import REQUEST
from desktop.tickets.life_cycle import has_ended
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person, Role
from desktop.tickets.rows import NOTICES, bucket_of
from desktop.tickets.ticket import Ticket

EVERYTHING: Final = "all"
_QUEUE: Final = "queue"
_ENDED: Final = "ended"
_NOTICES: Final = "notices"
_SEES_COMPANY: Final = frozenset({Role.IT_DESIGNEE, Role.ALTERNATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who makes a request: a device, and the person signed in on it (None: a company's device, nobody yet).

    Attributes:
        shares: whether the company lets its requesters see one another's tickets.
    """

    device: str
    company: str
    person: Person | None = None
    shares: bool = False

    @property
    def email(self) -> str:
        """The person's address, or empty."""
        return self.person.email if self.person else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The scopes of one row: of its requester, of its company, of the provider's people; None: of none of them.

    Attributes:
        bucket: under which it is counted in each of them; empty for a row that nobody sees any more.
    """

    bucket: str = ""
    own: str | None = None
    company: str | None = None
    provider: str | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope that the row is in."""
        everything = EVERYTHING if self.bucket else None
        return tuple(scope for scope in (self.own, self.company, self.provider, everything) if scope)

    @property
    def behind_the_counter(self) -> "Sight":
        """The same for an internal note, which never leaves the provider."""
        return replace(self, own=None, company=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The scopes that somebody reads. `personal` hears of rights gained and lost, and holds no rows."""

    own: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    everything: bool = False
    personal: str = ""

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope that holds rows for this reader."""
        return (EVERYTHING,) if self.everything else (*self.own, *self.company, *self.provider)

    def sees(self, sight: Sight) -> bool:
        """Whether a row is for this reader."""
        return (
            (self.everything and bool(sight.bucket))
            or sight.own in self.own
            or sight.company in self.company
            or sight.provider in self.provider
        )


def sight_of_ticket(ticket: Ticket, organisation: Organisation) -> Sight:
    """A confidential ticket is seen by its requester and the provider, and by nobody else at the company.

    One for which a faster answer was asked is in scopes of its own: an approver decides against the ticket as it
    stands, so has to see it, and no other. One that is over by the provider's life cycle is read by every technician,
    whoever has had it, unless it is confidential: how it was resolved helps the next.
    """
    email = ticket.requester.email
    asked = any(change.field == REQUEST for change in ticket.history)
    kind = "confidential" if ticket.confidential else "asked" if asked else "own"
    is_for_all = bool(ticket.assignee) and not ticket.confidential and has_ended(organisation, ticket)
    return Sight(
        bucket=bucket_of(ticket.company),
        own=f"{kind}/{ticket.company}/{email}" if email else None,
        company=_company(ticket.company, asked=asked) if ticket.company and not ticket.confidential else None,
        provider=_ENDED if is_for_all else _provider_scope(ticket.assignee),
    )


def _provider_scope(assignee: str) -> str:
    """Of what is not over a technician sees what is assigned to them and what waits in the queue."""
    return f"technician/{assignee}" if assignee else _QUEUE


def sight_of_notice(company: str) -> Sight:
    """A notice to a company, or to everyone (empty)."""
    return Sight(bucket=NOTICES, company=f"notices/{company}", provider=_NOTICES)


def reader(principal: Principal) -> Reader:
    """What a device may read. One on which nobody has signed in reads the notices of its company alone."""
    person = principal.person
    if person is None:
        return Reader(company=_notices(principal.company))
    personal = personal_scope(person.email)
    if person.role is Role.DISPATCHER:
        return Reader(everything=True, personal=personal)
    if person.role is Role.TECHNICIAN:
        return Reader(provider=(_provider_scope(person.email), _QUEUE, _ENDED, _NOTICES), personal=personal)
    confidential, plain, asked = (
        f"{kind}/{person.company}/{person.email}" for kind in ("confidential", "own", "asked")
    )
    notices = _notices(person.company)
    all_asked = _company(person.company, asked=True)
    if person.company and (principal.shares or person.role in _SEES_COMPANY):
        everybodys = (_company(person.company, asked=False), all_asked)
        return Reader(own=(confidential,), company=(*everybodys, *notices), personal=personal)
    if person.company and person.role is Role.APPROVER:
        return Reader(own=(plain, confidential), company=(all_asked, *notices), personal=personal)
    return Reader(own=(plain, asked, confidential), company=notices, personal=personal)


def personal_scope(email: str) -> str:
    """The scope in which a person hears of rows that their rights have gained or lost."""
    return f"person/{email}"


def _company(company: str, *, asked: bool) -> str:
    return f"{'escalated' if asked else 'company'}/{company}"


def _notices(company: str) -> tuple[str, ...]:
    return ("notices/", f"notices/{company}") if company else ("notices/",)
