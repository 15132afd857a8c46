"""Which part of a line on a picture is which word."""

from collections.abc import Sequence

from desktop.capture.screen_text.words import Word
from desktop.capture.screens.geometry import Rectangle

Corners = Sequence[Sequence[float]]
"""Upper left, upper right, lower right, lower left, in the picture's pixels."""
Character = tuple[str, float, Corners]
"""A character, how sure the reader is of it (0 to 1), and where it stands."""


def words_of(text: str, corners: Corners, sure: float, characters: Sequence[Character]) -> tuple[Word, ...]:
    """The words of one line, left to right.

    `characters` are those of the line without its spaces; where they are not, a word's place is told by its share of
    the line.
    """
    line = rectangle([corners])
    found = text.split()
    if "".join(character[0] for character in characters) != "".join(found):
        return _by_share(text, line, sure)
    words, start = [], 0
    for word in found:
        own = characters[start : start + len(word)]
        start += len(word)
        place = rectangle([character[2] for character in own])
        box = Rectangle(place.left, line.top, max(place.width, 1), line.height)
        words.append(Word(text=word, box=box, confidence=sum(character[1] for character in own) / len(own)))
    return tuple(words)


def rectangle(quadrangles: Sequence[Corners]) -> Rectangle:
    """The smallest rectangle of whole pixels that holds them all."""
    across = [point[0] for corners in quadrangles for point in corners]
    down = [point[1] for corners in quadrangles for point in corners]
    left, top = int(min(across)), int(min(down))
    return Rectangle(left, top, max(1, -int(-max(across) // 1) - left), max(1, -int(-max(down) // 1) - top))


def _by_share(text: str, line: Rectangle, sure: float) -> tuple[Word, ...]:
    words, start = [], 0
    each = line.width / max(1, len(text))
    for word in text.split():
        start = text.index(word, start)
        left, right = line.left + int(start * each), line.left + round((start + len(word)) * each)
        start += len(word)
        words.append(Word(text=word, box=Rectangle(left, line.top, right - left, line.height), confidence=sure))
    return tuple(words)
