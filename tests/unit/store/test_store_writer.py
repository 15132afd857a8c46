"""One thread writes; the person comes first; nobody is told before it is durable."""

import logging
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from desktop.store.store import Store
from desktop.store.troubles import DiskFull, disk_full
from desktop.store.writer import Writer
from desktop.tickets.connection import Account
from desktop.tickets.notice import Notice
from desktop.tickets.view import Changed
from tests.contract.acts import START, Acts, after, wire
from tests.contract.conftest import SettableClock
from tests.unit.store.conftest import OpenStore, put, save


def hold(store: Store) -> tuple[threading.Event, "Future[None]"]:
    """Keep the store's thread busy until the event is set."""
    gate, begun = threading.Event(), threading.Event()

    def wait(_: Any) -> None:
        begun.set()
        gate.wait(10)

    held = store.background(wait)
    assert begun.wait(10)
    return gate, held


def test_the_person_comes_first(store: Store) -> None:
    gate, _ = hold(store)
    order: list[str] = []
    later = store.background(lambda _: order.append("background"))
    first = store.write(lambda _: order.append("person"))
    gate.set()
    first.result(10)
    later.result(10)
    assert order == ["person", "background"]


def test_a_job_that_fails_fails_alone(store: Store, acts: Acts) -> None:
    def fail(tx: Any) -> None:
        raise ZeroDivisionError

    failed = store.write(fail)
    ticket = save(store, acts)
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert store.reader().ticket(ticket) is not None


