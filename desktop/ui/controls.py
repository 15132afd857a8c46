"""Buttons, boxes and frames as every window of ours makes them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QShortcutEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.icons import icon
from desktop.ui.tokens import GAP, enlarge, quieten

_QUESTION = 25
"""Width of a question in letters."""


def push(text: str, *, is_default: bool = False, is_main: bool = False) -> QPushButton:
    """A button; Enter presses it only when it has the focus or is the default.

    `is_main`: the one thing that most people do in this window; a default button is that too.
    """
    made = QPushButton(text, autoDefault=False, default=is_default)
    if is_default or is_main:
        made.setProperty("look", "main")
    return made


class _AtOnce(QPushButton):
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)


def at_once(text: str) -> QPushButton:
    """A button whose key does what it says before the next key is heeded, and leaves the cursor where it is."""
    return _AtOnce(text, autoDefault=False)


def keep_room(widget: QWidget, *, kept: bool = True) -> None:
    """Keep a widget's room while it is hidden: nothing moves under the hand when it comes."""
    policy = widget.sizePolicy()
    if policy.retainSizeWhenHidden() != kept:
        policy.setRetainSizeWhenHidden(kept)
        widget.setSizePolicy(policy)


def lead(button: QPushButton, *, leads: bool) -> None:
    """Make a button the default of its window, as the situation changes, or one among others again."""
    button.setDefault(leads)
    dress(button, "main" if leads else "")


def dress(widget: QWidget, look: str) -> None:
    """Give a widget that is on screen one of the looks of the style sheet; empty for none."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class _Attaching(QPushButton):
    """Its clip has the colour of its letters, also once the desktop has others."""

    def __init__(self, text: str) -> None:
        super().__init__(text, autoDefault=False)
        self._colour = QColor()
        self._show_clip()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_clip()

    def _show_clip(self) -> None:
        colour = self.palette().buttonText().color()
        if colour != self._colour:
            self._colour = colour
            self.setIcon(icon("attach", colour))


def attaching(text: str) -> QPushButton:
    """A button that adds files."""
    return _Attaching(text)


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


class _Tick(QCheckBox):
    def event(self, event: QEvent) -> bool:
        return _chosen_at_once(self, event) or super().event(event)


class _Choice(QRadioButton):
    def event(self, event: QEvent) -> bool:
        return _chosen_at_once(self, event) or super().event(event)


def _chosen_at_once(button: QAbstractButton, event: QEvent) -> bool:
    """Whether it was the button's own key, which then has been heeded.

    Qt would show the button down for a tenth of a second first, and whoever pressed Enter by then had sent what they
    had just switched off.
    """
    if not isinstance(event, QShortcutEvent) or event.isAmbiguous():
        return False
    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
    button.click()
    return True


def tick(text: str, *, on: bool = False) -> QCheckBox:
    """A box to tick."""
    made = _Tick(text)
    made.setChecked(on)
    return made


def radio(text: str, *, on: bool = False) -> QRadioButton:
    """One of several choices."""
    made = _Choice(text)
    made.setChecked(on)
    return made


def one_of(owner: QObject, buttons: Sequence[QAbstractButton]) -> QButtonGroup:
    """Buttons of which one is chosen, by their place in the row; Tab goes to that one, the arrow keys to the others."""
    group = QButtonGroup(owner)
    for number, button in enumerate(buttons):
        group.addButton(button, number)

    def let_tab_in() -> None:
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)

    group.idToggled.connect(let_tab_in)
    let_tab_in()
    return group


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


def asked(question: str, answers: QWidget) -> QWidget:
    """A question with its answers beside it; the questions of a window stand in one column."""
    label = line(question)
    label.setFixedWidth(label.fontMetrics().averageCharWidth() * _QUESTION)
    label.setMinimumHeight(QRadioButton().sizeHint().height())
    row = QWidget()
    beside = QHBoxLayout(row)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(GAP)
    beside.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    beside.addWidget(answers, 1)
    return row


def framed(look: str) -> QFrame:
    """A frame with one of the looks of the style sheet."""
    frame = QFrame()
    frame.setProperty("look", look)
    return frame


def clear(column: QVBoxLayout, keep: int = 0) -> None:
    """Remove all widgets of a column but the first ones."""
    while (item := column.takeAt(keep)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
