"""What happens to tickets because time has passed, or because somebody replied."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.tickets.life_cycle import status_for
from desktop.tickets.operations import ChangeFields, FieldChange, Reopen
from desktop.tickets.organisation import Purpose
from relay.acts import add_note, set_fields
from relay.core import Relay
from relay.life_cycle_clock import LifeCycleClock
from relay.uploads import Uploads


@pytest.fixture
def ticket(client: Any) -> str:
    return str(client("amy@acme.test").file())


@pytest.fixture
def key(world: Any) -> Any:
    with world.relay.read() as connection:
        organisation = world.relay.organisation(connection)
    return lambda purpose: status_for(organisation, purpose)


def read(world: Any, ticket: str) -> Any:
    return world.client("dina@help.test").read(ticket).state.ticket


def tick(world: Any, at: datetime | None = None) -> int:
    return LifeCycleClock(world.relay, Uploads(world.relay)).tick(at or world.clock.now())


def test_pending_closure_says_when_it_closes_and_closes_then(world: Any, ticket: str, key: Any) -> None:
    set_fields(world.relay, ticket, {"status": key(Purpose.PENDING_CLOSURE)})
    due = read(world, ticket).due_back
    assert (due - world.clock.now()).days == 1
    world.clock.at = due.replace(microsecond=0)
    assert tick(world, due.replace(hour=due.hour - 1)) == 0
    assert tick(world) == 1
    assert tick(world) == 0
    closed = read(world, ticket)
    assert closed.status in (key(Purpose.CLOSED), key(Purpose.COMPLETED))
    assert closed.due_back is None


def test_a_reply_keeps_it_open(world: Any, client: Any, ticket: str, key: Any) -> None:
    set_fields(world.relay, ticket, {"status": key(Purpose.PENDING_CLOSURE)})
    due = read(world, ticket).due_back
    assert client("amy@acme.test").say(ticket, "It is not").ticket.status == key(Purpose.CLIENT_RESPONDED)
    world.clock.at = due
    assert tick(world) == 0
    assert read(world, ticket).status == key(Purpose.CLIENT_RESPONDED)


def test_nobody_completes_what_the_client_has_just_reopened(world: Any, client: Any, ticket: str, key: Any) -> None:
    set_fields(world.relay, ticket, {"status": key(Purpose.COMPLETED)})
    amy, tess = client("amy@acme.test"), client("tess@help.test")
    amy.push(amy.operation(ticket, reopen=Reopen(note=world.id(), text="No")))
    change = FieldChange(field="status", base=key(Purpose.COMPLETED), value=key(Purpose.CLOSED))
    (answer,) = tess.push(tess.operation(ticket, change_fields=ChangeFields(changes=(change,))))
    assert answer.result == "conflict"
    assert read(world, ticket).status == key(Purpose.REOPENED)


def test_waiting_for_parts_keeps_its_date_and_is_not_closed(world: Any, ticket: str, key: Any) -> None:
    date = "2026-11-20T09:00:00+00:00"
    set_fields(world.relay, ticket, {"status": key(Purpose.WAITING_PARTS), "due_back": date})
    assert read(world, ticket).due_back.isoformat() == date
    world.clock.advance(days=30)
    assert tick(world) == 0
    assert read(world, ticket).status == key(Purpose.WAITING_PARTS)


def test_a_provider_without_hours_closes_nothing_by_itself(tmp_path: Path, world: Any, client: Any) -> None:
    Relay(world.relay.folder, organisation="hts").close()
    ticket = client("amy@acme.test").file()
    set_fields(world.relay, ticket, {"status": "pending_closure"})
    assert read(world, ticket).due_back is None
    world.clock.advance(days=300)
    assert tick(world) == 0
    said: Any = add_note(world.relay, ticket, "We looked at it")
    assert (said.note.author.name, said.ticket.status) == ("HTS", "pending_closure")


def test_the_clock_runs_by_itself(world: Any, ticket: str, key: Any) -> None:
    set_fields(world.relay, ticket, {"status": key(Purpose.PENDING_CLOSURE)})
    world.clock.at = read(world, ticket).due_back
    clock = LifeCycleClock(world.relay, Uploads(world.relay))
    clock.start()
    while read(world, ticket).due_back is not None:
        pass
    clock.stop()
