"""Where the words of a line stand, and codes that only digits can be meant in."""

import pytest

from desktop.capture.screen_text.codes import mended
from desktop.capture.screen_text.spacing import Character, words_of
from desktop.capture.screens.geometry import Rectangle

LINE = [[100, 20], [200, 20], [200, 40], [100, 40]]


def square(left: float, right: float) -> list[list[float]]:
    return [[left, 20], [right, 20], [right, 40], [left, 40]]


def inked(*spans: tuple[int, int]) -> list[bool]:
    return [any(start <= column < end for start, end in spans) for column in range(100)]


def test_a_word_ends_where_its_ink_does_whatever_the_reader_thought() -> None:
    letters: list[Character] = [
        ("a", 0.9, square(101, 110)),
        ("b", 0.7, square(110, 130)),
        ("c", 1.0, square(151, 160)),
    ]

    first, second = words_of("ab c", LINE, 0.5, letters, inked((4, 20), (21, 42), (55, 90)))

    assert (first.text, first.box) == ("ab", Rectangle(104, 20, 38, 20))
    assert (second.text, second.box) == ("c", Rectangle(155, 20, 35, 20))
    assert first.confidence == pytest.approx(0.8)


def test_where_the_reader_lost_count_a_word_is_told_by_its_share() -> None:
    first, second = words_of("aaaa bbbbb", LINE, 0.5, (), inked((0, 38), (52, 100)))

    assert (first.box.left, first.box.width) == (100, 38)
    assert (second.box.left, second.box.width, second.confidence) == (152, 48, 0.5)


def test_words_that_touch_share_the_line_and_leave_nothing_out() -> None:
    first, second = words_of("aaaa bbbbb", LINE, 0.5, (), inked((0, 100)))

    assert first.box.left == 100
    assert first.box.left + first.box.width == second.box.left
    assert second.box.left + second.box.width == 200


def test_nothing_but_spaces_is_no_word() -> None:
    assert words_of("  ", LINE, 0.5, (), inked()) == ()
    assert [word.text for word in words_of("a b", LINE, 0.5, (), inked())] == ["a", "b"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Ox00000000.", "0x00000000."),
        ("(0x8OO7OOO5)", "0x80070005"),
        ("0xC0000l7B:", "0xC000017B:"),
        ("0xc00OO17b", "0xc000017b"),
        ("OxygenTank", "OxygenTank"),
        ("Kennwort：geheim！", "Kennwort:geheim!"),
        ("0x8OO7", "0x8OO7"),
        ("BOx80070005", "BOx80070005"),
    ],
)
def test_in_a_code_only_digits_can_be_meant(read: str, meant: str) -> None:
    assert mended(read).strip("()") == meant
