from dataclasses import replace
from typing import Any

import pytest

from desktop.sync.actions import Locate, Push, Wait
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.faults import NotTheServer, SignInNeeded
from desktop.sync.help_desks.base import CreationGuard, Link
from desktop.sync.protocol import FieldConflict, OperationsAnswer, Problem, Result
from desktop.tickets.outbox import Lane, OperationState
from tests.unit.sync.memory_relay import CREATE_ONLY, MemoryRelay
from tests.unit.sync.office import Office

UNDELIVERED = ("unreachable",)
PERHAPS = ("vanished", "answer lost", "late", "broken", "portal", "busy")


def test_a_ticket_its_note_and_its_file_arrive() -> None:
    office = Office()
    ticket = office.file()
    note, file = office.note(ticket), office.attach(ticket, b"x" * 900_000)
    office.settle()
    assert office.relay.applied == [ticket.id, note.id, file.id]
    assert office.engine.tally.pushed == 3
    assert {office.state(operation) for operation in (ticket, note, file)} == {OperationState.DONE}
    state = office.store._all.present.state(ticket.ticket)
    assert state is not None
    assert len(state.notes) == len(state.attachments) == 1


def test_sent_is_durable_before_anything_leaves() -> None:
    office = Office()
    ticket = office.file()
    action = decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
    assert isinstance(action, Push)
    assert office.state(ticket) is OperationState.SENT
    assert office.entry(ticket).request_id == action.request_id


def test_what_was_on_its_way_when_the_process_ended_is_asked_about() -> None:
    office = Office()
    ticket = office.file()
    decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
    office.restart()
    assert office.state(ticket) is OperationState.UNKNOWN
    office.settle()
    assert office.relay.created == [ticket.ticket]


@pytest.mark.parametrize("what", [*UNDELIVERED, *PERHAPS])
def test_whatever_happens_to_the_request_there_is_one_ticket(what: str) -> None:
    office = Office()
    ticket = office.file()
    office.weather.next = lambda: what
    office.step(Lane.OPERATIONS)
    expected = OperationState.QUEUED if what in UNDELIVERED else OperationState.UNKNOWN
    assert office.state(ticket) is expected
    assert office.entry(ticket).last_error
    office.weather.next = lambda: "ok"
    office.settle()
    office.weather.arrive()
    assert office.relay.created == [ticket.ticket]
    assert office.state(ticket) is OperationState.DONE


def test_what_may_have_arrived_stays_unknown_when_not_a_byte_of_it_leaves_again() -> None:
    office = Office()
    ticket = office.file()
    office.weather.next = lambda: "answer lost"
    office.step(Lane.OPERATIONS)
    office.clock.seconds += 100
    office.weather.next = lambda: "unreachable"
    office.step(Lane.OPERATIONS)
    assert office.state(ticket) is OperationState.UNKNOWN
    with pytest.raises(ValueError, match="cannot go"):
        office.store.write(lambda tx: tx.outbox.cancel(ticket.id)).result()
    office.weather.next = lambda: "ok"
    office.settle()
    assert office.relay.created == [ticket.ticket]


def test_a_refusal_is_kept_with_its_reason_and_its_followers_wait() -> None:
    office = Office(relay=MemoryRelay(refuses=lambda operation: "Too long." if operation.file_ticket else ""))
    ticket = office.file()
    note = office.note(ticket)
    other = office.file()
    office.step(Lane.OPERATIONS)
    assert (office.state(ticket), office.entry(ticket).last_error) == (OperationState.REJECTED, "Too long.")
    assert office.state(note) is OperationState.QUEUED
    assert office.state(other) is OperationState.REJECTED
    assert isinstance(office.step(Lane.OPERATIONS), Wait)


def test_one_that_is_refused_does_not_delay_the_other_forty_nine() -> None:
    office = Office()
    tickets = [office.file() for _ in range(50)]
    office.relay.refuses = lambda operation: "No." if operation.id == tickets[20].id else ""
    office.step(Lane.OPERATIONS)
    assert [office.state(ticket) for ticket in tickets].count(OperationState.DONE) == 49
    assert office.state(tickets[20]) is OperationState.REJECTED


def test_a_batch_that_fails_is_halved_until_the_one_at_fault_stands_alone() -> None:
    office = Office()
    tickets = [office.file() for _ in range(64)]
    office.relay.chokes_on = {tickets[37].id}
    for _ in range(400):
        office.clock.seconds += 0.5
        office.step(Lane.OPERATIONS)
        if len(office.relay.created) == 63:
            break
    assert len(office.relay.created) == 63
    assert [entry.id for entry in office.pending()] == [tickets[37].id]
    assert office.clock.seconds < 60
    office.relay.chokes_on = set()
    office.settle(woken=True)
    assert sorted(office.relay.created) == sorted(ticket.ticket for ticket in tickets)


def test_where_nobody_answers_one_operation_knocks_and_then_all_go() -> None:
    office = Office()
    for _ in range(300):
        office.file()
    office.weather.next = lambda: "unreachable"
    office.step(Lane.OPERATIONS)
    office.clock.seconds += 30
    office.step(Lane.OPERATIONS)
    office.weather.next = lambda: "ok"
    office.clock.seconds += 30
    office.step(Lane.OPERATIONS)
    office.step(Lane.OPERATIONS)
    assert [len(push) for push in office.help_desk.pushes] == [300, 1, 1, 299]


