"""What some tickets need before they leave, on one quiet line of the form."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from desktop.desk import Desk
from desktop.tickets.people import Role
from desktop.ui.report.more import More
from tests.ui.conftest import Join
from tests.ui.provider import deliver, entries
from tests.ui.reader import Reader
from tests.ui.reporter import Reporter


@pytest.fixture
def more(reporter: Reporter) -> More:
    reporter.begin()
    found = reporter.window.findChild(More)
    assert found is not None
    return found


def filed(reporter: Reporter) -> tuple[str, str, bool]:
    """What a ticket that was saved says of its kind, whom it is for, and who may see it."""
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    return body.type, body.on_behalf_of, body.confidential


def tab_to(control: QWidget) -> None:
    """Go on with Tab until this control has the focus."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is control:
            return
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")


def test_it_is_one_line_until_it_is_wanted(reporter: Reporter, more: More) -> None:
    assert not more._choices.isVisible()
    reporter.type("The printer jams")
    reporter.finish()
    assert filed(reporter) == ("", "", False)


def test_all_of_it_can_be_said_without_a_mouse(reporter: Reporter, more: More) -> None:
    reporter.type("A new colleague")
    tab_to(more._button)
    reporter.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is more._kind
    choose(more._kind, "new_user")
    tab_to(more._other)
    reporter.type("jo@client.example.com")
    tab_to(more._alone)
    reporter.press(Qt.Key.Key_Space)
    assert "nobody else at your company" in reporter.leaves()
    tab_to(more._button)
    reporter.press(Qt.Key.Key_Space)
    assert "A new colleague · For jo@client.example.com · Only you and IT Care can see it" in reporter.words()
    QTest.keyClick(more.window(), Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: bool(entries(reporter.desk)))
    assert filed(reporter) == ("new_user", "jo@client.example.com", True)


def test_nobody_else_at_the_company_sees_it(reporter: Reporter, more: More, join: Join) -> None:
    designee = join("Dora Lind", role=Role.IT_DESIGNEE)
    more._button.click()
    more._alone.click()
    form = reporter.window._form
    assert form is not None
    form.focus_sentence()
    reporter.type("About my boss")
    reporter.finish()
    deliver(reporter.desk)
    deliver(designee)
    assert designee.tickets().rows == ()


def test_a_kind_that_is_confidential_leaves_no_choice(reporter: Reporter, more: More) -> None:
    more._button.click()
    choose(more._kind, "leaver")
    assert (more._alone.isChecked(), more._alone.isEnabled()) == (True, False)
    assert "Nobody else at your company can read this." in reporter.words()
    choose(more._kind, "software")
    assert (more._alone.isChecked(), more._alone.isEnabled()) == (False, True)


def test_what_is_no_ticket_says_whom_to_call(reporter: Reporter, more: More) -> None:
    more._button.click()
    choose(more._kind, "prices")
    phone = reporter.desk.organisation().phone("sales")
    assert phone is not None
    assert f"Our sales people are happy to talk this over with you. Call {phone.number}." in reporter.words()


def test_half_an_address_is_told_and_the_ticket_stays(reporter: Reporter, more: More) -> None:
    more._button.click()
    more._other.setFocus()
    reporter.type("jo at client")
    form = reporter.window._form
    assert form is not None
    form.focus_sentence()
    reporter.type("For Jo")
    reporter.press(Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: "does not look complete" in reporter.words())
    assert entries(reporter.desk) == []


def test_what_was_chosen_is_there_again(reporter: Reporter, desk: Desk) -> None:
    draft = replace(desk.new_draft(), summary="A leaver", confidential=True, on_behalf_of="jo@client.example.com")
    desk.save_draft(draft).result()
    reporter.begin()
    assert "For jo@client.example.com · Only you and IT Care can see it" in reporter.words()


def test_a_ticket_says_who_can_see_it(reader: Reader) -> None:
    draft = replace(reader.desk.new_draft(), summary="A leaver", confidential=True)
    reader.open(reader.desk.file_ticket(draft).result().ticket)
    reader.wait_for("Only you and IT Care can see it")


def choose(kinds: QComboBox, key: str) -> None:
    """With the arrow keys, as a person does."""
    while kinds.currentData() != key:
        before = kinds.currentIndex()
        QTest.keyClick(kinds, Qt.Key.Key_Down)
        if kinds.currentIndex() == before:
            QTest.keyClick(kinds, Qt.Key.Key_Home)
