"""What a person types finds the tickets that hold those words, indexed or not, whatever they type."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.search import LEAST_LOOKED_AT, MOST_HITS, Search, Texts
from desktop.store.search_text import index_query, matches
from desktop.store.store import Store
from tests.contract.acts import ANA, Acts, wire
from tests.contract.conftest import SettableClock
from tests.unit.store.conftest import OpenStore, put, save


def found(store: Store, search: str, **more: Any) -> list[str]:
    return [row.summary for row in store.reader().tickets(search, **more).rows]


@pytest.fixture(params=["indexed", "not indexed yet"])
def settled(request: pytest.FixtureRequest, store: Store, acts: Acts) -> Store:
    """A store with a few tickets, with and without the index."""
    told = acts.ticket(
        1, summary="Mail is slow", number="T-1042", details="Since the update", error_text="0x8004010F timeout"
    )
    busy = request.param == "not indexed yet"

    def fill(tx: Any) -> None:
        tx.confirmed.put_ticket(told)
        tx.confirmed.put_note(acts.said(told.id, 2, text="We moved the mailbox to Zürich."))
        tx.confirmed.put_ticket(acts.ticket(3, summary="Printer on fire"))

    store.write(fill).result()
    note = acts.note(told.id, "Still slow on my Notebook")
    store.write(lambda tx: tx.outbox.add(note, wire(note))).result()
    if busy:
        store.write(lambda tx: tx.work.run("DELETE FROM search_document")).result()
        store.write(lambda tx: tx.work.run("INSERT INTO search_index(search_index) VALUES ('delete-all')")).result()
        requeue = "INSERT INTO search_queue(ticket, part) SELECT key, 0 FROM ticket UNION SELECT ticket, key FROM part"
        store.write(lambda tx: tx.work.run(requeue)).result()
    else:
        assert store.idle()
    return store


@pytest.mark.parametrize(
    "search",
    [
        "mail",
        "MAIL slow",
        "ma",
        "T-1042",
        "1042",
        "update",
        "0x8004010F",
        "timeo",
        "zurich",
        "Zürich",
        "mailbox moved",
        "notebook",
        "ana",
    ],
)
def test_every_word_of_a_ticket_finds_it(settled: Store, search: str) -> None:
    assert "Mail is slow" in found(settled, search)


@pytest.mark.parametrize("search", ["mail fire", "axle", "(((", '"', "* OR *", "\0", "\ud800", "-", "x y z"])
def test_other_words_find_nothing(settled: Store, search: str) -> None:
    assert found(settled, search) == []


def test_a_reference_finds_its_ticket(store: Store, acts: Acts) -> None:
    ticket = save(store, acts)
    reader = store.reader()
    view = reader.ticket(ticket)
    assert view is not None
    (row,) = reader.tickets().rows
    for typed in (row.reference, row.reference.lower(), row.reference.replace("-", ""), row.reference[3:]):
        assert reader.ticket(typed) == view
        assert [line.ticket for line in reader.tickets(typed).rows] == [ticket]
    assert store.idle()
    assert [line.ticket for line in reader.tickets(row.reference.replace("-", "")).rows] == [ticket]


def test_what_changed_is_found_by_its_new_words_alone(store: Store, acts: Acts) -> None:
    told = acts.ticket(1, summary="Before")
    put(store, told)
    assert store.idle()
    put(store, acts.ticket(2, ticket=told.id, summary="After"))
    assert store.idle()
    assert (found(store, "before"), found(store, "after")) == ([], ["After"])
    store.write(lambda tx: tx.confirmed.remove("ticket", told.id)).result()
    assert found(store, "after") == []
    assert store.idle()
    assert found(store, "after") == []


def test_a_removed_note_is_found_no_more(store: Store, acts: Acts) -> None:
    told = acts.ticket(1)
    note = acts.said(told.id, 2, text="Unmistakable")
    put(store, told)
    store.write(lambda tx: tx.confirmed.put_note(note)).result()
    assert store.idle()
    assert found(store, "unmistakable") == ["Mail is slow"]
    store.write(lambda tx: tx.confirmed.remove("note", note.id)).result()
    assert store.idle()
    assert found(store, "unmistakable") == []


def test_a_search_stops_and_says_that_there_is_more(store: Store, acts: Acts) -> None:
    told = [acts.ticket(version, summary=f"Slow {version}") for version in range(1, 61)]
    put(store, *told)
    for _ in ("not indexed yet", "indexed"):
        page = store.reader().tickets("slow", limit=100)
        assert (len(page.rows), page.more) == (50, True)
        assert page.rows[0].summary == "Slow 60"
        few = store.reader().tickets("slow", limit=10)
        assert ([row.summary for row in few.rows][:2], few.more) == (["Slow 60", "Slow 59"], True)
        assert not store.reader().tickets("slow 17").more
        assert store.idle()


def test_a_search_gives_up_on_a_ticket_that_says_the_same_thousands_of_times(store: Store, acts: Acts) -> None:
    told = acts.ticket(1)
    put(store, told)

    def talk(tx: Any) -> None:
        for version in range(2, MOST_HITS + 3):
            tx.confirmed.put_note(acts.said(told.id, version, text="Hello"))

    store.write(talk).result()
    assert store.idle()
    page = store.reader().tickets("hello")
    assert ([row.ticket for row in page.rows], page.more) == ([told.id], True)


def test_a_search_narrows_by_status(store: Store, acts: Acts) -> None:
    told = [acts.ticket(version, summary="Slow", status=status) for version, status in enumerate(("new", "closed"), 1)]
    put(store, *told)
    assert [row.status for row in store.reader().tickets("slow", status="closed").rows] == ["closed"]
    assert [row.status for row in store.reader().tickets(status="new").rows] == ["new"]


class Crawling(SettableClock):
    """A machine so slow that a second passes with each look at the clock."""

    def monotonic(self) -> float:
        self.elapsed += 1.0
        return self.elapsed


def test_however_slow_the_machine_what_was_just_saved_is_found(store: Store, acts: Acts) -> None:
    def job(tx: Any) -> tuple[list[int], bool]:
        for version in range(2 * LEAST_LOOKED_AT):
            tx.confirmed.put_ticket(acts.ticket(version))
        return Search(tx.work.run, Texts(tx.work, tx.views), Crawling()).tickets("slow", 50)

    keys, more = store.write(job).result()
    assert len(keys) == LEAST_LOOKED_AT
    assert more


def test_a_slow_search_stops_in_time(store: Store, acts: Acts, clock: SettableClock) -> None:
    told = [acts.ticket(version, summary="Slow") for version in range(1, 100)]
    put(store, *told)
    assert store.idle()

    class Hurried(SettableClock):
        def monotonic(self) -> float:
            self.elapsed += 0.01
            return self.elapsed

    reader = store.reader()
    reader._clock = Hurried()
    page = reader.tickets("slow")
    assert page.more
    assert 0 < len(page.rows) <= 50


def test_pages_of_the_list_follow_one_another(store: Store, acts: Acts) -> None:
    told = [acts.ticket(version, summary=str(version)) for version in range(1, 8)]
    put(store, *told)
    reader = store.reader()
    seen, before, more = [], None, True
    while more:
        page = reader.tickets(limit=3, before=before)
        seen += [row.summary for row in page.rows]
        before, more = (page.rows[-1].updated, page.rows[-1].ticket), page.more
    assert seen == ["7", "6", "5", "4", "3", "2", "1"]


def test_old_copies_leave_the_search(open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    told = [acts.ticket(version, summary="Old words") for version in range(1, 150)]
    put(store, *told)
    store.write(lambda tx: tx.confirmed.put_note(acts.said(told[0].id, 1, text="Old note"))).result()
    assert store.idle()
    store.write(lambda tx: tx.confirmed.begin_generation()).result()
    put(store, acts.ticket(1, ticket=told[0].id, summary="New words"))
    store.write(lambda tx: tx.confirmed.switch_generation()).result()
    assert found(store, "words") == ["New words"]
    assert store.idle()
    assert found(store, "words") == ["New words"]

    def rows(tx: Any) -> list[int]:
        tables = ("ticket", "part", "generation", "search_document", "search_queue")
        return [tx.work.run(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    assert store.write(rows).result() == [1, 0, 1, 1, 0]


def test_queries_are_words_in_quotes() -> None:
    assert index_query('foo "bar* -baz') == '"foo"* AND """bar*"* AND "-baz"*'
    assert index_query("a") == '"a"'
    assert index_query(" \t\0 -- ") == ""
    assert matches(["zur"], "Nach Zürich")
    assert not matches(["urich"], "Nach Zürich")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(search=st.text(alphabet=st.characters(), max_size=40))
def test_nothing_that_is_typed_breaks_the_search(store: Store, search: str) -> None:
    page = store.reader().tickets(search)
    assert page.rows == ()
    assert ANA.email not in search or page.rows == ()
