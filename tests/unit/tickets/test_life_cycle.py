from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.tickets import life_cycle
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Button, Organisation, Purpose
from desktop.tickets.people import Person
from desktop.tickets.ticket import Appointment, PriorityKey, StatusKey, Ticket

OPEN = [purpose for purpose in Purpose if purpose not in (Purpose.COMPLETED, Purpose.CLOSED, Purpose.UNKNOWN)]
ENDED = [Purpose.COMPLETED, Purpose.CLOSED]
Step = Callable[[Organisation, Ticket], StatusKey]


@pytest.fixture(params=["statuses", "none"])
def organisation(request: pytest.FixtureRequest, provider: Organisation) -> Organisation:
    """A provider with statuses of its own, and one who has published none."""
    return provider if request.param == "statuses" else replace(provider, statuses=())


@pytest.fixture
def ticket(ann: Person, sam: Person, now: datetime) -> Ticket:
    return Ticket(
        id="019ab3c4-0000-7000-8000-000000000000",
        requester=ann,
        summary="Printer jams",
        made_at=now,
        updated_at=now,
        assignee=sam.email,
        acknowledged=True,
        appointment=Appointment(start=now, end=now + timedelta(hours=1)),
    )


def after(step: Step, organisation: Organisation, ticket: Ticket, purpose: Purpose) -> Purpose:
    at = replace(ticket, status=life_cycle.status_for(organisation, purpose))
    return life_cycle.status_of(organisation, step(organisation, at)).purpose


@pytest.mark.parametrize("purpose", OPEN)
def test_a_reply_to_any_open_ticket_is_a_response(organisation: Organisation, ticket: Ticket, purpose: Purpose) -> None:
    assert after(life_cycle.replied, organisation, ticket, purpose) is Purpose.CLIENT_RESPONDED


@pytest.mark.parametrize("purpose", ENDED)
def test_thanks_on_an_ended_ticket_change_nothing(organisation: Organisation, ticket: Ticket, purpose: Purpose) -> None:
    assert after(life_cycle.replied, organisation, ticket, purpose) is purpose
    assert after(life_cycle.contributed, organisation, ticket, purpose) is purpose
    assert after(life_cycle.solved, organisation, ticket, purpose) is purpose


@pytest.mark.parametrize("purpose", ENDED)
def test_only_not_solved_brings_an_ended_ticket_back(
    organisation: Organisation, ticket: Ticket, purpose: Purpose
) -> None:
    assert after(life_cycle.reopened, organisation, ticket, purpose) is Purpose.REOPENED


@pytest.mark.parametrize("purpose", OPEN)
def test_not_solved_on_an_open_ticket_is_a_reply(organisation: Organisation, ticket: Ticket, purpose: Purpose) -> None:
    expected = Purpose.REOPENED if purpose is Purpose.REOPENED else Purpose.CLIENT_RESPONDED
    assert after(life_cycle.reopened, organisation, ticket, purpose) is expected


@pytest.mark.parametrize("purpose", OPEN)
def test_a_file_or_times_answer_only_a_provider_who_waits(
    organisation: Organisation, ticket: Ticket, purpose: Purpose
) -> None:
    waits = purpose in (Purpose.WAITING_CLIENT, Purpose.PENDING_CLOSURE)
    expected = Purpose.CLIENT_RESPONDED if waits else purpose
    assert after(life_cycle.contributed, organisation, ticket, purpose) is expected


@pytest.mark.parametrize("purpose", OPEN)
def test_it_works_again_completes_an_open_ticket(organisation: Organisation, ticket: Ticket, purpose: Purpose) -> None:
    assert after(life_cycle.solved, organisation, ticket, purpose) is Purpose.COMPLETED


@pytest.mark.parametrize("step", [life_cycle.replied, life_cycle.reopened])
def test_a_status_that_nobody_knows_is_open(organisation: Organisation, ticket: Ticket, step: Step) -> None:
    foreign = replace(ticket, status=StatusKey("Escalated to Mars"))
    assert step(organisation, foreign) == life_cycle.status_for(organisation, Purpose.CLIENT_RESPONDED)


