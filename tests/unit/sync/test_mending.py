"""A copy that differs from the help desk's: the bucket at fault is read again, alone, and heals."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.store.troubles import DiskFull
from desktop.sync.actions import ReadPage
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.help_desks.base import CursorGone
from desktop.sync.mending import MOST, mended
from desktop.sync.protocol import BucketChecksum, ChangedRow, ChangePage, RowKind
from desktop.sync.restored import fill_anew
from desktop.tickets.notice import Notice
from desktop.tickets.outbox import Lane
from desktop.tickets.people import Person
from desktop.tickets.rows import NOTICES, bucket_of
from desktop.tickets.ticket import Note, Ticket
from tests.unit.sync.memory_relay import START
from tests.unit.sync.office import Office

HOUR = 3600.0
pytestmark = pytest.mark.logs_warnings


def tell(office: Office, company: str, ticket: str = "") -> Ticket:
    office.relay.version += 1
    told = Ticket(
        id=ticket or office.id(),
        requester=Person(email="lee@example.test"),
        summary="Told",
        made_at=START,
        updated_at=START,
        company=company,
        version=office.relay.version,
    )
    office.relay.tell(ChangedRow(kind=RowKind.TICKET, id=told.id, version=told.version, ticket=told))
    return told


def say(office: Office, ticket: Ticket) -> Note:
    office.relay.version += 1
    note = Note(
        id=office.id(), ticket=ticket.id, author=ticket.requester, text="x", at=START, version=office.relay.version
    )
    office.relay.tell(ChangedRow(kind=RowKind.NOTE, id=note.id, version=note.version, note=note))
    return note


@pytest.fixture
def office() -> Office:
    """A home that holds three tickets with a note each of two companies, and a notice."""
    filled = Office()
    for company in ("Acme", "Bell") * 3:
        say(filled, tell(filled, company))
    filled.relay.version += 1
    notice = Notice(id=filled.id(), text="Down", since=START, version=filled.relay.version)
    filled.relay.tell(ChangedRow(kind=RowKind.NOTICE, id=notice.id, version=notice.version, notice=notice))
    filled.settle()
    filled.help_desk.reads.clear()
    return filled


def rows(office: Office) -> dict[tuple[str, str], Any]:
    held: dict[tuple[str, str], Any] = office.store._all.present.rows
    return held


def agrees(office: Office) -> bool:
    return {key: row.version for key, row in rows(office).items()} == {
        (kind, row): told.version for (kind, row), told in office.relay.rows.items()
    }


def of(office: Office, kind: RowKind, company: str) -> tuple[str, str]:
    return next(
        key for key, row in rows(office).items() if key[0] == kind and office.store._all.present.bucket(row) == company
    )


def buckets_read(office: Office) -> list[str]:
    return [bucket for bucket, _ in office.help_desk.reads if bucket]


ACME, BELL = bucket_of("Acme"), bucket_of("Bell")


def _drop(kind: RowKind, bucket: str) -> Callable[[Office], None]:
    return lambda office: office.store._all.present.rows.__delitem__(of(office, kind, bucket))


def _alter(kind: RowKind, bucket: str, by: int) -> Callable[[Office], None]:
    def alter(office: Office) -> None:
        key = of(office, kind, bucket)
        rows(office)[key] = replace(rows(office)[key], version=rows(office)[key].version + by)

    return alter


def _add(office: Office) -> None:
    ticket = Ticket(
        id=office.id(),
        requester=Person(email=""),
        summary="?",
        made_at=START,
        updated_at=START,
        company="Acme",
        version=1,
    )
    rows(office)[RowKind.TICKET, ticket.id] = ticket
    note = Note(id=office.id(), ticket=ticket.id, author=ticket.requester, text="?", at=START, version=2)
    rows(office)[RowKind.NOTE, note.id] = note


def _add_notice(office: Office) -> None:
    notice = Notice(id=office.id(), text="?", since=START, version=1)
    rows(office)[RowKind.NOTICE, notice.id] = notice


def _two(office: Office) -> None:
    _add(office)
    _drop(RowKind.NOTE, BELL)(office)


@pytest.mark.parametrize(
    ("harm", "read"),
    [
        pytest.param(_drop(RowKind.TICKET, ACME), [ACME], id="a ticket is gone"),
        pytest.param(_drop(RowKind.NOTE, ACME), [ACME], id="a note is gone"),
        pytest.param(_drop(RowKind.NOTICE, NOTICES), [NOTICES], id="a notice is gone"),
        pytest.param(_alter(RowKind.TICKET, BELL, -1), [BELL], id="a ticket is older"),
        pytest.param(_alter(RowKind.TICKET, BELL, 900), [BELL], id="a ticket is newer than any"),
        pytest.param(_alter(RowKind.NOTE, BELL, 900), [BELL], id="a note is newer than any"),
        pytest.param(_add, [ACME], id="a ticket too many"),
        pytest.param(_add_notice, [NOTICES], id="a notice too many"),
        pytest.param(_two, [ACME, BELL], id="two companies"),
        pytest.param(lambda office: rows(office).clear(), [ACME, BELL, NOTICES], id="everything is gone"),
    ],
)
def test_the_bucket_at_fault_heals_alone(office: Office, harm: Callable[[Office], Any], read: list[str]) -> None:
    harm(office)
    assert not agrees(office)
    pulled = office.engine.tally.pulled
    office.settle(woken=True)
    assert agrees(office)
    assert buckets_read(office) == read
    told = [row for row in office.relay.rows.values() if office.relay.bucket(row) in read]
    assert office.engine.tally.pulled - pulled == len(told)
    assert office.store._all.filling is None
    assert not office.store._all.named
    assert office.store.write(lambda tx: mended(tx.settings)).result().count == len(read)


def test_no_ticket_is_missing_while_its_bucket_is_mended(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.sync.pulling.PAGE", 2)
    _drop(RowKind.NOTE, ACME)(office)
    _add(office)
    held = {key for key in rows(office) if key[0] == RowKind.TICKET}
    seen: list[set[tuple[str, str]]] = []
    for _ in range(8):
        office.step(Lane.PULL, woken=not seen)
        seen.append({key for key in rows(office) if key[0] == RowKind.TICKET})
    assert agrees(office)
    assert all(len(held - tickets) <= (tickets == seen[-1]) for tickets in seen)


def test_a_copy_that_does_not_heal_is_mended_once_an_hour(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    honest = office.relay.changes

    def wrong(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        page = honest(cursor, limit, bucket)
        lines = (replace(line, checksum="no number") if line.bucket == ACME else line for line in page.checksums)
        return replace(page, checksums=tuple(lines))

    office.relay.changes = wrong  # type: ignore[method-assign]
    for _ in range(50):
        office.clock.seconds += 60
        office.step(Lane.PULL)
    assert buckets_read(office) == [ACME]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    office.restart()
    office.clock.seconds += 60
    office.settle(woken=True)
    assert buckets_read(office) == [ACME]
    office.clock.seconds += HOUR
    office.settle(woken=True)
    assert buckets_read(office) == [ACME, ACME]
    office.relay.changes = honest  # type: ignore[method-assign]
    office.settle(woken=True)
    assert agrees(office)


def test_a_disk_that_was_full_when_the_mending_began_does_not_put_it_off(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    keep = office.store.background

    def no_room(job: Callable[[Any], Any]) -> Any:
        def then_full(tx: Any) -> Any:
            done = job(tx)
            if tx.confirmed.mending():
                raise DiskFull("The disk is full.")
            return done

        return keep(then_full)

    office.store.background = no_room  # type: ignore[method-assign]
    action = decide(office.store, office.engine, Lane.PULL, woken=True)
    assert isinstance(action, ReadPage)
    with pytest.raises(DiskFull):
        store_outcome(office.store, office.engine, action, perform(office.help_desk, action))
    office.store.background = keep  # type: ignore[method-assign]
    office.settle(woken=True)
    assert agrees(office)
    assert buckets_read(office) == [ACME]


@pytest.mark.parametrize("jump", [+90_000.0, -90_000.0])
def test_a_clock_that_jumps_does_not_make_it_more(office: Office, jump: float, monkeypatch: pytest.MonkeyPatch) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    office.settle(woken=True)
    _drop(RowKind.NOTE, ACME)(office)
    monkeypatch.setattr(office.clock, "monotonic", lambda: office.clock.seconds - jump)
    office.clock.seconds += jump
    office.settle(woken=True)
    assert buckets_read(office) == [ACME]
    assert not agrees(office)


def test_a_server_of_a_million_buckets_is_no_trouble(office: Office) -> None:
    honest = office.relay.changes
    lines = tuple(BucketChecksum(bucket=f"b{number}", checksum="1", rows=1) for number in range(5 * MOST))
    office.relay.changes = lambda cursor, limit, bucket="": replace(  # type: ignore[method-assign]
        honest(cursor, limit, bucket), checksums=() if bucket else (*lines, replace(lines[0], bucket="x" * 5000))
    )
    office.settle(woken=True, rounds=5000)
    assert len(buckets_read(office)) == MOST
    assert len(office.store.write(lambda tx: mended(tx.settings)).result().begun) == MOST


class Between:
    """Something happens at the help desk once the first page of a bucket was read."""

    def __init__(self, office: Office, event: Callable[[], Any]) -> None:
        self._event: Callable[[], Any] | None = event
        self._honest = office.relay.changes
        office.relay.changes = self.changes  # type: ignore[method-assign]

    def changes(self, cursor: str, limit: int, bucket: str = "") -> ChangePage:
        page = self._honest(cursor, limit, bucket)
        if bucket and self._event is not None:
            event, self._event = self._event, None
            event()
        return page


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pages, so that things happen between them."""
    monkeypatch.setattr("desktop.sync.pulling.PAGE", 2)


