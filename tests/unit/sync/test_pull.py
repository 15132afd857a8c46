import logging
from dataclasses import replace
from datetime import datetime

import pytest

from desktop.sync.actions import ReadPage, Wait
from desktop.sync.driver import decide, store_outcome
from desktop.sync.faults import Offline, ServerFault
from desktop.sync.help_desks.base import CursorGone
from desktop.sync.protocol import ChangedRow, ChangePage, OrganisationAnswer, RowKind
from desktop.sync.pulling import PAGE
from desktop.sync.restored import known_epoch
from desktop.tickets.notice import Notice
from desktop.tickets.outbox import Lane, OperationState
from desktop.tickets.ticket import Attachment, Note, Ticket
from tests.unit.sync.memory_relay import ME, START
from tests.unit.sync.office import Office


def ticket_row(office: Office, summary: str = "Told", version: int = 0) -> ChangedRow:
    office.relay.version = version or office.relay.version + 1
    ticket = Ticket(
        id=office.id(), requester=ME, summary=summary, made_at=START, updated_at=START, version=office.relay.version
    )
    return ChangedRow(kind=RowKind.TICKET, id=ticket.id, version=ticket.version, ticket=ticket)


def tell(office: Office, count: int) -> None:
    for _ in range(count):
        office.relay.tell(ticket_row(office))


def test_everything_told_is_stored_and_the_cursor_moves_with_the_last_row() -> None:
    office = Office()
    tell(office, 2500)
    office.settle()
    assert len(office.store._all.present.rows) == 2500
    assert office.store._all.present.cursor == "e1:2500"
    assert office.engine.tally.pulled == 2500