def test_a_status_that_nobody_knows_is_shown_verbatim(organisation: Organisation) -> None:
    status = life_cycle.status_of(organisation, StatusKey("Escalated to Mars"))
    assert (status.words, status.purpose) == ("Escalated to Mars", Purpose.UNKNOWN)


@pytest.mark.parametrize(
    ("purpose", "agreed", "expected"),
    [
        (Purpose.NEEDS_SCHEDULING, True, Purpose.SCHEDULED),
        (Purpose.WORKING, True, Purpose.SCHEDULED),
        (Purpose.COMPLETED, True, Purpose.COMPLETED),
        (Purpose.SCHEDULED, False, Purpose.NEEDS_SCHEDULING),
        (Purpose.WORKING, False, Purpose.WORKING),
    ],
)
def test_appointments_move_the_status(
    organisation: Organisation, ticket: Ticket, purpose: Purpose, agreed: bool, expected: Purpose
) -> None:
    def step(of: Organisation, at: Ticket) -> StatusKey:
        return life_cycle.scheduled(of, at, agreed=agreed)

    assert after(step, organisation, ticket, purpose) is expected


def test_a_provider_without_a_status_for_appointments_keeps_the_one_it_has(
    provider: Organisation, ticket: Ticket
) -> None:
    fewer = replace(provider, statuses=tuple(s for s in provider.statuses if s.purpose is not Purpose.SCHEDULED))
    working = replace(ticket, status=life_cycle.status_for(fewer, Purpose.WORKING))
    assert life_cycle.scheduled(fewer, working, agreed=True) == working.status


def test_the_first_status_of_a_purpose_is_the_one_we_set(provider: Organisation) -> None:
    portal, mail = (replace(provider.statuses[0], key=StatusKey(key)) for key in ("portal", "mail"))
    two = replace(provider, statuses=(portal, mail))
    assert life_cycle.status_for(two, Purpose.NEW) == "portal"


def test_completed_and_closed_stand_in_for_one_another(provider: Organisation) -> None:
    for there, asked in ((Purpose.COMPLETED, Purpose.CLOSED), (Purpose.CLOSED, Purpose.COMPLETED)):
        one = replace(provider, statuses=tuple(s for s in provider.statuses if s.purpose is there))
        assert life_cycle.status_for(one, asked) == one.statuses[0].key


def test_a_profile_without_statuses_speaks_in_neutral_words() -> None:
    seen = set()
    for purpose in (*OPEN, *ENDED):
        key = life_cycle.status_for(UNKNOWN_ORGANISATION, purpose)
        status = life_cycle.status_of(UNKNOWN_ORGANISATION, key)
        assert (key, status.purpose) == (purpose.value, purpose)
        assert status.words[0].isupper()
        assert "{" not in status.words
        seen.add(status.words)
    assert len(seen) == len(OPEN) + len(ENDED)
    assert life_cycle.status_of(
        Organisation(key="x", name="Long Name Ltd", short_name="LN"), StatusKey("new")
    ).words == ("With LN")


def test_the_neutral_words_are_words_that_people_may_read() -> None:
    for purpose in (*OPEN, *ENDED):
        status = life_cycle.status_of(UNKNOWN_ORGANISATION, StatusKey(purpose.value))
        read = f"{status.name} {status.words} {status.next}".casefold()
        for word in ("sync", "outbox", "operation", "conflict", "server", "enrol", "payload", "sent", "filed", "p1"):
            assert word not in read


def test_a_status_of_the_profile_wins_over_ours_of_the_same_key(provider: Organisation) -> None:
    waiting = replace(provider.statuses[0], key=StatusKey("new"), purpose=Purpose.WAITING_CLIENT, words="Over to you")
    assert life_cycle.status_of(replace(provider, statuses=(waiting,)), StatusKey("new")) == waiting


def test_a_status_never_told_reads_as_new(ticket: Ticket, provider: Organisation) -> None:
    status = life_cycle.status_of(provider, StatusKey(""))
    assert (status.words, status.purpose) == ("With Odd Names", Purpose.UNKNOWN)
    assert not life_cycle.has_ended(provider, ticket)


def test_which_statuses_can_be_given(provider: Organisation) -> None:
    assert life_cycle.is_known(provider, "s3")
    assert not life_cycle.is_known(provider, "working")
    assert not life_cycle.is_known(provider, "unknown")
    assert not life_cycle.is_known(provider, "")
    assert life_cycle.is_known(UNKNOWN_ORGANISATION, "working")


