"""Text found on a picture, with its place: what error finding and redaction both work on."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.capture.screens.geometry import Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as it stands on the picture.

    Attributes:
        box: in the picture's own pixels, from its upper left corner.
        confidence: 0 to 1, as the reader judges it.
    """

    text: str
    box: Rectangle
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """Words that stand beside each other, left to right; lines are ordered from the top."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)


def all_text(lines: Sequence[TextLine]) -> str:
    """What is on the picture, a line a line."""
    return "\n".join(line.text for line in lines)
