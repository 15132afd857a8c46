"""A computer is connected for its company, its person files, and signs in later: what they filed goes on."""

from collections.abc import Callable
from contextlib import closing
from random import Random

import pytest

from desktop.desk import Desk
from desktop.sync.uploading import SMALLEST
from desktop.tickets.view import Mark
from relay.codes import make_code
from relay.core import Relay
from tests.conftest import COMPANY, HelpDesk
from tests.faults.conftest import TIMEOUT, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.truth import Books
from tests.faults.wire_faults import cut_after, drop_answer


@pytest.fixture
def nobody(help_desk: HelpDesk, proxy: FaultProxy, desk_at: Callable[[str], Desk]) -> Desk:
    """A desk on which nobody has signed in yet."""
    desk = desk_at("counter")
    with closing(Relay(help_desk.data)) as relay, relay.write() as connection:
        code = make_code(connection, company=COMPANY, at=relay.clock.now())
    desk.enrol(proxy.url, code)
    desk.sync_now(TIMEOUT)
    return desk


def sign_in(desk: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    proxy.clear()
    desk.enrol(proxy.url, help_desk.code("robin@example.com"))
    result = desk.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 0)


def test_a_ticket_whose_answer_was_lost_is_there_once(nobody: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    before = len(Books(help_desk.data).tickets())
    saved = report(nobody, "The printer eats paper")
    lost = proxy.fault(drop_answer(), method="POST", path="/v1/operations")
    nobody.sync_now(3)
    assert lost.happened
    sign_in(nobody, proxy, help_desk)
    assert len(Books(help_desk.data).tickets()) == before + 1
    view = nobody.ticket(saved.ticket)
    assert view is not None
    assert (view.mark, view.lost, view.ticket.requester.email) == (Mark.CONFIRMED, False, "robin@example.com")


def test_a_file_that_was_half_sent_goes_on(nobody: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    saved = report(nobody, "The printer eats paper", content=Random(1).randbytes(SMALLEST + 50))
    proxy.fault(cut_after(0), method="PATCH", skip=1)
    nobody.sync_now(3)
    sign_in(nobody, proxy, help_desk)
    view = nobody.ticket(saved.ticket)
    assert view is not None
    assert [shown.mark for shown in view.attachments] == [Mark.CONFIRMED]


def test_a_reply_that_waited_arrives_on_its_ticket(nobody: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    saved = report(nobody, "The printer eats paper")
    nobody.sync_now(TIMEOUT)
    nobody.reply(saved.ticket, "It smells, too").result()
    sign_in(nobody, proxy, help_desk)
    view = nobody.ticket(saved.ticket)
    assert view is not None
    assert not view.lost
    assert [(shown.note.text, shown.mark) for shown in view.notes] == [("It smells, too", Mark.CONFIRMED)]
