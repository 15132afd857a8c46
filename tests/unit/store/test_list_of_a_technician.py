"""A technician's list is of what is theirs or nobody's; what was their colleagues' is there, and found."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.store.database import connect
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.tickets.connection import Account
from desktop.tickets.operations import AddNote
from desktop.tickets.outbox import OperationState
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import StatusKey
from desktop.tickets.view import TicketPage
from tests.contract.acts import SAM, Acts, after, wire
from tests.unit.store.conftest import KEY, OpenStore, as_before_whose, put, save

TECHNICIAN = replace(SAM, role=Role.TECHNICIAN)
THEO = "theo@example.net"
OVER = StatusKey("completed")


def read_by(store: Store, person: Person | None) -> None:
    """This person is signed in from now on."""
    account = Account(server="https://help.example.test", device="d", device_secret="s", person=person)
    store.write(lambda tx: tx.settings.save_account(account)).result()


def names(page: TicketPage) -> list[str]:
    return [row.summary for row in page.rows]


@pytest.fixture
def filled(store: Store, acts: Acts) -> Store:
    """Six tickets, the newest first: nobody's, mine, Theo's, mine, Theo's, nobody's."""
    whose = ("", THEO, SAM.email, THEO, SAM.email, "")
    put(store, *(acts.ticket(number, summary=f"Printer {number}", assignee=who) for number, who in enumerate(whose, 1)))
    read_by(store, TECHNICIAN)
    return store


def test_the_list_is_of_what_is_theirs_or_nobodys(filled: Store) -> None:
    assert names(filled.reader().tickets()) == ["Printer 6", "Printer 5", "Printer 3", "Printer 1"]


@pytest.mark.parametrize("person", [replace(SAM, role=Role.DISPATCHER), SAM, None])
def test_everybody_else_lists_all_that_they_hold(filled: Store, person: Person | None) -> None:
    read_by(filled, person)
    assert names(filled.reader().tickets()) == [f"Printer {number}" for number in range(6, 0, -1)]


def test_each_technician_has_a_list_of_their_own(filled: Store) -> None:
    read_by(filled, replace(TECHNICIAN, email=THEO))
    assert names(filled.reader().tickets()) == ["Printer 6", "Printer 4", "Printer 2", "Printer 1"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_it_is_read_page_by_page(filled: Store, limit: int) -> None:
    reader, found, before = filled.reader(), [], None
    while True:
        page = reader.tickets(limit=limit, before=before)
        assert len(page.rows) <= limit
        found += names(page)
        if not page.more:
            break
        before = page.rows[-1].updated, page.rows[-1].ticket
    assert found == ["Printer 6", "Printer 5", "Printer 3", "Printer 1"]


def test_a_status_narrows_it_down(filled: Store, acts: Acts) -> None:
    put(filled, *(acts.ticket(n, summary=f"Over {n}", assignee=who, status=OVER) for n, who in ((7, THEO), (8, ""))))
    assert names(filled.reader().tickets(status=OVER)) == ["Over 8"]


def test_a_colleagues_is_found_by_search_by_number_and_by_reference(filled: Store, acts: Acts) -> None:
    ticket = acts.ticket(9, summary="Scanner", assignee=THEO, status=OVER, number="77")
    put(filled, ticket)
    reader = filled.reader()
    assert names(reader.tickets("scann")) == ["Scanner"]
    for name in (ticket.id, "77", reader.tickets("scann").rows[0].reference):
        view = reader.ticket(name)
        assert view is not None
        assert view.ticket == ticket
    assert len(reader.tickets("printer").rows) == 6


def test_what_changes_comes_into_the_list_and_goes_from_it(filled: Store, acts: Acts) -> None:
    ticket = acts.ticket(10, summary="Handed on", assignee=SAM.email)
    reader = filled.reader()
    for version, (who, shown) in enumerate(((SAM.email, 1), (THEO, 0), ("", 1), (THEO, 0)), 11):
        put(filled, replace(ticket, assignee=who, version=version))
        assert len(reader.lines([ticket.id])) == shown
        assert ("Handed on" in names(reader.tickets())) is bool(shown)


def test_what_waits_here_is_listed_until_it_is_settled(filled: Store, acts: Acts) -> None:
    ticket = acts.ticket(10, summary="Theirs by now", assignee=THEO)
    put(filled, ticket)
    reader = filled.reader()
    note = acts.operation(ticket.id, add_note=AddNote(note=acts.id(), text="Written on the way"))
    filled.write(lambda tx: tx.outbox.add(note, wire(note))).result()
    assert names(reader.tickets())[0] == reader.lines([ticket.id])[0].summary == "Theirs by now"
    filled.write(lambda tx: tx.outbox.cancel(note.id)).result()
    assert "Theirs by now" not in names(reader.tickets())
    assert save(filled, acts, "Filed here") in [row.ticket for row in reader.tickets().rows]


def test_what_the_help_desk_has_lost_is_listed_whosever_it_was(filled: Store, acts: Acts) -> None:
    ticket = save(filled, acts, "Filed here")

    def answered(tx: Transaction) -> None:
        (filing,) = tx.outbox.of_ticket(ticket)
        tx.outbox.mark_sent([filing.id], "request", after(1))
        tx.outbox.settle(filing.id, OperationState.DONE, now=after(2))

    filled.background(answered).result()
    put(filled, acts.ticket(10, ticket=ticket, summary="Filed here", assignee=THEO))
    assert "Filed here" not in names(filled.reader().tickets())
    filled.background(lambda tx: tx.confirmed.begin_generation()).result()
    filled.background(lambda tx: tx.confirmed.switch_generation()).result()
    assert names(filled.reader().tickets()) == ["Filed here"]


def test_what_colleagues_say_is_no_news(filled: Store, acts: Acts) -> None:
    mine, theirs = (acts.ticket(10, summary="Scanner", assignee=who, updated_at=after(60)) for who in (SAM.email, THEO))
    put(filled, mine, theirs)
    author = Person(email=THEO)
    notes = [replace(acts.said(ticket.id, version), author=author) for version, ticket in ((11, mine), (12, theirs))]
    filled.background(lambda tx: [tx.confirmed.put_note(note) for note in notes]).result()
    unread = {row.ticket: row.unread for row in filled.reader().tickets("scanner").rows}
    assert unread == {mine.id: True, theirs.id: False}


def test_an_older_database_learns_whose_its_tickets_are(home: Path, open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    tickets = [acts.ticket(n, summary=f"Printer {n}", assignee=who) for n, who in ((1, THEO), (2, SAM.email), (3, ""))]
    put(store, *tickets)
    note = acts.operation(tickets[0].id, add_note=AddNote(note=acts.id(), text="Written on the way"))
    store.write(lambda tx: tx.outbox.add(note, wire(note))).result()
    read_by(store, TECHNICIAN)
    put(store, acts.ticket(4, summary="Printer 4", assignee=THEO))
    before = names(store.reader().tickets())
    store.close()
    connection = connect(home / "tickets.db", KEY, writes=True)
    as_before_whose(connection)
    connection.close()
    again = open_store()
    assert names(again.reader().tickets()) == before == ["Printer 3", "Printer 2", "Printer 1"]
