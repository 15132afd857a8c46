"""A QR code that a telephone reads as a number to dial."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_QUIET = 4
"""Light modules around the code (ISO/IEC 18004)."""


def dial_code(number: str, scale: int = 4) -> QImage:
    """A QR code of `tel:` and the number (E.164), black on white whatever the colours of the window."""
    import segno

    rows = [bytes(row) for row in segno.make(f"tel:{number}", error="m").matrix]
    side = len(rows) + 2 * _QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x + _QUIET, y + _QUIET, Qt.GlobalColor.black)
    return image.scaled(side * scale, side * scale)
