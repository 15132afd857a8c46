"""What is taken back is a draft again, where it was written."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tickets.reply_box import ReplyBox
from desktop.ui.windows import Windows
from tests.ui.machine import Machine, MondayMorning


class House:
    """The windows over one desk, with what waits open."""

    def __init__(self, windows: Windows, desk: Desk, qtbot: QtBot) -> None:
        self.windows = windows
        self.desk = desk
        self._qtbot = qtbot

    def file(self, summary: str) -> str:
        return self.desk.file_ticket(replace(self.desk.new_draft(), summary=summary)).result().ticket

    def take_back(self, what: str) -> None:
        self.windows.waiting()
        waiting = self.windows._waiting
        assert waiting is not None
        [button] = [b for b in waiting.findChildren(QPushButton) if b.accessibleName().startswith(f"Take back: {what}")]
        button.click()

    def wait_for(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds)

    def field(self) -> SentenceEdit:
        """Where one writes a reply."""
        return self.windows._tickets_window().findChildren(ReplyBox)[0].findChildren(SentenceEdit)[0]

    def shows_in_the_field(self, words: str) -> None:
        self.wait_for(lambda: self.field().toPlainText() == words)


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> House:
    windows = Windows(desk, bridge, clock, machine.capture(), dialable=True)
    windows.waiting()
    assert windows._waiting is not None
    for window in (windows._waiting, windows._report_window(), windows._tickets_window()):
        qtbot.addWidget(window)
    return House(windows, desk, qtbot)


def test_a_reply_is_a_reply_again_at_its_ticket(house: House) -> None:
    ticket, _ = house.file("The printer jams"), house.file("The lamp is dark")
    house.desk.reply(ticket, "It also smells.").result()
    house.take_back("Reply")
    house.wait_for(house.windows._tickets_window().isVisible)
    house.shows_in_the_field("It also smells.")
    assert not house.windows.is_writing, "no new ticket is begun with it"
    house.windows._tickets_window().findChildren(ReplyBox)[0].save()
    house.shows_in_the_field("")
    view = house.desk.ticket(ticket)
    assert view is not None
    assert [note.note.text for note in view.notes] == ["It also smells."]
    assert house.desk.drafts() == ()


def test_what_was_being_written_there_waits_and_is_not_lost(house: House) -> None:
    ticket, other = house.file("The printer jams"), house.file("The lamp is dark")
    house.desk.reply(ticket, "It also smells.").result()
    house.windows.tickets(ticket)
    house.field().setPlainText("And it squeaks.")
    house.take_back("Reply")
    house.shows_in_the_field("It also smells.")
    house.wait_for(lambda: {draft.details for draft in house.desk.drafts()} == {"It also smells.", "And it squeaks."})
    house.windows._tickets_window().findChildren(ReplyBox)[0].save()
    house.shows_in_the_field("")
    house.windows.tickets(other)
    house.windows.tickets(ticket)
    house.shows_in_the_field("And it squeaks.")


def test_its_files_are_there_again_and_go_with_it(house: House) -> None:
    ticket = house.file("The printer jams")
    picture = house.desk.import_bytes(b"seen", name="seen.txt", media_type="text/plain", origin="file", label="seen")
    house.desk.reply(ticket, "It also smells.", (picture.result(),)).result()
    house.take_back("Reply")
    house.shows_in_the_field("It also smells.")
    box = house.windows._tickets_window().findChildren(ReplyBox)[0]
    assert box._shown is not None
    assert [file.name for file in box._shown.files.files()] == ["seen.txt"]
    box.save()
    house.shows_in_the_field("")
    view = house.desk.ticket(ticket)
    assert view is not None
    [note], [file] = view.notes, view.attachments
    assert (file.attachment.name, file.attachment.note, file.is_local) == ("seen.txt", note.note.id, True)


def test_a_ticket_is_in_the_form_again(house: House) -> None:
    house.file("The printer jams")
    house.take_back("New ticket")
    form = house.windows._report_window()
    house.wait_for(lambda: house.windows.is_writing)
    assert "The printer jams" in [field.toPlainText() for field in form.findChildren(SentenceEdit)]
