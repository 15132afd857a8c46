"""A picture that is drawn on belongs to its form: what was found on it stays covered whenever its window comes."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Barrier

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.capture.redact.apply import NotAPicture
from desktop.desk import Desk
from desktop.pictures import Searched
from desktop.tickets.draft import DraftFile
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.sheet import Sheet
from desktop.ui.annotate.window import AnnotateWindow
from desktop.ui.file_strip import FileStrip
from desktop.ui.file_tile import FileTile
from tests.ui.reporter import Reporter
from tests.ui.shown_words import shown_words

CARD = Mark(kind=MarkKind.REDACT, left=10, top=10, right=100, bottom=30, found="card number")
DRAWN = Mark(kind=MarkKind.BOX, left=200, top=50, right=300, bottom=90)
CUT = Mark(kind=MarkKind.CROP, left=5, top=5, right=400, bottom=300)
MAIL = Mark(kind=MarkKind.OUTLINE, left=10, top=10, right=100, bottom=30, found="e-mail address")


class Searches:
    """Pictures are looked through until the test says what was found."""

    def __init__(self) -> None:
        self.running: dict[str, Future[Searched]] = {}

    def begin(self, attachment: str) -> Future[Searched]:
        return self.running.setdefault(attachment, Future())

    def find(self, attachment: str, *marks: Mark) -> None:
        self.running[attachment].set_result(Searched(marks=marks))


@pytest.fixture
def searches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Searches:
    """The time that a search takes is the test's to say."""
    made = Searches()
    monkeypatch.setattr(desk, "must_be_searched", lambda file: not file.is_searched and file.origin == "screen")
    monkeypatch.setattr(desk, "search_picture", made.begin)
    return made


def strip(reporter: Reporter) -> FileStrip:
    return reporter.window.findChildren(FileStrip)[-1]


def file_of(reporter: Reporter, label: str) -> DraftFile:
    return next(file for file in strip(reporter).files() if file.label == label)


def edit(reporter: Reporter, label: str) -> None:
    next(tile for tile in reporter.window.findChildren(FileTile) if tile.label == label).edit_wanted.emit()


def editor(reporter: Reporter, title: str) -> AnnotateWindow:
    def shown() -> list[AnnotateWindow]:
        windows = reporter.window.findChildren(AnnotateWindow)
        return [window for window in windows if window.isVisible() and title in window.windowTitle()]

    reporter.qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def sheet_of(window: AnnotateWindow) -> Sheet:
    assert window._canvas is not None
    return window._canvas.sheet


def draw(window: AnnotateWindow) -> None:
    sheet_of(window).add(DRAWN)


def test_what_is_found_while_the_picture_is_being_opened_is_on_it(reporter: Reporter, searches: Searches) -> None:
    reporter.begin()
    reporter.wait_for_files()
    attachment = file_of(reporter, "Screen 1").attachment
    edit(reporter, "Screen 1")
    searches.find(attachment, CARD)
    reporter.qtbot.waitUntil(lambda: file_of(reporter, "Screen 1").is_searched)
    window = editor(reporter, "Screen 1")
    assert window.marks == (CARD,)
    draw(window)
    assert file_of(reporter, "Screen 1").marks == (CARD, DRAWN)


def fail(reporter: Reporter, searches: Searches) -> None:
    attachment = file_of(reporter, "Screen 1").attachment
    searches.running[attachment].set_exception(NotAPicture("It is damaged."))


def untick(reporter: Reporter, _searches: Searches) -> None:
    next(tile for tile in reporter.tiles() if tile.label == "Screen 1")._box.click()


@pytest.mark.parametrize("end", [fail, untick])
def test_a_search_that_ends_without_an_answer_is_not_said_to_go_on(
    reporter: Reporter, searches: Searches, end: Callable[[Reporter, Searches], None]
) -> None:
    reporter.begin()
    reporter.wait_for_files()
    edit(reporter, "Screen 1")
    window = editor(reporter, "Screen 1")
    assert "being looked through" in "\n".join(shown_words(window))
    end(reporter, searches)
    reporter.qtbot.waitUntil(lambda: "being looked through" not in "\n".join(shown_words(window)))


