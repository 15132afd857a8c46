"""Several windows on one picture, as the README shows them."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter

_GROUND = "#dfe6ee"
_EDGE = "#b4c0cc"
_AROUND = 40
"""Pixels between the windows, and around them."""


def save_poster(left: tuple[Path, ...], right: Path, out: Path) -> Path:
    """Put the pictures of `left` below one another, `right` beside them, and write a PNG to `out`; returns that."""
    column = [QImage(str(path)) for path in left]
    beside = QImage(str(right))
    height = sum(image.height() + _AROUND for image in column) - _AROUND
    width = max(image.width() for image in column)
    whole = QSize(width + _AROUND + beside.width(), max(height, beside.height()))
    sheet = QImage(whole + QSize(2 * _AROUND, 2 * _AROUND), QImage.Format.Format_RGB32)
    sheet.fill(QColor(_GROUND))
    painter = QPainter(sheet)
    painter.setPen(QColor(_EDGE))
    top = _AROUND + (whole.height() - height) // 2
    for image in column:
        _place(painter, image, QPoint(_AROUND, top))
        top += image.height() + _AROUND
    _place(painter, beside, QPoint(2 * _AROUND + width, _AROUND + (whole.height() - beside.height()) // 2))
    painter.end()
    sheet.save(str(out))
    return out


def _place(painter: QPainter, image: QImage, at: QPoint) -> None:
    painter.drawImage(at, image)
    painter.drawRect(QRect(at, image.size()).adjusted(-1, -1, 0, 0))
