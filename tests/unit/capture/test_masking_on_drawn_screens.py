"""What masking finds and leaves alone, on texts and on screens that are drawn; `make redaction` measures many more."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.redact.find import find
from desktop.capture.redact.on_picture import suggest
from desktop.capture.redact.secret import SecretKind
from desktop.capture.screen_text.recognition import Recognition
from desktop.tickets.marks import Mark
from tests.reading.drawn import Look
from tests.redaction.score import judged, needless
from tests.redaction.screens import Part, Screen, error, form, page
from tests.redaction.values import SECRETS, Line, look_alikes

_ROUNDS = 60


@pytest.mark.parametrize("make", SECRETS, ids=lambda make: make.__name__)
def test_every_kind_is_found_in_a_line_of_text_and_nothing_else_is(make: Callable[[Random], Line]) -> None:
    random = Random(make.__name__)
    for _ in range(_ROUNDS):
        line = make(random)
        found = find(line.text)
        start, end = len(line.before), len(line.before) + len(line.value)
        assert [(one.start, one.end, one.kind.is_sure) for one in found] == [
            (start, end, line.kind is not None and line.kind.is_sure)
        ], line


def test_look_alikes_are_left_alone() -> None:
    random = Random(4)
    lines = [line for _ in range(_ROUNDS) for line in look_alikes(random)]
    assert [line.text for line in lines if find(line.text)] == []


@pytest.fixture(scope="module")
def recognition() -> Recognition:
    return Recognition()


def marks_on(screen: Screen, recognition: Recognition) -> tuple[Mark, ...]:
    lines = recognition.read(screen.png)
    return suggest(lines, [one.box for error in find_errors(lines) for one in error.lines])


@pytest.mark.parametrize(
    ("make", "look"),
    [
        (page, Look(size=14, font="DejaVuSans.ttf")),
        (form, Look(size=13, scale=1.5, is_dark=True, font="DejaVuSerif.ttf")),
        (error, Look(size=12, scale=2.0, font="DejaVuSansMono.ttf")),
    ],
    ids=["page", "form", "error"],
)
def test_what_is_read_from_a_drawn_screen_is_masked(
    make: Callable[[str, Look, Random], Screen], look: Look, recognition: Recognition
) -> None:
    screen = make("a screen", look, Random(2))
    marks = marks_on(screen, recognition)
    things = judged(screen, marks)
    assert any(one.placed.kind is not None for one in things)
    assert [one for one in things if not one.is_right] == []
    assert needless(screen, marks) == []


def test_the_score_sees_what_is_not_masked_or_needlessly(recognition: Recognition) -> None:
    screen = form("a screen", Look(size=14), Random(2))
    marks = marks_on(screen, recognition)
    private = [one for one in screen.placed if one.part is Part.PRIVATE]
    assert sum(not one.is_right for one in judged(screen, ())) == len(private)
    narrow = [replace(mark, right=mark.right - (mark.right - mark.left) // 5) for mark in marks]
    assert sum(not one.is_right for one in judged(screen, narrow)) == len(private)
    nowhere = replace(marks[0], left=1, top=1, right=9, bottom=9, found=SecretKind.CARD)
    assert needless(screen, [*marks, nowhere]) == [nowhere]
