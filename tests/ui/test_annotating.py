"""A person draws on a picture, covers what nobody should see, and can take every step back."""

import io

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.capture.redact.drawing import extent
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.window import picture_of
from tests.ui.drawing_person import DrawingPerson

CARD = Mark(kind=MarkKind.REDACT, left=100, top=50, right=300, bottom=80, found="card number")
MAIL = Mark(kind=MarkKind.OUTLINE, left=100, top=120, right=300, bottom=150, found="e-mail address")
IN_ERROR = Mark(kind=MarkKind.OUTLINE, left=100, top=200, right=300, bottom=230, found="e-mail address", is_error=True)
BLACK = (0, 0, 0)


@pytest.fixture
def person(qtbot: QtBot) -> DrawingPerson:
    made = DrawingPerson(qtbot)
    made.open()
    return made


def test_what_is_covered_is_black_in_the_picture_that_leaves(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    (mark,) = person.marks
    assert mark.kind is MarkKind.REDACT
    assert abs(mark.left - 100) + abs(mark.top - 60) + abs(mark.right - 300) + abs(mark.bottom - 120) <= 8
    assert person.made_anew().getpixel((200, 90)) == BLACK
    assert person.seen().pixelColor(person.canvas.place_of((200, 90))) == QColor("black")


@pytest.mark.parametrize(
    ("key", "kind"), [("a", MarkKind.ARROW), ("b", MarkKind.BOX), ("r", MarkKind.CROP), ("c", MarkKind.REDACT)]
)
def test_one_key_takes_each_tool(person: DrawingPerson, key: str, kind: MarkKind) -> None:
    person.key(key)
    person.drag((200, 200), (100, 100))
    assert [mark.kind for mark in person.marks] == [kind]
    turned = person.marks[0].left > person.marks[0].right
    assert turned == (kind is MarkKind.ARROW)


def test_a_step_is_told_once_it_is_done_and_not_in_the_middle_of_a_drag(person: DrawingPerson) -> None:
    person.press(100, 60)
    person.go(200, 100)
    assert person.told == []
    person.release(300, 120)
    assert person.told == [person.marks]


def test_steps_go_back_and_forth(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    person.key("b")
    person.drag((50, 200), (300, 300))
    both = person.marks
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert list(person.marks) == list(both[:1])
    person.press_button("Undo")
    assert len(person.marks) == 0
    assert not person.button("Undo").isEnabled()
    person.press_button("Redo")
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert person.marks == both
    assert person.told[-1] == both


def test_what_was_drawn_before_a_start_is_taken_back_mark_by_mark(qtbot: QtBot) -> None:
    box = Mark(kind=MarkKind.BOX, left=10, top=10, right=90, bottom=40)
    words = Mark(kind=MarkKind.TEXT, left=200, top=300, right=640, bottom=314, text="Here")
    person = DrawingPerson(qtbot)
    person.open([CARD, box, MAIL, words])
    for left in ((CARD, box, MAIL), (CARD, MAIL)):
        person.press_button("Undo")
        assert person.marks == person.told[-1] == left
    assert not person.button("Undo").isEnabled()
    person.press_button("Redo")
    assert person.marks == (CARD, box, MAIL)


def test_a_new_step_ends_what_was_taken_back(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    person.press_button("Undo")
    person.drag((10, 10), (50, 50))
    assert not person.button("Redo").isEnabled()
    assert len(person.marks) == 1


def test_a_mark_is_moved_pulled_and_deleted(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    drawn = person.marks[0]
    person.drag((200, 90), (250, 140))
    moved = person.marks[0]
    assert (moved.right - moved.left, moved.bottom - moved.top) == (
        drawn.right - drawn.left,
        drawn.bottom - drawn.top,
    )
    assert 45 <= moved.left - drawn.left <= 55
    person.drag((moved.right, moved.bottom), (400, 300))
    pulled = person.marks[0]
    assert (pulled.left, pulled.top) == (moved.left, moved.top)
    assert abs(pulled.right - 400) + abs(pulled.bottom - 300) <= 4
    person.key(Qt.Key.Key_Delete)
    assert list(person.marks) == []
    person.press_button("Undo")
    assert list(person.marks) == [pulled]


def test_an_older_mark_is_chosen_by_a_click_and_moved_whatever_the_tool(person: DrawingPerson) -> None:
    person.drag((100, 60), (200, 120))
    person.drag((300, 200), (400, 300))
    person.click(150, 90)
    person.drag((150, 90), (170, 110))
    assert [mark.left for mark in person.marks] != [100, 300]
    assert len(person.marks) == 2
    assert person.marks[1].left == pytest.approx(300, abs=2)


def test_escape_gives_a_drag_up_and_then_closes(person: DrawingPerson) -> None:
    person.drag((100, 60), (200, 120))
    before = person.marks
    person.press(150, 90)
    person.go(300, 300)
    assert person.marks != before
    person.key(Qt.Key.Key_Escape)
    assert person.marks == before
    person.release(300, 300)
    assert person.marks == before
    person.key(Qt.Key.Key_Escape)
    assert not person.window.isVisible()
    assert person.told == [before]


def test_keys_in_the_middle_of_a_drag_touch_no_other_mark(person: DrawingPerson) -> None:
    person.drag((100, 60), (200, 120))
    person.drag((300, 200), (400, 300))
    before = person.marks
    person.press(350, 250)
    person.go(380, 280)
    person.key(Qt.Key.Key_Tab)
    person.key(Qt.Key.Key_Backspace)
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.go(390, 290)
    person.release(390, 290)
    assert person.marks == before[:1]


def test_nothing_moves_under_the_hand_when_finds_come(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open()
    before = person.canvas.scale, person.canvas.mapTo(person.window, person.canvas.rect().topLeft())
    person.window.suggest([CARD, MAIL])
    person.key("o")
    person.window.repaint()
    assert before == (person.canvas.scale, person.canvas.mapTo(person.window, person.canvas.rect().topLeft()))


def test_a_mark_stays_within_the_picture(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    for _ in range(90):
        person.key(Qt.Key.Key_Right)
        person.key(Qt.Key.Key_Down)
    mark = person.marks[0]
    assert (mark.right, mark.bottom) == (640, 400)
    assert mark.right - mark.left == pytest.approx(200, abs=4)


def test_moving_with_the_keyboard_is_one_step(person: DrawingPerson) -> None:
    person.drag((100, 60), (300, 120))
    before = person.marks
    for _ in range(5):
        person.key(Qt.Key.Key_Right)
    person.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    person.press_button("Undo")
    person.press_button("Undo")
    assert person.marks == before


def test_all_of_it_by_keyboard_alone(person: DrawingPerson) -> None:
    person.key("b")
    person.key(Qt.Key.Key_Return)
    first = person.marks[0]
    person.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert person.marks[0].left == first.left + 1
    person.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert person.marks[0].bottom > first.bottom
    assert person.marks[0].top == first.top
    person.key("c")
    person.key(Qt.Key.Key_Return)
    assert [mark.kind for mark in person.marks] == [MarkKind.BOX, MarkKind.REDACT]
    person.key(Qt.Key.Key_Backtab)
    person.key(Qt.Key.Key_Backspace)
    assert [mark.kind for mark in person.marks] == [MarkKind.REDACT]


def test_tab_goes_through_the_marks_and_then_on(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open([CARD, MAIL])
    person.key(Qt.Key.Key_Tab)
    assert person.reads("Covered: card number. Click it or press Space to show it.")
    person.key(Qt.Key.Key_Tab)
    assert person.reads("Outlined: e-mail address. Click it or press Space to cover it.")
    person.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not person.canvas


@pytest.mark.parametrize("key", ["m", "c", "b"])
def test_one_click_shows_what_starts_covered_whatever_the_tool(qtbot: QtBot, key: str) -> None:
    person = DrawingPerson(qtbot)
    person.open([CARD, MAIL])
    assert person.reads("Covered: 1 card number. Outlined: 1 e-mail address.")
    assert person.made_anew().getpixel((200, 65)) == BLACK
    person.key(key)
    person.click(200, 65)
    assert person.marks[0].kind is MarkKind.OUTLINE
    assert person.made_anew().getpixel((200, 65)) != BLACK
    person.click(200, 65)
    assert person.marks[0] == CARD
    person.press_button("Undo")
    assert person.marks[0].kind is MarkKind.OUTLINE


def test_one_key_covers_all_that_is_outlined_but_not_the_error_message(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open([CARD, MAIL, IN_ERROR])
    person.key("o")
    assert [mark.kind for mark in person.marks] == [MarkKind.REDACT, MarkKind.REDACT, MarkKind.OUTLINE]
    assert not person.button("Cover all outlined").isVisible()
    person.click(200, 215)
    assert person.marks[2].kind is MarkKind.REDACT
    person.press_button("Undo")
    person.press_button("Undo")
    assert person.marks == (CARD, MAIL, IN_ERROR)


def test_deleting_what_was_covered_first_shows_it_outlined(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open([CARD])
    person.key(Qt.Key.Key_Tab)
    person.key(Qt.Key.Key_Delete)
    assert [mark.kind for mark in person.marks] == [MarkKind.OUTLINE]
    person.key(Qt.Key.Key_Delete)
    assert person.marks == ()


def test_finds_that_come_while_drawing_stay_when_steps_are_taken_back(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open(is_searching=True)
    assert person.reads("This picture is being looked through for private things.")
    person.drag((400, 300), (500, 350))
    drawn = person.marks
    person.window.suggest([CARD, MAIL])
    assert not person.reads("looked through")
    assert person.marks == (CARD, MAIL, *drawn)
    assert person.told[-1] == person.marks
    person.key(Qt.Key.Key_Right)
    assert person.marks[2].left > drawn[0].left
    for _ in range(3):
        person.press_button("Undo")
    assert person.marks == (CARD, MAIL)
    person.window.suggest([CARD, MAIL])
    assert person.marks == (CARD, MAIL)


def test_finds_that_come_in_the_middle_of_a_drag_do_not_end_it(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open(is_searching=True)
    person.drag((400, 300), (500, 350))
    person.press(450, 325)
    person.go(460, 335)
    person.window.suggest([CARD])
    person.go(490, 365)
    person.release(490, 365)
    assert person.marks[0] == CARD
    assert person.marks[1].left == pytest.approx(440, abs=3)


def test_words_are_written_where_the_person_clicks(person: DrawingPerson) -> None:
    person.key("t")
    person.click(100, 100)
    person.write("cab: Moat")
    (mark,) = person.marks
    assert (mark.kind, mark.text) == (MarkKind.TEXT, "cab: Moat")
    assert _differing(person.made_anew(), untouched()) > 0
    person.click(mark.left + 5, mark.top + 5)
    person.write("Other words")
    assert [mark.text for mark in person.marks] == ["Other words"]
    person.press_button("Undo")
    assert [mark.text for mark in person.marks] == ["cab: Moat"]


def test_words_by_keyboard_alone_and_none_are_no_mark(person: DrawingPerson) -> None:
    person.key("t")
    person.key(Qt.Key.Key_Return)
    person.write("   ")
    assert person.marks == ()
    person.key(Qt.Key.Key_Return)
    person.write("Here")
    person.key(Qt.Key.Key_M)
    person.key(Qt.Key.Key_Space)
    person.write(" ")
    assert person.marks == ()


def test_escape_in_the_words_loses_none_of_them_and_undo_takes_them_back(person: DrawingPerson) -> None:
    person.key("t")
    person.key(Qt.Key.Key_Return)
    person.write("Here")
    person.click(person.marks[0].left + 3, person.marks[0].top + 3)
    person.key("There")
    person.key(Qt.Key.Key_Escape)
    assert [mark.text for mark in person.marks] == ["There"]
    assert person.window.isVisible()
    person.press_button("Undo")
    assert [mark.text for mark in person.marks] == ["Here"]


def test_closing_keeps_words_that_are_being_written(person: DrawingPerson) -> None:
    person.key("t")
    person.key(Qt.Key.Key_Return)
    person.key("Half a sent")
    person.window.close()
    assert [mark.text for mark in person.told[-1]] == ["Half a sent"]


@pytest.mark.parametrize("words", ["It is here again. " * 60, "Rindfleischetikettierung" * 40, "a\nb\nc"])
def test_a_long_text_is_broken_at_the_edge_of_the_picture(person: DrawingPerson, words: str) -> None:
    person.key("t")
    person.click(300, 20)
    person.write(words.replace("\n", " "))
    left, _, right, _ = extent(person.marks[0], (640, 400))
    assert left >= 290
    assert right <= 640 + 4


def test_letters_are_made_larger_by_pulling(person: DrawingPerson) -> None:
    person.key("t")
    person.click(100, 100)
    person.write("Look")
    before = extent(person.marks[0], (640, 400))
    for _ in range(3):
        person.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = extent(person.marks[0], (640, 400))
    assert after[3] - after[1] > 1.5 * (before[3] - before[1])
    assert after[2] - after[0] > 1.5 * (before[2] - before[0])
    assert person.marks[0].left == pytest.approx(100, abs=2)


def test_a_second_crop_takes_the_place_of_the_first(person: DrawingPerson) -> None:
    person.key("r")
    person.drag((10, 10), (600, 380))
    person.drag((100, 100), (300, 200))
    assert [mark.kind for mark in person.marks] == [MarkKind.CROP]
    assert person.made_anew().size == pytest.approx((200, 100), abs=3)


@pytest.mark.parametrize(
    "mark",
    [
        Mark(kind=MarkKind.ARROW, left=100, top=300, right=400, bottom=120),
        Mark(kind=MarkKind.BOX, left=100, top=80, right=400, bottom=220),
        Mark(kind=MarkKind.TEXT, left=100, top=80, right=640, bottom=110, text="What is seen\nis what leaves"),
        Mark(kind=MarkKind.REDACT, left=100, top=80, right=400, bottom=220),
    ],
    ids=lambda mark: mark.kind.value,
)
def test_what_is_shown_is_what_leaves(qtbot: QtBot, mark: Mark) -> None:
    person = DrawingPerson(qtbot)
    person.open([mark])
    person.window.resize(900, 900)
    qtbot.waitUntil(lambda: person.canvas.scale == 1.0)
    shown = person.seen().convertToFormat(QImage.Format.Format_RGB888)
    stride = shown.bytesPerLine()
    seen = Image.frombytes("RGB", (shown.width(), shown.height()), bytes(shown.constBits()), "raw", "RGB", stride)
    leaves = person.made_anew()
    inner = (2, 2, leaves.width - 2, leaves.height - 2)
    drawn = _differing(leaves.crop(inner), untouched().crop(inner))
    assert drawn > 0.005
    assert _differing(seen.crop(inner), leaves.crop(inner)) < drawn / 4


def _differing(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels that differ clearly: more than an edge that is softened in another way."""
    grey = ImageChops.difference(one, other).convert("L")
    return sum(grey.histogram()[90:]) / (one.width * one.height)


def untouched() -> Image.Image:
    return Image.new("RGB", (640, 400), QColor("steelblue").name())


@pytest.mark.parametrize("size", [(3840, 2160), (40, 24), (1, 1), (9000, 60)])
def test_pictures_of_any_size_are_shown_whole_and_can_be_covered(qtbot: QtBot, size: tuple[int, int]) -> None:
    person = DrawingPerson(qtbot, size)
    person.open()
    assert person.canvas.width() <= person.window.width()
    assert person.canvas.height() <= person.window.height()
    person.key("c")
    person.key(Qt.Key.Key_Return)
    assert len(person.marks) == 1
    mark = person.marks[0]
    assert person.made_anew().getpixel((mark.left, mark.top)) == BLACK


def test_a_part_is_looked_at_closely_and_the_whole_again(person: DrawingPerson) -> None:
    whole = person.canvas.scale
    for _ in range(3):
        person.press_button("+")
    assert person.canvas.scale > 1.8 * whole
    person.drag((320, 200), (360, 230))
    assert person.marks[0].left == pytest.approx(320, abs=2)
    person.press_button("Whole picture")
    assert person.canvas.scale == whole


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_part_is_moved_and_zoomed_where_the_pointer_is_whichever_way_people_read(
    qtbot: QtBot, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(direction)
    try:
        person = DrawingPerson(qtbot, (1920, 1080))
        person.open()
        for _ in range(8):
            person.press_button("+")
        view, canvas = person.window._view, person.canvas
        pointer = QPoint(100, 100)
        there, place = canvas.mapFrom(view.viewport(), pointer) / canvas.scale, canvas.pos()
        wheel = QWheelEvent(
            *(QPointF(pointer), QPointF(view.viewport().mapToGlobal(pointer)), QPoint(), QPoint(0, 120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(view.viewport(), wheel)
        assert (canvas.mapFrom(view.viewport(), pointer) / canvas.scale - there).manhattanLength() <= 2
        place = canvas.pos()
        person.key("m")
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=-place + pointer)
        QTest.mouseMove(canvas, -place + pointer - QPoint(30, 20))
        assert canvas.pos() - place == QPoint(-30, -20)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    finally:
        qapp.setLayoutDirection(before)


def test_a_turned_photograph_is_marked_where_it_is_seen() -> None:
    photograph = Image.new("RGB", (80, 40), "white")
    photograph.paste((255, 0, 0), (0, 0, 10, 10))
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    photograph.save(file, "PNG", exif=exif)
    file.seek(0)
    shown = picture_of(file)
    assert (shown.width(), shown.height()) == (40, 80)
    assert shown.pixelColor(38, 2) == QColor(255, 0, 0)


def test_tab_reaches_every_button_and_escape_closes_from_each(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot)
    person.open([CARD, MAIL])
    person.drag((400, 300), (500, 350))
    wanted = {button for button in person.window.findChildren(QAbstractButton) if button.isEnabled()}
    wanted = {button for button in wanted if button.focusPolicy() & Qt.FocusPolicy.TabFocus}
    seen = set()
    for _ in range(len(wanted) + 8):
        seen.add(QApplication.focusWidget())
        person.key(Qt.Key.Key_Tab)
    assert wanted - seen == set()
    assert person.canvas in seen
    for button in wanted:
        person.window.show()
        qtbot.waitUntil(person.window.isActiveWindow)
        button.setFocus()
        person.key(Qt.Key.Key_Escape)
        assert not person.window.isVisible(), button


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_outlined_and_chosen_is_seen_on_any_picture(qtbot: QtBot, scheme: str) -> None:
    person = DrawingPerson(qtbot, colour="white" if scheme == "light" else "black")
    person.open([MAIL])
    person.key(Qt.Key.Key_Tab)
    image = person.seen()
    ground = QColor("white" if scheme == "light" else "black").lightness()
    row = person.canvas.place_of((0, (MAIL.top + MAIL.bottom) / 2)).y()
    place = person.canvas.place_of((MAIL.left, 0)).x()
    near = [abs(image.pixelColor(place + step, row).lightness() - ground) for step in range(-3, 4)]
    assert max(near) > 120
