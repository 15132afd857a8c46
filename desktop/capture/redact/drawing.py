"""Arrows, boxes and texts on a picture, with soft edges."""

import math
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from desktop.tickets.marks import Mark, MarkKind

COLOUR = (214, 31, 31)
"""One red for all that a person draws; a white rim makes it seen on red too."""
RIM = (255, 255, 255)
_FINER = 3
"""Drawn this many times larger and made small again: soft edges."""
_FONTS = (
    "DejaVuSans-Bold.ttf",
    "segoeuib.ttf",
    "arialbd.ttf",
    "/System/Library/Fonts/Helvetica.ttc",
    "LiberationSans-Bold.ttf",
    "NotoSans-Bold.ttf",
)
"""The first that this system has; Pillow's own, which knows Latin letters alone, where it has none."""


def thickness(picture: tuple[int, int]) -> int:
    """Of lines, in pixels, on a picture of that size."""
    return max(3, round(max(picture) / 480))


def letter_height(picture: tuple[int, int]) -> int:
    """Of texts, in pixels."""
    return max(14, round(max(picture) / 90))


def draw(picture: Image.Image, mark: Mark) -> None:
    """Draw an arrow, a box or a text on the picture; other marks draw nothing."""
    if mark.kind is MarkKind.TEXT:
        _draw_text(picture, mark)
    elif mark.kind in (MarkKind.ARROW, MarkKind.BOX):
        _draw_lines(picture, mark)


def _draw_lines(picture: Image.Image, mark: Mark) -> None:
    line = thickness(picture.size)
    reach = 8 * line
    left, top = min(mark.left, mark.right) - reach, min(mark.top, mark.bottom) - reach
    left, top = max(0, left), max(0, top)
    right = min(picture.width, max(mark.left, mark.right) + reach)
    bottom = min(picture.height, max(mark.top, mark.bottom) + reach)
    if right <= left or bottom <= top:
        return
    stencils = []
    for extra in (line, 0):
        large = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER))
        pen = ImageDraw.Draw(large)
        start = ((mark.left - left) * _FINER, (mark.top - top) * _FINER)
        end = ((mark.right - left) * _FINER, (mark.bottom - top) * _FINER)
        if mark.kind is MarkKind.ARROW:
            _arrow(pen, start, end, line * _FINER, extra * _FINER)
        else:
            _box(pen, start, end, line * _FINER, extra * _FINER)
        stencils.append(large.resize((right - left, bottom - top), Image.Resampling.BOX))
    picture.paste(RIM, (left, top), stencils[0])
    picture.paste(COLOUR, (left, top), stencils[1])


def _box(pen: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int], line: int, extra: int) -> None:
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    out = extra // 2
    pen.rectangle((left - out, top - out, right + out, bottom + out), outline=255, width=line + extra)


def _arrow(pen: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int], line: int, extra: int) -> None:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    head = min(5.0 * line, max(2.5 * line, math.dist(start, end)))
    neck = (end[0] - 0.8 * head * math.cos(angle), end[1] - 0.8 * head * math.sin(angle))
    pen.line((*start, *neck), fill=255, width=line + extra)
    tip = (end[0] + extra * math.cos(angle), end[1] + extra * math.sin(angle))
    wings = [
        (tip[0] - (head + 1.5 * extra) * math.cos(angle + turn), tip[1] - (head + 1.5 * extra) * math.sin(angle + turn))
        for turn in (-0.5, 0.5)
    ]
    pen.polygon([tip, *wings], fill=255)


def _draw_text(picture: Image.Image, mark: Mark) -> None:
    height = letter_height(picture.size)
    ImageDraw.Draw(picture).multiline_text(
        (mark.left, mark.top),
        mark.text,
        font=font(height),
        fill=COLOUR,
        stroke_width=max(2, height // 8),
        stroke_fill=RIM,
    )


@cache
def font(height: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A bold font of that height in pixels."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, height)
        except OSError:
            continue
    return ImageFont.load_default(height)
