"""Every window, made when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.tickets.clock import Clock
from desktop.ui.bridge import Bridge
from desktop.ui.report.capture import Capture, Taken

PATIENCE = 10.0
"""Seconds that closing for good waits for files that are being taken in."""

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.tickets.draft import Draft
    from desktop.ui.connect.window import ConnectWindow
    from desktop.ui.report.window import ReportWindow
    from desktop.ui.tickets.window import TicketsWindow
    from desktop.ui.waiting.window import WaitingWindow


class Windows(QObject):
    """Opens windows and leads from one to another.

    Signals:
        new_wanted: a window asks for a new ticket; whoever hears it takes the screens first.
        settings_wanted: a window asks for the settings.
    """

    new_wanted = Signal()
    settings_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        *,
        dialable: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._capture = capture
        self._dialable = dialable
        self._report: ReportWindow | None = None
        self._tickets: TicketsWindow | None = None
        self._waiting: WaitingWindow | None = None
        self._connect: ConnectWindow | None = None
        self._key_trouble = ""

    @property
    def is_writing(self) -> bool:
        """Whether a new ticket is being written on screen."""
        return self._report is not None and self._report.is_writing

    def report(self, taken: Taken) -> None:
        """Open the report window with these pictures."""
        self._report_window().begin(taken)

    def _report_window(self) -> ReportWindow:
        if self._report is None:
            from desktop.ui.report.window import ReportWindow

            self._report = ReportWindow(self._desk, self._bridge, self._clock, self._capture, dialable=self._dialable)
            self._report.ticket_wanted.connect(self.tickets)
            self._report.new_wanted.connect(self.new_wanted)
        return self._report

    def tickets(self, ticket: str = "") -> None:
        """Open the tickets window, with this ticket where one is named."""
        self._tickets_window().open(ticket)

    def _tickets_window(self) -> TicketsWindow:
        if self._tickets is None:
            from desktop.ui.tickets.window import TicketsWindow

            self._tickets = TicketsWindow(self._desk, self._bridge, self._clock, self._capture)
            self._tickets.new_wanted.connect(self.new_wanted)
            self._tickets.waiting_wanted.connect(self.waiting)
            self._tickets.connect_wanted.connect(self.connect_to_provider)
            self._tickets.settings_wanted.connect(self.settings_wanted)
            self._tickets.say_of_key(self._key_trouble)
        return self._tickets

    def say_of_key(self, words: str) -> None:
        """Why the hot key does not work, for the tickets window; empty where it does."""
        self._key_trouble = words
        if self._tickets is not None:
            self._tickets.say_of_key(words)

    def waiting(self) -> None:
        """Open what waits."""
        if self._waiting is None:
            from desktop.ui.waiting.window import WaitingWindow

            self._waiting = WaitingWindow(self._desk, self._bridge, self._clock)
            self._waiting.draft_returned.connect(self._take_up)
        self._waiting.open()

    def _take_up(self, returned: Draft) -> None:
        """Show words that were taken back where they were written: a reply at its ticket, a ticket in its form."""
        if returned.ticket:
            self._tickets_window().take_up(returned)
        else:
            self._report_window().take_up(returned)

    def connect_to_provider(self) -> None:
        """Open the connect window."""
        if self._connect is None:
            from desktop.ui.connect.window import ConnectWindow

            self._connect = ConnectWindow(self._desk, self._bridge)
        self._connect.open_anew()

    def close(self) -> None:
        """Close all, for good; what is being typed is kept, and what is being taken in gets the time to come."""
        from desktop.ui.file_strip import FileStrip

        windows = [
            window for window in (self._report, self._tickets, self._waiting, self._connect) if window is not None
        ]
        for window in windows:
            window.close()
        strips = [strip for window in windows for strip in window.findChildren(FileStrip)]
        self._bridge.wait_until(lambda: not any(strip.is_busy for strip in strips), PATIENCE)
        for window in windows:
            window.deleteLater()
