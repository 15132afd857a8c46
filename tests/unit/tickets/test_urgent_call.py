"""Call this number, press this key, say this."""

from dataclasses import replace
from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from desktop.tickets.organisation import Organisation, PhoneUse
from desktop.tickets.priority import suggest
from desktop.tickets.profile import parse_profile
from desktop.tickets.ticket import PriorityKey
from desktop.tickets.urgency import Answers, Blocked, Impact
from desktop.tickets.urgent import Cause, UrgentCall, urgent_call


def profile(name: str) -> Organisation:
    file = resources.files("resources") / "organisations" / f"{name}.toml"
    return parse_profile(file.read_text(encoding="utf-8"), source=f"{name}.toml")


EXAMPLE, ECS, HTS = profile("example"), profile("ecs"), profile("hts")
CHICAGO = ZoneInfo("America/Chicago")
OPEN = datetime(2026, 11, 23, 9, tzinfo=CHICAGO)
NIGHT = datetime(2026, 11, 23, 22, tzinfo=CHICAGO)
HOLIDAY = datetime(2026, 11, 26, 9, tzinfo=CHICAGO)
SECURITY = Answers(security=True)
ALL_STOPPED = Answers(impact=Impact.EVERYONE, blocked=Blocked.YES)


def call(organisation: Organisation, answers: Answers, now: datetime = OPEN) -> UrgentCall | None:
    return urgent_call(organisation, answers, suggest(organisation, answers, "").key, now)


def without(organisation: Organisation, *uses: PhoneUse) -> Organisation:
    return replace(organisation, phones=tuple(phone for phone in organisation.phones if not phone.uses & set(uses)))


def test_a_security_matter_goes_to_the_number_for_urgent_problems() -> None:
    found = call(EXAMPLE, SECURITY)

    assert found is not None
    assert found.cause is Cause.SECURITY
    assert found.phone == EXAMPLE.phone(PhoneUse.URGENT)
    assert "security" in found.why
    assert "reference" in found.say


def test_a_priority_that_asks_for_a_call() -> None:
    found = call(EXAMPLE, ALL_STOPPED)

    assert found is not None
    assert found.cause is Cause.EMERGENCY


def test_a_priority_that_was_given_by_the_provider_asks_for_a_call_too() -> None:
    assert urgent_call(EXAMPLE, Answers(), PriorityKey("p1"), OPEN) is not None


@pytest.mark.parametrize("priority", ["p2", "p3", "p4", "", "unheard"])
def test_other_priorities_do_not(priority: str) -> None:
    assert urgent_call(EXAMPLE, ALL_STOPPED, PriorityKey(priority), OPEN) is None


@pytest.mark.parametrize("now", [NIGHT, HOLIDAY])
def test_an_emergency_in_closed_hours_goes_to_the_number_for_those(now: datetime) -> None:
    found = call(EXAMPLE, ALL_STOPPED, now)

    assert found is not None
    assert found.phone == EXAMPLE.phone(PhoneUse.AFTER_HOURS)
    assert found.phone.press == "1"
    assert found.cause is Cause.EMERGENCY


@pytest.mark.parametrize("now", [NIGHT, HOLIDAY])
def test_what_cannot_wait_until_the_opening(now: datetime) -> None:
    found = call(EXAMPLE, Answers(), now)

    assert found is not None
    assert found.cause is Cause.CLOSED
    assert found.phone == EXAMPLE.phone(PhoneUse.AFTER_HOURS)
    assert "cannot wait" in found.why


def test_what_is_planned_can_wait() -> None:
    assert call(EXAMPLE, Answers(planned=True), NIGHT) is None


def test_closed_hours_count_only_where_the_provider_has_told_them() -> None:
    assert call(replace(EXAMPLE, hours=None), Answers(), NIGHT) is None
    assert call(ECS, Answers(), NIGHT) is None
    assert call(HTS, Answers(), NIGHT) is None


def test_nobody_is_sent_to_a_number_that_does_not_exist() -> None:
    assert call(replace(EXAMPLE, phones=()), SECURITY) is None
    assert call(without(EXAMPLE, PhoneUse.AFTER_HOURS), Answers(), NIGHT) is None
    assert call(without(EXAMPLE, PhoneUse.URGENT, PhoneUse.SUPPORT), SECURITY) is None


def test_the_next_best_number_is_named() -> None:
    day = call(without(EXAMPLE, PhoneUse.URGENT), SECURITY)
    night = call(without(EXAMPLE, PhoneUse.AFTER_HOURS), SECURITY, NIGHT)

    assert day is not None
    assert day.phone == EXAMPLE.phone(PhoneUse.SUPPORT)
    assert night is not None
    assert night.phone == EXAMPLE.phone(PhoneUse.URGENT)


def test_an_emergency_at_ecs_goes_to_its_support() -> None:
    found = call(ECS, ALL_STOPPED, NIGHT)

    assert found is not None
    assert found.phone == ECS.phone(PhoneUse.SUPPORT)
    assert "closed" not in found.why


@pytest.mark.parametrize("answers", [SECURITY, ALL_STOPPED])
def test_hts_has_a_number_for_closed_hours_and_has_not_said_when_those_are(answers: Answers) -> None:
    found = call(HTS, answers)

    assert found is not None
    assert found.phone == HTS.phone(PhoneUse.AFTER_HOURS)
    assert found.phone.press == "1"
    assert found.why == "If the help desk is closed now, please call as well."


def test_without_priorities_only_a_standstill_of_all_is_an_emergency() -> None:
    assert call(HTS, Answers(impact=Impact.EVERYONE)) is None
    assert call(HTS, Answers(impact=Impact.ONE, blocked=Blocked.YES)) is None
    assert call(HTS, Answers()) is None
