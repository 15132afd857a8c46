"""A region of the screens is picked by mouse or by keyboard; our windows are away while the screen is taken."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.capture.screens.cutting import cut
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.ui.overlay.region import RegionPicker, Sheet
from desktop.ui.overlay.selection import Selection
from desktop.ui.overlay.step_aside import StepAside

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Picking:
    """A person before the screen, which is red."""

    def __init__(self, qtbot: QtBot) -> None:
        shot = Screenshot(
            label="Screen",
            pixels=memoryview(b"\0\0\xff\xff" * (800 * 800)),
            width=800,
            height=800,
            monitor=Monitor(area=Rectangle(0, 0, 800, 800)),
            is_active=True,
        )
        self.picker = RegionPicker([shot])
        self.told: list[object] = []
        self.picker.picked.connect(self.told.append)
        self.picker.cancelled.connect(lambda: self.told.append("cancelled"))
        self.picker.start()
        (self.sheet,) = self.picker.sheets
        qtbot.waitExposed(self.sheet)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.sheet, key, modifier)

    def click(self, x: int, y: int) -> None:
        QTest.mouseClick(self.sheet, Qt.MouseButton.LeftButton, NONE, QPoint(x, y))

    def draw(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """With the button still down at the end."""
        self.picker.press(start)
        self.picker.drag(end)

    def written(self) -> int:
        """How many pixels are of the colour of the letters."""
        image = self.sheet.grab().toImage()
        colour = self.sheet.palette().color(QPalette.ColorRole.HighlightedText).rgb()
        return sum(image.pixel(x, y) == colour for x in range(image.width()) for y in range(image.height()))

    def brightness(self, x: int, y: int) -> int:
        return self.sheet.grab().toImage().pixelColor(x, y).red()


@pytest.fixture
def picking(qtbot: QtBot) -> Iterator[Picking]:
    made = Picking(qtbot)
    yield made
    made.picker.cancel()


def place(sheet: Sheet, x: int, y: int) -> QPoint:
    """Where that place of the picture is on its sheet."""
    return QPoint(round(x * sheet.width() / 800), round(y * sheet.height() / 800))


def test_drawn_by_mouse(picking: Picking) -> None:
    sheet = picking.sheet
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, NONE, place(sheet, 100, 200))
    QTest.mouseMove(sheet, place(sheet, 300, 400))
    picking.picker.drag((300, 400))
    assert picking.brightness(place(sheet, 200, 300).x(), place(sheet, 200, 300).y()) == 255
    assert picking.brightness(place(sheet, 700, 700).x(), place(sheet, 700, 700).y()) < 200
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, NONE, place(sheet, 300, 400))

    assert picking.told == [Rectangle(100, 200, 200, 200)]


def test_moved_and_sized_by_keyboard(picking: Picking) -> None:
    picking.key(Qt.Key.Key_Right)
    picking.key(Qt.Key.Key_Right)
    picking.key(Qt.Key.Key_Up, CONTROL)
    picking.key(Qt.Key.Key_Left, SHIFT)
    picking.key(Qt.Key.Key_Return)

    assert picking.told == [Rectangle(210, 199, 390, 400)]


def test_escape_takes_nothing(picking: Picking) -> None:
    picking.key(Qt.Key.Key_Right)
    picking.key(Qt.Key.Key_Escape)

    assert picking.told == ["cancelled"]


def test_escape_in_the_midst_of_drawing_takes_nothing(picking: Picking) -> None:
    QTest.mousePress(picking.sheet, Qt.MouseButton.LeftButton, NONE, QPoint(50, 50))
    QTest.mouseMove(picking.sheet, QPoint(150, 150))
    picking.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(picking.sheet, Qt.MouseButton.LeftButton, NONE, QPoint(150, 150))

    assert picking.told == ["cancelled"]


def test_a_mere_click_and_an_early_enter_take_nothing(picking: Picking) -> None:
    picking.key(Qt.Key.Key_Return)
    QTest.mouseClick(picking.sheet, Qt.MouseButton.LeftButton, NONE, QPoint(50, 50))

    assert picking.told == []


def test_after_a_mere_click_the_keyboard_begins_in_the_middle(picking: Picking) -> None:
    picking.click(50, 50)
    picking.key(Qt.Key.Key_Right)
    picking.key(Qt.Key.Key_Return)

    assert picking.told == [Rectangle(200, 200, 400, 400)]


def test_the_hint_is_back_after_a_mere_click(picking: Picking) -> None:
    before = picking.sheet.grab().toImage()

    picking.click(50, 50)

    assert picking.sheet.grab().toImage() == before


def test_the_size_is_read_as_a_whole_at_every_edge(picking: Picking) -> None:
    picking.draw((300, 300), (320, 500))
    whole = picking.written()

    for left, top in ((0, 0), (780, 0), (0, 600), (780, 600)):
        picking.draw((left, top), (left + 20, top + 200))
        assert picking.written() == whole > 0, (left, top)


def plain(picture: QPixmap) -> QImage:
    """Its colours, without what cannot be seen through them."""
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_what_is_painted_while_drawing_is_what_is_chosen(qtbot: QtBot, picking: Picking) -> None:
    """Only what changes is painted; nothing of an earlier choice stays."""
    for at in ((300, 200), (700, 500), (790, 20), (100, 10), (320, 790), (310, 205), (400, 300)):
        picking.draw((300, 200), at)
        qtbot.waitUntil(
            lambda: plain(picking.sheet.screen().grabWindow(picking.sheet.winId())) == plain(picking.sheet.grab())
        )


def test_the_size_is_that_of_the_picture_on_screens_of_different_scales(qtbot: QtBot) -> None:
    screens = [
        Screenshot(
            label=f"Screen {number}",
            pixels=memoryview(bytes(4 * width * width)),
            width=width,
            height=width,
            monitor=Monitor(area=Rectangle(left, 0, 100, 100), scale=width / 100),
        )
        for number, (left, width) in enumerate(((-100, 100), (0, 200)))
    ]
    picker = RegionPicker(screens)
    for start, end in (((-50, 0), (50, 100)), ((-50, 0), (-10, 30)), ((10, 10), (40, 20)), ((-50, 0), (100, 100))):
        picker.press(start)
        picker.drag(end)
        chosen = picker.selection.chosen
        assert chosen is not None
        picture = cut(screens, chosen, "Region")
        assert picker.size() == f"{picture.width} × {picture.height}"
    picker.cancel()


def test_closing_the_sheet_in_any_way_is_told_once(picking: Picking) -> None:
    picking.sheet.close()

    assert picking.told == ["cancelled"]


def test_a_selection_stays_on_the_screens() -> None:
    whole = Selection(Rectangle(-100, -50, 300, 100))

    drawn = whole.between((150, 20), (-80, -900))

    assert drawn.chosen == Rectangle(-80, -50, 230, 70)
    assert drawn.moved(-500, 500).chosen == Rectangle(-100, -20, 230, 70)
    assert drawn.resized(900, -900).chosen == Rectangle(-80, -50, 280, 4)
    assert not whole.between((0, 0), (3, 90)).is_enough


def test_all_our_windows_are_away_when_the_screen_is_taken_and_back_afterwards(qtbot: QtBot) -> None:
    first, second, closed = QWidget(), QWidget(), QWidget()
    for window in (first, second, closed):
        qtbot.addWidget(window)
    first.show()
    second.show()
    seen: list[tuple[bool, bool]] = []

    StepAside(first).run(lambda: seen.append((first.isVisible(), second.isVisible())))
    qtbot.waitUntil(lambda: bool(seen) and first.isVisible() and second.isVisible())

    assert seen == [(False, False)]
    assert not closed.isVisible()


def test_what_fails_while_we_are_away_brings_our_windows_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    aside = StepAside(window)

    def fail() -> None:
        raise ValueError

    with qtbot.captureExceptions() as raised:
        aside.run(fail)
        qtbot.waitUntil(lambda: not aside.is_aside)

    assert window.isVisible()
    assert [kind for kind, *_ in raised] == [ValueError]
