"""Service levels from a ticket's history, with the traps that other help desks fell into."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tickets.organisation import Holiday, Hours, Organisation, Purpose, ServiceLevel, Shift, Stage, Status
from desktop.tickets.people import Person
from desktop.tickets.service_level import LevelState, StageLevel, service_levels
from desktop.tickets.ticket import Change, PriorityKey, StatusKey, Ticket

CHICAGO = ZoneInfo("America/Chicago")
RUNNING, PAUSED, MET, MISSED, NONE = (
    LevelState.RUNNING,
    LevelState.PAUSED,
    LevelState.MET,
    LevelState.MISSED,
    LevelState.NONE,
)


def status(key: str, purpose: Purpose, stage: Stage, runs: bool) -> Status:
    return Status(key=StatusKey(key), name=key, purpose=purpose, stage=stage, runs=runs, actor="provider", words=key)


def goals(
    priority: str, respond: int | None, plan: int | None, resolve: int | None, always: bool = False
) -> ServiceLevel:
    return ServiceLevel(
        priority=PriorityKey(priority), respond=respond, plan=plan, resolve=resolve, around_the_clock=always
    )


DESK = Organisation(
    key="desk",
    name="Desk",
    hours=Hours(
        time_zone="America/Chicago",
        shifts=tuple(
            Shift(weekday=day, start=start, end=end)
            for day in range(5)
            for start, end in ((time(8), time(12)), (time(13), time(17)))
        ),
        holidays=(
            Holiday(day=date(2026, 11, 26), name="Thanksgiving"),
            Holiday(day=date(2026, 12, 24), name="Christmas Eve", open=((time(8), time(12)),)),
            Holiday(day=date(2026, 12, 25), name="Christmas Day"),
        ),
    ),
    statuses=(
        status("new", Purpose.NEW, Stage.RESPOND, True),
        status("answered", Purpose.CLIENT_RESPONDED, Stage.RESPOND, True),
        status("planning", Purpose.NEEDS_SCHEDULING, Stage.PLAN, True),
        status("working", Purpose.WORKING, Stage.RESOLVE, True),
        status("waiting", Purpose.WAITING_CLIENT, Stage.WAITING, False),
        status("travelling", Purpose.SCHEDULED, Stage.WAITING, True),
        status("closing", Purpose.PENDING_CLOSURE, Stage.WAITING, False),
        status("done", Purpose.COMPLETED, Stage.RESOLVED, False),
        status("closed", Purpose.CLOSED, Stage.RESOLVED, False),
        status("back", Purpose.REOPENED, Stage.RESOLVE, True),
    ),
    service_levels=(
        goals("p1", 60, 120, 240, always=True),
        goals("p2", 60, 120, 480),
        goals("p3", 240, 480, 1440),
        goals("p4", None, None, 2400),
    ),
)
"""Monday to Friday, 8 to 12 and 13 to 17; 2026-11-23 is a Monday."""


def local(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO)


MONDAY_AT_NINE = local(23, 9)


def ticket(
    *steps: tuple[datetime, str], received: datetime | None = MONDAY_AT_NINE, priority: str = "p2", first: str = "new"
) -> Ticket:
    """A ticket that went through these statuses."""
    history, old = [], first
    for at, new in steps:
        history.append(Change(at=at, who="sam@example.com", field="status", old=old, new=new))
        old = new
    return Ticket(
        id="t",
        requester=Person(email="ann@example.com"),
        summary="s",
        made_at=local(20),
        updated_at=local(20),
        received_at=received,
        priority=PriorityKey(priority),
        status=StatusKey(old),
        history=tuple(history),
    )


def with_priority(given_ticket: Ticket, at: datetime, old: str, new: str) -> Ticket:
    line = Change(at=at, who="sam@example.com", field="priority", old=old, new=new)
    history = tuple(sorted((*given_ticket.history, line), key=lambda change: change.at))
    return replace(given_ticket, priority=PriorityKey(new), history=history)


def shown(given_ticket: Ticket, now: datetime, desk: Organisation = DESK) -> list[tuple[datetime | None, LevelState]]:
    return [(level.due, level.state) for level in service_levels(desk, given_ticket, now)]


def states(given_ticket: Ticket, now: datetime, desk: Organisation = DESK) -> list[LevelState]:
    return [state for _, state in shown(given_ticket, now, desk)]


def test_a_new_ticket_has_all_three_stages_ahead_and_skips_lunch() -> None:
    assert service_levels(DESK, ticket(), local(23, 9, 30)) == (
        StageLevel(stage=Stage.RESPOND, due=local(23, 10), state=RUNNING, estimate=True),
        StageLevel(stage=Stage.PLAN, due=local(23, 11), state=RUNNING, estimate=True),
        StageLevel(stage=Stage.RESOLVE, due=local(24, 9), state=RUNNING, estimate=True),
    )


def test_what_is_due_has_passed() -> None:
    assert states(ticket(), local(23, 10)) == [RUNNING, RUNNING, RUNNING]
    assert shown(ticket(), local(23, 10, 1))[0] == (local(23, 10), MISSED)
    assert states(ticket(), local(30, 9)) == [MISSED, MISSED, MISSED]


def test_a_stage_is_met_when_a_later_one_begins() -> None:
    planned = ticket((local(23, 9, 30), "planning"))
    begun = ticket((local(23, 9, 30), "planning"), (local(23, 10, 30), "working"))
    ended = ticket((local(23, 9, 30), "working"), (local(23, 16), "done"))

    assert shown(planned, local(23, 9, 45)) == [
        (local(23, 10), MET),
        (local(23, 11), RUNNING),
        (local(24, 9), RUNNING),
    ]
    assert states(begun, local(23, 11, 30)) == [MET, MET, RUNNING]
    assert states(ended, local(30, 9)) == [MET, MET, MET]


def test_whoever_takes_the_ticket_has_responded_whatever_the_status_says() -> None:
    line = Change(at=local(23, 9, 30), who="sam@example.com", field="acknowledged", old="no", new="yes")
    late = replace(line, at=local(23, 10, 30))
    taken, taken_late = (replace(ticket(), history=(one,)) for one in (line, late))
    planned = replace(
        ticket((local(23, 9, 45), "planning")), history=(*ticket((local(23, 9, 45), "planning")).history, late)
    )

    assert shown(taken, local(23, 9, 45))[0] == (local(23, 10), MET)
    assert states(taken, local(23, 11, 30)) == [MET, MISSED, RUNNING]
    assert shown(taken_late, local(23, 11))[0] == (local(23, 10), MISSED)
    assert shown(planned, local(23, 11))[0] == (local(23, 10), MET)


def test_a_stage_that_was_reached_late_stays_missed() -> None:
    late = ticket((local(23, 10, 30), "working"), (local(23, 11), "done"))

    assert shown(late, local(30)) == [(local(23, 10), MISSED), (local(23, 11), MET), (local(24, 9), MET)]


def test_solved_at_once_meets_everything() -> None:
    assert states(ticket((local(23, 9, 10), "done")), local(24)) == [MET, MET, MET]
    assert states(ticket((local(23, 9), "done")), local(24)) == [MET, MET, MET]


def test_closing_what_is_solved_changes_nothing() -> None:
    solved = ticket((local(23, 9, 10), "done"))
    closed = ticket((local(23, 9, 10), "done"), (local(27, 9), "closed"))

    assert shown(solved, local(30)) == shown(closed, local(30))


def test_waiting_for_the_client_stops_the_clock() -> None:
    waiting = ticket((local(23, 9, 30), "waiting"))

    assert shown(waiting, local(23, 16)) == [(None, PAUSED), (None, PAUSED), (None, PAUSED)]


def test_after_waiting_the_lowest_open_stage_goes_on_with_what_was_left() -> None:
    back = ticket((local(23, 9, 30), "waiting"), (local(24, 10), "answered"))

    assert shown(back, local(24, 10, 15)) == [
        (local(24, 10, 30), RUNNING),
        (local(24, 11, 30), RUNNING),
        (local(25, 9, 30), RUNNING),
    ]


def test_an_answer_during_work_does_not_take_the_ticket_back_to_respond() -> None:
    answered = ticket(
        (local(23, 9, 30), "working"),
        (local(23, 10), "waiting"),
        (local(23, 11), "answered"),
        (local(23, 11, 5), "new"),
    )

    assert shown(answered, local(23, 11, 30))[:2] == [(local(23, 10), MET), (local(23, 11), MET)]
    assert shown(answered, local(23, 11, 30))[2] == (local(24, 10), RUNNING)


def test_a_pause_that_starts_and_ends_while_closed_costs_only_open_hours() -> None:
    """Paused on Friday at 20:00, answered on Monday at 07:00: no business time passed at all."""
    over_weekend = ticket((local(20, 20), "waiting"), (local(23, 7), "answered"), received=local(20, 16, 30))

    assert shown(over_weekend, local(23, 8))[0] == (local(23, 8, 30), RUNNING)


def test_a_pause_that_starts_while_closed_and_ends_while_open() -> None:
    monday = ticket((local(20, 20), "waiting"), (local(23, 10), "answered"), received=local(20, 16, 30))

    assert shown(monday, local(23, 10, 10))[0] == (local(23, 10, 30), RUNNING)


def test_a_pause_over_a_holiday_and_a_half_day() -> None:
    christmas = ticket(
        (local(24, 9, month=12), "waiting"), (local(28, 9, month=12), "answered"), received=local(24, 8, 30, month=12)
    )

    assert shown(christmas, local(28, 9, 10, month=12))[0] == (local(28, 9, 30, month=12), RUNNING)


def test_a_holiday_and_a_half_day_are_no_working_time() -> None:
    assert shown(ticket(received=local(25, 16, 30)), local(26, 12))[0] == (local(27, 8, 30), RUNNING)
    assert shown(ticket(received=local(24, 11, 30, month=12)), local(24, 13, month=12))[0] == (
        local(28, 8, 30, month=12),
        RUNNING,
    )


def test_a_goal_missed_before_the_pause_stays_missed_while_it_lasts() -> None:
    waiting = ticket((local(23, 11), "waiting"))

    assert shown(waiting, local(23, 14))[0] == (local(23, 10), MISSED)
    assert shown(waiting, local(23, 14))[2] == (None, PAUSED)


def test_a_waiting_status_whose_clock_runs_keeps_the_stage() -> None:
    travelling = ticket((local(23, 9, 30), "travelling"))

    assert shown(travelling, local(23, 9, 45))[0] == (local(23, 10), RUNNING)


def test_reaching_a_stage_straight_from_a_pause_meets_it_with_the_pause_left_out() -> None:
    answered = ticket((local(23, 9, 30), "waiting"), (local(24, 10), "working"))

    assert shown(answered, local(24, 11))[0] == (local(24, 10, 30), MET)


def test_pending_closure_stops_the_clock_and_closing_solves() -> None:
    closing = ticket((local(23, 9, 30), "working"), (local(23, 10), "closing"))
    closed = ticket((local(23, 9, 30), "working"), (local(23, 10), "closing"), (local(24, 10), "closed"))

    assert states(closing, local(23, 12)) == [MET, MET, PAUSED]
    assert states(closed, local(30)) == [MET, MET, MET]


def test_reopening_resumes_resolve_and_leaves_the_other_stages_alone() -> None:
    """An hour was used before it was solved on Monday; on Wednesday seven are left."""
    reopened = ticket((local(23, 9, 30), "working"), (local(23, 10), "done"), (local(25, 9), "back"))

    assert shown(reopened, local(25, 10)) == [
        (local(23, 10), MET),
        (local(23, 11), MET),
        (local(25, 17), RUNNING),
    ]


def test_solved_again_is_judged_anew() -> None:
    again = ticket(
        (local(23, 9, 30), "working"),
        (local(23, 10), "done"),
        (local(25, 9), "back"),
        (local(27, 9), "done"),
    )

    assert shown(again, local(30))[2] == (local(25, 17), MISSED)


def test_a_ticket_written_offline_starts_when_the_help_desk_received_it() -> None:
    written = replace(ticket(received=local(24, 9)), made_at=local(20, 9))

    assert shown(written, local(24, 9, 30))[0] == (local(24, 10), RUNNING)


def test_a_ticket_that_has_not_arrived_has_no_clock() -> None:
    assert shown(ticket(received=None), local(23, 10)) == [(None, NONE)] * 3


def test_a_ticket_received_while_closed_starts_at_the_opening() -> None:
    assert shown(ticket(received=local(21, 12)), local(22))[0] == (local(23, 9), RUNNING)


def test_goals_around_the_clock_do_not_wait_for_the_opening() -> None:
    night = ticket(received=local(21, 23), priority="p1")

    assert shown(night, local(21, 23, 30)) == [
        (local(22, 0), RUNNING),
        (local(22, 1), RUNNING),
        (local(22, 3), RUNNING),
    ]
    assert states(night, local(22, 0, 1)) == [MISSED, RUNNING, RUNNING]


def test_goals_around_the_clock_over_the_change_of_clocks() -> None:
    """Received an hour before the clocks go forward; four real hours later it is already five on the wall."""
    night = ticket(received=local(8, 1, month=3), priority="p1")

    assert shown(night, local(8, 1, month=3))[2] == (datetime(2026, 3, 8, 11, tzinfo=UTC), RUNNING)
    assert local(8, 6, month=3).astimezone(UTC) == datetime(2026, 3, 8, 11, tzinfo=UTC)


def test_without_opening_hours_only_goals_around_the_clock_can_be_told() -> None:
    closed_book = replace(DESK, hours=None)

    assert shown(ticket(priority="p2"), local(23, 10), closed_book) == [(None, NONE)] * 3
    assert states(ticket(priority="p1"), local(23, 9, 30), closed_book) == [RUNNING] * 3
    assert states(ticket((local(23, 9, 30), "waiting")), local(23, 10), closed_book) == [NONE] * 3


def test_a_stage_without_a_goal() -> None:
    assert states(ticket(priority="p4"), local(23, 10)) == [NONE, NONE, RUNNING]


@pytest.mark.parametrize("priority", ["", "p9"])
def test_a_priority_without_goals_has_no_service_level(priority: str) -> None:
    assert service_levels(DESK, ticket(priority=priority), local(23, 10)) == ()


def test_a_provider_without_service_levels_has_none() -> None:
    assert service_levels(replace(DESK, service_levels=()), ticket(), local(23, 10)) == ()


def test_a_status_that_nobody_knows_stops_our_telling_but_not_what_was_reached() -> None:
    lost = ticket((local(23, 9, 30), "planning"), (local(23, 10), "limbo"))
    found = ticket((local(23, 9, 30), "planning"), (local(23, 10), "limbo"), (local(23, 11), "working"))

    assert states(lost, local(23, 10, 30)) == [MET, NONE, NONE]
    assert states(found, local(23, 11, 30)) == [MET, NONE, NONE]


def test_statuses_of_our_own_where_the_provider_has_none() -> None:
    plain = replace(DESK, statuses=())
    begun = ticket((local(23, 9, 30), Purpose.WORKING), first=Purpose.NEW)

    assert states(begun, local(23, 10), plain) == [MET, MET, RUNNING]


def test_a_new_priority_keeps_the_clock_running() -> None:
    raised = with_priority(ticket(priority="p3"), local(23, 11), "p3", "p2")

    assert shown(raised, local(23, 11, 30)) == [
        (local(23, 10), MISSED),
        (local(23, 11), MISSED),
        (local(24, 9), RUNNING),
    ]


def test_a_new_priority_restarts_the_clock_where_the_provider_says_so() -> None:
    desk = replace(DESK, priority_change_restarts=True)
    raised = with_priority(ticket(priority="p3"), local(23, 11), "p3", "p2")

    assert shown(raised, local(23, 11, 30), desk) == [
        (local(23, 12), RUNNING),
        (local(23, 14), RUNNING),
        (local(24, 11), RUNNING),
    ]


def test_after_a_restart_only_what_came_later_counts() -> None:
    desk = replace(DESK, priority_change_restarts=True)
    raised = with_priority(
        ticket((local(23, 10), "waiting"), (local(23, 14), "answered"), priority="p3"), local(23, 11), "p3", "p2"
    )

    assert shown(raised, local(23, 14, 30), desk)[0] == (local(23, 15), RUNNING)


@pytest.mark.parametrize("restarts", [False, True])
def test_what_was_reached_before_is_judged_by_the_priority_of_that_time(restarts: bool) -> None:
    """Answered after three hours while it was normal: in time, and not late because it became urgent afterwards."""
    desk = replace(DESK, priority_change_restarts=restarts)
    raised = with_priority(ticket((local(23, 13), "planning"), priority="p3"), local(23, 15), "p3", "p2")

    assert shown(raised, local(23, 15, 30), desk)[0] == (local(23, 14), MET)


@pytest.mark.parametrize("restarts", [False, True])
def test_a_first_priority_is_no_change_of_priority(restarts: bool) -> None:
    desk = replace(DESK, priority_change_restarts=restarts)
    sorted_out = with_priority(ticket(priority=""), local(23, 9, 30), "", "p2")

    assert shown(sorted_out, local(23, 9, 45), desk)[0] == (local(23, 10), RUNNING)


def test_what_was_reached_before_the_first_priority_is_judged_by_that_one() -> None:
    sorted_out = with_priority(ticket((local(23, 9, 15), "working"), priority=""), local(23, 9, 30), "", "p2")

    assert states(sorted_out, local(23, 9, 45)) == [MET, MET, RUNNING]


def test_a_priority_that_had_no_goals_then() -> None:
    moved = with_priority(ticket((local(23, 10), "working"), priority="p9"), local(23, 11), "p9", "p2")

    assert states(moved, local(23, 11, 30)) == [NONE, NONE, RUNNING]


def test_clocks_that_disagree_count_as_no_time() -> None:
    """Our clock is behind the help desk's, and a step of its history is older than the one before."""
    early = ticket((local(23, 10), "planning"), (local(23, 9, 50), "working"))

    assert shown(early, local(23, 8))[:2] == [(local(23, 10), MET), (local(23, 11), MET)]
    assert shown(ticket(), local(20))[0] == (local(23, 10), RUNNING)


