"""What a colleague resolved helps a technician: it is told, opened, read, and changed by nobody but its own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.desk import Desk
from desktop.tickets.people import Role
from desktop.tickets.rights import ONLY_TO_READ
from desktop.tickets.trouble import InputRefused
from desktop.ui.tickets.same_error_card import SameErrorCard
from tests.ui.provider import Provider, deliver
from tests.ui.reader import Reader

ONE = "Error 1603: A fatal error occurred during installation of C:\\Users\\ada\\setup.msi at 10:03:22"
AGAIN = "ERROR 1603: A fatal error occurred during installation of\nD:\\New one\\setup.msi at 23:59:01"


@pytest.fixture
def technician(join: Callable[..., Desk]) -> Desk:
    return join("Tess Novak", Role.TECHNICIAN)


@pytest.fixture
def earlier(reader: Reader, provider: Provider) -> str:
    """A ticket that Sam took, resolved and completed; nobody else has had it."""
    ticket = file(reader.desk, "Setup fails", ONE)
    provider.take(ticket)
    provider.say(ticket, "Removed the old version first.")
    provider.change(ticket, status="completed")
    return ticket


@pytest.fixture
def later(reader: Reader, earlier: str) -> str:
    """The same error again, in the queue."""
    assert earlier
    return file(reader.desk, "Cannot install", AGAIN)


def file(desk: Desk, summary: str, error: str) -> str:
    ticket = desk.file_ticket(replace(desk.new_draft(), summary=summary, error_text=error)).result().ticket
    deliver(desk)
    return ticket


def listed(reader: Reader) -> list[str]:
    model = reader.list()._model
    return [model.ticket_at(row) for row in range(model.rowCount())]


def number_of(desk: Desk, ticket: str) -> str:
    view = desk.ticket(ticket)
    assert view is not None
    return view.ticket.number


def test_it_is_named_with_how_it_was_resolved_and_can_be_opened_to_read(
    reader: Reader, technician: Desk, earlier: str, later: str
) -> None:
    reader.use(technician, later)
    reader.wait_for("Sam Ortiz: Removed the old version first.")
    assert (later in listed(reader), earlier in listed(reader)) == (True, False)
    assert reader.reply_box().isVisible()
    reader.press(f"Open {number_of(technician, earlier)}")
    reader.wait_for(ONLY_TO_READ)
    assert not reader.reply_box().isVisible()
    assert not {"reply", "it is not solved", "save reply"} & set(reader.offered())
    assert earlier not in listed(reader)
    assert earlier in [row.ticket for row in technician.tickets("setup").rows]
    with pytest.raises(InputRefused, match="colleague"):
        technician.reply(earlier, "And?").result()
    assert technician.waiting() == ()


def test_what_happens_elsewhere_leaves_it_open_and_a_click_leads_back(
    reader: Reader, technician: Desk, earlier: str, later: str
) -> None:
    reader.use(technician, later)
    reader.window.open(earlier)
    reader.wait_for(ONLY_TO_READ)
    technician.reply(later, "I am looking at it.").result()
    deliver(technician)
    reader.settle()
    assert ONLY_TO_READ in reader.words()
    assert reader.list().select(later)
    reader.wait_for("I am looking at it.")
    assert ONLY_TO_READ not in reader.words()
    assert reader.reply_box().isVisible()


def test_words_that_were_being_written_are_there_and_are_not_saved_in_vain(
    reader: Reader, technician: Desk, provider: Provider, later: str
) -> None:
    reader.use(technician, later)
    reader.reply_box()._words.setPlainText("Have you tried")
    provider.take(later)
    provider.change(later, status="completed")
    deliver(technician)
    reader.qtbot.waitUntil(lambda: later not in listed(reader))
    reader.settle()
    reader.window.open(later)
    reader.wait_for(ONLY_TO_READ)
    assert reader.reply_box().isVisible()
    assert reader.reply_box()._words.toPlainText() == "Have you tried"
    reader.press("Save reply")
    reader.qtbot.waitUntil(lambda: reader.words().count(ONLY_TO_READ) == 2)
    assert reader.reply_box()._words.toPlainText() == "Have you tried"
    assert technician.waiting() == ()


def test_a_refused_reply_that_is_taken_back_is_there_to_be_used_elsewhere(
    reader: Reader, technician: Desk, provider: Provider, later: str
) -> None:
    deliver(technician)
    technician.reply(later, "Have you tried").result()
    provider.take(later)
    provider.change(later, status="completed")
    reader.use(technician, later)
    (refused,) = technician.waiting()
    assert refused.last_error == ONLY_TO_READ
    returned = technician.cancel(refused.id).result()
    assert returned is not None
    reader.window.take_up(returned)
    reader.wait_for(ONLY_TO_READ)
    assert reader.reply_box().isVisible()
    assert reader.reply_box()._words.toPlainText() == "Have you tried"


def test_opened_again_it_goes_and_is_told_no_more(
    reader: Reader, provider: Provider, technician: Desk, earlier: str, later: str
) -> None:
    client = reader.desk
    reader.use(technician, later)
    reader.window.open(earlier)
    reader.wait_for(ONLY_TO_READ)
    client.reopen(earlier, "It is back").result()
    deliver(client)
    deliver(technician)
    reader.wait_for("Choose a ticket in the list")
    assert technician.ticket(earlier) is None
    assert earlier not in [row.ticket for row in technician.tickets("setup").rows]
    view = technician.ticket(later)
    assert view is not None
    assert technician.same_errors(view) == ()
    reader.open(later)
    reader.wait_for("Cannot install")
    card = reader.window.findChild(SameErrorCard)
    assert card is not None
    reader.settle()
    assert not card.isVisible()
    provider.change(earlier, status="completed")
    deliver(technician)
    assert [same.ticket for same in technician.same_errors(view)] == [earlier]


def test_ones_own_that_is_over_stays_in_the_list_and_can_be_answered(
    reader: Reader, technician: Desk, provider: Provider, later: str
) -> None:
    account = technician.account()
    assert account is not None
    assert account.person is not None
    provider.change(later, assignee=account.person.email, status="completed")
    reader.use(technician, later)
    reader.wait_for("Cannot install")
    assert later in listed(reader)
    assert reader.reply_box().isVisible()
    assert ONLY_TO_READ not in reader.words()
    technician.log_time(later, 5, "Wrote it up").result()
    deliver(technician)
    assert technician.waiting() == ()
