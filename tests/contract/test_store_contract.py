"""What sync and the windows rely on, whatever the store is made of."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft
from desktop.tickets.notice import Notice
from desktop.tickets.operations import FileTicket, Operation, SaySolved
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.rows import RowKind, row_hash
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Mark
from tests.contract.acts import ANA, START, Acts, after, wire
from tests.contract.conftest import StoreUnderTest

State = OperationState


@pytest.fixture
def acts() -> Acts:
    return Acts()


class Does:
    """Runs one call on the outbox or on what is confirmed, in a transaction of its own."""

    def __init__(self, store: StoreUnderTest) -> None:
        self._store = store

    def __call__(self, job: Callable[[Any], Any]) -> Any:
        return self._store.background(job).result()

    def add(self, operation: Operation, **more: str) -> OutboxEntry:
        entry: OutboxEntry = self(lambda tx: tx.outbox.add(operation, wire(operation), **more))
        return entry

    def settle(self, operation: Operation, state: State, **more: Any) -> None:
        self(lambda tx: tx.outbox.settle(operation.id, state, now=START, **more))

    def send(self, *operations: Operation) -> None:
        self(lambda tx: tx.outbox.mark_sent([operation.id for operation in operations], "request", START))

    def finish(self, operation: Operation, state: State = State.DONE, **more: Any) -> None:
        self.send(operation)
        self.settle(operation, state, **more)

    def sendable(self, limit: int = 100, minutes: float = 0) -> list[str]:
        return [entry.id for entry in self(lambda tx: tx.outbox.sendable(after(minutes), limit))]

    def uploads(self, minutes: float = 0) -> list[str]:
        return [entry.id for entry in self(lambda tx: tx.outbox.uploads_due(after(minutes), 100))]

    def entry(self, operation: Operation) -> OutboxEntry:
        found: OutboxEntry = self(lambda tx: tx.outbox.entry(operation.id))
        return found

    def put(self, *tickets: Any) -> None:
        self(lambda tx: [tx.confirmed.put_ticket(ticket) for ticket in tickets])


@pytest.fixture
def does(store: StoreUnderTest) -> Does:
    return Does(store)


def test_a_job_that_raises_leaves_nothing(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    filing = acts.filing()

    def half(tx: Any) -> None:
        tx.outbox.add(filing, wire(filing))
        tx.confirmed.put_ticket(acts.ticket(1))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(half).result()
    assert does(lambda tx: tx.outbox.entry(filing.id)) is None
    assert does(lambda tx: tx.confirmed.checksum()) == (0, 0)


def test_what_was_done_is_shown_at_once_and_kept_as_it_was(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    filing = acts.filing("The printer is on fire")
    entry = does.add(filing)
    assert (entry.operation, entry.wire, entry.state) == (filing, wire(filing), State.QUEUED)
    assert does.entry(filing) == entry
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert (view.ticket.summary, view.mark, view.pending) == ("The printer is on fire", Mark.WAITING, (entry,))


def test_doing_the_same_twice_does_it_once(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    assert does.add(filing) == does.add(filing)
    assert does(lambda tx: tx.outbox.counts())[State.QUEUED] == 1


def test_sendable_is_in_order_and_bounded(does: Does, acts: Acts) -> None:
    filings = [acts.filing() for _ in range(5)]
    for filing in filings:
        does.add(filing)
    assert does.sendable() == [filing.id for filing in filings]
    assert does.sendable(limit=2) == [filing.id for filing in filings[:2]]


def test_a_follower_goes_with_its_filing_or_after_it(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    note = acts.note(filing.ticket)
    does.add(filing)
    does.add(note, after=filing.id)
    assert does.sendable() == [filing.id, note.id]
    assert does.sendable(limit=1) == [filing.id]
    does.send(filing)
    assert does.sendable() == []
    does.settle(filing, State.DONE)
    assert does.sendable() == [note.id]


def test_followers_of_a_refused_filing_wait_and_of_a_refused_note_do_not(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    note, other = acts.note(filing.ticket), acts.note(filing.ticket)
    does.add(filing)
    does.add(note, after=filing.id)
    does.finish(filing, State.REJECTED, error="Not like this.")
    assert does.sendable() == []
    assert does.entry(filing).last_error == "Not like this."
    again = acts.filing(ticket=filing.ticket)
    does(lambda tx: tx.outbox.replace(filing.id, again, wire(again)))
    does.finish(again)
    does.add(other, after=note.id)
    does.finish(note, State.REJECTED)
    assert does.sendable() == [other.id]


def test_one_tickets_operations_keep_their_order_and_others_never_wait(does: Does, acts: Acts) -> None:
    ticket = acts.id()
    first, second, other = acts.note(ticket), acts.note(ticket), acts.note(acts.id())
    for operation in (first, second, other):
        does.add(operation)
    does(lambda tx: tx.outbox.delay([first.id], after(5), "Busy."))
    assert does.sendable() == [other.id]
    assert does.sendable(minutes=5) == [first.id, second.id, other.id]
    does.send(first)
    assert does.sendable(minutes=5) == [other.id]


def test_text_never_waits_for_files_and_files_wait_for_the_filing(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    file, note = acts.attaching(filing.ticket), acts.note(filing.ticket)
    does.add(filing)
    does.add(file, after=filing.id)
    does.add(note, after=filing.id)
    assert does.sendable() == [filing.id, note.id]
    assert does.uploads() == []
    does.finish(filing)
    assert does.uploads() == [file.id]
    does(lambda tx: tx.outbox.upload_progress(file.id, "https://desk.example/files/1", 2, done=False))
    assert does(lambda tx: tx.outbox.upload_url(file.id)) == "https://desk.example/files/1"
    assert does.sendable() == [note.id]
    does(lambda tx: tx.outbox.upload_progress(file.id, "https://desk.example/files/1", 3, done=True))
    assert does.uploads() == []
    assert does.sendable() == [file.id, note.id]


def test_a_delayed_upload_waits(does: Does, acts: Acts) -> None:
    file = acts.attaching(acts.id())
    does.add(file)
    does(lambda tx: tx.outbox.delay([file.id], after(5), ""))
    assert (does.uploads(), does.uploads(minutes=5)) == ([], [file.id])


def test_delays_are_told_and_clamped(does: Does, acts: Acts) -> None:
    one, two = acts.filing(), acts.filing()
    does.add(one)
    does.add(two)
    assert does(lambda tx: tx.outbox.next_due(START)) is None
    does(lambda tx: tx.outbox.delay([one.id], after(500), "The help desk is busy."))
    does(lambda tx: tx.outbox.delay([two.id], after(5), ""))
    assert does(lambda tx: tx.outbox.next_due(START)) == after(5)
    assert does(lambda tx: tx.outbox.next_due(after(5))) == after(500)
    file = acts.attaching(one.ticket)
    does.add(file)
    assert does(lambda tx: tx.outbox.next_due(START, of_files=True)) is None
    does(lambda tx: tx.outbox.delay([file.id], after(20), ""))
    assert does(lambda tx: tx.outbox.next_due(START, of_files=True)) == after(20)
    does(lambda tx: tx.outbox.clamp_delays(after(30)))
    assert (does.entry(one).not_before, does.entry(two).not_before) == (after(30), after(5))
    assert does.entry(one).last_error == "The help desk is busy."


def test_sending_and_settling_are_written_down(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    does.add(filing)
    does.send(filing)
    sent = does.entry(filing)
    assert (sent.state, sent.attempts, sent.request_id, sent.sent_at) == (State.SENT, 1, "request", START)
    does.settle(filing, State.QUEUED, error="Later.", not_before=after(1))
    queued = does.entry(filing)
    assert (queued.state, queued.attempts, queued.not_before, queued.last_error) == (
        State.QUEUED,
        1,
        after(1),
        "Later.",
    )
    does.finish(filing)
    done = does.entry(filing)
    assert (done.state, done.attempts, done.not_before, done.settled_at) == (State.DONE, 2, None, START)


@pytest.mark.parametrize(
    "steps", [(State.DONE,), (State.SENT, State.CANCELLED), (State.SENT, State.DONE, State.QUEUED)]
)
def test_a_step_that_the_table_does_not_know_is_a_mistake(does: Does, acts: Acts, steps: tuple[State, ...]) -> None:
    filing = acts.filing()
    does.add(filing)
    *allowed, refused = steps
    for state in allowed:
        does.settle(filing, state)
    with pytest.raises(ValueError, match="cannot go"):
        does.settle(filing, refused)
    assert does.entry(filing).state is (allowed[-1] if allowed else State.QUEUED)


def test_an_unknown_operation_is_a_mistake(does: Does) -> None:
    with pytest.raises(ValueError, match="no operation"):
        does(lambda tx: tx.outbox.mark_sent(["nothing"], "", START))
    with pytest.raises(ValueError, match="no operation"):
        does(lambda tx: tx.outbox.delay(["nothing"], START, ""))


def test_a_replacement_takes_the_place_and_the_followers(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    filing = acts.filing("Broken")
    note, unrelated = acts.note(filing.ticket), acts.filing()
    does.add(filing)
    does.add(note, after=filing.id)
    does.add(unrelated)
    better = acts.filing("The printer is broken", ticket=filing.ticket)
    new = does(lambda tx: tx.outbox.replace(filing.id, better, wire(better)))
    assert (new.replaces, does.entry(note).after, does.entry(filing).state) == (filing.id, better.id, State.REPLACED)
    assert does.sendable() == [better.id, note.id, unrelated.id]
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert view.ticket.summary == "The printer is broken"
    assert [shown.note.text for shown in view.notes] == ["It burns on."]
    later = acts.filing()
    does.add(later)
    assert does.sendable()[-1] == later.id


def test_what_may_have_arrived_is_neither_replaced_nor_taken_back(does: Does, acts: Acts) -> None:
    filing, better = acts.filing(), acts.filing()
    does.add(filing)
    does.send(filing)
    for state in (State.SENT, State.UNKNOWN):
        if state is State.UNKNOWN:
            does.settle(filing, state)
        with pytest.raises(ValueError, match="cannot go"):
            does(lambda tx: tx.outbox.cancel(filing.id))
        with pytest.raises(ValueError, match="cannot go"):
            does(lambda tx: tx.outbox.replace(filing.id, better, wire(better)))
        assert does.entry(filing).state is state
    assert does(lambda tx: tx.outbox.entry(better.id)) is None


def test_cancelling_a_filing_takes_everything_of_it_back(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    filing = acts.filing()
    note, file, unrelated = acts.note(filing.ticket), acts.attaching(filing.ticket), acts.filing()
    for operation, needs in ((filing, ""), (note, filing.id), (file, filing.id), (unrelated, "")):
        does.add(operation, after=needs)
    gone = does(lambda tx: tx.outbox.cancel(filing.id))
    assert [entry.id for entry in gone] == [filing.id, note.id, file.id]
    assert {entry.state for entry in gone} == {State.CANCELLED}
    assert store.reader().ticket(filing.ticket) is None
    assert does.sendable() == [unrelated.id]


def test_cancelling_a_note_takes_its_files_back(does: Does, acts: Acts) -> None:
    ticket = acts.id()
    note = acts.note(ticket)
    file, other = acts.attaching(ticket, note=note.body.note), acts.attaching(ticket)
    for operation in (note, file, other):
        does.add(operation)
    gone = does(lambda tx: tx.outbox.cancel(note.id))
    assert [entry.id for entry in gone] == [note.id, file.id]
    assert does.uploads() == [other.id]


def test_what_came_after_something_taken_back_still_waits_for_the_ticket(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    one, two = acts.note(filing.ticket), acts.note(filing.ticket)
    does.add(filing)
    does.add(one, after=filing.id)
    does.add(two, after=one.id)
    does.send(filing)
    does.settle(filing, State.REJECTED)
    does(lambda tx: tx.outbox.cancel(one.id))
    assert does.sendable() == []
    assert does.entry(two).after == filing.id


def test_what_may_have_arrived_goes_again_only_where_that_is_asking(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    does.add(filing)
    does.send(filing)
    does.settle(filing, State.UNKNOWN)
    again = does(lambda tx: tx.outbox.sendable(START, 10, unknown_too=True))
    assert ([entry.id for entry in again], does.sendable()) == ([filing.id], [])
    with pytest.raises(ValueError, match="unknown"):
        does(lambda tx: tx.outbox.cancel(filing.id))


def test_done_additions_are_looked_for_so_many_times_and_the_least_looked_for_first(does: Does, acts: Acts) -> None:
    def due(looks: int, limit: int = 10) -> list[str]:
        return [entry.id for entry in does(lambda tx: tx.outbox.to_audit(looks, limit))]

    filing, note = acts.filing(), acts.note(acts.id())
    for operation in (filing, note, acts.operation(acts.id(), say_solved=SaySolved())):
        does.add(operation)
        does.send(operation)
        does.settle(operation, State.DONE)
    assert due(1) == [filing.id, note.id]
    does(lambda tx: tx.outbox.audited(filing.id))
    assert (due(1), due(2), due(2, 1)) == ([note.id], [note.id, filing.id], [note.id])
    does(lambda tx: tx.outbox.audited(note.id))
    does(lambda tx: tx.outbox.audit_again(filing.ticket))
    assert (due(1), due(2)) == ([filing.id], [filing.id, note.id])
    does(lambda tx: tx.outbox.audited(filing.id))
    does(lambda tx: tx.outbox.ask_again(10))
    for operation in (filing, note):
        does.settle(operation, State.DONE)
    assert due(1) == [filing.id, note.id]  # what is asked about anew is looked for anew


def test_a_link_is_kept_with_its_operation(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    does.add(filing)
    does(lambda tx: tx.outbox.keep_link(filing.id, "/once/1"))
    assert does.entry(filing).link == "/once/1"


def test_trying_again_forgets_the_delay(does: Does, acts: Acts) -> None:
    filing = acts.filing()
    does.add(filing)
    does(lambda tx: tx.outbox.delay([filing.id], after(5), "Busy."))
    assert does(lambda tx: tx.outbox.retry(filing.id)).not_before is None
    assert does.sendable() == [filing.id]
    does.finish(filing, State.REJECTED)
    with pytest.raises(ValueError, match="rejected"):
        does(lambda tx: tx.outbox.retry(filing.id))


def test_counts_name_every_state(does: Does, acts: Acts) -> None:
    for state in (State.DONE, State.REJECTED, State.UNKNOWN):
        filing = acts.filing()
        does.add(filing)
        does.finish(filing, state)
    counts = does(lambda tx: tx.outbox.counts())
    assert {state: count for state, count in counts.items() if count} == {
        State.DONE: 1,
        State.REJECTED: 1,
        State.UNKNOWN: 1,
    }
    assert set(counts) == set(State)
    assert len(does(lambda tx: tx.outbox.in_state(State.UNKNOWN))) == 1


def test_what_was_done_is_forgotten_only_when_told(does: Does, acts: Acts) -> None:
    old, waiting = acts.filing(), acts.filing()
    does.add(old)
    does.add(waiting, after=old.id)
    does.finish(old)
    assert does(lambda tx: tx.outbox.forget_done(START)) == 0
    assert does(lambda tx: tx.outbox.forget_done(START + timedelta(seconds=1))) == 1
    assert does(lambda tx: tx.outbox.entry(old.id)) is None
    assert does.sendable() == [waiting.id]
    with pytest.raises(ValueError, match="long ago"):
        does.add(old)


def test_the_newest_version_stands(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    ticket = acts.ticket(5, summary="New")
    does.put(ticket, acts.ticket(4, ticket=ticket.id, summary="Old"), acts.ticket(5, ticket=ticket.id, summary="Same"))
    state = does(lambda tx: tx.confirmed.state(ticket.id))
    assert state.ticket == ticket
    view = store.reader().ticket(ticket.id)
    assert view is not None
    assert (view.ticket, view.mark, view.pending) == (ticket, Mark.CONFIRMED, ())


def test_notes_and_files_may_come_before_their_ticket(does: Does, acts: Acts) -> None:
    ticket = acts.ticket(3)
    later, earlier, file = acts.said(ticket.id, 2), acts.said(ticket.id, 1), acts.attached(ticket.id, 1)

    def put(tx: Any) -> None:
        tx.confirmed.put_note(later)
        tx.confirmed.put_note(earlier)
        tx.confirmed.put_attachment(file)

    does(put)
    assert does(lambda tx: tx.confirmed.state(ticket.id)) is None
    does.put(ticket)
    state = does(lambda tx: tx.confirmed.state(ticket.id))
    assert (state.ticket, state.notes, state.attachments) == (ticket, (earlier, later), (file,))


def test_notes_and_files_stand_in_the_order_in_which_the_help_desk_took_them(does: Does, acts: Acts) -> None:
    """Not by time, which those of one batch share and which may jump, nor by ids, which follow clients' clocks."""
    ticket = acts.ticket(9)
    does.put(ticket)

    def put(tx: Any) -> None:
        for version, minute in ((4, 1), (3, 1), (1, 1), (2, 0)):
            tx.confirmed.put_note(replace(acts.said(ticket.id, version), at=after(minute)))
            tx.confirmed.put_attachment(replace(acts.attached(ticket.id, version + 4), at=after(minute)))

    does(put)
    state = does(lambda tx: tx.confirmed.state(ticket.id))
    assert [note.version for note in state.notes] == [1, 2, 3, 4]
    assert [file.version for file in state.attachments] == [5, 6, 7, 8]


