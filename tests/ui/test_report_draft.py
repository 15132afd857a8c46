"""What was typed is kept, and is there again."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.capture.report import SCREEN
from desktop.ui.file_strip import FileStrip
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


def kept_on_disk(home: Path) -> int:
    return len(list((home / "ada" / "files").iterdir()))


def test_a_form_that_is_closed_at_once_leaves_no_picture_behind(reporter: Reporter, tmp_path: Path) -> None:
    reporter.begin()
    reporter.window.close()
    strip = reporter.window.findChildren(FileStrip)[-1]
    reporter.qtbot.waitUntil(lambda: not strip.is_busy)
    reporter.qtbot.waitUntil(lambda: kept_on_disk(tmp_path) == 0)
    assert reporter.desk.drafts() == ()


def test_pictures_that_a_crash_left_behind_go_when_the_next_ticket_is_begun(reporter: Reporter, tmp_path: Path) -> None:
    desk = reporter.desk
    picture = desk.import_bytes(b"seen", name="1.png", media_type="image/png", origin=SCREEN, label="Screen 1").result()
    desk.save_draft(replace(desk.new_draft(), files=(picture,))).result()
    answer = replace(desk.new_draft("a ticket"), files=())
    desk.save_draft(answer).result()
    reporter.machine.screens = ()
    reporter.begin()
    reporter.qtbot.waitUntil(lambda: [draft.id for draft in desk.drafts()] == [answer.id])
    reporter.qtbot.waitUntil(lambda: kept_on_disk(tmp_path) == 0)


def test_who_starts_anew_keeps_the_picture_of_now_and_nothing_of_before(reporter: Reporter, tmp_path: Path) -> None:
    desk = reporter.desk
    old = desk.import_bytes(b"old", name="1.png", media_type="image/png", origin=SCREEN, label="Screen 1").result()
    desk.save_draft(replace(desk.new_draft(), summary="The beamer is dark", files=(old,))).result()
    reporter.begin()
    reporter.wait_for_files()
    reporter.qtbot.waitUntil(lambda: [len(draft.files) for draft in desk.drafts()] == [3])
    reporter.window.findChildren(ReportForm)[-1]._restored.followed.emit()
    reporter.qtbot.waitUntil(lambda: [len(draft.files) for draft in desk.drafts()] == [2])
    for file in reporter.window.findChildren(FileStrip)[-1].files():
        with desk.open_content(file.attachment) as content:
            assert content.read(4) == b"\x89PNG"
    reporter.qtbot.waitUntil(lambda: kept_on_disk(tmp_path) == 2)
