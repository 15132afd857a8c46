"""A faster answer: what is free comes first, then the provider's flat fee and whoever has to agree to it."""

from datetime import datetime, timedelta
from enum import StrEnum

from desktop.tickets.life_cycle import has_ended
from desktop.tickets.organisation import Escalation, Organisation, PhoneUse
from desktop.tickets.priority import suggest
from desktop.tickets.ticket import PriorityKey, Ticket
from desktop.tickets.urgency import Answers

_DIGITS = {"BIF": 0, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}
"""Decimal digits of the currencies whose minor unit is no hundredth (ISO 4217)."""

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


class Way(StrEnum):
    """How a ticket can get a faster answer, free ways first."""

    QUESTIONS = "questions"
    """Answer the questions again: it may be worse now."""
    CALL = "call"
    """Call the number for a priority that is not right."""
    FEE = "fee"
    """Ask for the provider's terms to be applied; the approvers decide."""


class Decision(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


def ways(organisation: Organisation, ticket: Ticket) -> tuple[Way, ...]:
    """The ways open to a ticket, in the order in which they are offered; none once it is over."""
    if has_ended(organisation, ticket):
        return ()
    found = []
    if organisation.priorities and organisation.priority_rules:
        found.append(Way.QUESTIONS)
    if organisation.phone(PhoneUse.WRONG_PRIORITY):
        found.append(Way.CALL)
    if may_request(organisation, ticket):
        found.append(Way.FEE)
    return tuple(found)


def is_free(organisation: Organisation, ticket: Ticket, answers: Answers) -> bool:
    """Whether the questions, answered again, already lead to a more urgent priority than the ticket has."""
    present = organisation.priority(ticket.priority)
    found = organisation.priority(suggest(organisation, answers, ticket.type).key)
    return present is not None and found is not None and found.rank < present.rank


def may_request(organisation: Organisation, ticket: Ticket) -> bool:
    """Whether the provider's terms are for this ticket: an open one of the priority that they start from."""
    terms = organisation.escalation
    return (
        terms is not None
        and organisation.priority(terms.to_priority) is not None
        and organisation.priority(ticket.priority) is not None
        and ticket.priority == terms.from_priority
        and not has_ended(organisation, ticket)
    )


def asked_approvers(terms: Escalation, *, asked_at: datetime, now: datetime) -> tuple[str, ...]:
    """The roles that have been asked by now, in order; each of them may still decide.

    The next is asked after each `silent_hours` (of any time, not business hours) without an answer: nobody tells us
    who is away, so whoever is away is silent.
    """
    if terms.silent_hours is None:
        return terms.approvers[:1]
    silences = max(now - asked_at, timedelta()) // timedelta(hours=terms.silent_hours)
    return terms.approvers[: silences + 1]


def priority_after(organisation: Organisation, ticket: Ticket, decision: Decision) -> PriorityKey:
    """The ticket's priority once a decision stands: only an approval changes it, and never for the worse."""
    terms = organisation.escalation
    if terms is None or decision is not Decision.APPROVED or not may_request(organisation, ticket):
        return ticket.priority
    return terms.to_priority


def fee_text(terms: Escalation) -> str:
    """The fee for people to read, such as `$250`, `€99.50` or `JPY 5,000`."""
    digits = _DIGITS.get(terms.currency, 2)
    whole, part = divmod(terms.fee, 10**digits)
    amount = f"{whole:,}.{part:0{digits}}" if part else f"{whole:,}"
    return f"{_SIGNS[terms.currency]}{amount}" if terms.currency in _SIGNS else f"{terms.currency} {amount}"
