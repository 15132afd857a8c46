"""Texts on a picture as they are shown, kept while they are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from desktop.capture.redact.drawing import text_picture
from desktop.tickets.marks import Mark
from desktop.ui.annotate.shapes import Size

_Key = tuple[Mark, Size, QSize]


class TextImages:
    """Each is made once, and kept from one painting to the next: many texts on a large picture take long to draw."""

    def __init__(self) -> None:
        self._kept: dict[_Key, QImage] = {}
        self._used: dict[_Key, QImage] = {}

    def get(self, mark: Mark, size: Size, shown: QSize) -> QImage:
        """A text that begins at (0, 0), smoothly made as small as it is shown."""
        key = (mark, size, QSize(shown))
        if key not in self._used:
            self._used[key] = self._kept.get(key) or _text_image(mark, size, shown)
        return self._used[key]

    def drop_others(self) -> None:
        """Forget what has not been asked for since."""
        self._kept, self._used = self._used, {}


def _text_image(mark: Mark, size: Size, shown: QSize) -> QImage:
    alone = text_picture(mark, size)
    data = alone.tobytes()
    image = QImage(data, alone.width, alone.height, alone.width * 4, QImage.Format.Format_RGBA8888)
    mode = Qt.TransformationMode.SmoothTransformation
    return image.copy() if image.size() == shown else image.scaled(shown, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
