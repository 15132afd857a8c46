"""Buttons, boxes and frames as every window of ours makes them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
)

from desktop.ui.tokens import enlarge, quieten


def push(text: str, *, is_default: bool = False) -> QPushButton:
    """A button; Enter presses it only when it has the focus or is the default."""
    return QPushButton(text, autoDefault=False, default=is_default)


def switch(text: str) -> QPushButton:
    """A button that stays down until it is pressed again."""
    made = push(text)
    made.setCheckable(True)
    return made


def tool(text: str) -> QToolButton:
    """A small button beside a remark."""
    made = QToolButton()
    made.setText(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def tick(text: str, *, on: bool = False) -> QCheckBox:
    """A box to tick."""
    made = QCheckBox(text)
    made.setChecked(on)
    return made


def radio(text: str, *, on: bool = False) -> QRadioButton:
    """One of several choices."""
    made = QRadioButton(text)
    made.setChecked(on)
    return made


def line(text: str = "", *, quiet: bool = False) -> QLabel:
    """A line of our own words that wraps and is never taken for anything but plain text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if quiet:
        quieten(label)
    return label


def heading(text: str = "") -> QLabel:
    """A heading that wraps."""
    label = line(text)
    enlarge(label, 1.3, bold=True)
    return label


def framed(look: str) -> QFrame:
    """A frame with one of the looks of the style sheet."""
    frame = QFrame()
    frame.setProperty("look", look)
    return frame


def scroller() -> QScrollArea:
    """A page that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def clear(column: QVBoxLayout, keep: int = 0) -> None:
    """Remove all widgets of a column but the first ones."""
    while (item := column.takeAt(keep)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
