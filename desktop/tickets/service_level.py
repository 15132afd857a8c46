"""Service levels, worked out from a ticket's history each time they are asked for. There are no counters.

A ticket goes through the stages respond, plan and resolve and only ever advances. A status that waits keeps the stage,
so that leaving it returns to the lowest one still open; re-opening opens resolve again and the clock runs on from where
it stopped. The clock starts when the help desk received the ticket, however long before that it was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.tickets.calendar import AROUND_THE_CLOCK, add_business_time, as_instant, business_time
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Organisation, ServiceLevel, Stage
from desktop.tickets.ticket import Change, PriorityKey, StatusKey, Ticket

STAGES = (Stage.RESPOND, Stage.PLAN, Stage.RESOLVE)


class LevelState(StrEnum):
    """How a stage stands. `none`: there is no goal, or it cannot be told."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLevel:
    """One stage of a ticket's service level.

    Attributes:
        due: when it has to be reached (UTC); None while the clock is stopped and where there is no goal.
        estimate: worked out here; where the help desk tells its own figure, that one stands.
    """

    stage: Stage
    due: datetime | None = None
    state: LevelState = LevelState.NONE
    estimate: bool = True


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of the ticket's life in one status, in UTC."""

    start: datetime
    end: datetime
    stage: Stage
    runs: bool


def service_levels(organisation: Organisation, ticket: Ticket, now: datetime) -> tuple[StageLevel, ...]:
    """The three stages in order; none where the provider has no service level for the ticket's priority."""
    if _level(organisation, ticket.priority) is None:
        return ()
    if ticket.received_at is None:
        return tuple(StageLevel(stage=stage) for stage in STAGES)
    periods = _periods(organisation, ticket, as_instant(ticket.received_at), as_instant(now))
    reached = _reached(periods)
    taken = [max(periods[0].start, as_instant(change.at)) for change in _changes(ticket, "acknowledged")]
    if taken:  # somebody said that they have it, which is an answer whatever the status says
        reached[Stage.RESPOND] = min(taken[0], reached.get(Stage.RESPOND, taken[0]))
    return tuple(_stage_level(organisation, ticket, stage, periods, reached.get(stage)) for stage in STAGES)


def _stage_level(
    organisation: Organisation, ticket: Ticket, stage: Stage, periods: Sequence[_Period], reached: datetime | None
) -> StageLevel:
    """A stage is judged by the priority in force when it was reached, or by the present one while it is open."""
    priority, since = _priority_at(ticket, reached)
    level = _level(organisation, priority)
    goal = getattr(level, stage) if level is not None else None
    hours = AROUND_THE_CLOCK if level is not None and level.around_the_clock else organisation.hours
    until = reached or periods[-1].end
    lived = [period for period in periods if period.start < until] or periods[:1]
    if goal is None or hours is None or any(period.stage is Stage.UNKNOWN for period in lived):
        return StageLevel(stage=stage)
    begin = periods[0].start
    if since is not None and organisation.priority_change_restarts:
        begin = max(begin, since)
    left = timedelta(minutes=goal)
    for period in lived:
        if not period.runs:
            continue
        start, end = max(period.start, begin), min(period.end, until)
        due = add_business_time(hours, start, left)
        if due is not None and due <= end:
            return StageLevel(stage=stage, due=due, state=LevelState.MISSED if due < until else _open_or_met(reached))
        left -= business_time(hours, start, end) or timedelta()
    if reached is None and not periods[-1].runs:
        return StageLevel(stage=stage, state=LevelState.PAUSED)
    return StageLevel(stage=stage, due=add_business_time(hours, max(until, begin), left), state=_open_or_met(reached))


def _open_or_met(reached: datetime | None) -> LevelState:
    return LevelState.RUNNING if reached is None else LevelState.MET


def _level(organisation: Organisation, priority: PriorityKey) -> ServiceLevel | None:
    return next((level for level in organisation.service_levels if level.priority == priority), None)


def _changes(ticket: Ticket, field: str) -> list[Change]:
    return [change for change in ticket.history if change.field == field]


def _periods(organisation: Organisation, ticket: Ticket, start: datetime, now: datetime) -> list[_Period]:
    """The statuses from receipt to now, without gaps. Times that run backwards count as no time."""
    changes = _changes(ticket, "status")
    keys = [changes[0].old or changes[0].new, *(change.new for change in changes)] if changes else [ticket.status]
    moments = [start]
    for change in changes:
        moments.append(max(moments[-1], as_instant(change.at)))
    moments.append(max(moments[-1], now))
    periods = []
    for key, begin, end in zip(keys, moments, moments[1:], strict=False):
        status = status_of(organisation, StatusKey(key))
        periods.append(_Period(begin, end, status.stage, status.runs and status.stage is not Stage.RESOLVED))
    return periods


def _reached(periods: Sequence[_Period]) -> dict[Stage, datetime]:
    """When each stage was reached. What a ticket has reached it keeps, but for resolve when it is open again."""
    order = (*STAGES, Stage.RESOLVED)
    reached: dict[Stage, datetime] = {}
    for period in periods:
        if period.stage is not Stage.RESOLVED:
            reached.pop(Stage.RESOLVE, None)
        if period.stage in order:
            for stage in STAGES[: order.index(period.stage)]:
                reached.setdefault(stage, period.start)
    return reached


def _priority_at(ticket: Ticket, instant: datetime | None) -> tuple[PriorityKey, datetime | None]:
    """The priority at an instant (None: the present one), and since when, where it replaced another."""
    every = _changes(ticket, "priority")
    past = [change for change in every if instant is None or change.at <= instant]
    replaced = [as_instant(change.at) for change in past if change.old]
    since = replaced[-1] if replaced else None
    if instant is None or not every:
        return ticket.priority, since
    return PriorityKey(past[-1].new if past else every[0].old or every[0].new), since
