"""The errors of tickets are taken down while nobody waits, of old databases too, and are gone with their ticket."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.store.database import connect
from desktop.store.errors import Errors
from desktop.store.home import open_home
from desktop.store.search import SLICE, Texts
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.store.upgrade import bring_up_to_date
from desktop.tickets.error_text.fingerprint import fingerprint
from desktop.tickets.ticket import MAX_TEXT, Ticket
from tests.contract.acts import Acts
from tests.unit.store.conftest import KEY, OpenStore, as_before_whose, put, save

ONE = "Error 1603: A fatal error occurred during installation"
OTHER = "Error 1618: Another installation is already in progress"
PROSE = "I wanted to print the invoice and the printer in the hall did not answer. "


class TickingClock:
    """A millisecond passes with every look at it."""

    def __init__(self, like: object) -> None:
        self.now = like.now  # type: ignore[attr-defined]
        self.looks = 0

    def monotonic(self) -> float:
        self.looks += 1
        return self.looks / 1000


def schema(path: Path) -> set[tuple[str, str]]:
    connection = connect(path, KEY, writes=False)
    try:
        return set(connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master"))
    finally:
        connection.close()


def as_before(home: Path) -> None:
    """The database becomes one of the schema before, with all that is in it."""
    connection = connect(home / "tickets.db", KEY, writes=True)
    as_before_whose(connection)
    for table in ("error", "error_queue"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def told(acts: Acts, version: int, error: str = ONE) -> Ticket:
    return replace(acts.ticket(version), error_text=error)


def rows(store: Store) -> int:
    found: int = store.write(lambda tx: tx.work.run("SELECT count(*) FROM error").fetchone()[0]).result()
    return found


def found(store: Store, error: str = ONE) -> set[str]:
    return set(store.reader().open_with_error([fingerprint(error)], ended=()))


def test_what_was_there_before_the_upgrade_is_found(
    home: Path, tmp_path: Path, open_store: OpenStore, acts: Acts
) -> None:
    store = open_store()
    mine = save(store, acts, error_text=ONE)
    theirs, other = told(acts, 1), told(acts, 2, OTHER)
    put(store, theirs, other)
    assert store.idle()
    store.close()
    as_before(home)
    (tmp_path / "fresh").mkdir()
    bring_up_to_date(open_home(tmp_path / "fresh"), KEY, target=1)
    assert schema(home / "tickets.db") == schema(tmp_path / "fresh" / "tickets.db")
    again = open_store()
    assert found(again) == {mine, theirs.id}
    assert again.idle()
    assert (found(again), found(again, OTHER), rows(again)) == ({mine, theirs.id}, {other.id}, 3)


@pytest.mark.parametrize("before", [2, 3, 4])
def test_errors_that_were_folded_otherwise_are_taken_down_anew(
    home: Path, open_store: OpenStore, acts: Acts, before: int
) -> None:
    store = open_store()
    mine = save(store, acts, error_text=ONE)
    assert store.idle()
    store.close()
    connection = connect(home / "tickets.db", KEY, writes=True)
    as_before_whose(connection)
    connection.execute("UPDATE error SET fingerprint = x'0123456789abcdef'")
    connection.execute(f"PRAGMA user_version = {before}")
    connection.close()
    again = open_store()
    assert found(again) == {mine}, "looked at while it waits"
    assert again.idle()
    assert (found(again), rows(again)) == ({mine}, 1)


def test_a_ticket_that_is_taken_away_leaves_no_row(store: Store, acts: Acts) -> None:
    ticket = told(acts, 1)
    put(store, ticket)
    assert store.idle()
    assert rows(store) == 1

    def take_away(tx: Transaction) -> int:
        tx.confirmed.remove("ticket", ticket.id)
        tx.finish()
        left: int = tx.work.run("SELECT count(*) FROM error").fetchone()[0]
        return left

    assert store.write(take_away).result() == 0, "at once"


def test_a_copy_that_is_gone_leaves_no_row(store: Store, acts: Acts) -> None:
    put(store, told(acts, 1), told(acts, 2))
    assert store.idle()
    store.background(lambda tx: (tx.confirmed.begin_generation(), tx.confirmed.switch_generation())).result()
    assert store.idle()
    assert rows(store) == 0


def test_a_slice_ends_when_its_time_is_over(home: Path, acts: Acts, open_store: OpenStore, clock: object) -> None:
    store = open_store()
    put(store, *(told(acts, 1) for _ in range(40)))
    assert store.idle()

    def queue_again(tx: Transaction) -> int:
        tx.work.run("INSERT INTO error_queue SELECT key FROM ticket")
        tx.work.clock = TickingClock(clock)
        assert Errors(tx.work, Texts(tx.work, tx.views)).note_some()
        left: int = tx.work.run("SELECT count(*) FROM error_queue").fetchone()[0]
        return 40 - left

    assert 1 <= store.write(queue_again).result() <= SLICE * 1000


def test_the_longest_text_is_looked_at_in_part(store: Store, acts: Acts) -> None:
    """Only so much of a text is tried that no ticket makes a save wait."""
    long = (PROSE * (MAX_TEXT // len(PROSE)))[: MAX_TEXT - 200]
    ticket = replace(acts.ticket(1), details=f"{ONE}\n{long}")
    put(store, ticket)
    assert store.idle()
    assert found(store) == {ticket.id}
