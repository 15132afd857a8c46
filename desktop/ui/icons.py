"""Our icons, from the wheel."""

from importlib.resources import files

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 22, 24, 32, 48, 64)


def icon(name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg`, drawn for every usual size."""
    renderer = QSvgRenderer(QByteArray((files("resources.icons") / f"{name}.svg").read_bytes()))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made
