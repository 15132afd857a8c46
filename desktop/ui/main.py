"""The windows' own composition."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.tickets.clock import Clock
from desktop.ui.bridge import Bridge
from desktop.ui.end_signals import EndSignals
from desktop.ui.hot_key.choose import choose_hot_key
from desktop.ui.icons import icon
from desktop.ui.prompt import LOADED, have_loaded
from desktop.ui.report.capture import Capture
from desktop.ui.resident import TICKETS, Resident
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.single_instance import NotHeard, SingleInstance, wake_first
from desktop.ui.tokens import dress
from desktop.ui.tray import Tray

if TYPE_CHECKING:
    from desktop.desk import Desk


def run(
    open_desk: Callable[[], Desk],
    *,
    capture: Capture,
    clock: Clock,
    home: Path,
    wish: str = "",
    demo: bool = False,
) -> int:
    """Run the windows until the person quits; returns the exit code.

    `open_desk` is called on another thread, once the tray shows; it may raise a `Trouble`, and is called again when the
    person asks. `wish` is `new`, `tickets`, `waiting`, `connect` or empty. Where Helptray already runs on this home, it
    is woken with the wish instead; raises `NotHeard` where that one does not answer. In a `demo`, numbers of real
    providers are text alone.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Helptray")
    app.setDesktopFileName("helptray")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    instance = SingleInstance(home)
    if not instance.take():
        if wake_first(home, wish or TICKETS):
            return 0
        raise NotHeard(
            "Helptray is open already and does not answer just now. Try again in a moment; if that does not help, end"
            " it and start it again."
        )
    from desktop.capture.surroundings import Surroundings

    app.setWindowIcon(icon("helptray"))
    dress(app)
    has_tray = Tray.is_available()
    app.setQuitOnLastWindowClosed(not has_tray)
    resident = Resident(
        open_desk=open_desk,
        capture=capture,
        clock=clock,
        bridge=Bridge(),
        tray=Tray(),
        hot_key=choose_hot_key(app.platformName(), Surroundings.here().session),
        preferences=PreferenceFile.of(home),
        demo=demo,
        has_tray=has_tray,
        quit_all=app.quit,
    )
    ending = EndSignals()
    ending.asked.connect(app.quit)
    instance.woken.connect(resident.want)
    app.focusWindowChanged.connect(resident.see_keys)
    QTimer.singleShot(LOADED, app, lambda: have_loaded(app))
    resident.start()
    if wish:
        resident.want(wish)
    try:
        return app.exec()
    finally:
        resident.stop()
        ending.release()
        instance.release()
