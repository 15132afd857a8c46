"""What becomes of a ticket's status, told by what each status is for and never by its name."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.tickets.calendar import add_business_days, as_instant
from desktop.tickets.organisation import Button, Organisation, Purpose, Stage, Status
from desktop.tickets.ticket import Change, StatusKey, Ticket

ENDED = frozenset((Purpose.COMPLETED, Purpose.CLOSED))
"""The ticket is over; only saying that it is not solved brings it back."""

ASKS_CLIENT = frozenset((Purpose.WAITING_CLIENT, Purpose.PENDING_CLOSURE))
"""The provider waits for the client: whatever the client gives is the answer."""

_INSTEAD = {Purpose.CLOSED: Purpose.COMPLETED, Purpose.COMPLETED: Purpose.CLOSED}

_OPEN_BUTTONS = (Button.REPLY, Button.ADD_DETAILS, Button.PROPOSE_TIMES, Button.SAY_SOLVED)
_ENDED_BUTTONS = (Button.REPLY, Button.REOPEN)

_NEUTRAL: dict[Purpose, tuple[str, Stage, str, str, str]] = {
    Purpose.NEW: ("New", Stage.RESPOND, "provider", "With {provider}", "Someone will look at it."),
    Purpose.REOPENED: (
        "Re-opened",
        Stage.RESOLVE,
        "provider",
        "Open again with {provider}",
        "Someone will look at it.",
    ),
    Purpose.NEEDS_SCHEDULING: ("To be planned", Stage.RESPOND, "provider", "{provider} is planning a time", ""),
    Purpose.SCHEDULED: ("Planned", Stage.RESOLVE, "provider", "A time has been agreed", ""),
    Purpose.WORKING: ("In work", Stage.RESOLVE, "provider", "{provider} is working on it", ""),
    Purpose.CLIENT_RESPONDED: ("Answered", Stage.RESOLVE, "provider", "Your answer is with {provider}", ""),
    Purpose.PENDING_CLOSURE: (
        "Closing",
        Stage.WAITING,
        "requester",
        "It closes soon unless you answer",
        "Answer if it is not solved.",
    ),
    Purpose.WAITING_PARTS: ("Waiting for parts", Stage.WAITING, "supplier", "Waiting for parts", ""),
    Purpose.WAITING_CLIENT: (
        "Waiting for you",
        Stage.WAITING,
        "requester",
        "{provider} is waiting for your answer",
        "",
    ),
    Purpose.ON_HOLD: ("On hold", Stage.WAITING, "provider", "{provider} will come back to it", ""),
    Purpose.COMPLETED: ("Solved", Stage.RESOLVED, "nobody", "Solved", "Tell us if it is not."),
    Purpose.CLOSED: ("Closed", Stage.RESOLVED, "nobody", "Closed", "Tell us if it is not solved."),
}
"""Name, stage, who acts, a requester's words and what comes next, where the provider has not named a status."""


def status_for(organisation: Organisation, purpose: Purpose) -> StatusKey:
    """The status that we set for a purpose: the first of that purpose in the profile.

    Completed and closed stand in for one another. Where the provider has none, the purpose itself is the key, and
    `status_of` has neutral words for it.
    """
    for wanted in (purpose, _INSTEAD.get(purpose, purpose)):
        for status in organisation.statuses:
            if status.purpose is wanted:
                return status.key
    return StatusKey(purpose.value)


def status_of(organisation: Organisation, key: StatusKey) -> Status:
    """The provider's status of that key, else ours in neutral words; a key nobody knows is shown verbatim.

    The empty key of a ticket whose status was never told reads as new, but its purpose is unknown.
    """
    if not key:
        return replace(_neutral(organisation, Purpose.NEW), key=key, purpose=Purpose.UNKNOWN, stage=Stage.UNKNOWN)
    if not _is_listed(organisation, key) and (purpose := _neutral_purpose(key)) is not None:
        return _neutral(organisation, purpose)
    return organisation.status(key)


def is_known(organisation: Organisation, key: str) -> bool:
    """Whether a ticket may be given this status: the provider's own, and ours only where the provider has none."""
    purpose = _neutral_purpose(key)
    return _is_listed(organisation, key) or (purpose is not None and status_for(organisation, purpose) == key)


def purpose_of(organisation: Organisation, ticket: Ticket) -> Purpose:
    """What the ticket's status is for."""
    return status_of(organisation, ticket.status).purpose


def has_ended(organisation: Organisation, ticket: Ticket) -> bool:
    """Whether the ticket is over. One whose status we do not know is open."""
    return purpose_of(organisation, ticket) in ENDED


def ended_statuses(organisation: Organisation) -> frozenset[str]:
    """The statuses in which a ticket is over."""
    keys = (*(status.key for status in organisation.statuses), *(StatusKey(purpose.value) for purpose in ENDED))
    return frozenset(key for key in keys if status_of(organisation, key).purpose in ENDED)


def buttons(organisation: Organisation, ticket: Ticket) -> tuple[Button, ...]:
    """What a requester can do now: the status's buttons, without those that the provider does not offer."""
    offered = status_of(organisation, ticket.status).buttons
    terms = organisation.escalation
    if terms is None or ticket.priority != terms.from_priority:
        return tuple(button for button in offered if button is not Button.ESCALATE)
    return offered


