"""Words that a person writes on a picture: of any script, at any edge, and many of them."""

import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.capture.redact.drawing import extent, text_picture, wrapped
from desktop.capture.redact.letters import joins, width
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.words_edit import WordsEdit
from tests.ui.drawing_person import DrawingPerson

SIZE = (640, 400)
SENTENCE = "It is here again, and it needs a word or two more than the others did. "
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
MISSING = "\U0010ffff"
"""No font has it."""
CHINESE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")


def text(words: str) -> Mark:
    return Mark(kind=MarkKind.TEXT, left=10, top=10, right=640, bottom=42, text=words)


def looks(words: str) -> bytes:
    return text_picture(text(words), SIZE).tobytes()


def write(person: DrawingPerson, words: str) -> None:
    """Letters that no key of a test's keyboard has, too."""
    field = person.window.findChild(WordsEdit)
    assert field is not None
    field.setPlainText(words)
    field.setFocus()
    person.key(Qt.Key.Key_Return)


@pytest.mark.parametrize("place", [(300, 399), (639, 399), (639, 1), (630, 200), (1, 399), (0, 0)])
@pytest.mark.parametrize("words", ["Here", SENTENCE * 2, LONG])
def test_words_at_an_edge_are_seen_to_their_end(qtbot: QtBot, place: tuple[int, int], words: str) -> None:
    person = DrawingPerson(qtbot, SIZE)
    person.open()
    person.key("t")
    person.click(*place)
    write(person, words)
    (mark,) = person.marks
    assert mark.text == words.strip()
    left, top, right, bottom = extent(mark, SIZE)
    assert min(left, top) >= -4
    assert (right, bottom) <= (SIZE[0] + 4, SIZE[1])
    assert right - left >= min(300, width(words, mark.bottom - mark.top)), "no column of single letters"


def test_words_that_become_more_move_up_and_the_step_goes_back(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot, SIZE)
    person.open()
    person.key("t")
    person.click(300, 380)
    person.write("Here")
    (before,) = person.marks
    person.key(Qt.Key.Key_M)
    person.key(Qt.Key.Key_Space)
    write(person, SENTENCE * 3)
    assert extent(person.marks[0], SIZE)[3] <= SIZE[1]
    person.press_button("Undo")
    assert person.marks == (before,)


@pytest.mark.skipif(not CHINESE.exists(), reason="no font here has Chinese letters")
def test_letters_that_the_bold_font_lacks_are_those_of_another() -> None:
    assert looks("请看") != looks(MISSING * 2)
    assert looks("请看") != looks("看请")
    assert looks("A 请 B") != looks(f"A {MISSING} B")


def test_words_from_right_to_left_are_drawn_and_not_boxes() -> None:
    for words in ("שלום", "مرحبا"):
        assert looks(words) != looks(MISSING * len(words))


def test_what_belongs_to_a_letter_is_not_broken_off_it() -> None:
    narrow = Mark(kind=MarkKind.TEXT, left=0, top=0, right=30, bottom=30, text="e\u0301" * 12)
    lines = wrapped(narrow, SIZE)
    assert len(lines) > 1
    assert not any(joins(line[0]) for line in lines)


def test_five_hundred_texts_are_painted_from_what_was_painted_before(qtbot: QtBot) -> None:
    """As a share of the first painting, on the same machine."""
    person = DrawingPerson(qtbot, (1920, 1080))
    marks = [
        Mark(
            kind=MarkKind.TEXT,
            left=10 + x * 70,
            top=10 + y * 50,
            right=80 + x * 70,
            bottom=40 + y * 50,
            text=f"{x}.{y}",
        )
        for x in range(25)
        for y in range(20)
    ]
    began = time.perf_counter()
    person.open(marks)
    first = person.seen()
    took, began = time.perf_counter() - began, time.perf_counter()
    again = person.seen()
    assert first == again
    assert time.perf_counter() - began < took / 3


def test_a_text_that_is_no_more_is_not_kept(qtbot: QtBot) -> None:
    person = DrawingPerson(qtbot, SIZE)
    person.open([text("Here")])
    person.seen()
    person.window._canvas._texts.drop_others()  # type: ignore[union-attr]
    assert len(person.canvas._texts._kept) == 0
    person.seen()
    assert len(person.canvas._texts._kept) == 1
    picture = person.made_anew()
    assert ImageChops.difference(picture, Image.new("RGB", SIZE, "steelblue")).getbbox() is not None