def test_the_checksum_follows_every_row(does: Does, acts: Acts) -> None:
    ticket = acts.ticket(1)
    note, notice = acts.said(ticket.id, 2), Notice(id="n", text="Mail is down", since=START, version=3)
    does.put(ticket, acts.ticket(4, ticket=ticket.id))
    does(lambda tx: tx.confirmed.put_note(note))
    does(lambda tx: tx.confirmed.put_notice(notice))
    told = row_hash(RowKind.TICKET, ticket.id, 4) ^ row_hash(RowKind.NOTE, note.id, 2)
    assert does(lambda tx: tx.confirmed.checksum()) == (told ^ row_hash(RowKind.NOTICE, "n", 3), 3)
    does(lambda tx: tx.confirmed.remove("notice", "n"))
    assert does(lambda tx: tx.confirmed.checksum()) == (told, 2)
    does(lambda tx: tx.confirmed.remove("ticket", ticket.id))
    does(lambda tx: tx.confirmed.remove("ticket", ticket.id))
    assert does(lambda tx: tx.confirmed.checksum()) == (row_hash(RowKind.NOTE, note.id, 2), 1)
    assert does(lambda tx: tx.confirmed.state(ticket.id)) is None


def test_what_waits_on_a_ticket_that_one_may_not_see_any_more_keeps_its_words(
    store: StoreUnderTest, does: Does, acts: Acts
) -> None:
    filing = acts.filing("The printer is on fire")
    does.add(filing)
    does.finish(filing)
    does.put(acts.ticket(1, ticket=filing.ticket))
    does(lambda tx: tx.confirmed.remove("ticket", filing.ticket))
    assert store.reader().ticket(filing.ticket) is None
    note = does.add(acts.note(filing.ticket))
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert (view.ticket.summary, view.pending) == ("The printer is on fire", (note,))