def test_a_step_cannot_have_come_before_the_step_before_it() -> None:
    backdated = ticket((local(23, 11, 30), "planning"), (local(23, 9, 50), "working"))

    assert states(backdated, local(23, 12)) == [MISSED, MISSED, RUNNING]


def test_a_restart_that_lies_ahead_of_our_clock_is_counted_from_then() -> None:
    desk = replace(DESK, priority_change_restarts=True)
    raised = with_priority(ticket(priority="p3"), local(23, 11), "p3", "p2")

    assert shown(raised, local(23, 10, 50), desk)[0] == (local(23, 12), RUNNING)


def test_a_history_that_begins_with_the_filing() -> None:
    filed = ticket((local(23, 9, 0), "new"), first="")

    assert shown(filed, local(23, 9, 30)) == shown(ticket(), local(23, 9, 30))


def test_moments_that_no_help_desk_ever_saw_are_harmless() -> None:
    last = datetime.max.replace(tzinfo=UTC)

    assert len(service_levels(DESK, ticket(received=last), local(23))) == 3
    assert len(service_levels(DESK, ticket((last, "working")), local(23))) == 3


steps = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=60 * 24 * 10),
        st.sampled_from([status.key for status in DESK.statuses]),
    ),
    max_size=8,
)


@given(steps, st.integers(min_value=0, max_value=60 * 24 * 20), st.sampled_from(["p1", "p2", "p3"]))
def test_whatever_happened_each_stage_is_told_and_missed_means_due_has_passed(
    given_steps: list[tuple[int, str]], minutes: int, priority: str
) -> None:
    start = local(20, 9).astimezone(UTC)
    path = [(start + timedelta(minutes=minute), key) for minute, key in sorted(given_steps)]
    now = start + timedelta(minutes=minutes)

    found = service_levels(DESK, ticket(*path, received=start, priority=priority), now)

    assert [level.stage for level in found] == [Stage.RESPOND, Stage.PLAN, Stage.RESOLVE]
    dues = [level.due for level in found if level.due is not None]
    assert dues == sorted(dues)
    for level in found:
        assert level.estimate
        assert (level.due is None) is (level.state is PAUSED)
        if level.state is RUNNING and level.due is not None and not path:
            assert level.due >= now
