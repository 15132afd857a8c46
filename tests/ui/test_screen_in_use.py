"""Where nobody tells which window is active, the screen on which the desktop opens the form is the one in use."""

import pytest

from desktop.capture.screens.cutting import cut
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.file_strip import FileStrip
from desktop.ui.picture_editing import PictureEditing
from desktop.ui.report.capture import Taken
from desktop.ui.report.taking import Taking
from tests.ui.provider import entries
from tests.ui.reporter import Reporter


def screen(name: str, *, left: int, is_active: bool = False, is_black: bool = False) -> Screenshot:
    return Screenshot(
        label=f"Screen {name}",
        pixels=memoryview(bytes((0, 0, 0, 255) if is_black else (left % 200, 90, 60, 255)) * (64 * 36)),
        width=64,
        height=36,
        monitor=Monitor(area=Rectangle(left, 0, 64, 36), name=name),
        is_active=is_active,
        looks_blocked=is_black,
    )


@pytest.fixture
def begun(reporter: Reporter) -> Reporter:
    reporter.machine.screens = (screen("left", left=0, is_active=True), screen("right", left=64))
    reporter.begin()
    return reporter


def ticked(reporter: Reporter) -> list[tuple[str, bool]]:
    return [(tile.label, tile.included) for tile in reporter.tiles()]


def test_the_picture_of_the_screen_with_the_form_is_the_one_that_is_ticked_and_seen(begun: Reporter) -> None:
    begun.window.see_screen("right")
    begun.wait_for_files()

    assert ticked(begun) == [("Screen left", False), ("Screen right", True)]
    assert [tile.label for tile in begun.tiles() if tile.isVisible()] == ["Screen right"]
    begun.type("It is slow")
    begun.finish()
    body = entries(begun.desk)[0].operation.file_ticket
    assert body is not None
    assert [file.name for file in body.files] == ["screen-right.png"]


def test_what_is_ticked_no_more_is_not_said_to_be_looked_through(begun: Reporter) -> None:
    left, _ = begun.tiles()
    left.show_searching()

    begun.window.see_screen("right")

    assert "looked through" not in left._remark.text()


def test_what_the_person_has_ticked_or_unticked_stays(begun: Reporter) -> None:
    begun.wait_for_files()
    left, _ = begun.tiles()
    left.include(False)

    begun.window.see_screen("right")

    assert ticked(begun) == [("Screen left", False), ("Screen right", False)]


def test_of_pictures_that_were_taken_again_the_latest_are_meant(begun: Reporter) -> None:
    (strip,) = begun.window.findChildren(FileStrip)
    begun.window.see_screen("right")
    begun.wait_for_files()

    strip.add_screens([screen("left", left=0, is_active=True), screen("right", left=64)], tick_active=True)
    assert [included for _, included in ticked(begun)] == [False, True, False, True]

    begun.window.see_screen("left")
    assert [included for _, included in ticked(begun)] == [False, True, True, False]


def test_another_screen_can_still_be_ticked_after_a_region_was_picked(begun: Reporter) -> None:
    begun.wait_for_files()
    (taking,) = begun.window.findChildren(Taking)
    taking.taken.emit(Taken(pictures=[cut([screen("left", left=0)], Rectangle(4, 4, 20, 20), "Region")]))
    begun.wait_for_files()
    assert ticked(begun) == [("Screen left", True), ("Screen right", False), ("Region", True)]

    taking.taken.emit(Taken(pictures=begun.machine.screens))
    begun.wait_for_files()
    assert [label for label, _ in ticked(begun)] == ["Screen left", "Region", "Screen left", "Screen right"]


def test_a_picture_that_was_drawn_on_stays_when_the_screens_are_taken_again(begun: Reporter) -> None:
    begun.wait_for_files()
    (strip,) = begun.window.findChildren(FileStrip)
    (editing,) = strip.findChildren(PictureEditing)
    right = strip.files()[1]
    drawn = Mark(kind=MarkKind.BOX, left=2, top=2, right=9, bottom=9)
    editing.marks_changed.emit(right.attachment, (drawn,))
    (taking,) = begun.window.findChildren(Taking)
    taking.taken.emit(Taken(pictures=begun.machine.screens))
    begun.wait_for_files()

    assert [label for label, _ in ticked(begun)].count("Screen right") == 2
    assert [file.marks for file in strip.files() if file.attachment == right.attachment] == [(drawn,)]


def test_the_next_ticket_begins_with_the_screen_where_the_form_was(begun: Reporter) -> None:
    """Qt does not tell it again of a window that comes back where it was."""
    begun.window.see_screen("right")
    begun.type("It is slow")
    begun.finish()
    begun.window.close()

    begun.begin()

    assert ticked(begun) == [("Screen left", False), ("Screen right", True)]


def test_of_a_hidden_form_nothing_is_told(begun: Reporter) -> None:
    begun.window.hide()

    begun.window.see_screen("right")

    assert ticked(begun) == [("Screen left", True), ("Screen right", False)]


def test_a_form_that_is_moved_to_another_screen_later_changes_nothing(begun: Reporter) -> None:
    begun.qtbot.waitUntil(lambda: not begun.window._settles.isActive())

    begun.window.see_screen("right")

    assert ticked(begun) == [("Screen left", True), ("Screen right", False)]


@pytest.mark.parametrize("name", ["left", "projector", ""])
def test_a_screen_that_has_no_other_picture_changes_nothing(begun: Reporter, name: str) -> None:
    begun.window.see_screen(name)

    assert ticked(begun) == [("Screen left", True), ("Screen right", False)]


def test_a_black_picture_is_not_ticked_by_that(reporter: Reporter) -> None:
    reporter.machine.screens = (screen("left", left=0, is_active=True), screen("right", left=64, is_black=True))
    reporter.begin()

    reporter.window.see_screen("right")

    assert ticked(reporter) == [("Screen left", False), ("Screen right", False)]
