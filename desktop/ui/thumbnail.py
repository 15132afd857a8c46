"""A small picture of a large one, with what will be done to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap

from desktop.tickets.marks import Mark
from desktop.ui.report.capture import Pixels
from desktop.ui.tokens import THUMBNAIL

if TYPE_CHECKING:
    from desktop.ui.annotate.text_images import TextImages

HEIGHT = THUMBNAIL * 10 // 16
"""Of every thumbnail, whatever the shape of the screen, so that nothing moves when it comes."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The small picture, and how large the whole one is in its own pixels."""

    image: QImage
    size: QSize


def thumbnail(content: bytes) -> Thumbnail:
    """From the bytes of a large picture; empty where they are none. For any thread."""
    kept = QBuffer()
    kept.setData(content)
    kept.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(kept)
    reader.setAutoTransform(True)  # a photograph is shown upright, as the marks on it count
    whole = reader.read()
    return Thumbnail(whole, whole.size()) if whole.isNull() else _small(whole)


def thumbnail_of(picture: Pixels) -> Thumbnail:
    """From pixels, which nothing has to unpack. For any thread."""
    stride = picture.width * 4
    whole = QImage(picture.pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
    small = _small(whole)
    return Thumbnail(small.image.copy(), small.size)  # a picture that small would still be somebody else's memory


def _small(whole: QImage) -> Thumbnail:
    room = QSize(THUMBNAIL - 2, HEIGHT - 2)
    small = whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return Thumbnail(small, whole.size())


def with_marks(small: Thumbnail, marks: Sequence[Mark], texts: "TextImages") -> QPixmap:
    """The thumbnail as the picture will look; `texts` are those of the one before."""
    from desktop.ui.annotate.painting import MarkPainter

    pixmap = QPixmap.fromImage(small.image)
    scale = small.image.width() / small.size.width()
    painter = QPainter(pixmap)
    painter.scale(scale, scale)
    MarkPainter(painter, (small.size.width(), small.size.height()), scale, texts).paint(tuple(marks))
    painter.end()
    return pixmap
