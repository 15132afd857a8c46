"""Arrows, boxes and texts on a picture, with soft edges; windows show them with the same geometry."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw

from desktop.capture.redact.letters import joins, width, write
from desktop.tickets.marks import Mark, MarkKind

COLOUR = (214, 31, 31)
"""One red for all that a person draws; a white rim makes it seen on red too."""
RIM = (255, 255, 255)
_FINER = 3
"""Drawn this many times larger and made small again: soft edges."""
_LINE_OF_TEXT = 1.25
"""Heights of a letter from one line of a text to the next."""

Size = tuple[int, int]
Point = tuple[float, float]


def thickness(picture: Size) -> int:
    """Of lines, in pixels, on a picture of that size."""
    return max(3, round(max(picture) / 480))


def letter_height(picture: Size) -> int:
    """Of texts, in pixels, unless the person makes them larger or smaller."""
    return max(14, round(max(picture) / 90))


def draw(picture: Image.Image, mark: Mark) -> None:
    """Draw an arrow, a box or a text on the picture; other marks draw nothing."""
    if mark.kind is MarkKind.TEXT:
        left, top = extent(mark, picture.size)[:2]
        rim, letters = _stencils(mark, picture.size)
        picture.paste(RIM, (left, top), rim)
        picture.paste(COLOUR, (left, top), letters)
    elif mark.kind is MarkKind.ARROW:
        _draw_arrow(picture, mark)
    elif mark.kind is MarkKind.BOX:
        line = thickness(picture.size)
        for extra, colour in ((line, RIM), (0, COLOUR)):
            ImageDraw.Draw(picture).rectangle(box_edge(mark, line, extra), outline=colour, width=line + extra)


def box_edge(mark: Mark, line: int, extra: int) -> tuple[int, int, int, int]:
    """The outermost pixels of a box drawn with lines `line + extra` thick; `extra` is the rim's."""
    (left, right), (top, bottom) = sorted((mark.left, mark.right)), sorted((mark.top, mark.bottom))
    out = (line + extra) // 2
    return left - out, top - out, right + out - 1, bottom + out - 1


def arrow(start: Point, end: Point, line: float, extra: float) -> tuple[Point, tuple[Point, Point, Point]]:
    """The end of an arrow's shaft, and its head; the shaft is `line + extra` thick."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    head = min(5.0 * line, max(2.5 * line, math.dist(start, end)))
    neck = (end[0] - 0.8 * head * math.cos(angle), end[1] - 0.8 * head * math.sin(angle))
    tip = (end[0] + extra * math.cos(angle), end[1] + extra * math.sin(angle))
    length = head + 1.5 * extra
    wings = [
        (tip[0] - length * math.cos(angle + turn), tip[1] - length * math.sin(angle + turn)) for turn in (-0.5, 0.5)
    ]
    return neck, (tip, wings[0], wings[1])


def _draw_arrow(picture: Image.Image, mark: Mark) -> None:
    line = thickness(picture.size)
    reach = 8 * line
    left, top = max(0, min(mark.left, mark.right) - reach), max(0, min(mark.top, mark.bottom) - reach)
    right = min(picture.width, max(mark.left, mark.right) + reach)
    bottom = min(picture.height, max(mark.top, mark.bottom) + reach)
    if right <= left or bottom <= top:
        return
    start = ((mark.left - left) * _FINER, (mark.top - top) * _FINER)
    end = ((mark.right - left) * _FINER, (mark.bottom - top) * _FINER)
    for extra, colour in ((line, RIM), (0, COLOUR)):
        large = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER))
        pen = ImageDraw.Draw(large)
        neck, head = arrow(start, end, line * _FINER, extra * _FINER)
        pen.line((*start, *neck), fill=255, width=(line + extra) * _FINER)
        pen.polygon(head, fill=255)
        picture.paste(colour, (left, top), large.resize((right - left, bottom - top), Image.Resampling.BOX))


def text_picture(mark: Mark, picture: Size) -> Image.Image:
    """A text alone: letters with their rim on nothing, RGBA."""
    rim, letters = _stencils(mark, picture)
    alone = Image.new("RGBA", rim.size)
    alone.paste((*RIM, 255), (0, 0), rim)
    alone.paste((*COLOUR, 255), (0, 0), letters)
    return alone


@lru_cache(maxsize=1024)
def extent(mark: Mark, picture: Size) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a text with its rim, at least one letter."""
    height = _letters(mark, picture)
    lines, rim = wrapped(mark, picture), _rim(height)
    across = max(height, *(math.ceil(width(line, height)) for line in lines))
    below = round(len(lines) * height * _LINE_OF_TEXT)
    return mark.left - rim, mark.top - rim, mark.left + across + rim, mark.top + below + rim


@lru_cache(maxsize=1024)
def wrapped(mark: Mark, picture: Size) -> tuple[str, ...]:
    """The lines of a text, broken where they would pass its right side; a word that is wider is broken itself."""
    height = _letters(mark, picture)
    most = max(height, (mark.right if mark.right > mark.left else picture[0]) - mark.left)
    lines = []
    for paragraph in mark.text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, height) <= most:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, most, height)
            lines += full
        lines.append(line)
    return tuple(lines)


def _broken(word: str, most: int, height: int) -> list[str]:
    """A word in pieces of that width at most, each of at least one letter."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and not joins(letter) and width(pieces[-1] + letter, height) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _stencils(mark: Mark, picture: Size) -> tuple[Image.Image, Image.Image]:
    """How much of each pixel is rim, and how much is letter."""
    left, top, right, bottom = extent(mark, picture)
    height = _letters(mark, picture)
    stencils = []
    for rim in (_rim(height), 0):
        stencil = Image.new("L", (right - left, bottom - top))
        pen = ImageDraw.Draw(stencil)
        for number, line in enumerate(wrapped(mark, picture)):
            place = (_rim(height), _rim(height) + round(number * height * _LINE_OF_TEXT))
            write(pen, place, line, height, rim)
        stencils.append(stencil)
    return stencils[0], stencils[1]


def _letters(mark: Mark, picture: Size) -> int:
    return mark.bottom - mark.top if mark.bottom > mark.top else letter_height(picture)


def _rim(letters: int) -> int:
    return max(2, letters // 8)