def test_what_is_pending_on_a_removed_ticket_stays(does: Does, acts: Acts) -> None:
    ticket = acts.ticket(1)
    note = acts.note(ticket.id)
    does.put(ticket)
    does.add(note)
    does(lambda tx: tx.confirmed.remove("ticket", ticket.id))
    assert does.sendable() == [note.id]
    does.put(ticket)
    assert does(lambda tx: tx.confirmed.state(ticket.id)).ticket == ticket


def test_the_cursor_and_the_epoch_move_together(does: Does) -> None:
    assert does(lambda tx: (tx.confirmed.cursor(), tx.confirmed.epoch())) == ("", "")
    does(lambda tx: tx.confirmed.advance("c1", "e1"))
    assert does(lambda tx: (tx.confirmed.cursor(), tx.confirmed.epoch())) == ("c1", "e1")


def test_a_new_generation_is_filled_beside_the_old_and_switched_at_once(
    store: StoreUnderTest, does: Does, acts: Acts
) -> None:
    gone, stays = acts.ticket(9), acts.ticket(8)
    does.put(gone, stays)
    does(lambda tx: tx.confirmed.advance("c9", "e1"))
    does(lambda tx: tx.confirmed.begin_generation())
    assert does(lambda tx: (tx.confirmed.cursor(), tx.confirmed.checksum())) == ("", (0, 0))
    fresh = acts.ticket(1, ticket=stays.id, summary="Told anew")
    does.put(fresh)
    does(lambda tx: tx.confirmed.advance("c1", "e2"))
    assert does(lambda tx: tx.confirmed.state(stays.id)).ticket == stays
    assert store.reader().ticket(gone.id) is not None
    does(lambda tx: tx.confirmed.switch_generation())
    assert does(lambda tx: tx.confirmed.state(stays.id)).ticket == fresh
    assert store.reader().ticket(gone.id) is None
    assert does(lambda tx: (tx.confirmed.cursor(), tx.confirmed.epoch())) == ("c1", "e2")
    assert does(lambda tx: tx.confirmed.checksum()) == (row_hash(RowKind.TICKET, stays.id, 1), 1)


