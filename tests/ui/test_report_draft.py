"""What was typed is kept, and is there again."""

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.form import ReportForm
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.provider import entries
from tests.ui.reporter import Reporter


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
    assert [row.is_ticked for row in form._along.errors.texts._rows] == [True]
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
