"""What the sections of a profile must agree on. A section that is absent binds nobody; what hangs on it is unused."""

import re
from collections.abc import Hashable, Iterable, Sequence
from itertools import product

from desktop.tickets.life_cycle import ENDED
from desktop.tickets.organisation import Organisation, PhoneUse, Purpose, Stage
from desktop.tickets.people import Role
from desktop.tickets.priority import NO_SUGGESTION, suggest
from desktop.tickets.ticket import PriorityKey
from desktop.tickets.typed_toml import Unreadable
from desktop.tickets.urgency import Answers, Blocked, Impact

ACTORS = ("provider", "requester", "supplier", "nobody")
LINK_USES = ("portal", "request_form", "remote_session")

LIFE_CYCLE = (Purpose.NEW, Purpose.CLIENT_RESPONDED, Purpose.COMPLETED, Purpose.REOPENED)
"""The purposes that a person's own acts lead to: filing, replying, saying that it is solved or that it is not."""

LONGEST_GOAL = 60 * 24 * 366
"""Minutes. No goal is further away than a year."""

LONGEST_CLOSURE = 366
"""Business days."""

LONGEST_SILENCE = 24 * 31
"""Hours."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DIAL = re.compile(r"\+[1-9]\d{3,14}", re.ASCII)


def check(organisation: Organisation) -> None:
    """Raise `Unreadable` for the first disagreement."""
    _check_keys(organisation)
    _check_reach(organisation)
    _check_priorities(organisation)
    _check_statuses(organisation)
    _check_service_levels(organisation)
    _check_escalation(organisation)
    _check_capture(organisation)


def _check_keys(organisation: Organisation) -> None:
    _be_key(organisation.key, "key")
    for section in ("priorities", "statuses", "request_types", "articles"):
        keys = [entry.key for entry in getattr(organisation, section)]
        for at, key in enumerate(keys):
            _be_key(key, f"{section}[{at}].key")
        _be_unique(keys, section, "key")
    for at, kind in enumerate(organisation.request_types):
        _be_unique([question.key for question in kind.questions], f"request_types[{at}].questions", "key")
    _be_unique([terms.role for terms in organisation.roles], "roles", "role")
    for at, terms in enumerate(organisation.roles):
        _be_one_of(terms.role, tuple(Role), f"roles[{at}].role")


def _check_reach(organisation: Organisation) -> None:
    for at, phone in enumerate(organisation.phones):
        if not phone.uses:
            raise Unreadable(f"phones[{at}].uses", "must name a use")
        for use in sorted(phone.uses):
            _be_one_of(use, tuple(PhoneUse), f"phones[{at}].uses")
        if phone.dial and not _DIAL.fullmatch(phone.dial):
            raise Unreadable(f"phones[{at}].dial", "must be digits after a +, such as +15550100")
    for at, link in enumerate(organisation.links):
        _be_one_of(link.use, LINK_USES, f"links[{at}].use")
        if link.url and not link.url.startswith("https://"):
            raise Unreadable(f"links[{at}].url", "must begin with https://")
    if organisation.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", organisation.email):
        raise Unreadable("email", "must be an address such as help@example.com")
    for at, kind in enumerate(organisation.request_types):
        if kind.elsewhere_phone:
            _be_one_of(kind.elsewhere_phone, tuple(PhoneUse), f"request_types[{at}].elsewhere_phone")
            if organisation.phones and organisation.phone(kind.elsewhere_phone) is None:
                raise Unreadable(f"request_types[{at}].elsewhere_phone", "no phone has this use")


def _check_priorities(organisation: Organisation) -> None:
    for at, level in enumerate(organisation.priorities):
        _be_between(level.rank, 1, 99, f"priorities[{at}].rank")
    _be_unique([level.rank for level in organisation.priorities], "priorities", "rank")
    types = {kind.key for kind in organisation.request_types}
    for at, rule in enumerate(organisation.priority_rules):
        _be_priority(organisation, rule.priority, f"priority_rules[{at}].priority")
        for name in rule.types:
            if types and name not in types:
                raise Unreadable(f"priority_rules[{at}].types", f"there is no request type {name!r}")
    if organisation.priorities and organisation.priority_rules:
        _be_total(organisation)


def _be_total(organisation: Organisation) -> None:
    """Whatever is answered, a row decides."""
    kinds = ("", *(kind.key for kind in organisation.request_types))
    for name, security, impact, blocked, planned in product(kinds, (False, True), Impact, Blocked, (False, True)):
        answers = Answers(security=security, impact=impact, blocked=blocked, planned=planned)
        if suggest(organisation, answers, name) == NO_SUGGESTION:
            case = f"type {name!r}, security {security}, impact {impact}, blocked {blocked}, planned {planned}"
            raise Unreadable("priority_rules", f"no row matches {case.lower()}")


def _check_statuses(organisation: Organisation) -> None:
    for at, status in enumerate(organisation.statuses):
        _be_one_of(status.actor, ACTORS, f"statuses[{at}].actor")
        if status.purpose is Purpose.UNKNOWN:
            raise Unreadable(f"statuses[{at}].purpose", "must say what the status is for")
        if status.stage is Stage.UNKNOWN:
            raise Unreadable(f"statuses[{at}].stage", "must be a stage of the service level")
        if status.stage is Stage.RESOLVED and status.runs:
            raise Unreadable(f"statuses[{at}].runs", "must be false once a ticket is resolved")
        if (status.purpose in ENDED) is not (status.stage is Stage.RESOLVED):
            raise Unreadable(f"statuses[{at}].stage", "must be resolved for completed and closed, and for no other")
    present = {status.purpose for status in organisation.statuses}
    needed = list(LIFE_CYCLE) if present else []
    if Purpose.PENDING_CLOSURE in present:
        needed.append(Purpose.CLOSED)
    for purpose in needed:
        if purpose not in present:
            raise Unreadable("statuses", f"none has the purpose {purpose}")
    if organisation.closure_days is not None:
        _be_between(organisation.closure_days, 1, LONGEST_CLOSURE, "closure_days")


def _check_service_levels(organisation: Organisation) -> None:
    _be_unique([level.priority for level in organisation.service_levels], "service_levels", "priority")
    for at, level in enumerate(organisation.service_levels):
        path = f"service_levels[{at}]"
        _be_priority(organisation, level.priority, f"{path}.priority")
        before = 1
        for name, goal in (("respond", level.respond), ("plan", level.plan), ("resolve", level.resolve)):
            if goal is not None:
                _be_between(goal, before, LONGEST_GOAL, f"{path}.{name}")
                before = goal


def _check_escalation(organisation: Organisation) -> None:
    terms = organisation.escalation
    if terms is None:
        return
    _be_between(terms.fee, 1, 10**9, "escalation.fee")
    if not _CURRENCY.fullmatch(terms.currency):
        raise Unreadable("escalation.currency", "must be three capital letters such as USD")
    _be_priority(organisation, terms.from_priority, "escalation.from_priority")
    _be_priority(organisation, terms.to_priority, "escalation.to_priority")
    lower, higher = organisation.priority(terms.from_priority), organisation.priority(terms.to_priority)
    if lower and higher and higher.rank >= lower.rank:
        raise Unreadable("escalation.to_priority", "must be more urgent than from_priority")
    if not terms.approvers:
        raise Unreadable("escalation.approvers", "must name a role")
    for role in terms.approvers:
        _be_one_of(role, tuple(Role), "escalation.approvers")
    if terms.silent_hours is not None:
        _be_between(terms.silent_hours, 1, LONGEST_SILENCE, "escalation.silent_hours")


def _check_capture(organisation: Organisation) -> None:
    for key in sorted(organisation.capture.never_facts) if organisation.capture else ():
        _be_key(key, "capture.never_facts")


def _be_key(value: str, key: str) -> None:
    if not _KEY.fullmatch(value):
        raise Unreadable(key, "must be small letters, digits and _, beginning with a letter")


def _be_one_of(value: str, choices: Iterable[str], key: str) -> None:
    if value not in choices:
        raise Unreadable(key, f"must be one of: {', '.join(choices)}")


def _be_between(value: int, least: int, most: int, key: str) -> None:
    if not least <= value <= most:
        raise Unreadable(key, f"must be between {least} and {most}")


def _be_unique(values: Sequence[Hashable], section: str, name: str) -> None:
    for at, value in enumerate(values):
        if value in values[:at]:
            raise Unreadable(f"{section}[{at}].{name}", f"{value!r} is given twice")


def _be_priority(organisation: Organisation, priority: PriorityKey, key: str) -> None:
    if organisation.priorities and organisation.priority(priority) is None:
        raise Unreadable(key, f"there is no priority {priority!r}")
