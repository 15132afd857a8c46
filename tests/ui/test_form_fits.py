"""The form and the window in which pictures are drawn on fit: at any size, with large letters, from right to left."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QScrollArea, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.tickets.draft import Group
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.file_strip import FileStrip
from desktop.ui.file_tile import FileTile
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.questions import Questions
from desktop.ui.settings.preferences import Preferences
from desktop.ui.tokens import GAP
from tests.ui.drawing_person import DrawingPerson
from tests.ui.machine import PaintedScreen
from tests.ui.reader import Reader
from tests.ui.reporter import Reporter

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
SEEN = (QAbstractButton, QLabel, QTextEdit, QPlainTextEdit)
FOUND = (
    Mark(kind=MarkKind.REDACT, left=10, top=10, right=90, bottom=30, found="card number"),
    Mark(kind=MarkKind.OUTLINE, left=10, top=50, right=90, bottom=70, found="social-security number"),
)


@pytest.fixture(params=["usual", "large letters", "right to left"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    font, direction = qapp.font(), qapp.layoutDirection()
    if request.param == "large letters":
        large = QFont(font)
        large.setPointSizeF(font.pointSizeF() * 1.5)
        qapp.setFont(large)
    elif request.param == "right to left":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setFont(font)
    qapp.setLayoutDirection(direction)


def open_all(reporter: Reporter) -> None:
    reporter.window.findChildren(GoesAlong)[-1].open(True)


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def parts(window: QWidget) -> list[QWidget]:
    """What is seen of a window, the innermost."""
    shown = [one for one in window.findChildren(QWidget) if isinstance(one, (*SEEN, QScrollArea)) and one.isVisible()]
    return [one for one in shown if not isinstance(one.parent(), SEEN) and not is_scrolled(one, window)]


def is_scrolled(widget: QWidget, window: QWidget) -> bool:
    """Within what scrolls things are compared with one another only."""
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def overlapping(window: QWidget) -> list[tuple[str, str]]:
    seen = parts(window)
    return [
        (repr(one), repr(other))
        for one, other in combinations(seen, 2)
        if place(one, window).intersects(place(other, window))
    ]


def cut_off(window: QWidget) -> list[str]:
    """Buttons that are narrower or lower than their words."""
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    return [
        button.text()
        for button in buttons
        if button.width() < button.minimumSizeHint().width() or button.height() < button.minimumSizeHint().height()
    ]


def settle(qtbot: QtBot, *pages: QWidget) -> None:
    """Wait until everything has its place, which takes some rounds; fails where it never has."""

    def fits() -> None:
        assert [(overlapping(page), cut_off(page)) for page in pages] == [([], [])] * len(pages)

    qtbot.waitUntil(fits)


def test_the_form_with_all_open_fits_its_least_size(reporter: Reporter, dressed: None) -> None:
    QGuiApplication.clipboard().setText(f"Error 0x80070005 {LONG}")
    reporter.begin()
    QGuiApplication.clipboard().clear()
    open_all(reporter)
    reporter.wait_for_files()
    reporter.window.resize(1, 1)
    area = reporter.window.findChildren(QScrollArea)[-1]
    page = area.widget()
    assert page is not None
    settle(reporter.qtbot, reporter.window, page)
    assert page.width() <= area.viewport().width(), "nothing is to be scrolled to sideways"


def test_the_annotator_fits_its_least_size(qtbot: QtBot, dressed: None) -> None:
    person = DrawingPerson(qtbot)
    person.open(FOUND)
    person.window.resize(1, 1)
    person.canvas.sheet.choose(1)
    settle(qtbot, person.window)


def test_fifteen_pictures_stand_in_columns_whatever_they_are_called(reporter: Reporter) -> None:
    names = [f"Screen {number}" if number % 3 else f"{LONG} {number}" for number in range(1, 16)]
    reporter.machine.screens = tuple(PaintedScreen(name, is_active=name == "Screen 1") for name in names)
    reporter.begin()
    open_all(reporter)
    QApplication.processEvents()
    strip = reporter.window.findChildren(FileStrip)[-1]
    tiles = strip.findChildren(FileTile)
    assert [tile._box.accessibleName() for tile in tiles] == names
    assert len({tile.width() for tile in tiles}) == 1
    columns = {tile.x() for tile in tiles}
    assert len(columns) <= 4
    assert overlapping(strip) == []


def test_where_nothing_goes_along_no_room_is_left_for_it(reporter: Reporter) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    QApplication.processEvents()
    along = reporter.window.findChildren(GoesAlong)[-1]
    questions = reporter.window.findChildren(Questions)[-1]
    button = place(along._button, reporter.window)
    assert place(questions, reporter.window).top() - button.bottom() <= 4 * GAP


def test_a_picture_of_a_reply_leaves_room_for_its_ticket_in_a_small_window(reader: Reader) -> None:
    """As on a small laptop whose letters are twice as large."""
    reader.open(reader.file("The printer jams"))
    strip = reader.reply_box()._draft().files
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0)
    strip.add_image(picture, "Pasted picture")
    reader.qtbot.waitUntil(lambda: not strip.is_busy and strip.findChildren(FileTile)[0].has_picture)
    page = reader.window._detail._scroll

    def has_room(size: tuple[int, int]) -> bool:
        """Once what was too high for the window has gone, and everything has its place."""
        reader.window.resize(*size)
        before = page.height()
        QApplication.processEvents()
        at_rest = (reader.window.width(), reader.window.height(), page.height()) == (*size, before)
        return at_rest and before >= size[1] * 0.4

    def is_seen(size: tuple[int, int], *, pictured: bool) -> None:
        reader.window.resize(*size)
        reader.qtbot.waitUntil(lambda: strip.findChildren(FileTile)[0]._picture.isVisible() is pictured)
        reader.qtbot.waitUntil(lambda: has_room(size))

    is_seen((683, 350), pictured=False)
    is_seen((1000, 700), pictured=True)


def test_what_is_off_is_said_on_lines_as_far_apart_as_others(reporter: Reporter) -> None:
    reporter.machine.preferences.write(Preferences(withheld=(Group.PICTURES, Group.COMPUTER)))
    reporter.begin()
    QApplication.processEvents()
    along = reporter.window.findChildren(GoesAlong)[-1]
    pictures, computer = (place(group, along) for group in (along.pictures, along.computer))
    gaps = (pictures.top() - place(along._button, along).bottom() - 1, computer.top() - pictures.bottom() - 1)
    assert gaps == (GAP, GAP)


def test_a_group_comes_into_sight_with_what_is_added_to_it(reporter: Reporter) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    QApplication.processEvents()
    reporter.window.findChildren(GoesAlong)[-1].pictures.files.add_text("x", "notes.txt")
    reporter.qtbot.waitUntil(lambda: [tile.isVisible() for tile in reporter.tiles()] == [True])


def test_one_key_opens_and_closes_what_goes_along(reporter: Reporter) -> None:
    reporter.machine.preferences.write(Preferences(withheld=(Group.PICTURES,)))
    reporter.begin()
    along = reporter.window.findChildren(GoesAlong)[-1]
    for words in ("See less", "See &all", "See less"):
        QTest.keyClick(reporter.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
        reporter.qtbot.waitUntil(lambda words=words: along._button.text() == words)  # type: ignore[misc]
