"""A person says what is wrong, in one sentence."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.tickets.acceptance import MAX_LINE
from desktop.tickets.device import Device, Fact
from desktop.tickets.urgency import Blocked, Impact
from desktop.ui.report.device_choice import DeviceChoice
from desktop.ui.report.error_texts import ErrorTexts
from desktop.ui.report.form import ReportForm
from desktop.ui.report.questions import Questions
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.provider import Provider, deliver, entries
from tests.ui.reporter import Reporter


def test_hot_key_sentence_enter_is_all_it_takes(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("Outlook cannot reach the mail")
    reporter.press(Qt.Key.Key_Return)

    reporter.qtbot.waitUntil(lambda: bool(entries(reporter.desk)))
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert body.summary == "Outlook cannot reach the mail"
    assert [fact.value for fact in body.device.facts] == ["Debian 12"]
    assert reporter.desk.drafts() == ()
    assert names_of_pictures(reporter) == ["screen-1.png"]


def names_of_pictures(reporter: Reporter) -> list[str]:
    """What follows the only ticket once it has been looked through."""
    ticket = entries(reporter.desk)[0].ticket
    reporter.desk.finish_pictures().result(60)
    return [
        file.name
        for entry in entries(reporter.desk)
        if entry.ticket == ticket and (file := entry.operation.attach_file)
    ]


def test_nothing_is_saved_without_a_sentence(reporter: Reporter) -> None:
    reporter.begin()
    reporter.press(Qt.Key.Key_Return)
    assert "Please write one sentence" in reporter.words()
    assert entries(reporter.desk) == []


def test_answers_and_device_go_along(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    questions = reporter.window.findChild(Questions)
    device = reporter.window.findChild(DeviceChoice)
    assert questions is not None
    assert device is not None
    questions._impact.button(2).click()
    questions._blocked.button(0).click()
    device._other.click()
    QTest.keyClicks(device._name, "PRN-2")
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.type("Paper jam")
    reporter.finish()

    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert (body.answers.impact, body.answers.blocked) == (Impact.EVERYONE, Blocked.YES)
    assert body.device == Device(name="PRN-2", is_this_computer=False)
    assert body.written_on == "PC-17"
    assert body.files == ()


def test_another_device_with_this_computer_switched_on(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    device = reporter.window.findChild(DeviceChoice)
    assert device is not None
    device._other.click()
    assert not any(tile.included or tile.isEnabled() for tile in reporter.tiles())
    assert "picture" not in reporter.leaves()
    device._with_here.click()
    assert [tile.included for tile in reporter.tiles()] == [True, False]
    assert "1 picture" in reporter.leaves()


def test_a_copied_error_is_offered_and_added_only_when_ticked(reporter: Reporter) -> None:
    QGuiApplication.clipboard().setText("Error 0x80070005: access denied")
    reporter.begin()
    QGuiApplication.clipboard().clear()
    form = reporter.window.findChild(ReportForm)
    assert form is not None
    assert "access denied" in reporter.words()
    (row,) = form._along.errors.texts._rows
    assert not row.is_ticked
    row._box.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.type("It fails")
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert body.error_text == "Error 0x80070005: access denied"


def test_a_look_alike_is_offered_in_one_line(reporter: Reporter) -> None:
    draft = replace(reporter.desk.new_draft(), summary="The printer on floor two jams")
    reporter.desk.file_ticket(draft).result()
    reporter.begin()
    reporter.type("The printer on floor two jams again")
    reporter.qtbot.waitUntil(lambda: "You have an open ticket like this" in reporter.words())


def test_an_open_ticket_with_the_same_error_is_offered(reporter: Reporter) -> None:
    draft = replace(reporter.desk.new_draft(), summary="Mail", error_text="Error 0x80070005 in C:\\a\\b.pst at 10:03")
    reporter.desk.file_ticket(draft).result()
    reporter.begin()
    reporter.type("Cannot open my calendar")
    texts = reporter.window.findChild(ErrorTexts)
    assert texts is not None
    texts.changed.emit("Error 0x80070005 in D:\\c.pst at 17:59")
    reporter.qtbot.waitUntil(lambda: "You have an open ticket like this: Mail" in reporter.words())


def test_what_cannot_be_saved_says_why_and_stays(reporter: Reporter) -> None:
    reporter.machine.facts = (Fact(key="os", label="System", value="x" * (MAX_LINE + 1)),)
    reporter.begin()
    reporter.type("It is slow")
    reporter.press(Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: "is too long" in reporter.words())
    assert reporter.window.findChildren(SentenceEdit)[0].toPlainText() == "It is slow"
    device = reporter.window.findChild(DeviceChoice)
    assert device is not None
    device._other.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.finish()


def test_a_ticket_with_the_same_error_that_is_over_is_not_offered(reporter: Reporter, provider: Provider) -> None:
    error = "Error 0x80070005 in C:\\a\\b.pst"
    ticket = reporter.desk.file_ticket(replace(reporter.desk.new_draft(), summary="Mail", error_text=error)).result()
    assert reporter.desk.look_alike("", error) is not None
    deliver(reporter.desk)
    provider.change(ticket.ticket, status="completed")
    deliver(reporter.desk)
    assert reporter.desk.look_alike("", error) is None
