"""What a person does with the report window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import FileStrip
from desktop.ui.file_tile import FileTile
from desktop.ui.report.call_card import CallCard
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.receipt import Receipt
from desktop.ui.report.window import ReportWindow
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import entries
from tests.ui.shown_words import shown_words


class Reporter:
    """One person at the report window."""

    def __init__(self, qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.machine = machine
        self.parts = (desk, bridge, clock, machine.capture())
        self.window = self.open()

    def open(self, *, dialable: bool = True) -> ReportWindow:
        desk, bridge, clock, capture = self.parts
        self.window = ReportWindow(desk, bridge, clock, capture, dialable=dialable)
        self.qtbot.addWidget(self.window)
        return self.window

    def use(self, desk: Desk) -> None:
        """From now on another person's desk."""
        self.desk = desk
        self.parts = (desk, *self.parts[1:])

    def begin(self) -> None:
        with self.qtbot.waitActive(self.window):
            self.window.begin(self.machine.capture().take())

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def save(self, words: str = "The printer jams") -> str:
        self.begin()
        self.type(words)
        return self.finish()

    def finish(self) -> str:
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.findChild(Receipt) is not None)
        return entries(self.desk)[0].ticket

    def tiles(self) -> list[FileTile]:
        return self.window.findChildren(FileTile)

    def wait_for_files(self) -> None:
        strip = self.window.findChild(FileStrip)
        assert strip is not None
        self.qtbot.waitUntil(lambda: not strip.is_busy and len(strip.files()) == len(self.tiles()) > 0)

    def words(self) -> str:
        return "\n".join(shown_words(self.window))

    def leaves(self) -> str:
        line = self.window.findChild(GoesAlong)
        assert line is not None
        return line.words()

    def card(self) -> CallCard:
        card = self.window.findChild(CallCard)
        assert card is not None
        return card
