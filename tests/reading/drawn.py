"""Pictures of screens that the tests draw: text in a font of theirs, dialogs, dark and light."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screenshot

FONTS = Path("/usr/share/fonts/truetype/dejavu")
BLACK, WHITE, GREY = (20, 20, 20), (255, 255, 255), (240, 240, 240)


@dataclass(frozen=True)
class Look:
    """How text looks: pixels of its letters at 96 dots per inch, the scale of the screen, dark or light."""

    size: int = 13
    scale: float = 1.0
    is_dark: bool = False
    font: str = "DejaVuSans.ttf"

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

    def text(self, left: float, top: float, *lines: str) -> None:
        """Lines below each other, as a text program sets them."""
        for number, line in enumerate(lines):
            place = (self.look.pixels(left), self.look.pixels(top + number * self.look.size * 1.6))
            self._draw.text(place, line, font=self._font, fill=self._ink)

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
        self._draw.rectangle((px(left), px(top), px(left + width) - 1, px(top + height) - 1), fill=colour)
