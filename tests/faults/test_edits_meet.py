"""Two people change one ticket while they are apart: what differs merges, and what loses is kept and can be used."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from desktop.desk import Desk
from desktop.tickets.operations import FieldChange
from desktop.tickets.people import Contact, Role
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, report
from tests.faults.truth import Books


@dataclass(frozen=True)
class Both:
    """A requester and a technician who know the same ticket."""

    robin: Desk
    sam: Desk
    ticket: str

    def meet(self, *order: Desk) -> None:
        for desk in order:
            assert desk.sync_now(TIMEOUT).pending == 0


@pytest.fixture
def both(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Both:
    robin, sam = desk_at("robin"), desk_at("sam")
    robin.enrol(help_desk.url, help_desk.code("robin@example.com"))
    sam.enrol(help_desk.url, help_desk.code("sam@provider.example", Role.TECHNICIAN, company=""))
    both = Both(robin, sam, report(robin, "The printer eats paper").ticket)
    both.meet(robin, sam)
    return both


def test_a_technicians_late_solved_does_not_complete_what_was_reopened(both: Both, help_desk: HelpDesk) -> None:
    both.sam.say_solved(both.ticket).result()
    both.robin.say_solved(both.ticket).result()
    both.robin.reopen(both.ticket, "No, again!").result()
    both.meet(both.robin, both.sam)
    assert Books(help_desk.data).ticket(both.ticket).ticket.status == "reopened"
    view = both.sam.ticket(both.ticket)
    assert view is not None
    (kept,) = view.kept
    both.sam.apply_again(kept.operation, kept.field).result()
    both.meet(both.sam)
    assert Books(help_desk.data).ticket(both.ticket).ticket.status == kept.mine


def test_a_number_and_an_address_that_were_corrected_apart_are_both_there(both: Both, help_desk: HelpDesk) -> None:
    was = contact(both.robin, both.ticket)
    both.robin.correct_contact(both.ticket, replace(was, phone="555 0100"), was).result()
    both.sam.correct_contact(both.ticket, replace(was, email="front@example.com", phone="555 0199"), was).result()
    both.meet(both.robin, both.sam)
    assert Books(help_desk.data).ticket(both.ticket).ticket.contact == replace(
        was, phone="555 0100", email="front@example.com"
    )
    view = both.sam.ticket(both.ticket)
    assert view is not None
    (kept,) = view.kept
    assert (kept.field, kept.mine, kept.theirs) == ("contact_phone", "555 0199", "555 0100")
    both.sam.apply_again(kept.operation, kept.field).result()
    both.meet(both.sam, both.robin)
    assert contact(both.robin, both.ticket) == replace(was, phone="555 0199", email="front@example.com")


def test_one_click_applies_what_lost_on_top_of_what_is_there_by_now(both: Both, help_desk: HelpDesk) -> None:
    both.robin.change_fields(both.ticket, [FieldChange(field="details", base="", value="mine")]).result()
    both.sam.change_fields(both.ticket, [FieldChange(field="details", base="", value="theirs")]).result()
    both.meet(both.sam, both.robin)
    both.sam.change_fields(both.ticket, [FieldChange(field="details", base="theirs", value="a third")]).result()
    both.meet(both.sam, both.robin)
    view = both.robin.ticket(both.ticket)
    assert view is not None
    (kept,) = view.kept
    both.robin.apply_again(kept.operation, kept.field).result()
    both.meet(both.robin)
    assert Books(help_desk.data).ticket(both.ticket).ticket.details == "mine"


def contact(desk: Desk, ticket: str) -> Contact:
    view = desk.ticket(ticket)
    assert view is not None
    return view.ticket.contact
