"""The row of what can be done to a picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.tickets.marks import MarkKind
from desktop.ui.controls import one_of, push, switch
from desktop.ui.flow_layout import FlowLayout

_TOOLS: tuple[tuple[MarkKind | None, str, str, str], ...] = (
    (None, "&Move", "M", "Click a mark to change it, drag it to move it."),
    (MarkKind.REDACT, "&Cover", "C", "Drag over what nobody else should see: it is painted over for good."),
    (MarkKind.ARROW, "&Arrow", "A", "Drag to where the arrow should point."),
    (MarkKind.BOX, "&Box", "B", "Drag around what matters."),
    (MarkKind.TEXT, "&Text", "T", "Click where the words should begin."),
    (MarkKind.CROP, "C&rop", "R", "Drag around the part to keep: the rest is cut off."),
)
_BY_KEYBOARD = "Enter puts one into the middle."


class ToolRow(QWidget):
    """Tools, each with one key, and the steps back and forth.

    Signals:
        chosen: another tool was taken.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self)
        buttons = []
        for _, words, key, hint in _TOOLS:
            button = switch(words)
            press_by(button, QKeySequence(key), hint)
            button.setProperty("look", "tool")
            button.setMinimumSize(button.sizeHint())  # the one that is taken is as large as the others
            buttons.append(button)
            self._row.addWidget(button)
        self._group = one_of(self, buttons)
        buttons[1].setChecked(True)
        self._group.idToggled.connect(lambda _, on: self.chosen.emit() if on else None)
        self.undo = self._act("Undo", QKeySequence(QKeySequence.StandardKey.Undo))
        self.redo = self._act("Redo", QKeySequence("Ctrl+Y"))
        press_by(self.redo, QKeySequence("Ctrl+Shift+Z"), "Redo")
        self.remove = self._act("Delete", QKeySequence(Qt.Key.Key_Delete))

    @property
    def tool(self) -> MarkKind | None:
        """What a drag draws; None where it moves."""
        return _TOOLS[self._group.checkedId()][0]

    @property
    def hint(self) -> str:
        """What to do with the tool."""
        kind, _, _, hint = _TOOLS[self._group.checkedId()]
        return hint if kind is None else f"{hint} {_BY_KEYBOARD}"

    def _act(self, words: str, key: QKeySequence) -> QPushButton:
        button = push(words)
        press_by(button, key, words)
        self._row.addWidget(button)
        return button


def press_by(button: QPushButton, key: QKeySequence, hint: str) -> None:
    """Let a key press the button, and say so beside it; a button's own shortcut comes a tenth of a second late."""
    QShortcut(key, button).activated.connect(button.click)
    button.setToolTip(f"{hint} ({key.toString(QKeySequence.SequenceFormat.NativeText)})")