def test_a_filling_that_is_begun_again_starts_from_nothing(does: Does, acts: Acts) -> None:
    does(lambda tx: tx.confirmed.begin_generation())
    does.put(acts.ticket(1))
    does(lambda tx: tx.confirmed.advance("c1", "e1"))
    does(lambda tx: tx.confirmed.begin_generation())
    assert does(lambda tx: (tx.confirmed.cursor(), tx.confirmed.checksum())) == ("", (0, 0))
    does(lambda tx: tx.confirmed.switch_generation())
    with pytest.raises(ValueError, match="no generation"):
        does(lambda tx: tx.confirmed.switch_generation())


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_ticket_of_ours_that_the_help_desk_lost_is_shown_as_such(
    store: StoreUnderTest, does: Does, acts: Acts, *, forgotten: bool
) -> None:
    filing = acts.filing()
    does.add(filing)
    does.finish(filing)
    does.put(acts.ticket(1, ticket=filing.ticket, number="T1"))
    does(lambda tx: tx.confirmed.put_note(acts.said(filing.ticket, 2)))
    if forgotten:
        does(lambda tx: tx.outbox.forget_done(after(1)))
    does(lambda tx: tx.confirmed.begin_generation())
    does(lambda tx: tx.confirmed.switch_generation())
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert (view.lost, view.ticket.number, len(view.notes)) == (True, "T1", 1)
    assert does(lambda tx: tx.confirmed.state(filing.ticket)) is None
    assert does(lambda tx: tx.confirmed.checksum()) == (0, 0)
    does.put(acts.ticket(1, ticket=filing.ticket, number="T2"))
    found = store.reader().ticket(filing.ticket)
    assert found is not None
    assert (found.lost, found.ticket.number, found.notes) == (False, "T2", ()), "the help desk has that note no more"
    does(lambda tx: tx.confirmed.put_note(acts.said(filing.ticket, 2)))
    told = store.reader().ticket(filing.ticket)
    assert told is not None
    assert len(told.notes) == 1


