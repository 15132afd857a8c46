"""Text found on a picture, with its place: what error finding and redaction both work on."""

from collections.abc import Iterable, Sequence
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


def in_reading_order(lines: Iterable[TextLine]) -> tuple[TextLine, ...]:
    """From the top; what stands beside each other, from the left."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        if rows and _middle(line) - _middle(rows[-1][0]) < min(line.box.height, rows[-1][0].box.height) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box.left))


def _middle(line: TextLine) -> float:
    return line.box.top + line.box.height / 2


def all_text(lines: Sequence[TextLine]) -> str:
    """What is on the picture, a line a line."""
    return "\n".join(line.text for line in lines)
