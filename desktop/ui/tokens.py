"""Distances, sizes and the style sheet that every window shares."""

from importlib.resources import files

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

SMALL = 4
GAP = 8
WIDE = 16
THUMBNAIL = 150
"""Widest picture of a screen in the report, in device-independent pixels."""


def dress(app: QApplication) -> None:
    """Lay our few rules over the system's own style."""
    app.setStyleSheet((files("resources.styles") / "helptray.qss").read_text(encoding="utf-8"))


def enlarge(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Make a widget's letters larger, in proportion to what the person has set."""
    font = QFont(widget.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setBold(bold)
    widget.setFont(font)


def quieten(widget: QWidget) -> None:
    """Show a widget's words as a side remark."""
    widget.setProperty("look", "quiet")