def test_while_a_generation_is_filled_our_own_work_is_shown_as_it_settles(
    store: StoreUnderTest, does: Does, acts: Acts
) -> None:
    filing = acts.filing()
    does.add(filing)
    does(lambda tx: tx.confirmed.begin_generation())
    does.finish(filing)
    does.put(acts.ticket(1, ticket=filing.ticket, number="T1"))
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert (view.ticket.number, view.mark) == ("T1", Mark.CONFIRMED)


def test_a_value_that_lost_is_kept_until_it_is_applied_or_dropped(
    store: StoreUnderTest, does: Does, acts: Acts
) -> None:
    filing = acts.filing()
    does.add(filing)
    does.finish(filing)
    does.put(acts.ticket(1, ticket=filing.ticket))
    does(lambda tx: tx.outbox.keep_mine(filing.id, "summary", "mine", "theirs"))
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert [(kept.operation, kept.mine, kept.theirs) for kept in view.kept] == [(filing.id, "mine", "theirs")]
    assert does(lambda tx: tx.kept.get(filing.id, "summary")) == view.kept[0]
    does(lambda tx: tx.kept.drop(filing.id, "summary"))
    assert does(lambda tx: tx.kept.get(filing.id, "summary")) is None


def test_settings_are_kept(does: Does) -> None:
    account = Account(server="https://desk.example", device="d", device_secret="s", person=ANA)
    assert does(lambda tx: (tx.settings.account(), tx.settings.organisation(), tx.settings.value("x"))) == (
        None,
        None,
        "",
    )
    does(lambda tx: tx.settings.save_account(account))
    does(lambda tx: tx.settings.save_organisation("desk", "name = 'Desk'", "etag"))
    does(lambda tx: tx.settings.save_value("x", "y"))
    assert does(lambda tx: tx.settings.account()) == account
    assert does(lambda tx: tx.settings.organisation()) == ("desk", "name = 'Desk'")
    assert does(lambda tx: (tx.settings.organisation_etag(), tx.settings.value("x"))) == ("etag", "y")
    does(lambda tx: tx.settings.save_account(None))
    assert does(lambda tx: tx.settings.account()) is None


