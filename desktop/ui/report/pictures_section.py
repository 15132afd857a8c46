"""Pictures of the screen, and the files that the person adds."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.tickets.draft import Group
from desktop.ui.bridge import Bridge
from desktop.ui.controls import at_once, keep_room, push
from desktop.ui.file_strip import FileStrip
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.limits import Standing
from desktop.ui.report.section import Section
from desktop.ui.report.taking import Taking


class PicturesSection(Section):
    """The tiles, and other ways to take a picture. The person's own files stay when pictures are off.

    Attributes:
        files: the tiles.
        cover: one key covers all that is outlined; for whoever lays it out, also where the group is closed.

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
        self._taking = Taking(bridge, capture, self)
        self._taking.came_back.connect(self._come_forward)
        self._taking.taken.connect(self._take)
        for words, take in (
            ("Take the screen a&gain", self._taking.again),
            ("Again in &3 seconds", self._taking.later),
            ("All as one", self._taking.as_one),
            ("Active window", self._taking.active_window),
            ("Region…", self._taking.region),
        ):
            way = push(words)
            way.setToolTip("This window steps aside for a moment")
            way.clicked.connect(take)
            flow.addWidget(way)
        self.cover = at_once("Co&ver outlined")
        self.cover.setAccessibleName("Cover all that is outlined")
        self.cover.setToolTip("E-mail addresses, telephone numbers and the like, but not within an error message")
        self.cover.setVisible(False)
        self.cover.clicked.connect(self.files.cover_outlined)
        self.files.changed.connect(self._show_cover)
        self.files.changed.connect(self.take_room)
        self.column.addWidget(self.files)
        self.column.addWidget(self._ways)
        self.open(False)

    def add(self, taken: Taken, *, tick_active: bool) -> None:
        """Take in the screens as they were, as far as pictures are on."""
        if self.is_on:
            self.files.add_screens(taken.pictures, tick_active=tick_active)
            self._show_cover()
            self.take_room()
            if taken.why_none:
                self.told.emit(taken.why_none)

    def take_anew(self) -> None:
        """Step aside for a moment and take the screens as they are without our windows."""
        self._taking.again()

    def show_standing(self, standing: Standing) -> None:
        """A picture that is being drawn on is closed by a rule that forbids it."""
        if standing is Standing.FORBIDDEN:
            self.files.end_editing()
        super().show_standing(standing)

    def show_content(self, *, is_open: bool) -> None:
        self.files.show_screens(self.is_on)
        self.files.open(is_open)
        self._ways.setVisible(is_open and self.is_on)
        self._show_cover()

    def _show_cover(self) -> None:
        """Where pictures go along there is room for it from the start."""
        self.cover.ensurePolished()
        pictures, _ = self.files.counts()
        keep_room(self.cover, kept=pictures > 0)
        self.cover.setVisible(self.files.has_outlined)

    def _come_forward(self) -> None:
        window = self.window()
        window.raise_()
        window.activateWindow()

    def _take(self, taken: Taken) -> None:
        self.files.drop_idle_screens({picture.label for picture in taken.pictures})
        self.add(taken, tick_active=True)
