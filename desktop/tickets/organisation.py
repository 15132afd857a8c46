"""A provider as data: everything in which one differs from another. What it has not stated is absent.

Written by hand in `resources/organisations/NAME.toml`; read by `desktop.tickets.profile`.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from desktop.tickets.capture_policy import CapturePolicy
from desktop.tickets.ticket import PriorityKey, StatusKey, TypeKey
from desktop.tickets.urgency import Blocked, Impact


class PhoneUse(StrEnum):
    """What a number is for. `general` takes questions of any kind."""

    SUPPORT = "support"
    URGENT = "urgent"
    AFTER_HOURS = "after_hours"
    WRONG_PRIORITY = "wrong_priority"
    SALES = "sales"
    GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A labelled telephone number.

    Attributes:
        uses: what it is for, as values of `PhoneUse`.
        number: as the provider writes it. `dial` is the same for the telephone (E.164), empty where unsure.
        press: keys to press once connected, or empty.
        note: one more sentence for the caller, or empty.
    """

    label: str
    number: str
    uses: frozenset[str]
    dial: str = ""
    press: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Open from `start` to `end` on `weekday` (Monday is 0), local time; several a day are usual.

    An `end` of 00:00 is the midnight at which the day ends, here and in `Holiday.open`.
    """

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day with other hours: none, or those given (a half-day)."""

    day: date
    name: str
    open: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Business hours. `time_zone` is an IANA name."""

    time_zone: str
    shifts: tuple[Shift, ...]
    holidays: tuple[Holiday, ...] = ()


class Purpose(StrEnum):
    """What a status is for; ours, so that rules can speak of statuses whatever a provider calls them."""

    NEW = "new"
    REOPENED = "reopened"
    NEEDS_SCHEDULING = "needs_scheduling"
    SCHEDULED = "scheduled"
    WORKING = "working"
    CLIENT_RESPONDED = "client_responded"
    PENDING_CLOSURE = "pending_closure"
    WAITING_PARTS = "waiting_parts"
    WAITING_CLIENT = "waiting_client"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """The service-level stage that a status belongs to."""

    RESPOND = "respond"
    PLAN = "plan"
    RESOLVE = "resolve"
    RESOLVED = "resolved"
    WAITING = "waiting"
    UNKNOWN = "unknown"


class Button(StrEnum):
    """What a requester can do in a status."""

    REPLY = "reply"
    SAY_SOLVED = "say_solved"
    REOPEN = "reopen"
    PROPOSE_TIMES = "propose_times"
    ADD_DETAILS = "add_details"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status of the provider.

    Attributes:
        name: the provider's own name for it.
        words: what a requester reads instead.
        next: what comes next, for a requester.
        actor: who acts: `provider`, `requester`, `supplier` or `nobody`.
        runs: whether the service-level clock runs.
    """

    key: StatusKey
    name: str
    purpose: Purpose
    stage: Stage
    runs: bool
    actor: str
    words: str
    next: str = ""
    buttons: tuple[Button, ...] = (Button.REPLY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityLevel:
    """A priority of the provider; `rank` 1 is the most urgent. `words` is what a requester reads."""

    key: PriorityKey
    name: str
    rank: int
    words: str
    meaning: str
    examples: tuple[str, ...] = ()
    call: bool = False
    """Whether the person should also telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRule:
    """A row of the priority table: the first that matches decides. Empty tuples and None match everything."""

    priority: PriorityKey
    reason: str
    types: tuple[str, ...] = ()
    security: bool | None = None
    impact: tuple[Impact, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    planned: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """Goals of one priority in minutes of business time (`around_the_clock`: of any time); None is no goal."""

    priority: PriorityKey
    respond: int | None
    plan: int | None
    resolve: int | None
    around_the_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a request type's form."""

    key: str
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestType:
    """Something a requester can ask for. `advice` is read before it is written, `checklist` ticked.

    Attributes:
        planned: it is never an interruption, so the question whether it is planned need not be asked.
        confidential: such a ticket is for its requester and the provider alone.
        elsewhere: where this goes instead of a ticket (sales, say), as a sentence, or empty.
        elsewhere_phone: the use of the number to call for it (see `PhoneUse`), or empty.
    """

    key: TypeKey
    name: str
    advice: str = ""
    planned: bool = False
    confidential: bool = False
    questions: tuple[Question, ...] = ()
    checklist: tuple[str, ...] = ()
    elsewhere: str = ""
    elsewhere_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A faster answer for a flat fee. Amount in minor units (cents) of `currency` (ISO 4217)."""

    fee: int
    currency: str
    from_priority: PriorityKey
    to_priority: PriorityKey
    approvers: tuple[str, ...]
    """Roles, in order; the next is asked when the one before is away or silent for `silent_hours`."""
    silent_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerms:
    """What the provider says about a role."""

    role: str
    name: str
    duties: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A question that people ask the provider, with its answer in our words."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of the provider: `portal`, `request_form`, `remote_session`."""

    use: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A provider.

    Attributes:
        real: the profile models a real provider, so a demo shows its numbers as text, not as something to dial.
        mail_tag: what the subject of the provider's mails about a ticket starts with, or empty.
        priority_change_restarts: whether a new priority starts the service-level clock anew; else it runs on.
        closure_days: business days after which a ticket that is pending closure closes; None: not stated.
        email: address for requests, or empty.
        one_channel: sentence that asks not to report the same thing twice, or empty.
        capture: what may be taken from its clients' computers; None: not stated, so nothing is forbidden.
    """

    key: str
    name: str
    short_name: str = ""
    real: bool = False
    time_zone: str = ""
    email: str = ""
    one_channel: str = ""
    mail_tag: str = ""
    phones: tuple[Phone, ...] = ()
    links: tuple[Link, ...] = ()
    hours: Hours | None = None
    priorities: tuple[PriorityLevel, ...] = ()
    priority_rules: tuple[PriorityRule, ...] = ()
    statuses: tuple[Status, ...] = ()
    service_levels: tuple[ServiceLevel, ...] = ()
    priority_change_restarts: bool = False
    closure_days: int | None = None
    request_types: tuple[RequestType, ...] = ()
    escalation: Escalation | None = None
    roles: tuple[RoleTerms, ...] = ()
    articles: tuple[Article, ...] = ()
    help_faster: tuple[str, ...] = ()
    capture: CapturePolicy | None = None

    def phone(self, use: str) -> Phone | None:
        """The number for a use, or None where the provider has stated none."""
        return next((phone for phone in self.phones if use in phone.uses), None)

    def priority(self, key: PriorityKey) -> PriorityLevel | None:
        """The priority of that key, or None."""
        return next((level for level in self.priorities if level.key == key), None)

    def request_type(self, key: TypeKey) -> RequestType | None:
        """The request type of that key, or None."""
        return next((kind for kind in self.request_types if kind.key == key), None)

    def status(self, key: StatusKey) -> Status:
        """The status of that key. One that the profile does not know is shown verbatim, its clock unknown."""
        for status in self.statuses:
            if status.key == key:
                return status
        return Status(
            key=key,
            name=key,
            purpose=Purpose.UNKNOWN,
            stage=Stage.UNKNOWN,
            runs=False,
            actor="provider",
            words=key,
            next="",
            buttons=(Button.REPLY, Button.ADD_DETAILS),
        )


UNKNOWN_ORGANISATION = Organisation(key="", name="your help desk")
"""Before a provider is known."""
