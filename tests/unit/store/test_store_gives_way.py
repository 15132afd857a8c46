"""Nobody who saves waits for what others have made necessary: a long log, tickets that change, an index."""

import threading
from pathlib import Path
from typing import Any

import pytest

from desktop.store.database import LONG_LOG, LONGEST_LOG, connect, shorten_log
from desktop.store.search import MERGING, Indexer
from desktop.store.store import Store
from desktop.store.transaction import MUCH, Transaction
from desktop.store.troubles import disk_full
from desktop.store.writer import Writer
from desktop.tickets.outbox import OperationState
from desktop.tickets.view import Changed, Mark
from tests.contract.acts import START, Acts, wire
from tests.contract.conftest import SettableClock
from tests.unit.store.conftest import KEY, OpenStore, put, save

FILL = "INSERT INTO setting(name, value) VALUES (hex(randomblob(8)), hex(randomblob(3500)))"


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


def log_of(home: Path) -> tuple[int, int]:
    """Pages in the database's log, and how many of them have been written to their places."""
    connection = connect(home / "tickets.db", KEY, writes=False)
    try:
        _, pages, written = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        return pages, written
    finally:
        connection.close()


def test_what_tidies_up_waits_for_every_save_that_was_asked_for(clock: SettableClock) -> None:
    order: list[str] = []
    gate, begun = threading.Event(), threading.Event()

    def hold(_: Any) -> None:
        begun.set()
        gate.wait(10)

    def rest() -> bool:
        order.append("rest")
        return False

    def tidy() -> None:
        order.append("tidy")

    writer = Writer(lambda job: (job(None), lambda: None), rest, lambda: None, 60, clock, tidy=tidy)
    try:
        assert writer.idle(10)
        order.clear()
        held = writer.submit(hold, urgent=False)
        assert begun.wait(10)
        first = writer.submit(lambda _: order.append("first"), urgent=True)
        second = writer.submit(lambda _: order.append("second"), urgent=True)
        gate.set()
        for future in (held, first, second):
            future.result(10)
        assert writer.idle(10)
    finally:
        writer.close()
    assert order == ["first", "second", "tidy", "rest", "tidy"]


