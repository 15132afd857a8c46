"""Our icons, from the wheel."""

from importlib.resources import files

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 22, 24, 32, 48, 64)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon `resources/icons/NAME.svg`, drawn for every usual size; all of it in one colour where that is given."""
    renderer = QSvgRenderer(QByteArray((files("resources.icons") / f"{name}.svg").read_bytes()))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        renderer.render(painter)
        if colour is not None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(pixmap.rect(), colour)
        painter.end()
        made.addPixmap(pixmap)
    return made
