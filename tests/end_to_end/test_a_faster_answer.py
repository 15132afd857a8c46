"""A faster answer for a fee: asked for at any time, decided online by whoever the provider names."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.desk import Desk, Saved
from desktop.sync.faults import Offline, Refused
from desktop.tickets.escalation_decision import DECISION
from desktop.tickets.people import Role
from desktop.tickets.view import TicketView
from tests.conftest import HelpDesk

TIMEOUT = 30.0


def connected(help_desk: HelpDesk, desk: Desk, email: str, role: Role) -> Desk:
    desk.enrol(help_desk.url, help_desk.code(email, role))
    desk.sync_now(TIMEOUT)
    return desk


@pytest.fixture
def robin(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Desk:
    """A requester."""
    return connected(help_desk, desk_at("robin"), "robin@example.com", Role.REQUESTER)


@pytest.fixture
def ida(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Desk:
    """Who decides for the company."""
    return connected(help_desk, desk_at("ida"), "ida@example.com", Role.IT_DESIGNEE)


@pytest.fixture
def asked(robin: Desk) -> Saved:
    """A ticket of normal priority for which a faster answer was asked."""
    saved = robin.file_ticket(replace(robin.new_draft(), summary="Sound is gone")).result()
    robin.sync_now(TIMEOUT)
    robin.request_escalation(saved.ticket, "A customer call at noon").result()
    robin.sync_now(TIMEOUT)
    return saved


def seen(desk: Desk, saved: Saved) -> TicketView:
    desk.sync_now(TIMEOUT)
    view = desk.ticket(saved.ticket)
    assert view is not None
    return view


def test_the_priority_changes_with_the_approval_and_not_before(robin: Desk, ida: Desk, asked: Saved) -> None:
    assert seen(robin, asked).ticket.priority == "p3"
    decided = ida.decide_escalation(seen(ida, asked), approve=True)
    assert decided.priority == "p2"
    shown = ida.ticket(asked.ticket)
    assert shown is not None
    assert shown.ticket == decided
    view = seen(robin, asked)
    assert view.ticket.priority == "p2"
    assert [(line.who, line.new) for line in view.ticket.history if line.field == DECISION] == [
        ("ida@example.com", "approved")
    ]


def test_a_decline_leaves_the_priority_and_is_on_the_record(robin: Desk, ida: Desk, asked: Saved) -> None:
    ida.decide_escalation(seen(ida, asked), approve=False)
    view = seen(robin, asked)
    assert view.ticket.priority == "p3"
    assert [line.new for line in view.ticket.history if line.field == DECISION] == ["declined"]


def test_nobody_else_decides_and_nobody_decides_twice(robin: Desk, ida: Desk, asked: Saved) -> None:
    with pytest.raises(Refused, match="somebody else"):
        robin.decide_escalation(seen(robin, asked), approve=True)
    ida.decide_escalation(seen(ida, asked), approve=False)
    with pytest.raises(Refused, match="Nobody is waiting"):
        ida.decide_escalation(seen(ida, asked), approve=True)


def test_a_decision_is_about_the_ticket_that_the_approver_sees(robin: Desk, ida: Desk, asked: Saved) -> None:
    view = seen(ida, asked)
    robin.reply(asked.ticket, "It is the meeting room, not my desk.").result()
    robin.sync_now(TIMEOUT)
    with pytest.raises(Refused, match="look at the ticket again"):
        ida.decide_escalation(view, approve=True)
    assert ida.decide_escalation(seen(ida, asked), approve=True).priority == "p2"


def test_a_decision_never_waits_in_a_queue(help_desk: HelpDesk, ida: Desk, asked: Saved) -> None:
    view = seen(ida, asked)
    help_desk.stop()
    with pytest.raises(Offline):
        ida.decide_escalation(view, approve=True)
    assert ida.waiting() == ()
    help_desk.start()
    assert seen(ida, asked).ticket.priority == "p3"
