"""Takes pictures, files and texts into our keeping as soon as they are added."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.capture.redact.text import Masked, mask
from desktop.capture.report import CLIPBOARD, as_chosen
from desktop.desk import Desk
from desktop.tickets.draft import DraftFile
from desktop.tickets.trouble import Trouble
from desktop.ui.annotate.finds import counted
from desktop.ui.bridge import Bridge
from desktop.ui.file_tile import FileTile
from desktop.ui.held_file import HeldFile
from desktop.ui.pasted_picture import PastedPicture, pasted_picture
from desktop.ui.report.capture import Pixels
from desktop.ui.thumbnail import Thumbnail, thumbnail, thumbnail_of

_LONG_TEXT = "The text is long, so it goes along as a file."


class FileIntake(QObject):
    """Fills what a strip holds, beside the windows, and shows each on its tile.

    Args:
        is_held: whether the strip still holds it; what it does not is taken in no further.

    Signals:
        ended: one has been taken in, or lost.
        settled: nothing is being taken in any more.
        lost: what could not be taken in (a `HeldFile`), and why (a `Trouble`).
        failed: a `Trouble` with one that is in our keeping.
        told: a sentence (str) on what was taken in.
    """

    ended = Signal()
    settled = Signal()
    lost = Signal(object, object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, bridge: Bridge, is_held: Callable[[HeldFile], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._is_held = is_held
        self._running = 0

    @property
    def is_busy(self) -> bool:
        """Whether something is still being taken in."""
        return self._running > 0

    def take_file(self, held: HeldFile, path: Path) -> None:
        """A file of this computer."""
        self._take(held, self._desk.import_file(path), is_chosen=True)

    def take_picture(self, held: HeldFile, picture: Pixels, origin: str) -> None:
        """Its tile is made from the pixels, beside the file that is written while it is packed."""
        self._bridge.run(held.tile, lambda: thumbnail_of(picture), held.tile.show_picture, self.failed.emit)
        label = held.tile.label
        name = f"{label.lower().replace(' ', '-')}.png"
        self._take(held, self._desk.import_picture(picture.pieces(), name=name, origin=origin, label=label))

    def take_image(self, held: HeldFile, image: QImage) -> None:
        """A picture that was pasted."""
        self._running += 1
        self._bridge.run(
            self, lambda: pasted_picture(image), lambda pasted: self._take_pasted(held, pasted), self._give_up(held)
        )

    def take_text(self, held: HeldFile, text: str) -> None:
        """A text too long to be typed, without what is certainly private in it."""
        self._running += 1
        self._bridge.run(self, lambda: mask(text), lambda masked: self._take_masked(held, masked), self._give_up(held))
        self.told.emit(_LONG_TEXT)

    def show_kept(self, tile: FileTile, attachment: str) -> None:
        """The thumbnail of a picture that is in our keeping."""

        def small() -> Thumbnail:
            with self._desk.open_content(attachment) as content:
                return thumbnail(content.read())

        self._bridge.run(tile, small, tile.show_picture, self.failed.emit)

    def _take_pasted(self, held: HeldFile, pasted: PastedPicture) -> None:
        if self._is_held(held):
            self.take_picture(held, pasted, CLIPBOARD)
        self._finish()

    def _take_masked(self, held: HeldFile, masked: Masked) -> None:
        content, name = masked.text.encode("utf-8", "replace"), held.tile.label
        kind = "text/plain; charset=utf-8"
        self._take(held, self._desk.import_bytes(content, name=name, media_type=kind, origin=CLIPBOARD, label=name))
        if masked.kinds:
            self.told.emit(f"{_LONG_TEXT} Masked in it: {counted(masked.kinds)}.")
        self._finish()

    def _take(self, held: HeldFile, future: Future[DraftFile], *, is_chosen: bool = False) -> None:
        self._running += 1

        def done(file: DraftFile) -> None:
            held.file = as_chosen(file) if is_chosen else file
            if is_chosen and held.is_picture:
                self.show_kept(held.tile, file.attachment)
            if not held.from_screen and self._is_held(held):
                held.tile.show_size(file.size, is_bare=file.is_bare)
            self._finish()

        self._bridge.watch(self, future, done, self._give_up(held))

    def _give_up(self, held: HeldFile) -> Callable[[Trouble], None]:
        def failed(trouble: Trouble) -> None:
            self.lost.emit(held, trouble)
            self._finish()

        return failed

    def _finish(self) -> None:
        self._running -= 1
        self.ended.emit()
        if not self._running:
            self.settled.emit()
