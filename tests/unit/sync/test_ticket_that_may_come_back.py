"""A ticket that a restored server has lost may come back for a minute, across the end of a process too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.sync.protocol import OperationsAnswer, Problem, Result, decode_operation
from desktop.sync.restored import begin_again, move_to
from desktop.sync.settle import COMES_BACK_WITHIN, TICKET_MISSING
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.outbox import Lane, OperationState
from tests.unit.sync.memory_relay import MemoryRelay
from tests.unit.sync.office import Office


class Forgetful(MemoryRelay):
    """It has lost the ticket that notes are about."""

    def post(self, wires: Sequence[bytes]) -> OperationsAnswer:
        answer = super().post(wires)
        problem = Problem(title="No", status=404, code=TICKET_MISSING, detail="This ticket is not there.")
        return replace(
            answer,
            answers=tuple(
                replace(said, result=Result.REJECTED, problem=problem, note=None, ticket=None)
                if decode_operation(wire).kind is Kind.ADD_NOTE
                else said
                for said, wire in zip(answer.answers, wires, strict=True)
            ),
        )


@pytest.fixture
def office() -> Office:
    """It has just asked about everything again."""
    office = Office(relay=Forgetful())
    office.file()
    office.settle()
    office.store.write(begin_again).result()
    office.settle()
    return office


def sent(office: Office) -> Operation:
    """A note on a ticket of somebody else, sent once."""
    note = office.note(next(iter(office.store._all.entries.values())).operation)
    tried(office, note)
    return note


def tried(office: Office, note: Operation) -> OperationState:
    """Whatever is due is sent, and a wait that is not over is not waited for."""
    office.store.write(lambda tx: tx.outbox.clamp_delays(office.clock.now())).result()
    office.step(Lane.OPERATIONS)
    return office.state(note)


def test_within_the_minute_it_waits_and_then_it_is_refused(office: Office) -> None:
    note = sent(office)
    assert office.state(note) is OperationState.QUEUED
    office.clock.seconds += COMES_BACK_WITHIN / 2
    assert tried(office, note) is OperationState.QUEUED
    office.clock.seconds += COMES_BACK_WITHIN
    assert tried(office, note) is OperationState.REJECTED


def test_a_process_that_starts_within_it_waits_for_the_rest_of_it(office: Office) -> None:
    note = sent(office)
    office.clock.seconds += COMES_BACK_WITHIN / 2
    office.restart()
    assert tried(office, note) is OperationState.QUEUED
    office.clock.seconds += COMES_BACK_WITHIN / 2
    assert tried(office, note) is OperationState.REJECTED


def test_a_process_that_starts_later_does_not_wait(office: Office) -> None:
    note = sent(office)
    office.clock.seconds += COMES_BACK_WITHIN
    office.restart()
    assert tried(office, note) is OperationState.REJECTED


def test_a_clock_that_was_set_back_costs_a_minute_and_no_more(office: Office) -> None:
    note = sent(office)
    ahead = (office.clock.now() + timedelta(days=300)).isoformat()
    office.store.write(lambda tx: tx.settings.save_value("sync.asked_again_at", ahead)).result()
    office.restart()
    assert tried(office, note) is OperationState.QUEUED
    office.clock.seconds += COMES_BACK_WITHIN
    office.restart()
    assert tried(office, note) is OperationState.REJECTED


def test_another_server_has_lost_nothing(office: Office) -> None:
    office.store.write(lambda tx: move_to(tx, other_server=True)).result()
    office.restart()
    note = office.note(office.file())
    office.settle()
    assert office.state(note) is OperationState.REJECTED
