"""Pictures and files that may go along, as tiles."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.capture.report import SCREEN, is_screenshot
from desktop.capture.screens.screenshot import Screenshot
from desktop.desk import Desk
from desktop.pictures import NO_READER, Searched, is_looked_through
from desktop.tickets.capture_policy import NO_PICTURES, SwitchedOff
from desktop.tickets.draft import DraftFile
from desktop.tickets.marks import Mark
from desktop.tickets.trouble import Trouble
from desktop.ui.annotate.sheet import all_covered, is_open
from desktop.ui.bridge import Bridge
from desktop.ui.file_intake import FileIntake
from desktop.ui.file_tile import FileTile
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.held_file import A_FILE, A_PASTED_PICTURE, A_SCREEN, HeldFile, are_as_taken, make_active
from desktop.ui.picture_editing import PictureEditing
from desktop.ui.picture_search import PictureSearch
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Picture
from desktop.ui.report.late_rules import JUST_OFF
from desktop.ui.tokens import SMALL


class FileStrip(QWidget):
    """Tiles with boxes to tick.

    Signals:
        changed: a file was chosen or arrived, or a box was ticked or unticked.
        settled: nothing is being taken in any more.
        failed: a `Trouble` with one of the files.
        told: a sentence (str) on what was taken in.
        searched: a picture's label (str) and what was found on it (a `Searched`).
    """

    changed = Signal()
    settled = Signal()
    failed = Signal(object)
    told = Signal(str)
    searched = Signal(str, object)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._tiles = QWidget()
        self._flow = FlowLayout(self._tiles)
        self._unread = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._tiles)
        column.addWidget(self._unread)
        self._held: list[HeldFile] = []
        self._allows_screens = True
        self._shows_screens = True
        self._is_open = True
        self._is_flat = False
        self._latest: list[HeldFile] = []
        self._ticks_active = False
        self._screen = ""
        self._is_looking = True
        self._intake = FileIntake(desk, bridge, lambda held: held in self._held, self)
        self._search = PictureSearch(desk, bridge, self)
        self._editing = PictureEditing(desk, bridge, self)
        self._connect()
        self.setAccessibleName("Pictures and files that go along")
        self.setVisible(False)

    def _connect(self) -> None:
        self.changed.connect(self._look_through)
        self._intake.ended.connect(self.changed)
        self._intake.settled.connect(self.settled)
        self._intake.lost.connect(self._lose)
        self._intake.failed.connect(self.failed)
        self._intake.told.connect(self.told)
        self._search.began.connect(lambda attachment: self._tile_of(attachment, FileTile.show_searching))
        self._search.failed.connect(lambda attachment: self._tile_of(attachment, FileTile.show_not_searched))
        self._search.dropped.connect(lambda attachment: self._tile_of(attachment, FileTile.show_not_looked_at))
        for ended in (self._search.failed, self._search.dropped):
            ended.connect(lambda attachment: self._editing.suggest(attachment, ()))
        self._search.found.connect(self._take_found)
        self._editing.marks_changed.connect(self._take_marks)
        self._editing.failed.connect(self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether something is still being taken in."""
        return self._intake.is_busy

    @property
    def is_searching(self) -> bool:
        """Whether a picture is being looked through."""
        return self._search.is_busy

    def files(self) -> tuple[DraftFile, ...]:
        """What has been taken in, with what is ticked."""
        return tuple(replace(held.file, included=held.tile.included) for held in self._held if held.is_here)

    def counts(self) -> tuple[int, int]:
        """How many pictures and how many other files are ticked, what is still being taken in counted too."""
        going = self._going()
        pictures = sum(held.is_picture for held in going)
        return pictures, len(going) - pictures

    @property
    def has_screens(self) -> bool:
        """Whether it holds pictures of the screen."""
        return any(held.from_screen for held in self._held)

    def open(self, is_open: bool) -> None:
        """Show every tile, or of the screens only what goes along and the one in use."""
        self._is_open = is_open
        for held in self._held:
            held.come_in_sight()
        self.show_all()

    def flatten(self, flat: bool) -> None:
        """Show no thumbnails where there is little room, or show them again."""
        self._is_flat = flat
        for held in self._held:
            held.tile.flatten(flat)

    def show_screens(self, shown: bool) -> None:
        """Whether pictures of the screen are shown at all; what is ticked stays ticked."""
        self._shows_screens = shown
        self.show_all()
        self._look_through()

    def show_all(self) -> None:
        """Show what is to be seen of it, the strip itself where there is anything."""
        kept_back = self._kept_back()
        for held in self._held:
            held.tile.setVisible((self._is_open or held.is_in_sight) and held not in kept_back)
        self.setVisible(any(not held.tile.isHidden() for held in self._held))

    def arriving(self) -> tuple[str, ...]:
        """What the person has chosen and is still being taken in, by name."""
        return tuple(held.tile.label for held in self._held if not held.is_here and not held.from_screen)

    def add_screens(self, pictures: Sequence[Picture], *, tick_active: bool) -> None:
        """Take in pictures of the screens; at most the one in use is ticked."""
        self._ticks_active, self._latest = tick_active, []
        for number, picture in enumerate(pictures, start=1):
            active = picture.is_active
            ticked = tick_active and active and not picture.looks_blocked
            label = picture.label or f"Screen {number}"
            self._latest.append(self._add_screen(picture, label, is_active=active, included=ticked))
        self.use_screen(self._screen)
        self._look_through()

    def use_screen(self, name: str) -> None:
        """The screen in use is that one, which was a guess before; what the person has ticked or unticked stays so."""
        self._screen = name
        screens = [held for held in self._latest if held in self._held]
        if are_as_taken(screens, ticked=self._ticks_active) and make_active(screens, name, ticked=self._ticks_active):
            self.show_all()
            self.changed.emit()

    def choose(self) -> None:
        """Let the person choose files of this computer, and take them in."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add files")
        self.add_paths([Path(name) for name in chosen])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Take in files of this computer."""
        for path in paths:
            self._intake.take_file(self._hold(path.name or str(path)), path)
        self.changed.emit()

    def add_image(self, image: QImage, label: str) -> None:
        """Take in a picture that was pasted, unless the administrator forbids pictures."""
        if not self._desk.capture_policy().screenshots:
            self.failed.emit(SwitchedOff(NO_PICTURES))
            return
        held = self._hold(label, A_PASTED_PICTURE)
        held.tile.expect_picture()
        self._intake.take_image(held, image)
        self.changed.emit()

    def add_text(self, text: str, name: str) -> None:
        """Take in a text too long to be typed, without what is certainly private in it."""
        self._intake.take_text(self._hold(name), text)
        self.changed.emit()

    def restore(self, files: Sequence[DraftFile]) -> None:
        """Show what was taken in before."""
        for file in files:
            held = self._hold(file.label or file.name, file, included=file.included)
            held.is_restored = True
            if held.from_screen and not self._allows_screens:
                self._allow(held)
            held.tile.show_size(file.size, is_bare=file.is_bare)
            if file.media_type.startswith("image/"):
                held.tile.expect_picture()
                held.tile.show_marks(file.marks, is_searched=file.is_searched)
                self._intake.show_kept(held.tile, file.attachment)
        self.show_all()

    def allow_screens(self, allowed: bool) -> None:
        """Whether pictures of this computer's screens may go along; what was ticked comes back with the permission."""
        if allowed == self._allows_screens:
            return
        self._allows_screens = allowed
        for held in self._held:
            if held.from_screen:
                self._allow(held)

    @property
    def has_outlined(self) -> bool:
        """Whether something that may be private is outlined on a picture that goes along, and not covered."""
        return any(is_open(mark) for held in self._going() for mark in held.file.marks)

    def cover_outlined(self) -> None:
        """Cover all that is outlined, but what is part of an error message."""
        self.end_editing()
        for held in self._held:
            if held.file.marks:
                self._take_marks(held.file.attachment, all_covered(held.file.marks))

    def drop_forbidden(self) -> str:
        """Untick what a rule forbids that has come since; that in a sentence, or empty where it is nothing."""
        if self._desk.capture_policy().screenshots:
            return ""
        lost = [held for held in self._held if held.tile.included and is_screenshot(held.file)]
        for held in lost:
            held.tile.include(False)
        if lost:
            self.show_all()
            self.changed.emit()
        return f"{JUST_OFF} pictures." if lost else ""

    def end_editing(self) -> None:
        """Close the window in which a picture is drawn on; all that was drawn is kept."""
        self._editing.close_picture()

    def look_through(self, is_wanted: bool) -> None:
        """Look through what is ticked; or end that, as nobody would see what is found."""
        self._is_looking = is_wanted
        self._look_through()

    def drop_idle_screens(self, labels: Collection[str] | None = None) -> None:
        """Forget pictures of screens that are not ticked: newer ones are coming, with these labels if given.

        What the person has drawn on stays.
        """
        idle = [held for held in self._held if held.from_screen and held.is_here and not held.tile.included]
        given_up = [held for held in idle if labels is None or held.tile.label in labels]
        self._drop([held for held in given_up if not held.is_drawn_on])

    def begin_anew(self) -> None:
        """Forget what was restored, and tick the picture of the screen in use."""
        self._drop([held for held in self._held if held.is_restored])
        for held in self._held:
            held.tile.include(held.is_active or not held.from_screen)

    def _add_screen(self, picture: Picture, label: str, *, is_active: bool, included: bool) -> HeldFile:
        held = self._hold(label, A_SCREEN, included=included, is_active=is_active)
        held.screen = picture.monitor.name if isinstance(picture, Screenshot) else ""
        held.tile.expect_picture()
        if not self._allows_screens:
            self._allow(held)
        if picture.looks_blocked:
            held.is_black = True
            held.tile.remark("This picture is black: something on this computer prevents pictures of the screen.")
        elif included and self._desk.must_be_searched(A_SCREEN):
            held.tile.show_searching()
        self._intake.take_picture(held, picture, SCREEN)
        return held

    def _look_through(self) -> None:
        """What is kept back is not looked through; that nothing here can do so is said."""
        going = [replace(held.file, included=True) for held in self._going()]
        self._search.look_at([file for file in going if file.attachment and self._is_looking])
        is_unread = any(is_looked_through(file) and not self._desk.must_be_searched(file) for file in going)
        self._unread.say(NO_READER if is_unread else "")

    def _tile_of(self, attachment: str, show: Callable[[FileTile], None]) -> None:
        for held in self._with(attachment):
            if not held.is_black:
                show(held.tile)

    def _with(self, attachment: str) -> list[HeldFile]:
        return [held for held in self._held if held.file.attachment == attachment]

    def _take_found(self, attachment: str, searched: Searched) -> None:
        for held in self._with(attachment):
            if not self._editing.suggest(attachment, searched.marks):
                held.file = replace(held.file, marks=(*searched.marks, *held.file.marks))
            held.file = replace(held.file, is_searched=True)
            held.tile.show_marks(held.file.marks, is_searched=True)
            self.searched.emit(held.tile.label, searched)
        self.changed.emit()

    def _take_marks(self, attachment: str, marks: tuple[Mark, ...]) -> None:
        for held in self._with(attachment):
            held.file = replace(held.file, marks=marks)
            held.tile.show_marks(marks, is_searched=held.file.is_searched)
        self.changed.emit()

    def _edit(self, held: HeldFile) -> None:
        attachment = held.file.attachment

        def now() -> tuple[DraftFile, bool] | None:
            return (held.file, self._search.is_searching(attachment)) if held in self._held else None

        if attachment:
            self._editing.open(attachment, now)

    def _kept_back(self) -> list[HeldFile]:
        """What does not go along and is not shown: screens that are off, and all that the administrator forbids."""
        allowed = self._desk.capture_policy().screenshots
        return [held for held in self._held if held.is_kept_back(screens=self._shows_screens, pictures=allowed)]

    def _going(self) -> list[HeldFile]:
        """What is ticked and not kept back."""
        kept_back = self._kept_back()
        return [held for held in self._held if held.tile.included and held not in kept_back]

    def _allow(self, held: HeldFile) -> None:
        if not self._allows_screens:
            held.was_included = held.tile.included
        held.tile.include(self._allows_screens and held.was_included)
        held.tile.setEnabled(self._allows_screens)

    def _hold(
        self,
        label: str,
        file: DraftFile = A_FILE,
        *,
        included: bool = True,
        is_active: bool = False,
    ) -> HeldFile:
        tile = FileTile(label, included=included)
        tile.flatten(self._is_flat)
        held = HeldFile(tile, file, is_active=is_active)
        tile.ticked.connect(self.changed)
        tile.edit_wanted.connect(lambda: self._edit(held))
        held.come_in_sight()
        self._held.append(held)
        self._flow.addWidget(tile)
        self.show_all()
        return held

    def _lose(self, held: HeldFile, trouble: Trouble) -> None:
        self._drop([held] if held in self._held else [])
        self.failed.emit(trouble)

    def _drop(self, gone: list[HeldFile]) -> None:
        for held in gone:
            self._held.remove(held)
            held.tile.hide()
            held.tile.deleteLater()
        if gone:
            self.show_all()
            self.changed.emit()
