"""A provider whose names say nothing, its people, and operations as they make them."""

import itertools
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from desktop.tickets.operations import FieldChange, FileTicket, Operation
from desktop.tickets.organisation import (
    Escalation,
    Hours,
    Organisation,
    PriorityLevel,
    PriorityRule,
    Purpose,
    Shift,
    Stage,
    Status,
)
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import PriorityKey, StatusKey

Make = Callable[..., Operation]


@pytest.fixture
def now() -> datetime:
    """A Friday, 15:00 in London."""
    return datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def ann() -> Person:
    return Person(email="ann@client.test", name="Ann", company="Client", role=Role.REQUESTER)


@pytest.fixture
def sam() -> Person:
    return Person(email="sam@desk.test", name="Sam", role=Role.TECHNICIAN)


@pytest.fixture
def provider() -> Organisation:
    """Statuses called s0, s1 and so on, so that no rule can go by a name; priorities, hours, a day until closure."""
    stated = [purpose for purpose in Purpose if purpose is not Purpose.UNKNOWN]
    return Organisation(
        key="odd",
        name="Odd Names",
        statuses=tuple(
            Status(
                key=StatusKey(f"s{place}"),
                name=f"S{place}",
                purpose=purpose,
                stage=Stage.UNKNOWN,
                runs=True,
                actor="provider",
                words=f"words of {purpose}",
            )
            for place, purpose in enumerate(stated)
        ),
        hours=Hours(
            time_zone="Europe/London", shifts=tuple(Shift(weekday=day, start=time(9), end=time(17)) for day in range(5))
        ),
        closure_days=1,
        priorities=tuple(
            PriorityLevel(key=PriorityKey(key), name=key, rank=rank, words=key, meaning="")
            for rank, key in enumerate(("high", "low"), 1)
        ),
        priority_rules=(
            PriorityRule(priority=PriorityKey("high"), reason="a security matter", security=True),
            PriorityRule(priority=PriorityKey("low"), reason="all else"),
        ),
        escalation=Escalation(
            fee=1000, currency="EUR", from_priority=PriorityKey("low"), to_priority=PriorityKey("high"), approvers=()
        ),
    )


@pytest.fixture
def make(now: datetime) -> Make:
    """Operations on one ticket: `make(add_note=AddNote(...))`; ids count up, `ticket` and `made_at` can be given."""
    numbers = itertools.count(1)

    def operation(**given: Any) -> Operation:
        own: dict[str, Any] = {"id": made_id(next(numbers)), "ticket": made_id(0), "made_at": now}
        return Operation(**own | given)

    return operation


@pytest.fixture
def filing(make: Make) -> Operation:
    return make(file_ticket=FileTicket(summary="Printer jams"))


@pytest.fixture
def some_id() -> Callable[[int], str]:
    """Ids of notes and attachments, by number."""
    return lambda number: made_id(1000 + number)


@pytest.fixture
def edit() -> Callable[[str, str, str], FieldChange]:
    return lambda field, base, value: FieldChange(field=field, base=base, value=value)


def made_id(number: int) -> str:
    return str(uuid.UUID(int=0x019AB3C4_0000_7000_8000_000000000000 + number))
