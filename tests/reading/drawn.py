"""Pictures of screens that the tests draw: text in a font of theirs, dialogs, dark and light."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screenshot

FONTS = Path("/usr/share/fonts/truetype/dejavu")
BLACK, WHITE, GREY = (20, 20, 20), (255, 255, 255), (240, 240, 240)

_FINER = 6
"""Letters are drawn this many times larger, before they are made small in thirds of a pixel."""
_SPREAD = ImageFilter.Kernel((5, 5), [0] * 10 + [8, 77, 86, 77, 8] + [0] * 10, scale=256)
"""The usual filter that spreads a third over its neighbours (FreeType, FT_LCD_FILTER_DEFAULT)."""


@dataclass(frozen=True)
class Look:
    """How text looks: pixels of its letters at 96 dots per inch, the scale of the screen, dark or light.

    Attributes:
        is_subpixel: smoothed in the thirds of a pixel, with coloured edges, as ClearType does.
        shade: how much the ground changes from its top to its bottom, of 255.
        fade: how much of the way the letters have gone towards the ground, of 1.
        fallback: a font for the characters that the font lacks.
    """

    size: int = 13
    scale: float = 1.0
    is_dark: bool = False
    font: str = "DejaVuSans.ttf"
    is_subpixel: bool = False
    shade: int = 0
    fade: float = 0.0
    fallback: str = ""

    def pixels(self, units: float) -> int:
        return round(units * self.scale)


class Drawn:
    """A screen to draw on; places are in units, the picture in pixels."""

    def __init__(self, width: float, height: float, look: Look | None = None) -> None:
        self.look = look or Look()
        self._ink, self._paper = (WHITE, (30, 30, 30)) if self.look.is_dark else (BLACK, WHITE)
        self._face = (50, 50, 50) if self.look.is_dark else GREY
        self._image = Image.new("RGB", (self.look.pixels(width), self.look.pixels(height)), self._paper)
        self._draw = ImageDraw.Draw(self._image)
        self._font = ImageFont.truetype(str(FONTS / self.look.font), self.look.pixels(self.look.size))
        self._other = ImageFont.truetype(self.look.fallback, self._font.size) if self.look.fallback else self._font
        paper, ink = self._paper, self._ink
        faded = [round(one + (other - one) * self.look.fade) for one, other in zip(ink, paper, strict=True)]
        self._ink = (faded[0], faded[1], faded[2])
        if self.look.shade:
            self._shade((0, 0, *self._image.size), self._paper)

    def text(self, left: float, top: float, *lines: str) -> None:
        """Lines below each other, as a text program sets them."""
        for number, line in enumerate(lines):
            across, down = self.look.pixels(left), self.look.pixels(top + number * self.look.size * 1.6)
            for run, font in self._runs(line):
                self._write(across, down, run, font)
                across += round(font.getlength(run))

    def _runs(self, line: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """The pieces of a line that are drawn in one font each."""
        if self._other is self._font:
            yield line, self._font
            return
        for is_latin, run in groupby(line, key=lambda character: character < "\u2e80"):
            yield "".join(run), self._font if is_latin else self._other

    def _write(self, left: int, top: int, text: str, font: ImageFont.FreeTypeFont) -> None:
        if not self.look.is_subpixel:
            self._draw.text((left, top), text, font=font, fill=self._ink)
            return
        width, height = round(font.getlength(text)) + 4, round(font.size * 1.6)
        fine = font.font_variant(size=font.size * _FINER)
        large = Image.new("L", (width * _FINER, height * _FINER))
        ImageDraw.Draw(large).text((_FINER, 0), text, font=fine, fill=255)
        thirds = large.resize((width * 3, height), Image.Resampling.BOX).filter(_SPREAD)
        ground = self._image.crop((left, top, left + width, top + height))
        channels = []
        for number, (ink, channel) in enumerate(zip(self._ink, ground.split(), strict=True)):
            shares = thirds.transform(
                (width, height), Image.Transform.AFFINE, (3, 0, number - 1, 0, 1, 0), Image.Resampling.NEAREST
            )
            channel.paste(ink, (0, 0, width, height), shares)
            channels.append(channel)
        self._image.paste(Image.merge("RGB", channels), (left, top))

    def width(self, text: str) -> float:
        """How many pixels wide a text is."""
        return self._font.getlength(text)

    def dialog(self, left: float, top: float, title: str, lines: Sequence[str], button: str = "OK") -> None:
        """A window with a frame, a title bar, a face with the lines on it, and a button."""
        height = 90 + len(lines) * self.look.size * 1.6
        self._box(left - 1, top - 1, 562, height + 2, (120, 120, 120))
        self._box(left, top, 560, 30, self._paper)
        self.text(left + 10, top + 7, title)
        self._box(left, top + 31, 560, height - 31, self._face)
        self.text(left + 60, top + 48, *lines)
        self._box(left + 460, top + height - 36, 82, 26, (120, 120, 120))
        self._box(left + 461, top + height - 35, 80, 24, self._paper)
        self.text(left + 485, top + height - 32, button)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def screenshot(self, label: str) -> Screenshot:
        """It as a screen that was taken."""
        width, height = self._image.size
        pixels = memoryview(self._image.tobytes("raw", "BGRX"))
        monitor = Monitor(area=Rectangle(0, 0, width, height), is_primary=True)
        return Screenshot(label=label, pixels=pixels, width=width, height=height, monitor=monitor, is_active=True)

    def _box(self, left: float, top: float, width: float, height: float, colour: tuple[int, int, int]) -> None:
        px = self.look.pixels
        corners = (px(left), px(top), px(left + width), px(top + height))
        self._draw.rectangle((*corners[:2], corners[2] - 1, corners[3] - 1), fill=colour)
        if self.look.shade and min(width, height) > 2:
            self._shade(corners, colour)

    def _shade(self, corners: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
        """A ground that becomes lighter or darker from its top to its bottom."""
        left, top, right, bottom = corners
        towards = 1 if sum(colour) < 384 else -1
        for row in range(top, bottom):
            by = towards * self.look.shade * (row - top) // max(1, bottom - top)
            red, green, blue = (min(255, max(0, one + by)) for one in colour)
            self._draw.line((left, row, right - 1, row), fill=(red, green, blue))