def replied(organisation: Organisation, ticket: Ticket) -> StatusKey:
    """After a client's reply: client responded, from any open status; thanks on an ended one change nothing."""
    return ticket.status if has_ended(organisation, ticket) else status_for(organisation, Purpose.CLIENT_RESPONDED)


def contributed(organisation: Organisation, ticket: Ticket) -> StatusKey:
    """After a file, times or a corrected contact from the client: the answer where one was waited for, else nothing."""
    return replied(organisation, ticket) if purpose_of(organisation, ticket) in ASKS_CLIENT else ticket.status


def reopened(organisation: Organisation, ticket: Ticket) -> StatusKey:
    """After a client said that it is not solved: re-opened when it had ended, else a reply like any other.

    One that is re-opened already stays so: whoever gives it out still sees why it is back.
    """
    purpose = purpose_of(organisation, ticket)
    if purpose in ENDED:
        return status_for(organisation, Purpose.REOPENED)
    return ticket.status if purpose is Purpose.REOPENED else replied(organisation, ticket)


def solved(organisation: Organisation, ticket: Ticket) -> StatusKey:
    """After a client said that it works: completed, unless it had ended already."""
    return ticket.status if has_ended(organisation, ticket) else status_for(organisation, Purpose.COMPLETED)


def scheduled(organisation: Organisation, ticket: Ticket, *, agreed: bool) -> StatusKey:
    """After an appointment was agreed or cancelled, where the provider has such statuses and the ticket is open."""
    purpose = purpose_of(organisation, ticket)
    wanted = Purpose.SCHEDULED if agreed else Purpose.NEEDS_SCHEDULING
    if purpose in ENDED or (not agreed and purpose is not Purpose.SCHEDULED):
        return ticket.status
    key = status_for(organisation, wanted)
    return ticket.status if organisation.statuses and organisation.status(key).purpose is not wanted else key


def move(organisation: Organisation, ticket: Ticket, status: StatusKey, *, who: str, at: datetime) -> Ticket:
    """The ticket in that status, with the step in its history.

    `due_back` goes: it said when the old status would end (it closes, the parts come, the next visit is). Pending
    closure has one of its own, by `closes_at`. A re-opened ticket keeps its technician, who has to take it anew.
    """
    if status == ticket.status:
        return ticket
    moved = changed(ticket, "status", ticket.status, status, who=who, at=at, status=status)
    purpose = purpose_of(organisation, moved)
    if purpose is Purpose.REOPENED and moved.acknowledged:
        moved = replace(moved, acknowledged=False)
    due_back = closes_at(organisation, at) if purpose is Purpose.PENDING_CLOSURE else None
    if due_back == moved.due_back:
        return moved
    old, new = instant_text(moved.due_back), instant_text(due_back)
    return changed(moved, "due_back", old, new, who=who, at=at, due_back=due_back)


def changed(ticket: Ticket, field: str, old: str, new: str, *, who: str, at: datetime, **values: Any) -> Ticket:
    """The ticket with one more line of history, and with the fields of it that the line is about."""
    line = Change(at=at, who=who, field=field, old=old, new=new)
    return replace(ticket, updated_at=later(ticket.updated_at, at), history=(*ticket.history, line), **values)


def later(one: datetime, other: datetime) -> datetime:
    """The later of two instants. One without a time zone, which no help desk should tell, counts as UTC."""
    return max(moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in (one, other))


def instant_text(instant: datetime | None) -> str:
    """An instant as the history has it: ISO 8601 in UTC, empty for none, no farther than the calendar reaches."""
    return "" if instant is None else as_instant(_aware(instant)).isoformat()


def closes_at(organisation: Organisation, since: datetime) -> datetime | None:
    """When a ticket that is pending closure since then closes (UTC).

    None where the provider has stated no number of business days, or no business hours to count them by.
    """
    if organisation.closure_days is None:
        return None
    return add_business_days(organisation.hours, since, organisation.closure_days)


def is_due_to_close(organisation: Organisation, ticket: Ticket, now: datetime) -> bool:
    """Whether the help desk closes the ticket now: pending closure, and its date has come."""
    return (
        ticket.due_back is not None
        and ticket.due_back <= now
        and purpose_of(organisation, ticket) is Purpose.PENDING_CLOSURE
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_listed(organisation: Organisation, key: str) -> bool:
    return key in [status.key for status in organisation.statuses]


def _neutral_purpose(key: str) -> Purpose | None:
    return next((purpose for purpose in _NEUTRAL if purpose.value == key), None)


def _neutral(organisation: Organisation, purpose: Purpose) -> Status:
    name, stage, actor, words, following = _NEUTRAL[purpose]
    words = words.format(provider=organisation.short_name or organisation.name)
    return Status(
        key=StatusKey(purpose.value),
        name=name,
        purpose=purpose,
        stage=stage,
        runs=stage not in (Stage.WAITING, Stage.RESOLVED),
        actor=actor,
        words=words[:1].upper() + words[1:],
        next=following,
        buttons=_ENDED_BUTTONS if purpose in ENDED else _OPEN_BUTTONS,
    )
