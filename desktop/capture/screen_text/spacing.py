"""Which part of a line on a picture is which word."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from desktop.capture.screen_text.words import Word
from desktop.capture.screens.geometry import Rectangle

Corners = Sequence[Sequence[float]]
"""Upper left, upper right, lower right, lower left, in the picture's pixels."""
Character = tuple[str, float, Corners]
"""A character, how sure the reader is of it (0 to 1), and where it stands, give or take its own width."""

_REACH = 1.5
"""Widths of a character within which the gap between two words is looked for."""


def words_of(
    text: str, corners: Corners, sure: float, characters: Sequence[Character], inked: Sequence[bool]
) -> tuple[Word, ...]:
    """The words of one line, left to right, each with all of its ink.

    `characters` are those of the line without its spaces; where they are not, a word's place is told by its share of
    the line. `inked` says of each column of the line's rectangle (`rectangle`) whether there is any ink in it.
    """
    line = rectangle(corners)
    found = text.split()
    if not found:
        return ()
    if "".join(character[0] for character in characters) != "".join(found):
        spans, sureness = _by_share(text, line), [sure] * len(found)
    else:
        spans, sureness = _by_characters(found, characters)
    edges = _edges(spans, line, line.width / max(1, len(text)), inked)
    return tuple(
        Word(text=word, box=Rectangle(left, line.top, max(1, right - left), line.height), confidence=one)
        for word, (left, right), one in zip(found, edges, sureness, strict=True)
    )


def rectangle(corners: Corners) -> Rectangle:
    """The smallest rectangle of whole pixels around the corners."""
    across, down = [point[0] for point in corners], [point[1] for point in corners]
    left, top = int(min(across)), int(min(down))
    return Rectangle(left, top, max(1, -int(-max(across) // 1) - left), max(1, -int(-max(down) // 1) - top))


_Spans = list[tuple[float, float]]
"""Left and right of each word."""


def _by_characters(words: Sequence[str], characters: Sequence[Character]) -> tuple[_Spans, list[float]]:
    spans, sureness, start = _Spans(), [], 0
    for word in words:
        own = characters[start : start + len(word)]
        start += len(word)
        across = [point[0] for character in own for point in character[2]]
        spans.append((min(across), max(across)))
        sureness.append(sum(character[1] for character in own) / len(own))
    return spans, sureness


def _by_share(text: str, line: Rectangle) -> _Spans:
    spans, start, each = _Spans(), 0, line.width / max(1, len(text))
    for word in text.split():
        start = text.index(word, start)
        spans.append((line.left + start * each, line.left + (start + len(word)) * each))
        start += len(word)
    return spans


def _edges(spans: _Spans, line: Rectangle, character: float, inked: Sequence[bool]) -> list[tuple[int, int]]:
    """The spans, widened or narrowed to where the ink between two gaps begins and ends."""
    blanks = _blanks(inked)
    lefts, rights = [line.left], []
    for (begin, before), (after, finish) in pairwise(spans):
        middle = (before + after) / 2 - line.left
        between = ((begin + before) / 2 - line.left, (after + finish) / 2 - line.left)
        near = [
            blank
            for blank in blanks
            if _distance(blank, middle) <= _REACH * character and between[0] <= sum(blank) / 2 <= between[1]
        ]
        start, end = max(near, key=lambda blank: blank[1] - blank[0], default=(int(middle), int(middle)))
        rights.append(line.left + start)
        lefts.append(line.left + end)
    rights.append(line.left + line.width)
    if any(inked):
        lefts[0] = line.left + list(inked).index(True)
        rights[-1] = line.left + len(inked) - list(inked)[::-1].index(True)
    return list(zip(lefts, rights, strict=True))


def _blanks(inked: Sequence[bool]) -> list[tuple[int, int]]:
    """Where columns without ink begin and end."""
    runs, start = [], 0
    for blank, columns in groupby(inked, key=lambda ink: not ink):
        end = start + len(list(columns))
        if blank:
            runs.append((start, end))
        start = end
    return runs


def _distance(blank: tuple[int, int], column: float) -> float:
    return max(0.0, blank[0] - column, column - blank[1])
