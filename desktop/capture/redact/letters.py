"""The letters of texts on a picture: of one bold font of this system, and of others what that one does not have."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_BOLD = (
    "DejaVuSans-Bold.ttf",
    "segoeuib.ttf",
    "arialbd.ttf",
    "/System/Library/Fonts/Helvetica.ttc",
    "LiberationSans-Bold.ttf",
    "NotoSans-Bold.ttf",
)
"""The first that this system has; Pillow's own, which knows Latin letters alone, where it has none."""
_OTHERS = (
    "DejaVuSans.ttf",
    "msyhbd.ttc",
    "meiryob.ttc",
    "malgunbd.ttf",
    "seguiemj.ttf",
    "seguisym.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/System/Library/Fonts/Apple Symbols.ttf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "NotoEmoji-Regular.ttf",
    "Symbola_hint.ttf",
    "Symbola.ttf",
    "unifont.otf",
)
"""Chinese, Japanese, Korean and pictographs, as Windows, macOS and Linux bring them."""
_NO_LETTER = "\U0010ffff"
"""No font has it: it looks as what is missing looks."""
_PROBE = 24
"""Height in pixels at which fonts are asked what they have."""
_JOINED = frozenset(("Mn", "Me", "Mc", "Cf"))
"""Unicode's categories of what belongs to the letter before it: accents, joiners, variants."""


def joins(letter: str) -> bool:
    """Whether it belongs to the letter before it."""
    return unicodedata.category(letter) in _JOINED


def width(text: str, height: int) -> float:
    """Of one line in letters of that height, in pixels."""
    return sum(font.getlength(run) for font, run in _runs(text, height))


def write(pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str, height: int, rim: int) -> None:
    """Write one line whose upper left corner is at a place, with a rim that is so thick, all in full strength."""
    across, base = place[0], place[1] + _base(height)
    for font, run in _runs(text, height):
        pen.text((across, base), run, font=font, fill=255, stroke_width=rim, anchor="ls")
        across += round(font.getlength(run))


def _base(height: int) -> int:
    first = _font(_first(), height)
    return first.getmetrics()[0] if isinstance(first, ImageFont.FreeTypeFont) else height


def _runs(text: str, height: int) -> Iterator[tuple[Font, str]]:
    """The text in stretches of one font each."""
    names: list[str] = []
    for letter in text:
        goes_on = bool(names) and (joins(letter) or letter.isspace())
        names.append(names[-1] if goes_on else _name_for(letter))
    at = 0
    for name, group in groupby(names):
        length = len(list(group))
        yield _font(name, height), text[at : at + length]
        at += length


@lru_cache(maxsize=4096)
def _name_for(letter: str) -> str:
    """The font for a letter: the first where none has it, which shows that it is missing."""
    first = _first()
    names = (first, *_OTHERS)
    return next((name for name in names if _is_here(name) and _has(name, letter)), first)


@lru_cache(maxsize=1)
def _first() -> str:
    return next((name for name in _BOLD if _is_here(name)), "")


@lru_cache(maxsize=64)
def _is_here(name: str) -> bool:
    try:
        ImageFont.truetype(name, _PROBE)
    except OSError:
        return not name
    return True


def _has(name: str, letter: str) -> bool:
    return letter.isspace() or _look(name, letter) != _look(name, _NO_LETTER)


@lru_cache(maxsize=4096)
def _look(name: str, letter: str) -> bytes:
    picture = Image.new("L", (2 * _PROBE, 2 * _PROBE))
    ImageDraw.Draw(picture).text((0, 0), letter, font=_font(name, _PROBE), fill=255)
    return picture.tobytes()


@lru_cache(maxsize=64)
def _font(name: str, height: int) -> Font:
    """A font in letters of that height in pixels."""
    return ImageFont.truetype(name, height) if name else ImageFont.load_default(height)
