"""The priority that a client suggests; the provider confirms it."""

from dataclasses import dataclass, replace

from desktop.tickets.organisation import Organisation, PriorityRule
from desktop.tickets.ticket import PriorityKey, TypeKey
from desktop.tickets.urgency import Answers


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A priority with its reason in plain words; both empty where the provider has no priorities."""

    key: PriorityKey
    reason: str


NO_SUGGESTION = Suggestion(PriorityKey(""), "")
"""The provider has no priorities, or has not said how they are chosen."""


def suggest(organisation: Organisation, answers: Answers, request_type: str) -> Suggestion:
    """The first row of the provider's table that matches the answers and the request type.

    A type that is planned by its nature answers that question; one that the profile does not know is a plain request.
    """
    if not organisation.priorities:
        return NO_SUGGESTION
    kind = organisation.request_type(TypeKey(request_type))
    if kind is not None and kind.planned:
        answers = replace(answers, planned=True)
    for rule in organisation.priority_rules:
        if matches(rule, answers, request_type):
            return Suggestion(rule.priority, rule.reason)
    return NO_SUGGESTION


def matches(rule: PriorityRule, answers: Answers, request_type: str) -> bool:
    """Whether a row of the table speaks of these answers and this type."""
    return (
        (not rule.types or request_type in rule.types)
        and rule.security in (None, answers.security)
        and (not rule.impact or answers.impact in rule.impact)
        and (not rule.blocked or answers.blocked in rule.blocked)
        and rule.planned in (None, answers.planned)
    )
