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
    """Words that stand beside each other, left to right; lines are ordered from the top.

    Attributes:
        panel: the even background that the line stands on (a dialog's face, a page, a button), as the rectangle around
            it; None where the background is not even. Lines on one panel have the very same rectangle.
    """

    words: tuple[Word, ...]
    panel: Rectangle | None = None

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Rectangle:
        """The rectangle around its words."""
        return around([word.box for word in self.words])


def around(boxes: Sequence[Rectangle]) -> Rectangle:
    """The smallest rectangle that holds them all; there is at least one."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    bottom = max(box.top + box.height for box in boxes)
    return Rectangle(left, top, right - left, bottom - top)


def all_text(lines: Sequence[TextLine]) -> str:
    """What is on the picture, a line a line."""
    return "\n".join(line.text for line in lines)
