"""Somebody who draws on a picture, by mouse and by keyboard."""

from collections.abc import Sequence

from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from desktop.capture.redact.apply import applied
from desktop.tickets.marks import Mark
from desktop.ui.annotate.canvas import Canvas
from desktop.ui.annotate.window import AnnotateWindow
from desktop.ui.annotate.words_edit import WordsEdit


class DrawingPerson:
    """Has a picture of one colour before them; places are in its pixels."""

    def __init__(self, qtbot: QtBot, size: tuple[int, int] = (640, 400), colour: str = "steelblue") -> None:
        self._qtbot = qtbot
        self._size = size
        self._colour = colour
        self.window = AnnotateWindow()
        self.told: list[tuple[Mark, ...]] = []
        self.window.marks_changed.connect(self.told.append)
        qtbot.addWidget(self.window)

    def open(self, marks: Sequence[Mark] = (), *, is_searching: bool = False) -> None:
        image = QImage(*self._size, QImage.Format.Format_RGB32)
        image.fill(QColor(self._colour))
        self.window.show_picture(image, marks, "Screen 1", is_searching=is_searching)
        self._qtbot.waitUntil(lambda: self.window.isActiveWindow() and self.canvas.isVisible())

    @property
    def canvas(self) -> Canvas:
        return self.window.findChildren(Canvas)[-1]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.window.marks

    def click(self, across: float, down: float) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, pos=self._place(across, down))

    def press(self, across: float, down: float) -> None:
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=self._place(across, down))

    def go(self, across: float, down: float) -> None:
        QTest.mouseMove(self.canvas, self._place(across, down))

    def release(self, across: float, down: float) -> None:
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=self._place(across, down))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.press(*start)
        self.go((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self.release(*end)

    def key(self, key: str | Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key, modifiers)
        else:
            QTest.keyClick(focus, key, modifiers)

    def write(self, words: str) -> None:
        """Into the field that has come up, and Enter."""
        field = self.window.findChild(WordsEdit)
        assert field is not None
        self._qtbot.waitUntil(field.hasFocus)
        self.key(words)
        self.key(Qt.Key.Key_Return)

    def press_button(self, words: str) -> None:
        self.button(words).click()

    def button(self, words: str) -> QPushButton:
        return next(one for one in self.window.findChildren(QPushButton) if one.text().replace("&", "") == words)

    def reads(self, words: str) -> bool:
        shown = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]
        shown += [text.toPlainText() for text in self.window.findChildren(QTextEdit) if text.isVisible()]
        return any(words in text for text in shown)

    def made_anew(self) -> Image.Image:
        """The picture as it will leave."""
        return applied(Image.new("RGB", self._size, QColor(self._colour).name()), self.marks)

    def seen(self) -> QImage:
        """What is on the canvas."""
        return self.canvas.grab().toImage()

    def _place(self, across: float, down: float) -> QPoint:
        return self.canvas.place_of((across, down))
