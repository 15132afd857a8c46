"""The one field that is required."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.capture.redact.text import mask

LONGEST = 2_000
"""Characters that the field takes; a longer text that is pasted goes along beside it."""

_LINES = 3


class SentenceEdit(QPlainTextEdit):
    """A few lines of plain text in which Enter saves and Shift+Enter begins a line.

    Args:
        masks: what is certainly private in a text that is pasted is masked, a step that Undo takes back.

    Signals:
        masked: what was masked in a text that was pasted (a sequence of str).
        submitted: Enter was pressed.
        long_text_pasted: a text (str) too long for the field.
        picture_pasted: a QImage.
        files_pasted: a list of Path.
    """

    masked = Signal(object)
    submitted = Signal()
    long_text_pasted = Signal(str)
    picture_pasted = Signal(QImage)
    files_pasted = Signal(list)

    def __init__(self, *, masks: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masks = masks
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        margins = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + margins)

    def go_on_from(self, text: str) -> None:
        """Show what was written before, with the cursor where the person left off."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return source.hasImage() or source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        paths = local_files(source)
        if paths:
            self.files_pasted.emit(paths)
        elif source.hasImage() and not source.hasText():
            self.picture_pasted.emit(QImage(source.imageData()))
        elif len(text := source.text()) > LONGEST:
            self.long_text_pasted.emit(text)
        else:
            self._paste(text)

    def _paste(self, text: str) -> None:
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        found = mask(text) if self._masks else None
        if found is not None and found.kinds:
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(found.text)
            self.masked.emit(found.kinds)
        self.ensureCursorVisible()


def local_files(source: QMimeData) -> list[Path]:
    """The files of this computer that are named by what was pasted or dropped."""
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