def test_a_log_that_cannot_be_shortened_stops_nothing(clock: SettableClock, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise disk_full()

    writer = Writer(lambda job: (job(None), lambda: None), lambda: False, lambda: None, 60, clock, tidy=fail)
    try:
        writer.submit(lambda _: None, urgent=True).result()
        assert writer.submit(lambda _: "saved", urgent=True).result() == "saved"
        assert writer.idle(10)
    finally:
        writer.close()
    assert "no room" in caplog.text
    caplog.clear()


def test_a_long_log_is_written_to_its_places_once_nobody_waits_for_a_save(store: Store, home: Path) -> None:
    def much(tx: Transaction) -> None:
        for _ in range(LONG_LOG):
            tx.work.run(FILL)

    store.write(much).result()
    assert store.idle()
    pages, written = log_of(home)
    assert pages - written < LONG_LOG


def test_no_commit_writes_a_long_log_to_its_places(store: Store, home: Path) -> None:
    store.idle()
    connection = connect(home / "tickets.db", KEY, writes=True)
    try:
        (limit,) = connection.execute("PRAGMA wal_autocheckpoint").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(LONG_LOG):
            connection.execute(FILL)
        connection.execute("COMMIT")
        pages, written = log_of(home)
        assert pages - written >= LONG_LOG
        shorten_log(connection)
        assert log_of(home) == (pages, pages)
    finally:
        connection.close()
    assert limit == LONGEST_LOG


def line_of(tx: Transaction, ticket: str) -> Any:
    return tx.work.run("SELECT mark, pending FROM ticket WHERE id = ?", (ticket,)).fetchone()


def test_many_tickets_are_shown_anew_while_they_change_and_not_all_at_the_end(store: Store, acts: Acts) -> None:
    told: list[Changed] = []
    store.on_commit(told.append)
    filings = [acts.filing() for _ in range(MUCH)]

    def add(tx: Transaction) -> None:
        tx.outbox.add(filings[0], wire(filings[0]))
        tx.catch_up()
        assert line_of(tx, filings[0].ticket) is None
        for filing in filings[1:]:
            tx.outbox.add(filing, wire(filing))
        tx.catch_up()
        assert [line_of(tx, filing.ticket) for filing in filings] == [(Mark.WAITING, 1)] * MUCH
        note = acts.note(filings[0].ticket)
        tx.outbox.add(note, wire(note))

    store.write(add).result()
    assert told[-1].tickets == {filing.ticket for filing in filings}
    view = store.reader().lines([filings[0].ticket])
    assert [line.pending for line in view] == [2]


def test_how_far_an_operation_has_come_changes_its_mark_and_not_what_its_ticket_is_found_by(
    store: Store, acts: Acts
) -> None:
    ticket = save(store, acts)
    assert store.idle()
    (entry,) = store.reader().entries(ticket)

    def ask(tx: Transaction) -> int:
        tx.outbox.mark_sent([entry.id], "request", START)
        tx.outbox.settle(entry.id, OperationState.UNKNOWN, now=START)
        tx.finish()
        assert line_of(tx, ticket) == (Mark.ASKING, 1)
        waiting: int = tx.work.run("SELECT count(*) FROM search_queue").fetchone()[0]
        return waiting

    def refuse(tx: Transaction) -> int:
        tx.outbox.settle(entry.id, OperationState.REJECTED, now=START)
        tx.finish()
        assert line_of(tx, ticket) == (Mark.REFUSED, 1)
        waiting: int = tx.work.run("SELECT count(*) FROM search_queue").fetchone()[0]
        return waiting

    assert store.write(ask).result() == 0
    assert store.write(refuse).result() == 1


def test_the_index_is_merged_for_as_long_as_a_turn_lasts(
    monkeypatch: pytest.MonkeyPatch, open_store: OpenStore, acts: Acts, clock: SettableClock
) -> None:
    monkeypatch.setattr("desktop.store.writer.QUIET", 60.0)
    monkeypatch.setattr("desktop.store.writer.LONGEST_QUIET", 60.0)
    store = open_store()

    def index_last(tx: Transaction) -> None:
        Indexer(tx.work, tx.views)._index(*tx.work.run("SELECT max(key), 0 FROM ticket").fetchone())

    def merges(seconds: float) -> tuple[int, bool]:
        """How many merges fit into a turn in which each takes so long."""
        made: list[None] = []

        def index(tx: Transaction) -> bool:
            indexer = Indexer(tx.work, tx.views)
            merge = indexer._merge_a_little

            def timed() -> bool:
                made.append(None)
                clock.pass_time(seconds)
                return merge()

            indexer._merge_a_little = timed  # type: ignore[method-assign]
            return indexer.merge_some()

        more = store.write(index).result()
        return len(made), more

    for version in range(1, 60):
        put(store, acts.ticket(version, summary=" ".join(f"{version}word{number}" for number in range(200))))
        store.write(index_last).result()
    store.write(lambda tx: tx.work.run("DELETE FROM search_queue")).result()
    assert merges(0.010) == (1, True)
    many, _ = merges(0.001)
    assert 1 < many <= 5


def test_a_home_of_before_merges_its_index_in_the_same_way(store: Store) -> None:
    def configured(tx: Transaction) -> dict[str, int]:
        return dict(tx.work.run("SELECT k, v FROM search_index_config WHERE k LIKE '%merge'").fetchall())

    store.write(lambda tx: tx.work.run("DELETE FROM search_index_config WHERE k LIKE '%emerge'")).result()
    assert store.idle()
    assert store.write(configured).result() == {"automerge": 0, "crisismerge": 400, **MERGING}


def test_a_ticket_that_changed_again_and_again_is_indexed_once(store: Store, acts: Acts) -> None:
    ticket = acts.ticket(1)

    def change(tx: Transaction) -> list[int]:
        for version in range(1, 20):
            tx.confirmed.put_ticket(acts.ticket(version, ticket=ticket.id, summary=f"Word{version}"))
        indexed: list[int] = []
        indexer = Indexer(tx.work, tx.views)
        index = indexer._index

        def counted(ticket: int, part: int) -> None:
            indexed.append(ticket)
            index(ticket, part)

        indexer._index = counted  # type: ignore[method-assign]
        indexer.index_some()
        return indexed

    assert len(store.write(change).result()) == 1
    assert [row.summary for row in store.reader().tickets("word19").rows] == ["Word19"]
    assert store.reader().tickets("word18").rows == ()


def test_what_is_about_to_be_cleared_away_is_not_indexed(store: Store, acts: Acts) -> None:
    def restored(tx: Transaction) -> int:
        old = acts.ticket(1, summary="Old words")
        tx.confirmed.put_ticket(old)
        tx.confirmed.put_note(acts.said(old.id, 2, text="Old note"))
        tx.confirmed.begin_generation()
        tx.confirmed.put_ticket(acts.ticket(3, summary="New words"))
        tx.confirmed.switch_generation()
        Indexer(tx.work, tx.views).index_some()
        return int(tx.work.run("SELECT count(*) FROM search_document").fetchone()[0])

    assert store.write(restored).result() == 1
    assert [row.summary for row in store.reader().tickets("words").rows] == ["New words"]


def test_forgetting_delays_does_not_walk_over_all_that_was_ever_done(store: Store, acts: Acts) -> None:
    steps: list[None] = []

    def fill(tx: Transaction) -> None:
        filings = [acts.filing(details="Long. " * 200) for _ in range(400)]
        for filing in filings:
            tx.outbox.add(filing, wire(filing))
        tx.outbox.mark_sent([filing.id for filing in filings], "request", START)
        for filing in filings:
            tx.outbox.settle(filing.id, OperationState.DONE, now=START)

    def clamp(tx: Transaction) -> int:
        assert store._connection is not None
        tx.outbox.clamp_delays(START)  # the statement is made
        store._connection.set_progress_handler(lambda: steps.append(None), 10)
        tx.outbox.clamp_delays(START)
        store._connection.set_progress_handler(None, 0)
        return len(steps)

    store.write(fill).result()
    assert store.write(clamp).result() < 40
