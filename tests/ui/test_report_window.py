"""A person says what is wrong, in one sentence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.acceptance import MAX_LINE
from desktop.tickets.device import Device, Fact
from desktop.tickets.urgency import Blocked, Impact
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.additions.words_form import WordsForm
from desktop.ui.bridge import Bridge
from desktop.ui.connection_line import ConnectionLine
from desktop.ui.file_strip import FileStrip
from desktop.ui.file_tile import FileTile
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.call_card import CallCard
from desktop.ui.report.device_choice import DeviceChoice
from desktop.ui.report.form import ReportForm
from desktop.ui.report.questions import Questions
from desktop.ui.report.receipt import Receipt
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.report.what_leaves import WhatLeaves
from desktop.ui.report.window import ReportWindow
from tests.ui.conftest import Join, Machine, MondayMorning, PaintedScreen
from tests.ui.provider import Provider, deliver, entries
from tests.ui.shown_words import shown_words


class Reporter:
    """What a person does with the window."""

    def __init__(self, qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.machine = machine
        self.parts = (desk, bridge, clock, machine.capture())
        self.window = self.open()

    def open(self, *, dialable: bool = True) -> ReportWindow:
        desk, bridge, clock, capture = self.parts
        self.window = ReportWindow(desk, bridge, clock, capture, dialable=dialable)
        self.qtbot.addWidget(self.window)
        return self.window

    def use(self, desk: Desk) -> None:
        """From now on another person's desk."""
        self.desk = desk
        self.parts = (desk, *self.parts[1:])

    def begin(self) -> None:
        with self.qtbot.waitActive(self.window):
            self.window.begin(self.machine.capture().take())

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def save(self, words: str = "The printer jams") -> str:
        self.begin()
        self.type(words)
        return self.finish()

    def finish(self) -> str:
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.findChild(Receipt) is not None)
        return entries(self.desk)[0].ticket

    def tiles(self) -> list[FileTile]:
        return self.window.findChildren(FileTile)

    def wait_for_files(self) -> None:
        strip = self.window.findChild(FileStrip)
        assert strip is not None
        self.qtbot.waitUntil(lambda: not strip.is_busy and len(strip.files()) == len(self.tiles()) > 0)

    def words(self) -> str:
        return "\n".join(shown_words(self.window))

    def leaves(self) -> str:
        line = self.window.findChild(WhatLeaves)
        assert line is not None
        return line.words()

    def card(self) -> CallCard:
        card = self.window.findChild(CallCard)
        assert card is not None
        return card


