"""What must also be called in: which number, which key, what to say. The ticket is written all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.tickets.calendar import is_open
from desktop.tickets.organisation import Organisation, Phone, PhoneUse
from desktop.tickets.ticket import PriorityKey
from desktop.tickets.urgency import Answers, Blocked, Impact


class Cause(StrEnum):
    """Why a call is asked for."""

    SECURITY = "security"
    EMERGENCY = "emergency"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentCall:
    """A call to make now; the keys to press are the phone's `press`.

    Attributes:
        why: a sentence that asks for the call.
        say: what to say; the windows show the ticket's reference beside it.
    """

    cause: Cause
    phone: Phone
    why: str
    say: str


_SAY = {
    Cause.SECURITY: "Say that it may be a matter of security, who you are, and the reference of this ticket.",
    Cause.EMERGENCY: "Say that it is an emergency, who you are, and the reference of this ticket.",
    Cause.CLOSED: "Say who you are, why it cannot wait, and the reference of this ticket.",
}

_WHY = {
    Cause.SECURITY: "This may be a matter of security: please call as well.",
    Cause.EMERGENCY: "This looks like an emergency: please call as well.",
    Cause.CLOSED: "The help desk is closed now. If this cannot wait, please call as well.",
}

_WHY_IF_CLOSED = "If the help desk is closed now, please call as well."
"""Where the only number is one for closed hours, and the provider has not said when it is open."""


def urgent_call(
    organisation: Organisation, answers: Answers, priority: PriorityKey, now: datetime
) -> UrgentCall | None:
    """The call to make beside the ticket, or None: it is not urgent, or the provider has given no number for it.

    Closed hours count only where the provider has said when it is open.
    """
    opened = is_open(organisation.hours, now)
    cause = _cause(organisation, answers, priority)
    if cause is None:
        if opened is not False or answers.planned:
            return None
        cause = Cause.CLOSED
    phone = _phone(organisation, cause, opened)
    if phone is None:
        return None
    only_if_closed = opened is None and phone.uses == {PhoneUse.AFTER_HOURS}
    return UrgentCall(cause=cause, phone=phone, why=_WHY_IF_CLOSED if only_if_closed else _WHY[cause], say=_SAY[cause])


def _cause(organisation: Organisation, answers: Answers, priority: PriorityKey) -> Cause | None:
    if answers.security:
        return Cause.SECURITY
    level = organisation.priority(priority)
    if level is not None:
        return Cause.EMERGENCY if level.call else None
    stopped = answers.impact is Impact.EVERYONE and answers.blocked is Blocked.YES
    return Cause.EMERGENCY if stopped and not organisation.priorities else None


def _phone(organisation: Organisation, cause: Cause, opened: bool | None) -> Phone | None:
    uses: Sequence[PhoneUse]
    if cause is Cause.CLOSED:
        uses = (PhoneUse.AFTER_HOURS,)
    elif opened is False:
        uses = (PhoneUse.AFTER_HOURS, PhoneUse.URGENT, PhoneUse.SUPPORT)
    elif opened:
        uses = (PhoneUse.URGENT, PhoneUse.SUPPORT)
    else:
        uses = (PhoneUse.URGENT, PhoneUse.SUPPORT, PhoneUse.AFTER_HOURS)
    return next((phone for phone in map(organisation.phone, uses) if phone is not None), None)
