"""The priority that is suggested: one total table, its first matching row, its reason."""

from importlib import resources
from itertools import product

import pytest

from desktop.tickets.organisation import Organisation, PriorityLevel, PriorityRule, RequestType
from desktop.tickets.priority import NO_SUGGESTION, suggest
from desktop.tickets.profile import parse_profile
from desktop.tickets.ticket import PriorityKey, TypeKey
from desktop.tickets.urgency import Answers, Blocked, Impact

EVERY_ANSWER = [
    Answers(security=security, impact=impact, blocked=blocked, planned=planned)
    for security, impact, blocked, planned in product((False, True), Impact, Blocked, (False, True))
]


def profile(name: str) -> Organisation:
    file = resources.files("resources") / "organisations" / f"{name}.toml"
    return parse_profile(file.read_text(encoding="utf-8"), source=f"{name}.toml")


def level(key: str, rank: int) -> PriorityLevel:
    return PriorityLevel(key=PriorityKey(key), name=key, rank=rank, words=key, meaning=key)


def rule(priority: str, reason: str, **conditions: object) -> PriorityRule:
    return PriorityRule(priority=PriorityKey(priority), reason=reason, **conditions)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["ecs", "example"])
def test_whatever_is_answered_a_row_decides_and_says_why(name: str) -> None:
    organisation = profile(name)
    kinds = ["", "never-heard-of", *(kind.key for kind in organisation.request_types)]

    for answers, kind in product(EVERY_ANSWER, kinds):
        found = suggest(organisation, answers, kind)
        assert organisation.priority(found.key) is not None
        assert found.reason.endswith(".")


@pytest.mark.parametrize("name", ["ecs", "example"])
def test_every_row_of_the_table_can_decide(name: str) -> None:
    organisation = profile(name)
    kinds = ["", *(kind.key for kind in organisation.request_types)]

    reasons = {suggest(organisation, answers, kind).reason for answers, kind in product(EVERY_ANSWER, kinds)}

    assert reasons == {rule.reason for rule in organisation.priority_rules}


@pytest.mark.parametrize("name", ["ecs", "example"])
def test_a_security_matter_comes_first_whatever_else_is_answered(name: str) -> None:
    organisation = profile(name)
    kinds = ["", *(kind.key for kind in organisation.request_types)]

    for answers, kind in product(EVERY_ANSWER, kinds):
        if answers.security:
            assert suggest(organisation, answers, kind).key == "p1"


@pytest.mark.parametrize("name", ["ecs", "example"])
def test_whoever_answers_nothing_gets_the_normal_priority(name: str) -> None:
    assert suggest(profile(name), Answers(), "").key == "p3"


def test_a_provider_without_priorities_is_suggested_none() -> None:
    assert suggest(profile("hts"), Answers(security=True, impact=Impact.EVERYONE, blocked=Blocked.YES), "") == (
        NO_SUGGESTION
    )


def test_rows_without_priorities_decide_nothing() -> None:
    organisation = Organisation(key="k", name="n", priority_rules=(rule("p1", "Why not."),))

    assert suggest(organisation, Answers(), "") == NO_SUGGESTION


def test_priorities_without_a_table_leave_it_to_the_provider() -> None:
    organisation = Organisation(key="k", name="n", priorities=(level("p1", 1),))

    assert suggest(organisation, Answers(), "") == NO_SUGGESTION


def test_the_first_row_that_matches_decides() -> None:
    organisation = Organisation(
        key="k",
        name="n",
        priorities=(level("high", 1), level("low", 2)),
        priority_rules=(
            rule("high", "A group.", impact=(Impact.GROUP, Impact.EVERYONE)),
            rule("high", "They cannot.", blocked=(Blocked.YES,), planned=False),
            rule("low", "Anything."),
        ),
    )

    def reason(answers: Answers) -> str:
        return suggest(organisation, answers, "").reason

    assert reason(Answers(impact=Impact.GROUP, blocked=Blocked.YES)) == "A group."
    assert reason(Answers(impact=Impact.ONE, blocked=Blocked.YES)) == "They cannot."
    assert reason(Answers(impact=Impact.ONE, blocked=Blocked.YES, planned=True)) == "Anything."
    assert reason(Answers()) == "Anything."


def test_a_type_that_is_planned_by_nature_answers_that_question() -> None:
    organisation = Organisation(
        key="k",
        name="n",
        priorities=(level("high", 1), level("low", 2)),
        priority_rules=(rule("low", "Planned.", planned=True), rule("high", "Not planned.")),
        request_types=(
            RequestType(key=TypeKey("move"), name="A move", planned=True),
            RequestType(key=TypeKey("fault"), name="A fault"),
        ),
    )

    assert suggest(organisation, Answers(), "move").key == "low"
    assert suggest(organisation, Answers(), "fault").key == "high"