def test_a_mistake_in_a_statement_is_no_trouble_of_the_persons(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"):
        store.write(lambda tx: tx.work.run("SELECT 1 FROM elsewhere")).result()


def test_a_job_can_be_cancelled_before_it_runs(store: Store, acts: Acts) -> None:
    gate, _ = hold(store)
    ran: list[int] = []
    waiting = store.background(lambda _: ran.append(1))
    assert waiting.cancel()
    gate.set()
    save(store, acts)
    assert store.idle()
    assert ran == []


def test_closing_finishes_the_persons_jobs_and_gives_up_the_rest(open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    gate, held = hold(store)
    filing = acts.filing()
    mine = store.write(lambda tx: tx.outbox.add(filing, wire(filing)))
    others = store.background(lambda _: None)
    closing = threading.Thread(target=store.close)
    closing.start()
    while not store._writer._closing:
        closing.join(0.001)
    gate.set()
    closing.join(10)
    assert (held.result(), mine.result().ticket, others.cancelled()) == (None, filing.ticket, True)
    assert open_store().reader().ticket(filing.ticket) is not None


def test_listeners_are_told_what_changed_after_it_is_durable(store: Store, acts: Acts) -> None:
    told: list[Changed] = []
    seen: list[bool] = []
    reader = store.reader()

    def tell(changed: Changed) -> None:
        told.append(changed)
        seen.extend(reader.ticket(ticket) is not None for ticket in changed.tickets)

    store.on_commit(tell)
    ticket = save(store, acts)
    store.write(lambda tx: tx.settings.save_account(Account(server="s", device="d", device_secret="x"))).result()
    store.write(lambda tx: tx.settings.save_organisation("k", "Desk", "e")).result()
    store.write(lambda tx: tx.settings.save_value("a", "b")).result()
    many = [acts.ticket(version) for version in range(1, 300)]
    put(store, *many)
    assert store.idle()
    assert told == [
        Changed(tickets=frozenset({ticket}), outbox=True),
        Changed(connection=True),
        Changed(tickets=frozenset({ticket}), organisation=True),
        Changed(everything=True),
    ]
    assert seen == [True, True]


def test_what_is_read_into_a_copy_beside_is_told_once_it_is_shown(store: Store, acts: Acts) -> None:
    ticket = save(store, acts)
    first, second = acts.ticket(1), acts.ticket(2)
    put(store, first)
    told: list[Changed] = []
    store.on_commit(told.append)

    def fill(tx: Any) -> None:
        tx.confirmed.put_ticket(second)
        tx.confirmed.put_note(acts.said(first.id, 3))
        tx.confirmed.put_notice(Notice(id="down", text="Mail is down", since=START, version=4))

    store.write(lambda tx: tx.confirmed.begin_generation()).result()
    store.write(fill).result()
    store.write(lambda tx: tx.confirmed.put_note(acts.said(ticket, 5))).result()
    store.write(lambda tx: tx.confirmed.switch_generation()).result()
    store.write(lambda tx: tx.confirmed.put_note(acts.said(second.id, 6))).result()
    assert store.idle()
    assert told == [
        Changed(tickets=frozenset({ticket})),
        Changed(tickets=frozenset({ticket}), everything=True),
        Changed(tickets=frozenset({second.id})),
    ]


def test_what_can_wait_fails_quietly_and_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tried = []

    def rest() -> bool:
        tried.append(1)
        if len(tried) == 1:
            raise disk_full()
        return False

    writer = Writer(lambda job: (job(None), lambda: None), rest, lambda: None, 60, SettableClock())
    with caplog.at_level(logging.WARNING):
        assert writer.idle(10)
    assert "no room" in caplog.text
    caplog.clear()
    writer.submit(lambda _: None, urgent=True).result()
    assert writer.idle(10)
    writer.close()
    assert len(tried) == 2


def test_what_can_wait_waits_longer_after_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.store.writer.LONGEST_QUIET", 60.0)
    clock = SettableClock()
    writer = Writer(lambda job: (job(None), lambda: None), lambda: False, lambda: None, 60, clock)
    writer.submit(lambda _: None, urgent=True).result()
    assert writer.idle(10)
    writer.submit(lambda _: clock.pass_time(60), urgent=False).result()
    assert not writer.idle(0.1)
    writer.close()


def test_a_listener_that_fails_stops_nobody(store: Store, acts: Acts, caplog: pytest.LogCaptureFixture) -> None:
    def fail(changed: Changed) -> None:
        raise ZeroDivisionError

    store.on_commit(fail)
    with caplog.at_level(logging.ERROR):
        first, second = save(store, acts), save(store, acts)
        assert store.idle()
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()
    assert store.reader().ticket(first) != store.reader().ticket(second)


def test_the_claim_is_renewed_or_it_is_said_why_not(
    store: Store, home: Path, acts: Acts, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for claim in (home / "open").iterdir():
        claim.unlink()
    (home / "open").rmdir()
    clock.pass_time(61)
    with caplog.at_level(logging.WARNING):
        save(store, acts)
        assert store.idle()
    assert "Check the disk" in caplog.text
    caplog.clear()
    (home / "open").mkdir(mode=0o700)


def test_after_a_failed_write_the_file_is_opened_anew(store: Store, acts: Acts) -> None:
    save(store, acts)
    before = store._connection

    def fail(tx: Any) -> None:
        raise disk_full()

    with pytest.raises(DiskFull):
        store.write(fail).result()
    save(store, acts)
    assert store._connection is not before


def test_notices_are_told_until_they_end(store: Store, clock: Any) -> None:
    clock.wall = after(10)
    notices = [
        Notice(id="past", text="Over", since=START, until=after(5), version=1),
        Notice(id="now", text="Mail is down", since=START, until=after(20), version=2),
        Notice(id="open", text="Printing is slow", since=after(1), version=3),
    ]

    def tell(tx: Any) -> None:
        for notice in notices:
            tx.confirmed.put_notice(notice)

    store.write(tell).result()
    assert [notice.id for notice in store.reader().notices()] == ["open", "now"]


def test_what_waits_is_listed_with_what_it_waits_for(store: Store, acts: Acts) -> None:
    filing = acts.filing("The printer is on fire")
    file = acts.attaching(filing.ticket)
    store.write(lambda tx: [tx.outbox.add(one, wire(one)) for one in (filing, file)]).result()
    store.write(lambda tx: tx.outbox.upload_progress(file.id, "url", 2, done=False)).result()
    reader = store.reader()
    one, two = reader.waiting()
    assert (one.id, one.summary, one.waits_for_ticket, one.size) == (filing.id, "The printer is on fire", False, 0)
    assert (two.id, two.waits_for_ticket, two.size, two.sent) == (file.id, True, 3, 2)
    assert [entry.id for entry in reader.entries(filing.ticket)] == [filing.id, file.id]
    assert reader.entry(file.id) == reader.entries(filing.ticket)[1]
    assert reader.kept(filing.id, "summary") is None
    assert (reader.drafts(), reader.account(), reader.value("x")) == ((), None, "")
    assert reader.organisation().key == ""
    reader.close()
    assert reader.entry("nothing") is None


def test_the_organisation_is_read_once(store: Store) -> None:
    store.write(lambda tx: tx.settings.save_organisation("key", "Desk", "etag")).result()
    reader = store.reader()
    assert reader.organisation() is store.reader().organisation()
    assert reader.organisation().name == "Desk"


def test_a_ticket_is_found_by_its_number(store: Store, acts: Acts) -> None:
    told = acts.ticket(1, number="1042")
    put(store, told)
    reader = store.reader()
    for name in ("1042", "#1042", " 1042 ", told.id, told.id.upper()):
        view = reader.ticket(name)
        assert view is not None
        assert view.ticket == told
    assert [reader.ticket(name) for name in ("", "1", "HT-0000-0000-0000", acts.id())] == [None] * 4


def test_a_reader_cannot_write(store: Store) -> None:
    reader = store.reader()
    with reader._reading() as now, pytest.raises(Exception, match="readonly"):
        now.settings.save_value("a", "b")


def test_somebody_who_writes_without_end_does_not_put_off_what_can_wait(clock: SettableClock) -> None:
    rested = threading.Event()

    def rest() -> bool:
        rested.set()
        return False

    def much_work(_: Any) -> None:
        rested.clear()
        clock.pass_time(5)

    writer = Writer(lambda job: (job(None), lambda: None), rest, lambda: None, 3600, clock)
    try:
        writer.submit(much_work, urgent=False).result()
        for _ in range(40):
            clock.pass_time(0.05)
            writer.submit(lambda _: None, urgent=True).result()
            if rested.wait(0.05):
                break
        assert rested.is_set()
    finally:
        writer.close()


def test_a_few_lines_are_read_without_walking_the_whole_list(store: Store, acts: Acts) -> None:
    tickets = [acts.ticket(number) for number in range(600)]
    put(store, *tickets)
    reader, wanted = store.reader(), [ticket.id for ticket in tickets[:40]]
    steps: list[None] = []
    reader.lines(wanted[:1])
    assert reader._connection is not None
    reader._connection.set_progress_handler(lambda: steps.append(None), 100)
    assert {row.ticket for row in reader.lines(wanted)} == set(wanted)
    few = len(steps)
    reader.tickets(limit=600)
    assert few * 5 < len(steps)
