"""The few things that can be set."""

from importlib.metadata import version

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QKeySequenceEdit, QVBoxLayout, QWidget

from desktop.ui.controls import heading, line, push, tick
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, WIDE, in_letters

_WIDTH = 70


class KeyEdit(QKeySequenceEdit):
    """Takes any combination but Escape alone, which closes the window as everywhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class SettingsWindow(QDialog):
    """The hot key, the cue, and which Helptray this is.

    Signals:
        hot_key_chosen: the combination (str), empty for none.
        cue_chosen: whether taken pictures are to be shown by a frame (bool).
    """

    hot_key_chosen = Signal(str)
    cue_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._key = KeyEdit()
        self._key.setMaximumSequenceLength(1)
        self._key.setClearButtonEnabled(True)
        self._key.setAccessibleName("Hot key")
        self._cue = tick("Show a &frame for a moment when the screen has been taken")
        self._cue.clicked.connect(self.cue_chosen)
        self._answer = PlainText()
        use = push("&Use this key", is_default=True)
        use.clicked.connect(self._choose)
        self.setMinimumWidth(in_letters(self, _WIDTH, 1).width())
        close = push("&Close")
        close.clicked.connect(self.close)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("&Hot key", self._key)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(use)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        column.addWidget(heading("Settings"))
        column.addWidget(line("One key combination opens a new ticket from anywhere, with a picture of your screen."))
        column.addLayout(form)
        column.addWidget(self._answer)
        column.addWidget(self._cue)
        column.addStretch(1)
        column.addWidget(line(f"Helptray {version('helptray')}. Free software, Apache License 2.0.", quiet=True))
        column.addLayout(buttons)

    def open_anew(self, hot_key: str, state: str, *, cue: bool = True) -> None:
        """Show the window with the key and what became of registering it, and whether the cue is on."""
        self._cue.setChecked(cue)
        self._key.setKeySequence(QKeySequence.fromString(hot_key, QKeySequence.SequenceFormat.PortableText))
        self.show_state(state)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_state(self, state: str) -> None:
        """Say what became of registering the key."""
        self._answer.show_text(state)

    def _choose(self) -> None:
        self.hot_key_chosen.emit(self._key.keySequence().toString(QKeySequence.SequenceFormat.PortableText))
