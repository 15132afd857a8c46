"""Pictures of every window on the data of a desk, light and dark."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.capture.screens.screenshot import Screenshot
from desktop.desk import Desk
from desktop.tickets.clock import Clock, SystemClock
from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.window import AnnotateWindow, picture_of
from desktop.ui.bridge import Bridge
from desktop.ui.connect.window import ConnectWindow
from desktop.ui.file_strip import FileStrip
from desktop.ui.overlay.region import RegionPicker
from desktop.ui.report.capture import Capture, Picture, Taken, this_computer
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.window import ReportWindow
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.tokens import dress, soften
from desktop.ui.waiting.window import WaitingWindow

WINDOWS = ("report", "goes-along", "annotate", "region", "receipt", "tickets", "waiting", "connect", "settings")
"""Every window, by the name of its picture."""

_DARK = {
    QPalette.ColorRole.Window: "#2b2d31",
    QPalette.ColorRole.WindowText: "#f2f3f5",
    QPalette.ColorRole.Base: "#1e1f22",
    QPalette.ColorRole.AlternateBase: "#26282c",
    QPalette.ColorRole.Text: "#f2f3f5",
    QPalette.ColorRole.Button: "#383a40",
    QPalette.ColorRole.ButtonText: "#f2f3f5",
    QPalette.ColorRole.Mid: "#4a4d55",
    QPalette.ColorRole.Highlight: "#2f7cc4",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#1e1f22",
    QPalette.ColorRole.ToolTipText: "#f2f3f5",
}
_DARK_DISABLED = "#80848c"
"""What a dark desktop hands to Qt; where there is no desktop, as here, it is handed over by us."""

_SETTLE = 400
"""Milliseconds in which a window's own work (thumbnails, facts) is done before its picture."""
_ROUND = 20
"""Milliseconds from one look at that to the next."""
_SEARCH = 90_000
"""Milliseconds at most in which its pictures are looked through."""


def take_pictures(
    desk: Desk, out: Path, capture: Capture | None = None, windows: Sequence[str] = WINDOWS
) -> Iterator[Path]:
    """Write a PNG of each of these windows to `out` and yield its path. Needs a display, if only a virtual one.

    Nothing is saved or changed at the desk but a draft, which is thrown away again.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    dress(app)
    clock = SystemClock()
    bridge = Bridge()
    bridge.listen(desk)
    light = QPalette(app.palette())
    capture = capture or this_computer(clock, PreferenceFile.of(out), desk.computer)
    screens = capture.take_screens()  # before any window of ours is on them
    try:
        for name, palette in (("light", light), ("dark", dark(light))):
            app.setPalette(palette)
            soften(app)
            album = _Album(desk, bridge, clock, capture, screens)
            for window in windows:
                widget = album.show(window)
                _settle(widget, searched=window == "goes-along")
                path = out / f"{window}-{name}.png"
                widget.grab().save(str(path))
                widget.close()
                widget.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
                yield path
    finally:
        app.setPalette(light)
        bridge.stop()


class _Album:
    """Makes and shows each window by its name."""

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, capture: Capture, screens: Sequence[Picture]) -> None:
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._capture = capture
        self._screens = screens

    def show(self, name: str) -> QWidget:
        made: dict[str, Callable[[], QWidget]] = {
            "report": self._report,
            "goes-along": self._goes_along,
            "annotate": self._annotate,
            "region": self._region,
            "receipt": self._receipt,
            "tickets": self._tickets,
            "waiting": self._waiting,
            "connect": self._connect,
            "settings": self._settings,
        }
        return made[name]()

    def _report_window(self) -> ReportWindow:
        dialable = not self._desk.organisation().real
        return ReportWindow(self._desk, self._bridge, self._clock, self._capture, dialable=dialable)

    def _report(self) -> QWidget:
        window = self._report_window()
        window.begin(Taken(pictures=self._screens))
        return window

    def _goes_along(self) -> QWidget:
        """The form with all that goes along."""
        window = self._report()
        for shown in window.findChildren(GoesAlong):
            shown.open(True)
        return window

    def _annotate(self) -> QWidget:
        """A picture of the screen with one mark of each kind on it."""
        window = AnnotateWindow()
        for picture in self._screens[:1]:
            image = picture_of(io.BytesIO(b"".join(picture.pieces())))
            window.show_picture(image, _marks(image.width(), image.height()), picture.label)
        return window

    def _region(self) -> QWidget:
        """The sheet over the first screen, with a region chosen on it."""
        screen = next(one for one in self._screens if isinstance(one, Screenshot))
        picker = RegionPicker([screen])
        area = screen.monitor.area
        picker.start()
        picker.press((area.left + area.width // 4, area.top + area.height // 4))
        picker.drag((area.left + area.width * 3 // 5, area.top + area.height * 3 // 5))
        picker.setParent(picker.sheets[0])
        return picker.sheets[0]

    def _receipt(self) -> QWidget:
        """Of the ticket that cannot wait, where there is one."""
        views = [view for row in self._desk.tickets().rows if (view := self._desk.ticket(row.ticket)) is not None]
        urgent = [view for view in views if self._desk.suggest_priority(view.ticket.answers, view.ticket.type).call]
        window = self._report_window()
        for view in (urgent or views)[:1]:
            window.show_receipt(view.ticket.id)
        window.come_forward()
        return window

    def _tickets(self) -> QWidget:
        window = TicketsWindow(self._desk, self._bridge, self._clock, self._capture)
        window.open()
        return window

    def _waiting(self) -> QWidget:
        window = WaitingWindow(self._desk, self._bridge, self._clock)
        window.open()
        return window

    def _connect(self) -> QWidget:
        window = ConnectWindow(self._desk, self._bridge)
        window.open_anew()
        return window

    @staticmethod
    def _settings() -> QWidget:
        window = SettingsWindow()
        window.open_anew("Ctrl+Alt+H", "Ctrl+Alt+H opens a new ticket.")
        return window


def _marks(width: int, height: int) -> tuple[Mark, ...]:
    def mark(kind: MarkKind, corners: tuple[int, int, int, int], text: str = "", found: str = "") -> Mark:
        left, top, right, bottom = (size * part // 100 for size, part in zip((width, height) * 2, corners, strict=True))
        return Mark(kind=kind, left=left, top=top, right=right, bottom=bottom, text=text, found=found)

    return (
        mark(MarkKind.REDACT, (5, 10, 20, 13), found="card number"),
        mark(MarkKind.OUTLINE, (5, 16, 22, 19), found="e-mail address"),
        mark(MarkKind.BOX, (34, 36, 66, 50)),
        mark(MarkKind.ARROW, (75, 70, 67, 51)),
        mark(MarkKind.TEXT, (70, 71, 90, 75), text="This comes up each time"),
    )


def _settle(window: QWidget, *, searched: bool) -> None:
    """With `searched` until its pictures have been looked through as well."""
    loop = QEventLoop()
    deadline, search_deadline = QDeadlineTimer(_SETTLE), QDeadlineTimer(_SEARCH if searched else 0)

    def is_searching() -> bool:
        return any(strip.is_searching for strip in window.findChildren(FileStrip)) and not search_deadline.hasExpired()

    while not deadline.hasExpired() or is_searching():
        QTimer.singleShot(_ROUND, loop.quit)
        loop.exec()  # it rests between the events: what reads pictures is the humblest program of all


def dark(light: QPalette) -> QPalette:
    """The colours of a dark desktop, from those of a light one."""
    palette = QPalette(light)
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DARK_DISABLED))
    return palette
