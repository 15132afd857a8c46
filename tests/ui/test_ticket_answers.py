"""A person answers on a ticket, adds what is missing, and says that it is solved or not."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest

from desktop.tickets.operations import Kind
from desktop.ui.additions.files_form import FilesForm
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.additions.times_form import TimesForm
from desktop.ui.additions.words_form import WordsForm
from tests.ui.machine import Machine
from tests.ui.provider import Provider, deliver, entries
from tests.ui.reader import Reader


def test_a_reply_is_marked_until_the_help_desk_has_it(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("Reply")
    QTest.keyClicks(reader.reply_box()._words, "It shows E-13")
    reader.press("Save reply")
    reader.wait_for("Your answer is saved on this computer.")
    reader.settle()
    assert "Your answer is with" not in reader.words()
    assert reader.reply_box()._words.toPlainText() == ""
    deliver(reader.desk)
    reader.wait_for("Your answer is with the help desk")


def test_a_half_written_reply_is_kept_for_its_ticket(reader: Reader) -> None:
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    QTest.keyClicks(reader.reply_box()._words, "It sho")
    reader.open(second)
    assert reader.reply_box()._words.toPlainText() == ""
    reader.qtbot.waitUntil(lambda: [draft.details for draft in reader.desk.drafts()] == ["It sho"])
    reader.open(first)
    assert reader.reply_box()._words.toPlainText() == "It sho"


def test_saying_that_it_is_not_solved_reopens(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, status="completed")
    deliver(reader.desk)
    reader.open(ticket)
    reader.wait_for("Solved")
    reader.press("It is not solved")
    QTest.keyClicks(reader.reply_box()._words, "It jams again")
    reader.press("Save: it is not solved")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.REOPEN])


def test_saying_that_it_works_again(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("It works again")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.SAY_SOLVED])


def test_what_is_missing_is_a_button_that_adds_it(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("When you can be reached")
    form = reader.window.findChild(TimesForm)
    assert form is not None
    form._boxes[0][0].click()
    reader.press("Add these times")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.PROPOSE_TIMES])
    panel = reader.window.findChild(AdditionPanel)
    assert panel is not None
    reader.qtbot.waitUntil(lambda: not panel._buttons["times"].isVisible())


def test_an_error_text_that_is_added_later_is_the_tickets(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("The error text")
    form = reader.window.findChild(WordsForm)
    assert form is not None
    form._words.setPlainText("E-13: paper path")
    reader.press("Add the error text")
    panel = reader.window.findChild(AdditionPanel)
    assert panel is not None
    reader.qtbot.waitUntil(lambda: not panel._buttons["error"].isVisible())
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert view.ticket.error_text == "E-13: paper path"


def test_a_picture_of_the_screen_can_be_added_without_our_window_on_it(reader: Reader, machine: Machine) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("A picture")
    reader.press("Take the screen now")
    assert not reader.window.isVisible()
    reader.qtbot.waitUntil(lambda: machine.taken == [False])
    assert reader.window.isVisible()
    form = reader.window.findChild(FilesForm)
    assert form is not None
    reader.qtbot.waitUntil(form._add.isEnabled)
    reader.press("Add what is ticked")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.ATTACH_FILE])
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert [shown.attachment.name for shown in view.attachments] == ["screen-1.png"]


def test_a_file_that_is_still_taken_in_stays_with_its_ticket(reader: Reader, tmp_path: Path) -> None:
    source = tmp_path / "log.txt"
    source.write_text("what happened")
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reader.reply_box()._words.insertFromMimeData(data)
    reader.open(second)
    assert "log.txt" not in reader.words()
    reader.qtbot.waitUntil(lambda: [[f.name for f in draft.files] for draft in reader.desk.drafts()] == [["log.txt"]])
    reader.open(first)
    reader.wait_for("log.txt")
    reader.press("Save reply")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.ATTACH_FILE])
    reader.qtbot.waitUntil(lambda: reader.desk.drafts() == ())


def test_a_reply_that_waits_for_its_file_is_saved_although_another_ticket_is_shown(
    reader: Reader, tmp_path: Path
) -> None:
    source = tmp_path / "log.txt"
    source.write_text("what happened")
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    QTest.keyClicks(reader.reply_box()._words, "See the log")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reader.reply_box()._words.insertFromMimeData(data)
    QTest.keyClick(reader.reply_box()._words, Qt.Key.Key_Return)
    reader.open(second)
    reader.qtbot.waitUntil(lambda: {entry.ticket for entry in entries(reader.desk)} == {first})
    assert [entry.kind for entry in entries(reader.desk)] == [Kind.ADD_NOTE, Kind.ATTACH_FILE]