def test_drafts_are_kept_until_they_are_discarded(does: Does, acts: Acts) -> None:
    one = Draft(id=acts.id(), changed_at=after(1), summary="The scr")
    two = Draft(id=acts.id(), changed_at=after(2), summary="Other")
    does(lambda tx: tx.drafts.save(one))
    does(lambda tx: tx.drafts.save(two))
    assert does(lambda tx: tx.drafts.all()) == (two, one)
    does(lambda tx: tx.drafts.save(Draft(id=one.id, changed_at=after(3), summary="The screen")))
    assert does(lambda tx: tx.drafts.get(one.id)).summary == "The screen"
    does(lambda tx: tx.drafts.discard(one.id))
    assert does(lambda tx: (tx.drafts.get(one.id), tx.drafts.all())) == (None, (two,))


def test_bytes_are_read_back_whole_or_in_part(store: StoreUnderTest, does: Does, acts: Acts) -> None:
    content = bytes(range(256)) * 1000
    file = store.files.import_stream(io.BytesIO(content), attachment="a", name="a.bin", media_type="x/y")
    assert (file.attachment, file.size, file.media_type) == ("a", len(content), "x/y")
    with does(lambda tx: tx.open_content("a")) as opened:
        assert opened.read() == content
        opened.seek(70_000)
        assert opened.read(10) == content[70_000:70_010]
    with pytest.raises(Trouble):
        does(lambda tx: tx.open_content("b"))


def test_an_operation_and_its_kind_survive(does: Does, acts: Acts) -> None:
    operation = acts.operation(
        acts.id(), file_ticket=FileTicket(summary="é 漢字 🙂", details="a\nb", confidential=True)
    )
    does.add(operation)
    assert does.entry(operation).operation == operation
