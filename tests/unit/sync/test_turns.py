"""Which lanes look again after one has stored something, and what happens once the store has failed."""

from collections.abc import Callable
from typing import Any

import pytest

from desktop.store.troubles import DiskFull
from desktop.sync.actions import Push, ReadPage, Request, Rest
from desktop.sync.driver import perform
from desktop.sync.turns import Turns
from desktop.tickets.outbox import Lane, OperationState
from tests.unit.sync.memory_relay import MemoryRelay
from tests.unit.sync.office import Office


def turn(office: Office, turns: Turns) -> Request:
    """One request of a lane, to the end of what came of it."""
    action = turns.next(woken=True)
    assert isinstance(action, ReadPage | Push)
    rest: Rest | None = Rest(action, perform(office.help_desk, action))
    while rest is not None:
        rest = turns.store(rest)
    return action


def test_a_page_without_news_concerns_nobody_else() -> None:
    office = Office()
    pull = Turns(office.store, office.engine, Lane.PULL)
    assert not pull.concerns_all(turn(office, pull))
    office.file()
    push = Turns(office.store, office.engine, Lane.OPERATIONS)
    assert push.concerns_all(turn(office, push))
    assert pull.concerns_all(turn(office, pull))
    assert not pull.concerns_all(turn(office, pull))


def test_that_the_help_desk_was_restored_concerns_all_though_it_tells_nothing_new() -> None:
    """What is to be asked about again does not wait until its lane looks by itself."""
    office = Office()
    office.file()
    office.settle()
    office.relay.restore(MemoryRelay(), "e2")
    pull = Turns(office.store, office.engine, Lane.PULL)
    assert pull.concerns_all(turn(office, pull))


def test_what_was_on_its_way_when_the_store_failed_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    filed = office.file()
    push = Turns(office.store, office.engine, Lane.OPERATIONS)
    action = push.next(woken=True)
    assert isinstance(action, Push)
    rest = Rest(action, perform(office.help_desk, action))

    def full(_job: Callable[[Any], Any]) -> Any:
        raise DiskFull("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(office.store, "background", full)
        with pytest.raises(DiskFull):
            push.store(rest)
    push.stumbled()
    assert office.state(filed) is OperationState.SENT
    again = turn(office, push)
    assert isinstance(again, Push)
    assert office.state(filed) is OperationState.DONE
    assert len(office.relay.rows) == 1