def test_where_a_page_does_not_arrive_fewer_rows_are_asked_for_and_then_more_again() -> None:
    """A page that takes a slow line longer than a request may would never arrive, however often it is asked for."""
    office = Office()
    tell(office, 2500)
    asked = []

    def read() -> ReadPage:
        action = decide(office.store, office.engine, Lane.PULL, woken=False)
        assert isinstance(action, ReadPage)
        asked.append(action.limit)
        return action

    for fault in (Offline(), ServerFault("It broke off."), Offline(undelivered=True), ServerFault(status=500)):
        store_outcome(office.store, office.engine, read(), fault)
        office.clock.seconds += 60
    assert asked == [PAGE, PAGE // 4, PAGE // 16, PAGE // 16]
    office.settle()
    assert len(office.store._all.present.rows) == 2500
    office.clock.seconds += 600
    assert read().limit == PAGE


def test_a_crash_between_two_slices_reads_the_page_again() -> None:
    office = Office()
    tell(office, 3)
    page = office.relay.changes("", 1000)
    action = office.store.write(lambda tx: office.engine.next(tx, Lane.PULL)).result()
    assert isinstance(action, ReadPage)
    office.clock.monotonic = lambda: float(next(ticks))  # type: ignore[method-assign]
    ticks = iter(range(100, 10_000))
    rest = office.store.write(lambda tx: office.engine.answer(tx, action, page)).result()
    assert rest is not None
    assert office.store._all.present.cursor == ""
    del office.clock.monotonic
    office.restart()
    office.settle()
    assert len(office.store._all.present.rows) == 3


def test_what_is_gone_goes_away() -> None:
    office = Office()
    row = ticket_row(office)
    office.relay.tell(row)
    office.settle()
    office.relay.version += 1
    del office.relay.rows[row.kind, row.id]
    page = office.relay.changes("", 10)
    gone = ChangedRow(kind=row.kind, id=row.id, version=2, gone=True)
    action = ReadPage("e1:1", 1000, office.engine.tally.settled)
    office.store.write(lambda tx: office.engine.answer(tx, action, replace(page, rows=(gone,)))).result()
    assert office.store._all.present.rows == {}


def test_it_looks_again_after_a_while_and_at_once_when_woken() -> None:
    office = Office()
    office.settle()
    waiting = office.step(Lane.PULL)
    assert isinstance(waiting, Wait)
    assert waiting.seconds is not None
    assert 20 <= waiting.seconds <= 40
    assert isinstance(office.step(Lane.PULL, woken=True), ReadPage)
    office.clock.seconds += 41
    assert isinstance(office.step(Lane.PULL), ReadPage)


def hostile_rows(office: Office) -> list[ChangedRow]:
    row = ticket_row(office)
    ticket = row.ticket
    assert ticket is not None
    note = Note(id=office.id(), ticket=ticket.id, author=ME, text="x", at=START, version=5)
    file = Attachment(
        id=office.id(),
        ticket=ticket.id,
        name="../../etc/passwd",
        size=-1,
        sha256="0" * 64,
        media_type="text/html",
        at=START,
        author=ME,
        version=6,
    )
    notice = Notice(id=office.id(), text="x" * 1_000_000, since=START, version=7)
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    return [
        replace(row, id="../../etc/passwd", ticket=replace(ticket, id="../../etc/passwd")),
        replace(row, ticket=replace(ticket, version=2**80), version=2**80),
        replace(row, ticket=replace(ticket, made_at=naive)),
        replace(row, ticket=replace(ticket, summary="x" * 500_000)),
        replace(row, ticket=replace(ticket, followers=("x",) * 20_000)),
        replace(row, id=office.id()),
        replace(row, ticket=None),
        replace(row, kind=RowKind.NOTE),
        replace(row, ticket=None, gone=True, id="'; drop table tickets"),
        ChangedRow(kind=RowKind.NOTE, id=note.id, version=5, note=replace(note, ticket="1")),
        ChangedRow(kind=RowKind.NOTE, id=note.id, version=5, note=replace(note, minutes=-5)),
        ChangedRow(kind=RowKind.ATTACHMENT, id=file.id, version=6, attachment=file),
        ChangedRow(kind=RowKind.ATTACHMENT, id=file.id, version=6, attachment=replace(file, size=1, sha256="zz")),
        ChangedRow(kind=RowKind.NOTICE, id=notice.id, version=7, notice=notice),
    ]


def test_rows_of_a_hostile_server_are_refused_and_the_rest_is_read() -> None:
    office = Office()
    bad = hostile_rows(office)
    good = ticket_row(office)
    office.relay.changes = lambda cursor, limit, bucket="": ChangePage(  # type: ignore[method-assign]
        rows=(*bad, good), cursor="e1:9", epoch="e1", more=False
    )
    office.settle()
    assert list(office.store._all.present.rows) == [(RowKind.TICKET, good.id)]
    assert office.engine.tally.refused_rows == len(bad)
    assert office.store._all.present.cursor == "e1:9"


def test_a_feed_that_does_not_move_is_left_alone_for_a_while() -> None:
    office = Office()
    office.relay.changes = lambda cursor, limit, bucket="": ChangePage(  # type: ignore[method-assign]
        rows=(), cursor=cursor, epoch="e1", more=True
    )
    office.step(Lane.PULL)
    waiting = office.step(Lane.PULL)
    assert isinstance(waiting, Wait)
    assert waiting.fault is not None


def test_a_restored_server_gets_again_what_it_lost_and_shows_what_it_has() -> None:
    office = Office()
    backup = office.relay.backup()
    kept = office.file()
    office.settle()
    backup = office.relay.backup()
    lost = office.file()
    note, file = office.note(lost), office.attach(lost)
    office.settle()
    office.relay.restore(backup, "e2")
    assert office.relay.created == [kept.ticket]
    later = office.note(lost)
    office.clock.seconds += 60
    office.settle()
    assert office.relay.created == [kept.ticket, lost.ticket]
    assert {office.state(operation) for operation in (kept, lost, note, file, later)} == {OperationState.DONE}
    assert office.store._all.present.epoch == "e2"
    assert office.store._all.filling is None
    assert not office.store._all.present.lost


def test_a_restored_server_that_is_first_met_by_a_reply_refuses_nothing() -> None:
    office = Office()
    backup = office.relay.backup()
    lost = office.file()
    office.settle()
    office.relay.restore(backup, "e2")
    note = office.note(lost)
    office.step(Lane.OPERATIONS)
    assert office.state(note) is OperationState.QUEUED
    office.settle()
    assert office.state(note) is OperationState.DONE
    assert office.relay.created == [lost.ticket]


@pytest.mark.parametrize("later", [0, 9], ids=["our cursor lies ahead", "others have written past our cursor"])
def test_a_server_that_was_restored_without_saying_so_gets_what_it_lost(
    later: int, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office()
    kept = office.file()
    office.settle()
    backup = office.relay.backup()
    lost = office.file()
    note, file = office.note(lost), office.attach(lost)
    office.settle()
    office.settle(woken=True)
    office.relay.restore(backup, office.relay.epoch)
    tell(office, later)
    honest = office.relay.changes

    def changes(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        if cursor and int(cursor.rpartition(":")[2]) > office.relay.version:
            raise CursorGone
        return honest(cursor, limit, bucket)

    office.relay.changes = changes  # type: ignore[method-assign]
    with caplog.at_level(logging.WARNING):
        office.clock.seconds += 3600
        office.settle(woken=True)
    assert len(caplog.records) == bool(later)
    caplog.clear()
    assert office.relay.created == [kept.ticket, lost.ticket]
    assert {office.state(operation) for operation in (kept, lost, note, file)} == {OperationState.DONE}
    assert not office.store._all.present.lost


def test_an_answer_stored_while_the_page_was_under_way_is_no_disagreement(caplog: pytest.LogCaptureFixture) -> None:
    office = Office()
    office.settle()
    action = decide(office.store, office.engine, Lane.PULL, woken=True)
    assert isinstance(action, ReadPage)
    page = office.relay.changes("", 1000)
    office.file()
    office.step(Lane.OPERATIONS)
    store_outcome(office.store, office.engine, action, page)
    assert not caplog.records
    assert office.store._all.filling is None


def test_the_profile_is_read_when_the_feed_says_that_it_changed() -> None:
    office = Office()
    office.help_desk.organisation_answer = OrganisationAnswer(key="example", toml="name = 'x'")
    honest = office.relay.changes
    office.relay.changes = lambda cursor, limit, bucket="": replace(  # type: ignore[method-assign]
        honest(cursor, limit, bucket), organisation_etag="v1"
    )
    office.settle()
    assert office.store._all.organisation == ("example", "name = 'x'")
    assert office.store._all.etag == "v1"
    office.help_desk.organisation_answer = None
    office.settle(woken=True)
    assert office.store._all.organisation == ("example", "name = 'x'")


def test_a_server_whose_feed_has_no_start_is_left_alone_for_a_while() -> None:
    office = Office()
    office.relay.epoch = "e1"

    def gone(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        raise CursorGone

    office.relay.changes = gone  # type: ignore[method-assign]
    for _ in range(5):
        office.step(Lane.PULL)
    waiting = office.step(Lane.PULL)
    assert isinstance(waiting, Wait)
    assert waiting.fault is not None


def test_a_page_of_before_does_not_end_up_in_the_copy_that_was_begun_meanwhile() -> None:
    office = Office()
    tell(office, 3)
    office.settle()
    backup = office.relay.backup()
    tell(office, 1)
    action = decide(office.store, office.engine, Lane.PULL, woken=True)
    assert isinstance(action, ReadPage)
    page = office.relay.changes(action.cursor, 1000)
    office.relay.restore(backup, "e2")
    office.file()
    office.step(Lane.OPERATIONS)
    store_outcome(office.store, office.engine, action, page)
    assert office.store._all.filling is not None
    assert page.rows[0].id not in {row for _, row in office.store._all.filling.rows}
    assert office.store.write(known_epoch).result() == "e2"
    office.settle(woken=True)
    assert len(office.store._all.present.rows) == 4
