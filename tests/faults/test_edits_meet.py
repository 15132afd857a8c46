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


def test_a_long_text_that_loses_again_is_kept_again_and_never_woven(both: Both, help_desk: HelpDesk) -> None:
    mine, theirs = "It jams.\nOnly with thick paper.", "It jams.\nOnly on Mondays."
    both.robin.change_fields(both.ticket, [FieldChange(field="details", base="", value=mine)]).result()
    both.sam.change_fields(both.ticket, [FieldChange(field="details", base="", value=theirs)]).result()
    both.meet(both.sam, both.robin)
    assert only_kept(both.robin, both.ticket) == (mine, theirs)
    apply_again(both.robin, both.ticket)
    both.sam.change_fields(both.ticket, [FieldChange(field="details", base=theirs, value="Fuser")]).result()
    both.meet(both.sam, both.robin)
    assert Books(help_desk.data).ticket(both.ticket).ticket.details == "Fuser"
    assert only_kept(both.robin, both.ticket) == (mine, "Fuser")
    apply_again(both.robin, both.ticket)
    both.meet(both.robin, both.sam)
    for desk in (both.robin, both.sam):
        view = desk.ticket(both.ticket)
        assert view is not None
        assert (view.ticket.details, view.kept) == (mine, ())


def test_beside_a_status_that_lost_the_other_edits_of_the_same_save_stand(both: Both, help_desk: HelpDesk) -> None:
    view = both.sam.ticket(both.ticket)
    assert view is not None
    was = view.ticket.status
    changes = [
        FieldChange(field="status", base=was, value="working"),
        FieldChange(field="details", base="", value="Fuser"),
    ]
    both.sam.change_fields(both.ticket, changes).result()
    both.robin.say_solved(both.ticket).result()
    both.meet(both.robin, both.sam)
    stands = Books(help_desk.data).ticket(both.ticket).ticket
    assert (stands.status, stands.details) == ("completed", "Fuser")
    assert only_kept(both.sam, both.ticket) == ("working", "completed")
    apply_again(both.sam, both.ticket)
    both.meet(both.sam)
    assert Books(help_desk.data).ticket(both.ticket).ticket.status == "working"


def only_kept(desk: Desk, ticket: str) -> tuple[str, str]:
    """The one value that lost, and what stood then."""
    view = desk.ticket(ticket)
    assert view is not None
    (kept,) = view.kept
    return kept.mine, kept.theirs


def apply_again(desk: Desk, ticket: str) -> None:
    view = desk.ticket(ticket)
    assert view is not None
    (kept,) = view.kept
    desk.apply_again(kept.operation, kept.field).result()


def contact(desk: Desk, ticket: str) -> Contact:
    view = desk.ticket(ticket)
    assert view is not None
    return view.ticket.contact