def test_retry_after_is_honoured_even_when_woken() -> None:
    office = Office()
    office.file()
    office.weather.next = lambda: "busy"
    office.step(Lane.OPERATIONS)
    waiting = office.step(Lane.OPERATIONS, woken=True)
    assert isinstance(waiting, Wait)
    assert waiting.seconds == pytest.approx(3.0)


def test_delays_end_at_once_when_woken() -> None:
    office = Office()
    office.file()
    office.weather.next = lambda: "unreachable"
    for _ in range(12):
        office.clock.seconds += 30
        office.step(Lane.OPERATIONS)
    waiting = office.step(Lane.OPERATIONS)
    assert isinstance(waiting, Wait)
    assert waiting.seconds is not None
    assert 0 < waiting.seconds <= 30
    assert isinstance(office.step(Lane.OPERATIONS, woken=True), Push)


def test_where_only_a_person_can_help_nothing_is_tried_again() -> None:
    office = Office()
    tickets = [office.file(), office.file()]
    office.weather.next = lambda: "signed out"
    office.step(Lane.OPERATIONS)
    assert [office.state(ticket) for ticket in tickets] == [OperationState.QUEUED] * 2
    office.clock.seconds += 3600
    waiting = office.step(Lane.OPERATIONS)
    assert isinstance(waiting, Wait)
    assert waiting.seconds is None
    assert isinstance(waiting.fault, SignInNeeded)
    office.weather.next = lambda: "ok"
    office.settle(woken=True)
    assert len(office.relay.created) == 2


def test_a_batch_refused_as_a_whole_costs_only_the_one_that_is_wrong() -> None:
    office = Office()
    tickets = [office.file() for _ in range(9)]
    office.relay.malformed = {tickets[4].id}
    office.settle()
    assert office.clock.seconds == 0.0
    assert [office.state(ticket) for ticket in tickets].count(OperationState.DONE) == 8
    assert office.state(tickets[4]) is OperationState.REJECTED
    assert office.entry(tickets[4]).last_error == "Malformed."


class TestAServerThatCanOnlyBeSearched:
    def office(self) -> Office:
        return Office(relay=MemoryRelay(keyed=False), capabilities=CREATE_ONLY)

    def test_it_is_asked_only_after_the_request_can_no_longer_commit(self) -> None:
        office = self.office()
        ticket = office.file()
        office.weather.next = lambda: "late"
        office.step(Lane.OPERATIONS)
        office.weather.next = lambda: "ok"
        office.clock.seconds += 31
        waiting = office.step(Lane.OPERATIONS)
        assert isinstance(waiting, Wait)
        assert waiting.seconds == pytest.approx(65.0, abs=35)
        office.weather.arrive()
        office.clock.seconds += 66
        assert isinstance(office.step(Lane.OPERATIONS), Locate)
        assert office.state(ticket) is OperationState.DONE
        assert office.relay.created == [ticket.ticket]

    def test_absent_means_that_it_is_sent_again(self) -> None:
        office = self.office()
        ticket = office.file()
        office.weather.next = lambda: "vanished"
        office.step(Lane.OPERATIONS)
        office.weather.next = lambda: "ok"
        office.settle()
        assert office.relay.created == [ticket.ticket]

    @pytest.mark.parametrize("guard", [CreationGuard.SEARCH_BY_ID, CreationGuard.SINGLE_USE_URL])
    def test_a_copied_home_asks_before_it_sends(self, guard: CreationGuard) -> None:
        office = Office(relay=MemoryRelay(keyed=False), capabilities=replace(CREATE_ONLY, creation=guard))
        ticket = office.file()
        office.relay.post([office.entry(ticket).wire])
        office.restart()
        office.settle()
        assert office.relay.created == [ticket.ticket]
        assert office.state(ticket) is OperationState.DONE

    def test_nothing_is_posted_again_before_what_it_builds_on(self) -> None:
        """After a restore all that is done is asked about; a note whose ticket is not there yet would be refused."""
        able = replace(CREATE_ONLY, creation=CreationGuard.SINGLE_USE_URL)
        office = Office(relay=MemoryRelay(keyed=False), capabilities=able)
        office.help_desk.reserve = lambda entry: Link(f"/once/{entry.id}")  # type: ignore[method-assign, assignment]
        filing = office.file()
        office.settle()
        assert office.entry(filing).link == ""
        note = office.note(filing)
        office.step(Lane.OPERATIONS)  # asks for a URL
        office.weather.next = lambda: "vanished"
        office.step(Lane.OPERATIONS)
        office.weather.next = lambda: "ok"
        assert office.state(note) is OperationState.UNKNOWN
        office.relay.restore(MemoryRelay(keyed=False), "e2")
        office.store.write(lambda tx: tx.outbox.ask_again(10, filing.ticket)).result()
        assert isinstance(office.step(Lane.OPERATIONS), Wait)
        office.settle()
        assert [office.state(one) for one in (filing, note)] == [OperationState.DONE] * 2
        assert office.relay.applied == [filing.id, note.id]

    def test_files_of_one_ticket_do_not_wait_for_one_another_where_urls_work_once(self) -> None:
        able = replace(CREATE_ONLY, creation=CreationGuard.SINGLE_USE_URL)
        office = Office(relay=MemoryRelay(keyed=False), capabilities=able)
        office.help_desk.reserve = lambda entry: Link(f"/once/{entry.id}")  # type: ignore[method-assign, assignment]
        filing = office.file()
        office.settle()
        files = [office.attach(filing, bytes([number])) for number in range(2)]
        while not isinstance(office.step(Lane.FILES), Wait):
            pass

        def send(tx: Any) -> None:
            tx.outbox.mark_sent([file.id for file in files], "request", office.clock.now())
            for file in files:
                tx.outbox.settle(file.id, OperationState.UNKNOWN, now=office.clock.now())
            tx.outbox.keep_link(files[1].id, "/once/2")  # that of the first was used: it is searched for, later

        office.store.write(send).result()
        again = decide(office.store, office.engine, Lane.OPERATIONS, woken=True)
        assert isinstance(again, Push)
        assert [entry.id for entry in again.entries] == [files[1].id]

    def test_what_is_taken_back_while_it_is_looked_for_stays_taken_back(self) -> None:
        office = self.office()
        ticket = office.file()
        office.relay.post([office.entry(ticket).wire])
        office.restart()
        question = decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
        assert isinstance(question, Locate)
        office.store.write(lambda tx: tx.outbox.cancel(ticket.id)).result()
        store_outcome(office.store, office.engine, question, perform(office.help_desk, question))
        assert office.state(ticket) is OperationState.CANCELLED

    def test_what_nobody_can_tell_is_left_to_the_person(self) -> None:
        office = self.office()
        ticket = office.file()
        office.weather.next = lambda: "answer lost"
        office.step(Lane.OPERATIONS)
        office.help_desk.cannot_tell = True
        office.weather.next = lambda: "ok"
        office.settle()
        assert office.state(ticket) is OperationState.REJECTED
        assert "nobody can tell" in office.entry(ticket).last_error
        assert office.relay.created == [ticket.ticket]

    def test_an_unanswered_question_is_asked_again(self) -> None:
        office = self.office()
        ticket = office.file()
        office.weather.next = lambda: "answer lost"
        office.step(Lane.OPERATIONS)
        office.clock.seconds += 100
        office.weather.next = lambda: "vanished"
        assert isinstance(office.step(Lane.OPERATIONS), Wait | Locate)
        office.weather.next = lambda: "ok"
        office.settle()
        assert office.relay.created == [ticket.ticket]


