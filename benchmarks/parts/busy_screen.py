"""`python -m benchmarks.parts.busy_screen`: covers a 4K screen with what such screens show, says `shown`, and stays.

Three windows full of text, in boxes with a title, on a plain desktop, and a photograph: a gradient with noise.
"""

import sys
from random import Random
from typing import Final

from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

WIDTH: Final = 3840
HEIGHT: Final = 2160
_PHOTOGRAPH: Final = QRect(2500, 100, 1280, 900)
_WINDOWS: Final = (QRect(60, 60, 1500, 1300), QRect(1200, 700, 1700, 1350), QRect(300, 1450, 1400, 640))
_WORDS: Final = (
    "printer driver error 0x80070005 access is denied while the network account waits for an answer since Monday 09:41"
)
_LINE: Final = 38


def busy_screen() -> QImage:
    """The whole screen, the same at each call. A `QGuiApplication` has to run."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(43, 90, 124))
    random = Random(1)
    painter = QPainter(image)
    painter.drawImage(_PHOTOGRAPH.topLeft(), _photograph())
    font = QFont()
    font.setPixelSize(24)
    painter.setFont(font)
    for window in _WINDOWS:
        _draw_window(painter, window, random)
    painter.end()
    return image


def _draw_window(painter: QPainter, place: QRect, random: Random) -> None:
    painter.fillRect(place, QColor("white"))
    title = QRect(place.topLeft(), place.size())
    title.setHeight(60)
    painter.fillRect(title, QColor(220, 220, 220))
    painter.setPen(QColor("black"))
    painter.drawRect(place)
    words = _WORDS.split()
    for top in range(place.top() + 100, place.bottom() - _LINE, _LINE):
        painter.drawText(place.left() + 30, top, " ".join(random.choice(words) for _ in range(place.width() // 110)))


def _photograph() -> QImage:
    size = (_PHOTOGRAPH.width(), _PHOTOGRAPH.height())
    random, noise = Random(1), []
    for light in (96, 128, 150):
        gradient = Image.linear_gradient("L").rotate(light).resize(size)
        grain = Image.frombytes("L", size, random.randbytes(size[0] * size[1])).point(lambda value: value // 16)
        noise.append(Image.blend(gradient, Image.new("L", size, light), 0.6).point(lambda value: value // 2 + 60))
        noise[-1] = Image.composite(grain, noise[-1], Image.new("L", size, 60))
    pixels = Image.merge("RGB", noise).tobytes("raw", "BGRX")
    return QImage(pixels, *size, QImage.Format.Format_RGB32).copy()


def main() -> int:
    """Show it until the process is ended."""
    application = QApplication(sys.argv)
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(busy_screen()))
    label.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    label.setGeometry(0, 0, WIDTH, HEIGHT)
    label.show()
    while not label.windowHandle().isExposed():
        application.processEvents()
    label.repaint()
    application.sync()
    print("shown", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
