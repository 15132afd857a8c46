"""Pictures and files to add to a ticket that exists."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.controls import attaching, push
from desktop.ui.file_strip import FileStrip
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.overlay.step_aside import StepAside
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.shutter import Shutter
from desktop.ui.tokens import GAP


class FilesForm(QWidget):
    """Files from a folder, or a picture of the screen as it is without our window.

    Signals:
        given: a tuple of `DraftFile`, some of them ticked.
    """

    given = Signal(object)

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        capture: Capture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._capture = capture
        self._is_given = self._is_over = False
        self._aside = StepAside(self)
        self._shutter = Shutter(bridge, self._aside, self)
        self._strip = FileStrip(desk, bridge)
        self._trouble = QuietLine()
        self._screen = push("Take the s&creen now")
        self._screen.setToolTip("This window steps aside for a moment")
        self._file = attaching("Choose a &file…")
        self._add = push("Add what is tic&ked")
        self._add.setEnabled(False)
        self._screen.clicked.connect(self._step_aside)
        self._file.clicked.connect(self._strip.choose)
        self._add.clicked.connect(self._give)
        self._strip.changed.connect(self._judge)
        self._strip.failed.connect(lambda trouble: self._trouble.say(trouble.sentence))
        self._strip.settled.connect(self._settle)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self._screen, self._file, self._add):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (row, self._strip, self._trouble):
            column.addWidget(widget)

    def give_up(self) -> None:
        """Go, and forget what was taken in unless it was given."""
        self.hide()
        self._strip.end_editing()
        self._is_over = True
        self._settle()

    def _settle(self) -> None:
        if self._is_over and not self._strip.is_busy:
            if not self._is_given:
                self._desk.forget_files(self._strip.files())
            self.deleteLater()

    def _step_aside(self) -> None:
        self._aside.run(lambda: self._shutter.take(self._capture, Capture.take_asked, self._see), stays=True)

    def _see(self, take: Callable[[], Taken]) -> None:
        try:
            taken = take()
        finally:
            self._aside.come_back()
        self._strip.add_screens(taken.pictures, tick_active=True)
        self._trouble.say(taken.why_none)

    def _judge(self) -> None:
        self._add.setEnabled(not self._strip.is_busy and any(file.included for file in self._strip.files()))

    def _give(self) -> None:
        self._strip.end_editing()
        if lost := self._strip.drop_forbidden():
            self._trouble.say(lost)
            return
        self._is_given = True
        self._add.setEnabled(False)
        self.given.emit(self._strip.files())