class TestWhatAnAnswerMayDo:
    def answered(self, office: Office, change: Any) -> None:
        """The help desk's honest answer to the next batch, changed on its way."""
        post = office.relay.post

        def changed(wires: Any) -> OperationsAnswer:
            office.relay.post = post  # type: ignore[method-assign]
            told = post(wires)
            return replace(told, answers=tuple(change(said) for said in told.answers))

        office.relay.post = changed  # type: ignore[method-assign]
        office.step(Lane.OPERATIONS)

    def test_somebody_elses_answer_is_none(self) -> None:
        office = Office()
        ticket = office.file()
        self.answered(office, lambda said: replace(said, id=office.id()))
        assert office.state(ticket) is OperationState.UNKNOWN
        waiting = office.step(Lane.OPERATIONS)
        assert isinstance(waiting, Wait)
        assert isinstance(waiting.fault, NotTheServer)
        office.settle(woken=True)
        assert office.relay.created == [ticket.ticket]

    def test_rows_of_another_ticket_in_it_are_not_believed(self) -> None:
        office = Office()
        ticket, other = office.file(), office.id()
        self.answered(office, lambda said: replace(said, ticket=replace(said.ticket, id=other)))
        assert office.state(ticket) is OperationState.DONE
        assert office.store._all.present.rows == {}

    def test_a_value_that_lost_is_kept(self) -> None:
        office = Office()
        ticket = office.file()
        conflict = FieldConflict(field="summary", mine="Mine", theirs="Theirs")
        self.answered(office, lambda said: replace(said, result=Result.CONFLICT, conflicts=(conflict,)))
        assert office.state(ticket) is OperationState.DONE
        kept = office.store._all.kept[ticket.id, "summary"]
        assert (kept.mine, kept.theirs) == ("Mine", "Theirs")

    @pytest.mark.parametrize("result", [Result.SKIPPED, Result.REJECTED])
    def test_what_may_pass_is_tried_again_later(self, result: Result) -> None:
        office = Office()
        ticket = office.file()
        problem = Problem(title="Busy", status=503, code="busy", detail="Busy.")
        self.answered(office, lambda said: replace(said, result=result, problem=problem))
        assert office.state(ticket) is OperationState.QUEUED
        assert office.entry(ticket).not_before is not None
        office.settle()
        assert office.state(ticket) is OperationState.DONE
