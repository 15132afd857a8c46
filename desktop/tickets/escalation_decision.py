"""Deciding on a request for a faster answer: by the approvers whom the profile names, in order, on the record."""

from datetime import datetime

from desktop.tickets import life_cycle
from desktop.tickets.acceptance import NotAccepted
from desktop.tickets.escalation import Decision, asked_approvers, priority_after
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person
from desktop.tickets.ticket import Change, Ticket
from desktop.tickets.ticket_fields import set_field

REQUEST = "escalation"
"""Field of the history under which a request stands; its new value is the reason."""
DECISION = "escalation decision"


def open_request(ticket: Ticket) -> Change | None:
    """The request that waits for a decision, or None."""
    for change in reversed(ticket.history):
        if change.field == DECISION:
            return None
        if change.field == REQUEST:
            return change
    return None


def decide(organisation: Organisation, ticket: Ticket, decision: Decision, *, by: Person, at: datetime) -> Ticket:
    """The ticket once someone has decided; the priority changes now, and only with an approval.

    Raises `NotAccepted`: `nothing-asked` where no request waits, `not-offered` where the terms no longer fit,
    `not-allowed` where it is not this person's turn.
    """
    request, terms = open_request(ticket), organisation.escalation
    if request is None:
        raise NotAccepted("nothing-asked", "Nobody is waiting for a decision on this ticket.")
    if terms is None:
        raise NotAccepted("not-offered", "A faster answer is no longer offered. Please call your provider.")
    if by.role not in asked_approvers(terms, asked_at=request.at, now=at):
        raise NotAccepted("not-allowed", "This is for somebody else to decide.")
    wanted = priority_after(organisation, ticket, decision)
    decided = life_cycle.changed(ticket, DECISION, Decision.WAITING, decision, who=by.email, at=at)
    return set_field(organisation, decided, "priority", wanted, who=by.email, at=at)
