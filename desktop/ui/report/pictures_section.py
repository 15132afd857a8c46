"""Pictures of the screen, and the files that the person adds."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.tickets.draft import Group
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.file_strip import FileStrip
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.section import Section

_UNCOVER = 400
"""Milliseconds in which the desktop paints what our window covered."""


class PicturesSection(Section):
    """The tiles, and other ways to take a picture. The person's own files stay when pictures are off.

    Attributes:
        files: the tiles.

    Signals:
        told: why there is no picture (str), or empty.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, bridge: Bridge, capture: Capture, parent: QWidget | None = None) -> None:
        super().__init__(Group.PICTURES, parent)
        self._capture = capture
        self.files = FileStrip(desk, bridge)
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        again = push("Take the screen a&gain")
        again.setToolTip("This window steps aside for a moment")
        again.clicked.connect(self.take_anew)
        flow.addWidget(again)
        self.column.addWidget(self.files)
        self.column.addWidget(self._ways)
        self.open(False)

    def add(self, taken: Taken, *, tick_active: bool) -> None:
        """Take in the screens as they were, as far as pictures are on."""
        if self.is_on:
            self.files.add_screens(taken.pictures, tick_active=tick_active)
            if taken.why_none:
                self.told.emit(taken.why_none)

    def take_anew(self) -> None:
        """Step aside for a moment and take the screens as they are without our window."""
        self.window().hide()
        QTimer.singleShot(_UNCOVER, self, self._take)

    def show_content(self, *, is_open: bool) -> None:
        self.files.show_screens(self.is_on)
        self.files.open(is_open)
        self._ways.setVisible(is_open and self.is_on)

    def _take(self) -> None:
        taken = self._capture.take_asked()
        window = self.window()
        window.show()
        window.raise_()
        window.activateWindow()
        self.files.drop_idle_screens()
        self.add(taken, tick_active=True)
