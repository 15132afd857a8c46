"""Pictures of every window on the data of a desk, light and dark."""

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock, SystemClock
from desktop.ui.bridge import Bridge
from desktop.ui.report.capture import Capture, this_computer
from desktop.ui.tokens import dress, soften

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
"""What a dark desktop hands to Qt; where there is no desktop, as here, it is handed over by us."""

_SETTLE = 400
"""Milliseconds in which a window's own work (thumbnails, searches) is done before its picture."""


def take_pictures(desk: Desk, out: Path, capture: Capture | None = None) -> Iterator[Path]:
    """Write a PNG of each window to `out` and yield its path. Needs a display; a virtual or offscreen one will do.

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
    try:
        for name, palette in (("light", light), ("dark", _dark(light))):
            app.setPalette(palette)
            soften(app)
            for window, widget in _each(desk, bridge, clock, capture or this_computer(clock)):
                _settle()
                path = out / f"{window}-{name}.png"
                widget.grab().save(str(path))
                widget.close()
                widget.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
                yield path
    finally:
        app.setPalette(light)
        bridge.stop()


def _each(desk: Desk, bridge: Bridge, clock: Clock, capture: Capture) -> Iterator[tuple[str, QWidget]]:
    """Each window, shown, with the name of its picture."""
    from desktop.ui.connect.window import ConnectWindow
    from desktop.ui.report.receipt import Receipt
    from desktop.ui.report.window import ReportWindow
    from desktop.ui.settings.window import SettingsWindow
    from desktop.ui.tickets.window import TicketsWindow
    from desktop.ui.waiting.window import WaitingWindow

    dialable = not desk.organisation().real
    report = ReportWindow(desk, bridge, clock, capture, dialable=dialable)
    report.begin(capture.take())
    yield "report", report
    tickets = TicketsWindow(desk, bridge, clock, capture.take)
    tickets.resize(1080, 760)
    tickets.open()
    yield "tickets", tickets
    for row in desk.tickets(limit=1).rows:
        receipt = Receipt(desk, bridge, clock, capture.take, dialable=dialable)
        receipt.show_ticket(row.ticket)
        receipt.resize(580, 600)
        receipt.show()
        yield "receipt", receipt
    waiting = WaitingWindow(desk, bridge, clock)
    waiting.open()
    yield "waiting", waiting
    connect = ConnectWindow(desk, bridge)
    connect.open_anew()
    yield "connect", connect
    settings = SettingsWindow()
    settings.open_anew("Ctrl+Alt+H", "Ctrl+Alt+H opens a new ticket.")
    yield "settings", settings


def _settle() -> None:
    loop = QEventLoop()
    deadline = QDeadlineTimer(_SETTLE)
    while not deadline.hasExpired():
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _dark(light: QPalette) -> QPalette:
    palette = QPalette(light)
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    return palette
