"""A picture made anew with its marks: what is masked is no longer in it, and nothing of the old file is either."""

import warnings
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from desktop.capture.redact.drawing import draw
from desktop.capture.screens.png import encode
from desktop.tickets.marks import Mark, MarkKind
from desktop.tickets.trouble import Trouble

_BLACK = (0, 0, 0)
_DEEP = 257
"""Steps of a grey of sixteen bits in one of eight."""


class NotAPicture(Trouble):
    """The file cannot be made anew as a picture."""

    title = "This picture cannot be changed"


def open_picture(source: BinaryIO) -> Image.Image:
    """The pixels of a picture file, upright, without transparency; nothing else of the file. Raises `NotAPicture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of damaged particulars, which are left out
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source) as picture:
                upright = ImageOps.exif_transpose(picture)
                if upright.mode.startswith("I"):  # sixteen bits of grey, which else become white
                    upright = upright.convert("I").point(lambda value: value / _DEEP).convert("L")
                if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                    clear = upright.convert("RGBA")
                    ground = Image.new("RGBA", clear.size, "white")
                    return Image.alpha_composite(ground, clear).convert("RGB")
                return upright.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError) as error:
        raise NotAPicture("This file is not a picture that Helptray can change.", detail=repr(error)) from error
    except (ValueError, SyntaxError, EOFError) as error:
        raise NotAPicture("This picture is damaged and cannot be changed.", detail=repr(error)) from error


def applied(picture: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """A new picture: first what is masked is painted over, then what was drawn is drawn, then all outside is cut off.

    Outlines change nothing. Marks may reach beyond the picture.
    """
    new = picture.copy()
    new.info.clear()
    paint = ImageDraw.Draw(new)
    for mark in marks:
        if mark.kind is MarkKind.REDACT:
            paint.rectangle((*_corners(mark)[:2], _corners(mark)[2] - 1, _corners(mark)[3] - 1), fill=_BLACK)
    for mark in marks:
        draw(new, mark)
    crops = [mark for mark in marks if mark.kind is MarkKind.CROP]
    return new.crop(_inside(crops[-1], new.size)) if crops else new


def png(picture: Image.Image) -> Iterator[bytes]:
    """The pieces of a new PNG file: pixels alone, no metadata, nothing behind the end."""
    pixels = memoryview(picture.tobytes("raw", "BGRX"))
    return encode(pixels, picture.width, picture.height)


def _corners(mark: Mark) -> tuple[int, int, int, int]:
    left, right = sorted((mark.left, mark.right))
    top, bottom = sorted((mark.top, mark.bottom))
    return left, top, right, bottom


def _inside(mark: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The corners of a crop within the picture, at least one pixel."""
    left, top, right, bottom = _corners(mark)
    left, top = min(max(left, 0), size[0] - 1), min(max(top, 0), size[1] - 1)
    return left, top, max(left + 1, min(right, size[0])), max(top + 1, min(bottom, size[1]))
