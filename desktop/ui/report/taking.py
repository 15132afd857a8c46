"""The ways to take a picture for a ticket that is being written; our windows are away meanwhile."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.tickets.trouble import Trouble
from desktop.ui.bridge import Bridge
from desktop.ui.overlay.region import RegionPicker
from desktop.ui.overlay.sign import Cue
from desktop.ui.overlay.step_aside import AGAIN_IN, StepAside
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.shutter import Shutter

_NO_PIXELS = "This kind of picture cannot be made here."


class Taking(QObject):
    """Takes what the person asks for.

    Signals:
        taken: a `Taken`; our windows are back. Not sent where the person changed their mind.
        came_back: our windows are back, with or without a picture.
    """

    taken = Signal(object)
    came_back = Signal()

    def __init__(self, bridge: Bridge, capture: Capture, parent: QWidget) -> None:
        super().__init__(parent)
        self._capture = capture
        self._aside = StepAside(parent)
        self._shutter = Shutter(bridge, self._aside, self)
        self._cue = Cue(parent)
        self._picker: RegionPicker | None = None

    @property
    def picker(self) -> RegionPicker | None:
        """The choice of a region, while it is on the screen."""
        return self._picker

    def again(self) -> None:
        """All screens, now."""
        self._run(Capture.take_asked)

    def later(self) -> None:
        """All screens in three seconds: time to open a menu."""
        self._run(Capture.take_asked, seconds=AGAIN_IN)

    def as_one(self) -> None:
        """All screens as one picture."""
        self._run(lambda capture: _as_one(capture.take_asked()))

    def active_window(self) -> None:
        """The window that is active once ours are away."""
        self._run(Capture.take_window)

    def region(self) -> None:
        """A region that the person picks on the screens as they are now."""
        self._aside.run(lambda: self._shutter.take(self._capture, Capture.take_asked, self._pick), stays=True)

    def _run(self, how: Callable[[Capture], Taken], seconds: int = 0) -> None:
        def see(take: Callable[[], Taken]) -> None:
            try:
                taken = take()
            finally:
                self._aside.come_back()
            self._tell(taken)

        self._aside.run(lambda: self._shutter.take(self._capture, how, see), seconds=seconds, stays=True)

    def _tell(self, taken: Taken) -> None:
        if taken.pictures and self._capture.limits.shows_cue():
            self._cue.flash()
        self.came_back.emit()
        self.taken.emit(taken)

    def _pick(self, take: Callable[[], Taken]) -> None:
        screens: list[Screenshot] = []
        try:
            taken = take()
            screens = _with_pixels(taken)
        finally:
            if not screens:
                self._aside.come_back()
        if not screens:
            self._tell(taken if taken.why_none else Taken(why_none=_NO_PIXELS))
            return
        self._picker = RegionPicker(screens, self)
        self._picker.picked.connect(lambda place: self._end(_cut(screens, place)))
        self._picker.cancelled.connect(lambda: self._end(None))
        self._picker.start()

    def _end(self, taken: Taken | None) -> None:
        if self._picker is not None:
            self._picker.deleteLater()
            self._picker = None
        self._aside.come_back()
        if taken is None:
            self.came_back.emit()
        else:
            self._tell(taken)


def _with_pixels(taken: Taken) -> list[Screenshot]:
    return [picture for picture in taken.pictures if isinstance(picture, Screenshot)]


def _as_one(taken: Taken) -> Taken:
    screens = _with_pixels(taken)
    if not screens:
        return taken if taken.why_none else Taken(why_none=_NO_PIXELS)
    from desktop.capture.screens.cutting import as_one

    return Taken(pictures=(as_one(screens),), why_none=taken.why_none)


def _cut(screens: Sequence[Screenshot], place: Rectangle) -> Taken:
    from desktop.capture.screens.cutting import cut

    try:
        return Taken(pictures=(cut(screens, place, "Region"),))
    except Trouble as trouble:
        return Taken(why_none=trouble.sentence)