@pytest.fixture
def reporter(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> Reporter:
    return Reporter(qtbot, desk, bridge, clock, machine)


def test_hot_key_sentence_enter_is_all_it_takes(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("Outlook cannot reach the mail")
    reporter.press(Qt.Key.Key_Return)

    reporter.qtbot.waitUntil(lambda: bool(entries(reporter.desk)))
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert body.summary == "Outlook cannot reach the mail"
    assert [file.name for file in body.files] == ["screen-1.png"]
    assert [fact.value for fact in body.device.facts] == ["Debian 12"]
    assert reporter.desk.drafts() == ()


def test_only_the_active_screen_is_ticked(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    assert [(tile.label, tile.included) for tile in reporter.tiles()] == [("Screen 1", True), ("Screen 2", False)]


def test_a_black_picture_says_so(reporter: Reporter) -> None:
    reporter.machine.screens = (PaintedScreen("Screen 1", is_active=True, looks_blocked=True, colour="black"),)
    reporter.begin()
    reporter.wait_for_files()
    assert "This picture is black" in reporter.words()
    (tile,) = reporter.tiles()
    assert not tile.included
    reporter.qtbot.waitUntil(lambda: tile._remark.isVisible() and tile._box.y() >= tile._picture.geometry().bottom())


def test_nothing_is_saved_without_a_sentence(reporter: Reporter) -> None:
    reporter.begin()
    reporter.press(Qt.Key.Key_Return)
    assert "Please write one sentence" in reporter.words()
    assert entries(reporter.desk) == []


def test_the_receipt_says_saved_and_then_with_the_provider(reporter: Reporter, provider: Provider) -> None:
    ticket = reporter.save()
    assert "Saved on this computer." in reporter.words()
    assert "With IT Care." not in reporter.words()

    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "With IT Care." in reporter.words())
    view = reporter.desk.ticket(ticket)
    assert view is not None
    assert f"Number {view.ticket.number}" in reporter.words()

    provider.take(ticket)
    provider.say(ticket, "I am looking at it.")
    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Sam Ortiz has it." in reporter.words())


def test_a_computer_that_must_connect_anew_is_told_so_on_the_receipt(reporter: Reporter, provider: Provider) -> None:
    account = reporter.desk.account()
    assert account is not None
    provider.disconnect(account.device)
    reporter.save()
    reporter.desk.sync_now(10.0)
    assert reporter.desk.connection().wants_code
    reporter.qtbot.waitUntil(lambda: "It is kept here until you connect this computer" in reporter.words())
    line = ConnectionLine()
    reporter.qtbot.addWidget(line)
    line.show_connection(reporter.desk.connection(), "IT Care")
    assert not line._connect.isHidden()


def test_a_refused_ticket_says_so_on_the_receipt(reporter: Reporter, join: Join) -> None:
    other = join("Ben Hall")
    theirs = other.file_ticket(replace(other.new_draft(), summary="The lamp is dark")).result()
    deliver(other)
    taken = replace(reporter.desk.new_draft(), id=theirs.ticket, summary="The printer jams")
    reporter.desk.save_draft(taken).result()
    reporter.begin()
    reporter.finish()
    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Not accepted by IT Care." in reporter.words())
    assert "Please write it again." in reporter.words()


def test_urgent_says_whom_to_call_and_that_nobody_has_seen_it(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("Somebody is in my mailbox")
    questions = reporter.window.findChild(Questions)
    assert questions is not None
    questions._security.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.finish()

    assert reporter.card().isVisible()
    assert "Nobody has seen this yet." in reporter.words()
    assert "(312) 555-014" in reporter.words()
    assert "My ticket is HT-" in reporter.words()
    assert any(label.pixmap() and not label.pixmap().isNull() for label in reporter.card().findChildren(QLabel))

    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Nobody has seen this yet." not in reporter.words())


@pytest.fixture
def real_provider(tmp_path: Path, clock: MondayMorning) -> Iterator[Provider]:
    made = Provider(tmp_path / "ecs", clock, "ecs")
    yield made
    made.close()


def test_a_real_provider_in_a_demo_is_text_alone(reporter: Reporter, real_provider: Provider, join: Join) -> None:
    reporter.use(join("Cleo Marsh", at=real_provider, of=real_provider.new_company()))
    reporter.open(dialable=False)
    reporter.begin()
    questions = reporter.window.findChild(Questions)
    assert questions is not None
    questions._security.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.type("Somebody is in my mailbox")
    reporter.finish()
    assert "Call " in reporter.words()
    assert all(label.pixmap().isNull() for label in reporter.card().findChildren(QLabel))
    assert "tel:" not in reporter.words()


def test_an_ordinary_ticket_asks_for_no_call(reporter: Reporter) -> None:
    reporter.save()
    assert not reporter.card().isVisible()


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


def test_escape_keeps_the_draft_and_the_next_window_shows_it(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("The beamer is dark")
    reporter.press(Qt.Key.Key_Escape)
    reporter.qtbot.waitUntil(lambda: [draft.summary for draft in reporter.desk.drafts()] == ["The beamer is dark"])
    assert not reporter.window.isVisible()

    reporter.open()
    reporter.begin()
    assert reporter.window.findChildren(SentenceEdit)[0].toPlainText() == "The beamer is dark"
    assert "what you had written before" in reporter.words()
    reporter.type(", so is the room")
    assert reporter.window.findChildren(SentenceEdit)[0].toPlainText() == "The beamer is dark, so is the room"


def test_a_ticket_taken_back_is_shown_before_what_was_put_aside(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("The beamer is dark")
    reporter.press(Qt.Key.Key_Escape)
    returned = replace(reporter.desk.new_draft(), summary="The printer jams")
    reporter.desk.save_draft(returned).result()
    reporter.window.take_up(returned)
    assert reporter.window.findChildren(SentenceEdit)[-1].toPlainText() == "The printer jams"
    assert {draft.summary for draft in reporter.desk.drafts()} == {"The beamer is dark", "The printer jams"}


def test_a_ticket_taken_back_leaves_alone_what_is_being_written(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("The beamer is dark")
    reporter.window.take_up(replace(reporter.desk.new_draft(), summary="The printer jams"))
    assert [box.toPlainText() for box in reporter.window.findChildren(SentenceEdit)] == ["The beamer is dark"]


def test_a_draft_shows_its_pictures_again(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    reporter.type("The beamer is dark")
    reporter.press(Qt.Key.Key_Escape)
    reporter.qtbot.waitUntil(lambda: bool(reporter.desk.drafts()))
    reporter.machine.screens = ()
    reporter.open()
    reporter.begin()
    (tile,) = reporter.tiles()
    reporter.qtbot.waitUntil(lambda: not tile._picture.pixmap().isNull())
    assert (tile.label, tile.included) == ("Screen 1", True)


def test_an_error_text_that_was_added_is_there_again(reporter: Reporter) -> None:
    draft = replace(reporter.desk.new_draft(), summary="It fails", error_text="Error 13")
    reporter.desk.save_draft(draft).result()
    reporter.begin()
    form = reporter.window.findChild(ReportForm)
    assert form is not None
    assert form._paste.isChecked()
    assert "Error 13" in reporter.words()


def test_a_window_opened_again_goes_on_where_it_was(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("The beamer is dark")
    reporter.press(Qt.Key.Key_Escape)
    reporter.begin()
    assert reporter.window.findChildren(SentenceEdit)[0].toPlainText() == "The beamer is dark"
    reporter.finish()
    assert len([entry for entry in entries(reporter.desk) if entry.operation.file_ticket]) == 1


def test_a_draft_is_saved_while_typing(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("The beam")
    reporter.qtbot.waitUntil(lambda: [draft.summary for draft in reporter.desk.drafts()] == ["The beam"])


def test_closing_an_empty_window_leaves_no_draft(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    reporter.window.close()
    reporter.desk.discard_draft("nothing").result()
    assert reporter.desk.drafts() == ()


def test_starting_anew_forgets_the_kept_words(reporter: Reporter) -> None:
    draft = reporter.desk.new_draft()
    reporter.desk.save_draft(replace(draft, summary="Old words")).result()
    reporter.begin()
    restored = next(line for line in reporter.window.findChildren(QuietLine) if "written before" in line.words())
    restored.followed.emit()
    assert reporter.window.findChildren(SentenceEdit)[0].toPlainText() == ""
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.type("New words")
    ticket = reporter.finish()
    assert ticket != draft.id


def test_a_megabyte_of_pasted_text_goes_along_as_a_file(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    QGuiApplication.clipboard().setText("Segmentation fault at 0x00 " * 40_000)
    reporter.window.findChildren(SentenceEdit)[0].paste()
    QGuiApplication.clipboard().clear()
    assert len(reporter.window.findChildren(SentenceEdit)[0].toPlainText()) <= 200
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert [file.size for file in body.files if file.name == "pasted-text.txt"] == [27 * 40_000]


def test_a_dropped_file_is_taken_in_at_once(reporter: Reporter, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("what I did")
    reporter.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)
    reporter.wait_for_files()
    source.unlink()
    reporter.type("Look at my notes")
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert "notes.txt" in [file.name for file in body.files]


def test_a_folder_is_refused_in_words_and_the_rest_is_saved(reporter: Reporter, tmp_path: Path) -> None:
    reporter.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)
    reporter.qtbot.waitUntil(lambda: "can be added as a .zip file" in reporter.words())
    reporter.type("Look")
    reporter.finish()


def test_a_copied_error_is_offered_and_added_only_when_ticked(reporter: Reporter) -> None:
    QGuiApplication.clipboard().setText("Error 0x80070005: access denied")
    reporter.begin()
    QGuiApplication.clipboard().clear()
    form = reporter.window.findChild(ReportForm)
    assert form is not None
    assert "access denied" in reporter.words()
    assert not form._paste.isChecked()
    form._paste.click()
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


def test_details_added_on_the_receipt_belong_to_the_same_ticket(reporter: Reporter) -> None:
    ticket = reporter.save()
    panel = reporter.window.findChild(AdditionPanel)
    assert panel is not None
    panel.open("details")
    form = panel.findChild(WordsForm)
    assert form is not None
    form._words.setPlainText("It began this morning")
    with reporter.qtbot.waitSignal(panel.added):
        form._give()
    last = entries(reporter.desk)[-1].operation
    assert (last.ticket, last.add_note and last.add_note.text) == (ticket, "It began this morning")


def test_words_of_others_are_plain_text(reporter: Reporter) -> None:
    reporter.save("<b>bold</b> <img src=x>")
    shown = [text for text in reporter.window.findChildren(PlainText) if "<b>bold</b>" in text.toPlainText()]
    assert shown