def test_what_is_drawn_stays_with_its_own_picture_while_another_is_being_opened(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    edit(reporter, "Screen 1")
    window = editor(reporter, "Screen 1")
    edit(reporter, "Screen 2")
    draw(window)
    assert (file_of(reporter, "Screen 1").marks, file_of(reporter, "Screen 2").marks) == ((DRAWN,), ())
    draw(editor(reporter, "Screen 2"))
    assert (file_of(reporter, "Screen 1").marks, file_of(reporter, "Screen 2").marks) == ((DRAWN,), (DRAWN,))


def save(reporter: Reporter) -> None:
    reporter.type("It is slow")
    reporter.finish()


def close(reporter: Reporter) -> None:
    reporter.window.close()


@pytest.mark.parametrize("end", [save, close])
@pytest.mark.parametrize("is_shown", [True, False])
def test_no_picture_can_be_drawn_on_once_its_form_is_over(
    reporter: Reporter, qtbot: QtBot, end: Callable[[Reporter], None], is_shown: bool
) -> None:
    reporter.begin()
    reporter.wait_for_files()
    edit(reporter, "Screen 1")
    if is_shown:
        editor(reporter, "Screen 1")
        reporter.window._form.focus_sentence()  # type: ignore[union-attr]  # it is there
        reporter.window.activateWindow()
        qtbot.waitUntil(reporter.window.isActiveWindow)
    end(reporter)
    wait_for_threads(reporter)
    windows = [window for window in QApplication.topLevelWidgets() if isinstance(window, AnnotateWindow)]
    assert not any(window.isVisible() for window in windows)


def wait_for_threads(reporter: Reporter) -> None:
    """Both threads of the bridge have done and told all that was begun before."""
    met, bridge, told = Barrier(2), reporter.parts[1], list[int]()
    for _ in range(2):
        bridge.run(reporter.window, met.wait, told.append, lambda trouble: pytest.fail(trouble.sentence))
    reporter.qtbot.waitUntil(lambda: len(told) == 2)


def test_steps_are_taken_back_and_forth_after_the_picture_was_closed_and_opened_again(
    reporter: Reporter, searches: Searches
) -> None:
    """What was found while it was closed stays covered on every step."""
    reporter.begin()
    reporter.wait_for_files()
    edit(reporter, "Screen 1")
    window = editor(reporter, "Screen 1")
    draw(window)
    sheet_of(window).add(CUT)
    window.close()
    searches.find(file_of(reporter, "Screen 1").attachment, CARD)
    reporter.qtbot.waitUntil(lambda: file_of(reporter, "Screen 1").is_searched)
    edit(reporter, "Screen 1")
    sheet = sheet_of(editor(reporter, "Screen 1"))
    assert sheet.marks == (CARD, DRAWN, CUT)
    sheet.undo()
    sheet.undo()
    assert file_of(reporter, "Screen 1").marks == (CARD,)
    assert not sheet.can_undo
    sheet.redo()
    sheet.redo()
    assert file_of(reporter, "Screen 1").marks == (CARD, DRAWN, CUT)


def test_what_one_key_on_the_form_covers_is_a_step_that_can_be_taken_back(
    reporter: Reporter, searches: Searches
) -> None:
    reporter.begin()
    reporter.wait_for_files()
    searches.find(file_of(reporter, "Screen 1").attachment, MAIL)
    edit(reporter, "Screen 1")
    draw(editor(reporter, "Screen 1"))
    strip(reporter).cover_outlined()
    edit(reporter, "Screen 1")
    sheet = sheet_of(editor(reporter, "Screen 1"))
    assert [mark.kind for mark in sheet.marks] == [MarkKind.REDACT, MarkKind.BOX]
    told = []
    for _ in range(2):
        sheet.undo()
        told.append(file_of(reporter, "Screen 1").marks)
    assert told == [(MAIL, DRAWN), (MAIL,)]


def test_the_key_for_a_new_ticket_leads_back_to_the_picture_that_is_drawn_on(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    edit(reporter, reporter.tiles()[0].label)
    window = editor(reporter, "Picture")
    reporter.window.activateWindow()
    reporter.qtbot.waitUntil(lambda: QApplication.activeWindow() is reporter.window)
    reporter.window.begin(reporter.machine.capture().take())
    reporter.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
