"""What a person does with the tickets window."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.ui.bridge import Bridge
from desktop.ui.report.capture import Capture
from desktop.ui.tickets.reply_box import ReplyBox
from desktop.ui.tickets.ticket_list import TicketList
from desktop.ui.tickets.window import TicketsWindow
from tests.ui.provider import deliver
from tests.ui.shown_words import shown_words


class Reader:
    """One person at the tickets window."""

    def __init__(self, qtbot: QtBot, desk: Desk, bridge: Bridge, clock: Clock, capture: Capture) -> None:
        self.qtbot = qtbot
        self.desk, self.bridge, self.clock, self.capture = desk, bridge, clock, capture
        self.window = TicketsWindow(desk, bridge, clock, self.capture)
        self.window.resize(1000, 700)
        qtbot.addWidget(self.window)

    def use(self, desk: Desk, ticket: str) -> None:
        """From now on another person's desk, with this ticket open."""
        self.desk = desk
        deliver(desk)
        desk.on_change(self.bridge._told.emit)
        self.window = TicketsWindow(desk, self.bridge, self.clock, self.capture)
        self.qtbot.addWidget(self.window)
        self.open(ticket)

    def file(self, summary: str, *, delivered: bool = True) -> str:
        saved = self.desk.file_ticket(replace(self.desk.new_draft(), summary=summary)).result()
        if delivered:
            deliver(self.desk)
        return saved.ticket

    def open(self, ticket: str = "") -> None:
        self.qtbot.waitUntil(lambda: ticket == "" or self.list()._model.row_of(ticket) >= 0)
        self.window.open(ticket)

    def list(self) -> TicketList:
        found = self.window.findChild(TicketList)
        assert found is not None
        return found

    def reply_box(self) -> ReplyBox:
        found = self.window.findChild(ReplyBox)
        assert found is not None
        return found

    def words(self) -> str:
        return "\n".join(shown_words(self.window))

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.words())

    def settle(self) -> None:
        """Wait until everything that has happened is shown, and what the window makes of it too."""

        def is_quiet() -> bool:
            assert self.desk._store.idle()
            QApplication.processEvents()
            return not self.bridge._frame.isActive()

        self.qtbot.waitUntil(is_quiet)

    def offered(self) -> tuple[str, ...]:
        """What can be pressed, in lower case and without Alt keys."""
        shown = [button for button in self.window.findChildren(QPushButton) if button.isVisible()]
        return tuple(button.text().replace("&", "").lower() for button in shown)

    def press(self, words: str) -> None:
        def found() -> list[QPushButton]:
            buttons = self.window.findChildren(QPushButton)
            return [b for b in buttons if b.text().replace("&", "") == words and b.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        found()[0].click()