def test_a_step_is_in_the_history_and_keeps_technician_and_appointment(
    organisation: Organisation, ticket: Ticket, ann: Person, now: datetime
) -> None:
    at = replace(ticket, status=life_cycle.status_for(organisation, Purpose.WORKING))
    moved = life_cycle.move(
        organisation, at, life_cycle.replied(organisation, at), who=ann.email, at=now + timedelta(hours=1)
    )
    assert (moved.assignee, moved.acknowledged, moved.appointment) == (at.assignee, True, at.appointment)
    line = moved.history[-1]
    assert (line.field, line.old, line.new, line.who) == ("status", at.status, moved.status, ann.email)
    assert moved.updated_at == line.at == now + timedelta(hours=1)


def test_no_step_leaves_no_trace(organisation: Organisation, ticket: Ticket, now: datetime) -> None:
    assert life_cycle.move(organisation, ticket, ticket.status, who="x", at=now + timedelta(days=1)) is ticket


def test_a_reopened_ticket_keeps_its_technician_who_takes_it_anew(
    organisation: Organisation, ticket: Ticket, now: datetime
) -> None:
    key = life_cycle.status_for(organisation, Purpose.REOPENED)
    moved = life_cycle.move(organisation, ticket, key, who="x", at=now)
    assert (moved.assignee, moved.acknowledged) == (ticket.assignee, False)


def test_pending_closure_says_when_it_closes_and_an_answer_takes_that_away(
    organisation: Organisation, ticket: Ticket, now: datetime
) -> None:
    key = life_cycle.status_for(organisation, Purpose.PENDING_CLOSURE)
    closing = life_cycle.move(organisation, ticket, key, who="x", at=now)
    monday = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert closing.due_back == monday
    assert not life_cycle.is_due_to_close(organisation, closing, monday - timedelta(seconds=1))
    assert life_cycle.is_due_to_close(organisation, closing, monday)
    answered = life_cycle.move(organisation, closing, life_cycle.replied(organisation, closing), who="x", at=now)
    assert answered.due_back is None
    assert [line.field for line in answered.history] == ["status", "due_back", "status", "due_back"]
    assert not life_cycle.is_due_to_close(organisation, answered, monday)
    parts = replace(closing, status=life_cycle.status_for(organisation, Purpose.WAITING_PARTS))
    assert not life_cycle.is_due_to_close(organisation, parts, monday)


@pytest.mark.parametrize("unstated", [{"closure_days": None}, {"hours": None}])
def test_a_closing_time_that_the_provider_did_not_state_is_not_invented(
    provider: Organisation, ticket: Ticket, now: datetime, unstated: dict[str, None]
) -> None:
    silent = replace(provider, **unstated)  # type: ignore[arg-type]
    closing = life_cycle.move(silent, ticket, life_cycle.status_for(silent, Purpose.PENDING_CLOSURE), who="x", at=now)
    assert closing.due_back is None
    assert not life_cycle.is_due_to_close(silent, closing, now + timedelta(days=365))


def test_buttons_leave_out_what_the_provider_does_not_offer(provider: Organisation, ticket: Ticket) -> None:
    status = replace(provider.statuses[0], buttons=(Button.REPLY, Button.ESCALATE))
    offering = replace(provider, statuses=(status,))
    low = replace(ticket, status=status.key, priority=PriorityKey("low"))
    assert life_cycle.buttons(offering, low) == (Button.REPLY, Button.ESCALATE)
    assert life_cycle.buttons(offering, replace(low, priority=PriorityKey("high"))) == (Button.REPLY,)
    assert life_cycle.buttons(replace(offering, escalation=None), low) == (Button.REPLY,)


def test_neutral_buttons_offer_what_helps_in_the_state(ticket: Ticket) -> None:
    assert Button.SAY_SOLVED in life_cycle.buttons(UNKNOWN_ORGANISATION, replace(ticket, status=StatusKey("working")))
    assert life_cycle.buttons(UNKNOWN_ORGANISATION, replace(ticket, status=StatusKey("closed"))) == (
        Button.REPLY,
        Button.REOPEN,
    )
