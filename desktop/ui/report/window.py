"""The report window: the form, then the receipt."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.ui.bridge import Bridge
from desktop.ui.page import Page
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.form import ReportForm
from desktop.ui.report.receipt import Receipt
from desktop.ui.tokens import in_letters

_WIDTH = 100
_HIGHEST = 200
"""Width of the window in letters, and more lines than any screen has: it is as high as its page."""
_SETTLES = 1000
"""Milliseconds in which the desktop puts the window on a screen; later it is the person who moves it."""


class ReportWindow(QDialog):
    """Says what is wrong, and what became of it. Escape and closing keep what was typed.

    Signals:
        ticket_wanted: id of a ticket that the person wants to see among the others.
        new_wanted: another ticket, from the beginning.
    """

    ticket_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        *,
        dialable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._capture = capture.under(desk.capture_policy)
        self._dialable = dialable
        self._form: ReportForm | None = None
        self._page: Page | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._screen = ""
        self._settles = QTimer(self, singleShot=True, interval=_SETTLES)
        self.setWindowTitle("New ticket")
        self.setSizeGripEnabled(True)
        if QGuiApplication.platformName() == "wayland":
            self.winId()  # there is a window to listen to from now on
            self.windowHandle().screenChanged.connect(lambda screen: self.see_screen(screen.name()))

    @property
    def is_writing(self) -> bool:
        """Whether a ticket is being written in it, on screen."""
        return self._form is not None and self.isVisible()

    def take_up(self, returned: Draft) -> None:
        """Show the words of a ticket that was taken back; one that is being written on screen stays, and they wait."""
        if self._form is not None and not self.isVisible():
            self._form.keep()
            self._form = None
        self.begin(Taken(), returned)

    def begin(self, taken: Taken, returned: Draft | None = None) -> None:
        """Show the form for a new ticket, or for the one that was being written; one that is open stays as it is."""
        if self._form is not None and self.isVisible():
            self.come_forward()
            return
        if self._form is not None:
            self._form.resume()
        else:
            self._form = ReportForm(self._desk, self._bridge, self._clock, self._capture, returned=returned)
            self._form.saved.connect(lambda saved: self.show_receipt(saved.ticket))
            self._form.ticket_wanted.connect(self.ticket_wanted)
            self._show_page(self._form, "New ticket")
        self._form.begin(taken)
        self._form.see_screen(self._screen)
        self.come_forward()

    def see_screen(self, name: str) -> None:
        """The desktop has put this window on that screen; told where nothing else tells where the person works.

        Qt tells it of a window that is hidden too, and not once more of one that comes back where it was.
        """
        if self._form is not None and self.isVisible() and self._settles.isActive():
            self._screen = name
            self._form.see_screen(name)

    def come_forward(self) -> None:
        """Show the window above the others, and in front the picture that is drawn on, which lies above it."""
        self.show()
        for window in (self, *self.findChildren(QDialog)):
            if window.isVisible():
                window.raise_()
                window.activateWindow()

    def reject(self) -> None:
        """Escape closes as the window's own button does."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._form is not None and not self._form.keep():
            self._form = None
        self._keep_additions()
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._settles.start()
        if self._form is not None:
            self._form.focus_sentence()

    def show_receipt(self, ticket: str) -> None:
        """Show what became of a ticket that has been saved."""
        self._form = None
        receipt = Receipt(self._desk, self._bridge, self._clock, self._capture, dialable=self._dialable)
        receipt.done.connect(self.close)
        receipt.new_wanted.connect(self.new_wanted)
        receipt.ticket_wanted.connect(self.ticket_wanted)
        receipt.show_ticket(ticket)
        self._show_page(receipt, "Your ticket")

    def _keep_additions(self) -> None:
        if isinstance(self._page, Receipt):
            self._page.keep()

    def _show_page(self, page: Page, title: str) -> None:
        self._keep_additions()
        if self._page is not None:
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        self._column.addWidget(page)
        page.show()
        page.outgrown.connect(lambda: self._bridge.later(page, self._grow))
        self.setWindowTitle(title)
        width = in_letters(self, _WIDTH, 1).width()
        self.resize(width, self._fitting(page, width))

    def _grow(self) -> None:
        """Become as high as the page needs, as far as the screen goes; never lower under the person's hand."""
        if self._page is not None:
            self.resize(self.width(), max(self.height(), self._fitting(self._page, self.width())))

    def _fitting(self, page: Page, width: int) -> int:
        return min(page.wanted_height(width), in_letters(self, _WIDTH, _HIGHEST).height())
