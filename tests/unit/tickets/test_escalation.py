"""A faster answer: free ways first, then the fee, then whoever has to agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from desktop.tickets.escalation import (
    Decision,
    Way,
    asked_approvers,
    fee_text,
    is_free,
    may_request,
    priority_after,
    ways,
)
from desktop.tickets.organisation import Escalation, Organisation
from desktop.tickets.people import Person
from desktop.tickets.profile import parse_profile
from desktop.tickets.ticket import PriorityKey, StatusKey, Ticket
from desktop.tickets.urgency import Answers, Blocked, Impact

ASKED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def profile(name: str) -> Organisation:
    file = resources.files("resources") / "organisations" / f"{name}.toml"
    return parse_profile(file.read_text(encoding="utf-8"), source=f"{name}.toml")


EXAMPLE = profile("example")
ECS = profile("ecs")
HTS = profile("hts")
TERMS = Escalation(
    fee=15000,
    currency="USD",
    from_priority=PriorityKey("p3"),
    to_priority=PriorityKey("p2"),
    approvers=("it_designee", "alternate"),
    silent_hours=2,
)


def ticket(priority: str = "p3", status: str = "new") -> Ticket:
    return Ticket(
        id="t",
        requester=Person(email="ann@example.com"),
        summary="s",
        made_at=ASKED,
        updated_at=ASKED,
        priority=PriorityKey(priority),
        status=StatusKey(status),
    )


def test_what_is_free_is_offered_before_what_costs_money() -> None:
    assert ways(EXAMPLE, ticket()) == (Way.QUESTIONS, Way.CALL, Way.FEE)
    assert ways(ECS, ticket(status="new_portal")) == (Way.QUESTIONS, Way.CALL, Way.FEE)


@pytest.mark.parametrize("priority", ["p1", "p2", "p4", ""])
def test_the_fee_is_for_the_priority_that_the_terms_name(priority: str) -> None:
    assert ways(EXAMPLE, ticket(priority)) == (Way.QUESTIONS, Way.CALL)
    assert not may_request(EXAMPLE, ticket(priority))


@pytest.mark.parametrize("status", ["completed", "closed"])
def test_nothing_is_sold_for_a_ticket_that_is_over(status: str) -> None:
    assert ways(EXAMPLE, ticket(status=status)) == ()
    assert not may_request(EXAMPLE, ticket(status=status))


def test_a_provider_without_terms_sells_nothing() -> None:
    assert ways(replace(EXAMPLE, escalation=None), ticket()) == (Way.QUESTIONS, Way.CALL)
    assert ways(HTS, ticket("")) == ()
    assert not may_request(HTS, ticket(""))


def test_terms_without_priorities_are_for_no_ticket() -> None:
    assert not may_request(replace(EXAMPLE, priorities=()), ticket())
    assert ways(replace(EXAMPLE, priorities=(), phones=()), ticket()) == ()


def test_a_priority_that_the_terms_lead_to_has_to_exist() -> None:
    only = tuple(level for level in EXAMPLE.priorities if level.key != "p2")

    assert not may_request(replace(EXAMPLE, priorities=only), ticket())


def test_answering_the_questions_again_may_be_all_that_it_takes() -> None:
    worse = Answers(impact=Impact.ONE, blocked=Blocked.YES)

    assert is_free(EXAMPLE, ticket("p3"), worse)
    assert not is_free(EXAMPLE, ticket("p3"), Answers())
    assert not is_free(EXAMPLE, ticket("p2"), worse)
    assert not is_free(EXAMPLE, ticket("p1"), Answers(planned=True))
    assert not is_free(EXAMPLE, ticket("unheard"), worse)
    assert not is_free(HTS, ticket(""), worse)


@pytest.mark.parametrize(
    ("hours", "asked"),
    [
        (0, ("it_designee",)),
        (1.99, ("it_designee",)),
        (2, ("it_designee", "alternate")),
        (500, ("it_designee", "alternate")),
        (-3, ("it_designee",)),
        (-30, ("it_designee",)),
    ],
)
def test_the_second_is_asked_when_the_first_is_silent(hours: float, asked: tuple[str, ...]) -> None:
    assert asked_approvers(TERMS, asked_at=ASKED, now=ASKED + timedelta(hours=hours)) == asked


def test_where_no_hours_of_silence_are_named_the_first_keeps_being_asked() -> None:
    patient = replace(TERMS, silent_hours=None)

    assert asked_approvers(patient, asked_at=ASKED, now=ASKED + timedelta(days=30)) == ("it_designee",)


def test_at_ecs_the_primary_contact_alone_is_asked() -> None:
    assert ECS.escalation is not None
    assert asked_approvers(ECS.escalation, asked_at=ASKED, now=ASKED + timedelta(days=9)) == ("approver",)


def test_the_priority_changes_after_an_approval_and_never_before() -> None:
    assert priority_after(EXAMPLE, ticket(), Decision.WAITING) == "p3"
    assert priority_after(EXAMPLE, ticket(), Decision.DECLINED) == "p3"
    assert priority_after(EXAMPLE, ticket(), Decision.APPROVED) == "p2"


def test_an_approval_that_comes_too_late_changes_nothing() -> None:
    """The provider has made it an emergency meanwhile, or it is solved."""
    assert priority_after(EXAMPLE, ticket("p1"), Decision.APPROVED) == "p1"
    assert priority_after(EXAMPLE, ticket(status="completed"), Decision.APPROVED) == "p3"
    assert priority_after(replace(EXAMPLE, escalation=None), ticket(), Decision.APPROVED) == "p3"


@pytest.mark.parametrize(
    ("fee", "currency", "text"),
    [
        (25000, "USD", "$250"),
        (15050, "USD", "$150.50"),
        (5, "USD", "$0.05"),
        (125000, "EUR", "€1,250"),
        (9900, "GBP", "£99"),
        (9950, "CHF", "CHF 99.50"),
        (5000, "JPY", "JPY 5,000"),
        (12345, "KWD", "KWD 12.345"),
    ],
)
def test_the_fee_as_people_read_it(fee: int, currency: str, text: str) -> None:
    assert fee_text(replace(TERMS, fee=fee, currency=currency)) == text


def test_the_fee_of_ecs() -> None:
    assert ECS.escalation is not None
    assert fee_text(ECS.escalation) == "$250"
