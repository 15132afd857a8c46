"""A picture from the clipboard as pixels, so that it is packed as quickly as a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class PastedPicture:
    """Rows from the top without padding, four bytes a pixel: blue, green, red, unused."""

    pixels: memoryview
    width: int
    height: int

    def pieces(self) -> Iterator[bytes]:
        """The picture as a PNG file, made while it is read; that takes a while, so off the windows' thread."""
        from desktop.capture.screens.png import encode

        return encode(self.pixels, self.width, self.height)


def pasted_picture(image: QImage) -> PastedPicture:
    """What is seen of the image; where it lets something through, that is white. For any thread."""
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(0xFFFFFFFF)
    plain.setDevicePixelRatio(image.devicePixelRatio())
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    return PastedPicture(memoryview(bytes(plain.constBits())), plain.width(), plain.height())