@pytest.mark.usefixtures("two_at_a_time")
@pytest.mark.parametrize("poked", [False, True])
def test_what_changes_while_a_bucket_is_read_is_neither_lost_nor_taken_back(office: Office, poked: bool) -> None:
    first = next(row.ticket for row in office.relay.rows.values() if row.ticket)
    assert first is not None

    def happen() -> None:
        tell(office, "Acme", first.id)
        say(office, tell(office, "Acme"))
        say(office, tell(office, "Bell"))
        if poked:
            office.step(Lane.PULL, woken=True)

    _drop(RowKind.NOTE, ACME)(office)
    Between(office, happen)
    office.settle(woken=True)
    assert agrees(office)
    assert set(buckets_read(office)) == {ACME}


@pytest.mark.usefixtures("two_at_a_time")
def test_what_is_filed_here_while_a_bucket_is_read_stays(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    filed = []

    def file() -> None:
        filed.append(office.file())
        office.step(Lane.OPERATIONS, woken=True)

    Between(office, file)
    office.settle(woken=True)
    assert agrees(office)
    assert (RowKind.TICKET, filed[0].ticket) in rows(office)


@pytest.mark.usefixtures("two_at_a_time")
def test_an_answer_that_comes_before_the_sweep_is_not_swept_away(office: Office) -> None:
    """The last page was read before it was filed; it is stored after."""
    office.relay.version += 1
    _drop(RowKind.NOTE, ACME)(office)
    honest = office.relay.changes
    filed: list[Ticket] = []

    def late(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        page = honest(cursor, limit, bucket)
        if bucket and not page.more and not filed:
            filed.append(tell(office, "Acme"))
            office.store.write(lambda tx: tx.confirmed.put_ticket(filed[0])).result()
        return page

    office.relay.changes = late  # type: ignore[method-assign]
    while office.store.write(lambda tx: tx.confirmed.mending()).result() is not None or not filed:
        office.step(Lane.PULL, woken=not filed)
    assert (RowKind.TICKET, filed[0].id) in rows(office)


@pytest.mark.usefixtures("two_at_a_time")
def test_a_process_that_ends_meanwhile_goes_on_where_it_was(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    office.step(Lane.PULL, woken=True)
    office.step(Lane.PULL)
    office.restart()
    office.settle(woken=True)
    assert agrees(office)
    assert [cursor for bucket, cursor in office.help_desk.reads if bucket].count("") == 1


@pytest.mark.usefixtures("two_at_a_time")
def test_a_bucket_whose_cursor_is_gone_is_left_and_the_feed_goes_on(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    honest = office.relay.changes

    def gone(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        if bucket and cursor:
            raise CursorGone
        return honest(cursor, limit, bucket)

    office.relay.changes = gone  # type: ignore[method-assign]
    office.settle(woken=True)
    told = tell(office, "Bell")
    office.settle(woken=True)
    assert rows(office)[RowKind.TICKET, told.id] == told
    assert len(buckets_read(office)) == 2 * (1 + 3)  # begun anew three times, and no more


@pytest.mark.usefixtures("two_at_a_time")
def test_a_bucket_whose_cursor_became_too_old_is_read_from_its_start(office: Office) -> None:
    """Given up, it would differ for an hour."""
    _drop(RowKind.NOTE, ACME)(office)
    honest = office.relay.changes
    gone: list[str] = []

    def changes(cursor: str, limit: int, bucket: str = "") -> ChangePage:
        if bucket and cursor and not gone:
            gone.append(cursor)
            raise CursorGone
        return honest(cursor, limit, bucket)

    office.relay.changes = changes  # type: ignore[method-assign]
    office.settle(woken=True)
    assert gone
    assert agrees(office)


@pytest.mark.usefixtures("two_at_a_time")
def test_a_restored_server_ends_the_mending(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    Between(office, lambda: office.relay.restore(office.relay.backup(), "e2"))
    office.settle(woken=True)
    assert agrees(office)
    assert office.store._all.mending is None
    assert office.store._all.present.epoch == "e2"


def test_the_bucket_is_asked_for_by_name(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    office.step(Lane.PULL, woken=True)
    action = office.step(Lane.PULL)
    assert isinstance(action, ReadPage)
    assert (action.bucket, action.cursor) == (ACME, "")


@pytest.mark.usefixtures("two_at_a_time")
def test_a_page_of_a_bucket_that_is_no_longer_mended_is_left(office: Office) -> None:
    _drop(RowKind.NOTE, ACME)(office)
    Between(office, lambda: office.store.write(fill_anew).result())  # the device was connected anew
    office.settle(woken=True)
    office.settle(woken=True)
    assert agrees(office)
    assert office.store._all.filling is None
