import pytest

from desktop.sync.actions import Upload, Wait
from desktop.sync.driver import decide, store_outcome
from desktop.sync.faults import Offline, Refused, ServerFault
from desktop.sync.help_desks.base import SentChunk
from desktop.sync.uploading import LARGEST, SMALLEST
from desktop.tickets.outbox import Lane, OperationState
from tests.unit.sync.office import Office


def upload(office: Office) -> Upload:
    action = decide(office.store, office.engine, Lane.FILES, woken=False)
    assert isinstance(action, Upload)
    action.file.content.close()
    return action


@pytest.mark.parametrize(("waiting_text", "seconds"), [(True, 1.0), (False, 5.0)])
def test_a_piece_aims_at_a_time(waiting_text: bool, seconds: float) -> None:
    office = Office()
    ticket = office.file()
    office.attach(ticket, b"x" * 40_000_000)
    office.step(Lane.OPERATIONS)
    first = upload(office)
    assert first.chunk == SMALLEST
    office.clock.seconds += 0.25
    store_outcome(office.store, office.engine, first, SentChunk(url="/u", offset=SMALLEST, done=False))
    if waiting_text:
        office.note(ticket)
    second = upload(office)
    assert second.chunk == 4 * SMALLEST * seconds
    assert second.file.url == "/u"
    office.clock.seconds += 0.01
    come = SMALLEST + second.chunk
    store_outcome(office.store, office.engine, second, SentChunk(url="/u", offset=come, done=False))
    assert upload(office).chunk == LARGEST


def test_pieces_begin_small_again_where_the_line_became_slow() -> None:
    """One that takes longer than a request may would never get through, however often it is tried."""
    office = Office()
    office.attach(office.file(), b"x" * 40_000_000)
    office.step(Lane.OPERATIONS)
    first = upload(office)
    office.clock.seconds += 0.01
    store_outcome(office.store, office.engine, first, SentChunk(url="/u", offset=SMALLEST, done=False))
    large = upload(office)
    assert large.chunk == LARGEST
    store_outcome(office.store, office.engine, large, Offline())
    office.clock.seconds += 60
    assert upload(office).chunk == SMALLEST


def test_a_short_last_piece_does_not_make_the_line_look_fast() -> None:
    office = Office()
    ticket = office.file()
    for _ in range(2):
        office.attach(ticket, b"x" * (SMALLEST + 1))
    office.step(Lane.OPERATIONS)
    for sent, done in ((SMALLEST, False), (SMALLEST + 1, True)):
        piece = upload(office)
        office.clock.seconds += 0.01 if done else 0.5
        store_outcome(office.store, office.engine, piece, SentChunk(url="/u", offset=sent, done=done))
    assert upload(office).chunk == 2 * SMALLEST


def test_a_file_that_is_gone_is_told_and_the_next_one_goes() -> None:
    office = Office()
    ticket = office.file()
    gone, there = office.attach(ticket), office.attach(ticket)
    office.store.write(lambda tx: tx._all.contents.pop(gone.body.attachment))
    office.settle()
    assert office.state(gone) is OperationState.REJECTED
    assert "no longer on this computer" in office.entry(gone).last_error
    assert office.state(there) is OperationState.DONE


def test_a_file_that_the_help_desk_refuses_is_kept_with_its_reason() -> None:
    office = Office()
    ticket = office.file()
    file = office.attach(ticket)
    office.step(Lane.OPERATIONS)
    store_outcome(office.store, office.engine, upload(office), Refused("Too large."))
    assert (office.state(file), office.entry(file).last_error) == (OperationState.REJECTED, "Too large.")


def test_one_that_the_help_desk_chokes_on_lets_the_others_pass() -> None:
    office = Office()
    ticket = office.file()
    bad, good = office.attach(ticket, b"bad"), office.attach(ticket, b"good")
    office.step(Lane.OPERATIONS)
    first = upload(office)
    assert first.entry.id == bad.id
    store_outcome(office.store, office.engine, first, ServerFault(status=500))
    assert upload(office).entry.id == good.id
    assert office.entry(bad).last_error


def test_where_nobody_answers_all_wait() -> None:
    office = Office()
    ticket = office.file()
    office.attach(ticket)
    office.attach(ticket)
    office.step(Lane.OPERATIONS)
    store_outcome(office.store, office.engine, upload(office), Offline())
    waiting = office.step(Lane.FILES)
    assert isinstance(waiting, Wait)
    assert isinstance(waiting.fault, Offline)


def test_an_upload_that_the_server_lost_is_made_again() -> None:
    office = Office()
    ticket = office.file()
    file = office.attach(ticket)
    office.step(Lane.OPERATIONS)
    while not isinstance(office.step(Lane.FILES), Wait):
        pass
    office.relay.uploads.clear()
    office.step(Lane.OPERATIONS)
    assert office.state(file) is OperationState.QUEUED
    office.settle()
    assert office.state(file) is OperationState.DONE


def test_what_may_still_arrive_is_not_taken_back_because_its_upload_is_gone() -> None:
    """An earlier request of it may be on its way, and is taken once the bytes are there again."""
    office = Office()
    ticket = office.file()
    file = office.attach(ticket)
    office.step(Lane.OPERATIONS)
    while not isinstance(office.step(Lane.FILES), Wait):
        pass
    office.weather.next = lambda: "vanished"
    office.step(Lane.OPERATIONS)
    office.weather.next = lambda: "ok"
    office.relay.uploads.clear()
    office.step(Lane.OPERATIONS, woken=True)
    assert "has not arrived" in office.entry(file).last_error
    assert office.state(file) is OperationState.UNKNOWN
    office.settle()
    assert office.state(file) is OperationState.DONE
    assert office.relay.applied == [ticket.id, file.id]


def test_an_answer_for_what_was_cancelled_meanwhile_changes_nothing() -> None:
    office = Office()
    ticket = office.file()
    file = office.attach(ticket)
    office.step(Lane.OPERATIONS)
    action = upload(office)
    office.store.write(lambda tx: tx.outbox.cancel(file.id)).result()
    store_outcome(office.store, office.engine, action, Refused("No."))
    assert office.state(file) is OperationState.CANCELLED


def test_a_refusal_stands_though_the_help_desk_was_asked_about_it_meanwhile() -> None:
    office = Office()
    file = office.attach(office.file())
    office.step(Lane.OPERATIONS)

    def step(state: OperationState) -> None:
        office.store.write(lambda tx: tx.outbox.settle(file.id, state, now=office.clock.now())).result()

    office.store.write(lambda tx: tx.outbox.mark_sent([file.id], "r", office.clock.now())).result()
    step(OperationState.UNKNOWN)
    action = upload(office)
    step(OperationState.QUEUED)
    store_outcome(office.store, office.engine, action, Refused("Too large."))
    assert (office.state(file), office.entry(file).last_error) == (OperationState.REJECTED, "Too large.")
