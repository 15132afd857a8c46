"""The window in which a picture is drawn on, covered and cropped."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.capture.redact.apply import open_picture
from desktop.tickets.marks import Mark
from desktop.ui.annotate.canvas import Canvas
from desktop.ui.annotate.finds import about, in_words
from desktop.ui.annotate.shapes import Point, text_at, written
from desktop.ui.annotate.sheet import Sheet, Steps, is_open
from desktop.ui.annotate.tools import ToolRow, press_by
from desktop.ui.annotate.view import PictureView
from desktop.ui.annotate.words_edit import WordsEdit
from desktop.ui.controls import keep_room, line, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL, WIDE, in_letters

_WIDTH, _LINES = 140, 48
_SEARCHING = "This picture is being looked through for private things."


class AnnotateWindow(QDialog):
    """Shows one picture with its marks. Nothing has to be saved: each step is told at once, and closing keeps all.

    Signals:
        marks_changed: the marks as they are now (a tuple of `Mark`), after every step.
        closed: the window is no longer on screen.
    """

    marks_changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas: Canvas | None = None
        self._tools = ToolRow()
        self._tools.chosen.connect(self._take_tool)
        self._tools.undo.clicked.connect(lambda: self._step(Sheet.undo))
        self._tools.redo.clicked.connect(lambda: self._step(Sheet.redo))
        self._tools.remove.clicked.connect(lambda: self._step(Sheet.remove))
        self._found = PlainText()
        self._found.setAccessibleName("Private things on this picture")
        self._cover_all = push("Cover all &outlined")
        press_by(self._cover_all, QKeySequence("O"), "Cover all that is outlined, but what is part of an error message")
        self._cover_all.clicked.connect(lambda: self._step(Sheet.cover_all))
        for widget in (self._found, self._cover_all):
            keep_room(widget)
        self._view = PictureView()
        self._words = WordsEdit(self._view.viewport())
        self._words.written.connect(self._write)
        self._hint = line(quiet=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setMinimumHeight(2 * self._hint.fontMetrics().lineSpacing())
        self._is_searching = False
        self._text: Mark | None = None
        self._lay_out()

    def show_picture(
        self,
        image: QImage,
        marks: Sequence[Mark],
        label: str,
        *,
        is_searching: bool = False,
        earlier: Steps | None = None,
    ) -> None:
        """Show a picture with its marks; `is_searching`: it is being looked through now, and `suggest` will follow.

        `earlier`: its `steps` when it was shown before.
        """
        self._words.finish()
        sheet = Sheet((image.width(), image.height()), marks, earlier)
        self._canvas = Canvas(image, sheet)
        sheet.setParent(self._canvas)
        sheet.stepped.connect(lambda: self.marks_changed.emit(sheet.marks))
        sheet.shown.connect(self._tell)
        self._canvas.text_wanted.connect(self._begin_text)
        self._canvas.words_wanted.connect(self._change_words)
        self._view.hold(self._canvas)
        self._is_searching = is_searching
        self.setWindowTitle(f"Picture: {label}")
        self._take_tool()
        self.come_forward()
        self._focus_picture()

    def come_forward(self) -> None:
        """Show the window above the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as they are now."""
        return self._canvas.sheet.marks if self._canvas is not None else ()

    @property
    def steps(self) -> Steps | None:
        """The steps that led to them, to go on from when the picture is shown again."""
        return self._canvas.sheet.steps if self._canvas is not None else None

    def suggest(self, found: Sequence[Mark]) -> None:
        """Show what was found; the search is over."""
        self._is_searching = False
        if self._canvas is not None:
            self._canvas.sheet.suggest(found)
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The narrower it is, the more rows the tools take: nothing is laid over the picture."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._column.totalMinimumHeightForWidth(self.width()))

    def reject(self) -> None:
        """Escape closes as the window's own button does."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._words.finish()
        event.accept()
        self.closed.emit()

    def _lay_out(self) -> None:
        found = QHBoxLayout()
        found.addWidget(self._found, 1)
        found.addWidget(self._cover_all)
        below = QHBoxLayout()
        below.setSpacing(SMALL)
        for words, name, key, steps in (("−", "Smaller", "Ctrl+-", -1), ("+", "Larger", "Ctrl++", 1)):
            below.addWidget(self._zoom_button(words, name, key, steps))
        whole = push("&Whole picture")
        press_by(whole, QKeySequence("Ctrl+0"), "Show the whole picture")
        whole.clicked.connect(self._view.fit)
        below.addWidget(whole)
        below.addStretch(1)
        done = push("&Done", is_main=True)
        done.clicked.connect(self.close)
        below.addWidget(done)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        column.addWidget(self._tools)
        column.addLayout(found)
        column.addWidget(self._view, 1)
        column.addWidget(self._hint)
        column.addLayout(below)
        self.setSizeGripEnabled(True)
        self.resize(in_letters(self, _WIDTH, _LINES))

    def _zoom_button(self, words: str, name: str, key: str, steps: int) -> QPushButton:
        button = push(words)
        button.setAccessibleName(name)
        press_by(button, QKeySequence(key), name)
        button.clicked.connect(lambda: self._view.zoom(steps))
        return button

    def _take_tool(self) -> None:
        if self._canvas is not None:
            self._canvas.hand.tool = self._tools.tool
            crossed = self._tools.tool is not None
            self._canvas.setCursor(Qt.CursorShape.CrossCursor if crossed else Qt.CursorShape.ArrowCursor)
            self._tell()

    def _step(self, step: Callable[[Sheet], None]) -> None:
        if self._canvas is not None:
            self._canvas.hand.give_up()
            step(self._canvas.sheet)

    def _tell(self) -> None:
        """Say what is chosen and found, and what can be done now."""
        if self._canvas is None:
            return
        sheet = self._canvas.sheet
        mark = sheet.chosen_mark
        words = about(mark) if mark is not None else self._tools.hint
        self._hint.setText(words)
        self._canvas.setAccessibleDescription(words)
        found = _SEARCHING if self._is_searching else in_words(sheet.marks)
        self._found.show_text(found)
        self._found.setVisible(bool(found))
        self._cover_all.setVisible(any(map(is_open, sheet.marks)))
        self._tools.undo.setEnabled(sheet.can_undo)
        self._tools.redo.setEnabled(sheet.can_redo)
        self._tools.remove.setEnabled(mark is not None)

    def _begin_text(self, point: Point) -> None:
        if self._canvas is not None:
            self._canvas.sheet.choose(None)
            self._show_words(text_at(point, self._canvas.sheet.size))

    def _change_words(self) -> None:
        if self._canvas is not None and (mark := self._canvas.sheet.chosen_mark) is not None:
            self._show_words(mark)

    def _show_words(self, mark: Mark) -> None:
        """Write at the text's place, as far as the window goes."""
        assert self._canvas is not None
        self._text = mark
        room = self._view.viewport().rect()
        place = self._canvas.mapTo(self._view.viewport(), self._canvas.place_of((mark.left, mark.top)))
        self._words.resize(self._words.size().boundedTo(room.size()))
        self._words.move(
            max(0, min(place.x(), room.width() - self._words.width())),
            max(0, min(place.y(), room.height() - self._words.height())),
        )
        self._words.begin(mark.text)

    def _write(self, words: str) -> None:
        mark, self._text = self._text, None
        if mark is None or self._canvas is None:
            return
        sheet = self._canvas.sheet
        written_mark = written(replace(mark, text=words), sheet.size)
        if sheet.chosen_mark != mark:
            if words:
                sheet.add(written_mark)
        elif words:
            sheet.change(written_mark)
        else:
            sheet.remove()
        self._focus_picture()

    def _focus_picture(self) -> None:
        if self._canvas is not None:
            self._canvas.setFocus()


def picture_of(content: BinaryIO) -> QImage:
    """A picture file's pixels, upright, as the marks on them count. For any thread; raises `NotAPicture`."""
    picture = open_picture(content)
    data = picture.tobytes("raw", "BGRX")
    return QImage(data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32).copy()
