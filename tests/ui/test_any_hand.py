"""Whatever a hand does on a picture of any size, in any order: every step goes back and forth, and nothing is lost."""

from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.shapes import Handle, corners, resized
from desktop.ui.annotate.sheet import Sheet
from desktop.ui.annotate.words_edit import WordsEdit
from tests.ui.drawing_person import DrawingPerson

STEPS = 120
SIZES = ((640, 400), (1, 1), (3, 700), (1920, 1080), (700, 3))
WORDS = ("", "Here", "long words " * 9, "请\u0301 x", "Look\nhere")
TOOLS = "mcabtr"
PLAIN, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_O),
)


class AnyHand:
    """Does one thing after another, as chance has it."""

    def __init__(self, qtbot: QtBot, random: Random, size: tuple[int, int]) -> None:
        self._qtbot, self._random, self._size, self._finds = qtbot, random, size, 0
        self.person = DrawingPerson(qtbot, size)
        self.person.open(is_searching=True)
        self._does: tuple[Callable[[], None], ...] = (
            self._take_tool,
            self._drag,
            self._drag,
            self._click,
            self._press_key,
            self._press_key,
            self._take_back,
            self._find,
            self._open_again,
            self._zoom,
            self._give_up,
        )

    @property
    def sheet(self) -> Sheet:
        return self.person.canvas.sheet

    def act(self) -> str:
        """Do something; its name."""
        does = self._random.choice(self._does)
        self.person.canvas.setFocus()
        does()
        self._write()
        return does.__name__

    def _place(self) -> tuple[float, float]:
        return self._random.uniform(-5, self._size[0] + 5), self._random.uniform(-5, self._size[1] + 5)

    def _take_tool(self) -> None:
        self.person.key(self._random.choice(TOOLS))

    def _drag(self) -> None:
        self.person.drag(self._place(), self._place())

    def _click(self) -> None:
        self.person.click(*self._place())

    def _press_key(self) -> None:
        self.person.key(self._random.choice(KEYS), self._random.choice((PLAIN, SHIFT, CONTROL)))

    def _take_back(self) -> None:
        self.person.button(self._random.choice(("Undo", "Redo"))).click()

    def _find(self) -> None:
        """What is found while somebody draws."""
        if self._finds == 4:
            return
        self._finds += 1
        left, top = (self._random.randrange(extent) for extent in self._size)
        kind = self._random.choice((MarkKind.REDACT, MarkKind.OUTLINE))
        found = Mark(kind=kind, left=left, top=top, right=left + 9, bottom=top + 9, found="card number")
        self.person.window.suggest([found])

    def _open_again(self) -> None:
        window, marks, steps = self.person.window, self.person.marks, self.person.window.steps
        window.close()
        image = QImage(*self._size, QImage.Format.Format_RGB32)
        image.fill(0)
        window.show_picture(image, marks, "Screen 1", earlier=steps)
        self._qtbot.waitUntil(window.isActiveWindow)
        assert (self.person.marks, window.steps) == (marks, steps)

    def _zoom(self) -> None:
        self.person.press_button(self._random.choice(("+", "−", "Whole picture")))

    def _give_up(self) -> None:
        before = self.person.marks
        self.person.press(*self._place())
        self.person.go(*self._place())
        if self.person.canvas.hand.is_pressed:
            self.person.key(Qt.Key.Key_Escape)
        self.person.release(*self._place())
        assert self.person.marks == before

    def _write(self) -> None:
        field = self.person.window.findChild(WordsEdit)
        assert field is not None
        if field.isVisible():
            field.setPlainText(self._random.choice(WORDS))
            field.finish()


@pytest.mark.parametrize("seed", range(10))
def test_every_step_goes_back_and_forth(qtbot: QtBot, seed: int) -> None:
    size = SIZES[seed % len(SIZES)]
    hand = AnyHand(qtbot, Random(seed), size)
    person = hand.person
    for number in range(STEPS):
        did, sheet, now = hand.act(), hand.sheet, person.marks
        why = f"step {number}: {did}"
        assert not person.told or did == "_open_again" or person.told[-1] == now, why
        if sheet.can_undo:
            sheet.undo()
            sheet.redo()
        assert person.marks == now, why
        for mark in now:
            left, top, right, bottom = corners(mark, size)
            is_within = 0 <= left <= right <= size[0] and 0 <= top <= bottom <= size[1]
            assert is_within or mark.found or mark.kind is MarkKind.TEXT, (why, mark)
            assert mark.text or mark.kind is not MarkKind.TEXT, why
    person.seen()
    assert person.made_anew().size <= size
    while hand.sheet.can_undo:
        hand.sheet.undo()
    assert all(mark.found for mark in person.marks), "what was found stays"


def test_a_mark_that_is_pulled_flat_at_the_edge_stays_on_the_picture() -> None:
    box = Mark(kind=MarkKind.REDACT, left=39, top=0, right=65, bottom=3)
    flat = resized(box, Handle(0, -1), 0, 9, (700, 3))
    assert (flat.top, flat.bottom) == (2, 3)
