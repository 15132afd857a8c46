"""The report window: the form, then the receipt."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk, Saved
from desktop.tickets.clock import Clock
from desktop.ui.bridge import Bridge
from desktop.ui.controls import scroller
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.form import ReportForm
from desktop.ui.report.receipt import Receipt

_WIDTH = 96
_HEIGHT = 42
"""Size of the window in letters and lines."""


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
        self._capture = capture
        self._dialable = dialable
        self._form: ReportForm | None = None
        self._scroll = scroller()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.setWindowTitle("New ticket")
        self.setSizeGripEnabled(True)

    @property
    def is_writing(self) -> bool:
        """Whether a ticket is being written in it, on screen."""
        return self._form is not None and self.isVisible()

    def begin(self, taken: Taken) -> None:
        """Show the form for a new ticket, or for the one that was being written; one that is open stays as it is."""
        if self._form is not None and self.isVisible():
            self.come_forward()
            return
        if self._form is not None:
            self._form.resume()
        else:
            self._form = ReportForm(self._desk, self._bridge, self._clock, self._capture)
            self._form.saved.connect(self._show_receipt)
            self._form.ticket_wanted.connect(self.ticket_wanted)
            self._show_page(self._form, "New ticket")
        self._form.begin(taken)
        self.come_forward()

    def come_forward(self) -> None:
        """Show the window above the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def sizeHint(self) -> QSize:  # noqa: N802
        letters = self.fontMetrics()
        wanted = QSize(letters.averageCharWidth() * _WIDTH, letters.lineSpacing() * _HEIGHT)
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def reject(self) -> None:
        """Escape closes as the window's own button does."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self._form is not None and not self._form.keep():
            self._form = None
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._form is not None:
            self._form.focus_sentence()

    def _show_receipt(self, saved: Saved) -> None:
        self._form = None
        receipt = Receipt(self._desk, self._bridge, self._clock, self._capture.take, dialable=self._dialable)
        receipt.done.connect(self.close)
        receipt.new_wanted.connect(self.new_wanted)
        receipt.ticket_wanted.connect(self.ticket_wanted)
        self._show_page(receipt, "Your ticket")
        receipt.show_ticket(saved.ticket)

    def _show_page(self, page: QWidget, title: str) -> None:
        previous = self._scroll.takeWidget()
        if previous is not None:
            previous.deleteLater()
        self._scroll.setWidget(page)
        self._scroll.setMinimumWidth(
            page.minimumSizeHint().width() + self._scroll.verticalScrollBar().sizeHint().width()
        )
        self.setWindowTitle(title)
