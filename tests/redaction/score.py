"""What masking gets right on a screen, judged by the pixels: a letter that can still be seen was not hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from desktop.tickets.marks import Mark, MarkKind
from tests.redaction.screens import Part, Placed, Screen

_INK = 60
"""A pixel that differs so much from the paper is part of a letter (0 to 255)."""
_HIDDEN = 0.98
"""Share of a value's ink under marks with which it counts as hidden: a soft edge of a letter tells nothing."""
_TOUCHED = 0.25
"""Share with which a mark says of something that it is private."""


@dataclass(frozen=True)
class Judged:
    """One thing on a screen and what became of it.

    Attributes:
        masked, outlined: shares of its letters' pixels under marks that are masked or outlined at the start.
    """

    placed: Placed
    masked: float
    outlined: float

    @property
    def is_right(self) -> bool:
        """Hidden where it is surely private, hidden or pointed out elsewhere; what has to stay readable does."""
        if self.placed.part is Part.IN_ERROR:
            return self.masked < _TOUCHED
        if self.placed.kind is None:
            return max(self.masked, self.outlined) < _TOUCHED
        return (self.masked if self.placed.kind.is_sure else self.masked + self.outlined) >= _HIDDEN


def judged(screen: Screen, marks: Sequence[Mark]) -> list[Judged]:
    """Each thing on the screen."""
    image = screen.image()
    masked = _area(image.size, [mark for mark in marks if mark.kind is MarkKind.REDACT])
    outlined = _area(image.size, [mark for mark in marks if mark.kind is MarkKind.OUTLINE])
    return [
        Judged(placed, _share(image, masked, placed.box), _share(image, outlined, placed.box))
        for placed in screen.placed
    ]


def needless(screen: Screen, marks: Sequence[Mark]) -> list[Mark]:
    """Marks that lie on nothing private."""
    private = _area(screen.image().size, [_mark(one) for one in screen.placed if one.kind is not None])
    return [mark for mark in marks if private.crop(_box(mark)).getbbox() is None]


def _mark(placed: Placed) -> Mark:
    left, top, right, bottom = placed.box
    return Mark(kind=MarkKind.REDACT, left=left, top=top, right=right, bottom=bottom)


def _area(size: tuple[int, int], marks: Sequence[Mark]) -> Image.Image:
    area = Image.new("L", size)
    pen = ImageDraw.Draw(area)
    for mark in marks:
        pen.rectangle((mark.left, mark.top, mark.right - 1, mark.bottom - 1), fill=255)
    return area


def _share(image: Image.Image, area: Image.Image, box: tuple[int, int, int, int]) -> float:
    """How much of the ink in a box lies in an area."""
    part = image.crop(box)
    paper = Image.new("RGB", part.size, part.getpixel((0, 0)))
    ink = ImageChops.difference(part, paper).convert("L").point(lambda value: 255 if value > _INK else 0)
    total = ink.histogram()[255]
    covered = ImageChops.multiply(ink, area.crop(box)).histogram()[255]
    return covered / total if total else 0.0


def _box(mark: Mark) -> tuple[int, int, int, int]:
    return mark.left, mark.top, mark.right, mark.bottom
