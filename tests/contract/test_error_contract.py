"""Which tickets have the same error: the same in every store, at once and after everything was taken down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.store.errors import MOST_FOUND
from desktop.tickets.device import Device
from desktop.tickets.error_text.fingerprint import fingerprint
from desktop.tickets.ticket import StatusKey, Ticket
from tests.contract.acts import START, Acts, after, wire
from tests.contract.conftest import StoreUnderTest

ONE = "Error 1603: A fatal error occurred during installation of C:\\Users\\robin\\setup.msi at 10:03:22"
AGAIN = "ERROR 1603: A fatal error occurred during installation of\n  D:\\New one\\setup.msi at 23:59:01"
OTHER = "Error 1618: Another installation is already in progress"
ENDED = ("completed", "closed")


class Desk:
    """The store with what is asked of it here."""

    def __init__(self, store: StoreUnderTest, acts: Acts, *, rests: bool) -> None:
        self.store, self.acts, self._rests = store, acts, rests

    def does(self, job: Callable[[Any], Any]) -> Any:
        done = self.store.background(job).result()
        if self._rests:
            getattr(self.store, "idle", bool)()
        return done

    def told(self, minute: int, error: str = ONE, company: str = "Acme", **more: Any) -> Ticket:
        ticket = replace(self.acts.ticket(minute + 1), error_text=error, company=company, made_at=after(minute), **more)
        self.does(lambda tx: tx.confirmed.put_ticket(ticket))
        return ticket

    def earlier(self, error: str = AGAIN, company: str = "Acme", device: str = "", minute: int = 99) -> list[str]:
        found = self.store.reader().earlier_with_error(
            [fingerprint(error)], company=company, device=device, before=after(minute), ended=ENDED
        )
        return list(found)

    def open(self, error: str = AGAIN) -> list[str]:
        return list(self.store.reader().open_with_error([fingerprint(error)], ended=ENDED))


@pytest.fixture(params=[True, False], ids=["after a rest", "at once"])
def desk(request: pytest.FixtureRequest, store: StoreUnderTest) -> Desk:
    return Desk(store, Acts(), rests=request.param)


def test_this_device_comes_first_then_what_is_over_then_the_newest(desk: Desk) -> None:
    old_here = desk.told(1, device=Device(name="PC-7"))
    over_here = desk.told(2, device=Device(name="pc-7"), status="closed")
    open_here = desk.told(3, device=Device(name="Pc-7"))
    over = desk.told(4, status="completed")
    newest = desk.told(5, device=Device(name="PC-8"))
    wanted = [over_here.id, open_here.id, old_here.id, over.id, newest.id]
    assert desk.earlier(device="PC-7") == wanted
    assert desk.earlier() == [over.id, over_here.id, newest.id, open_here.id, old_here.id]


def test_another_error_another_company_and_what_came_later_are_not_told(desk: Desk) -> None:
    told = desk.told(1)
    desk.told(2, OTHER)
    desk.told(3, company="Bell")
    desk.told(9)
    assert desk.earlier(minute=5) == [told.id]


def test_the_newest_open_tickets_of_any_company(desk: Desk) -> None:
    first, second = desk.told(1), desk.told(2, company="Bell")
    desk.told(3, status="closed")
    assert desk.open() == [second.id, first.id]


def test_an_error_among_the_details_and_one_of_two_errors_count(desk: Desk) -> None:
    among = desk.told(1, "", details=f"I wanted to install it and then\n{ONE}\nWhat now?")
    two = desk.told(2, f"{OTHER}\n\n{ONE}")
    desk.told(3, "", details="It will not install and I do not know why")
    assert desk.open() == [two.id, among.id]
    assert desk.open(OTHER) == [two.id]


def test_a_ticket_that_is_about_something_else_now_is_not_found_any_more(desk: Desk) -> None:
    ticket = desk.told(1)
    desk.does(
        lambda tx: tx.confirmed.put_ticket(replace(ticket, error_text=OTHER, status=StatusKey("closed"), version=9))
    )
    assert desk.open() == []
    assert desk.earlier(OTHER) == [ticket.id]


def test_a_ticket_that_is_taken_away_is_not_found(desk: Desk) -> None:
    ticket = desk.told(1)
    desk.does(lambda tx: tx.confirmed.remove("ticket", ticket.id))
    assert (desk.open(), desk.earlier()) == ([], [])


def test_what_was_just_saved_is_found_and_what_was_taken_back_is_not(desk: Desk) -> None:
    filing = desk.acts.filing(error_text=ONE)
    desk.does(lambda tx: tx.outbox.add(filing, wire(filing)))
    assert desk.open() == [filing.ticket]
    desk.does(lambda tx: tx.outbox.cancel(filing.id))
    assert desk.open() == []


def test_another_copy_is_found_in_when_it_is_shown_and_no_sooner(desk: Desk) -> None:
    gone, stays = desk.told(1), desk.told(2)
    desk.does(lambda tx: tx.confirmed.begin_generation())
    desk.does(lambda tx: tx.confirmed.put_ticket(stays))
    assert desk.open() == [stays.id, gone.id]
    desk.does(lambda tx: tx.confirmed.switch_generation())
    assert desk.open() == [stays.id]


def test_the_newest_dozen_are_found_among_many(desk: Desk) -> None:
    def put(tx: Any) -> None:
        for number in range(300):
            ticket = replace(
                desk.acts.ticket(1),
                error_text=ONE,
                company="Acme",
                status=StatusKey("closed" if number == 0 else "new"),
                device=Device(name="PC-7" if number == 1 else ""),
                made_at=START + timedelta(seconds=number),
            )
            tickets.append(ticket.id)
            tx.confirmed.put_ticket(ticket)

    tickets: list[str] = []
    desk.does(put)
    getattr(desk.store, "idle", bool)()
    assert desk.earlier() == [tickets[0], *reversed(tickets[-MOST_FOUND + 1 :])]
    assert desk.earlier(device="PC-7")[:2] == [tickets[1], tickets[0]]
    assert desk.open() == tickets[: -MOST_FOUND - 1 : -1]
