"""Taking pictures of the screens with the first handler that can."""

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.capture.screens.active_window import active_window_finder
from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.handler import NoScreens, ScreenHandler, ScreensUnavailable
from desktop.capture.screens.mss_handler import ROWS, MssHandler
from desktop.capture.screens.qt_handler import QtHandler
from desktop.capture.screens.screenshot import Screens
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.tickets.clock import Clock


def screen_handlers(surroundings: Surroundings, clock: Clock) -> tuple[ScreenHandler, ...]:
    """Every handler that works here, best first; the last one is always there and only says why."""
    find_active_window = active_window_finder(surroundings)
    if surroundings.system is System.MACOS:
        from desktop.capture.screens.mac_permission import MacPermission

        mss = MssHandler(find_active_window, why_not=MacPermission(_asked_on_mac()))
    else:
        mss = MssHandler(find_active_window, rows=ROWS if surroundings.session is Session.X11 else 0)
    known: list[ScreenHandler] = [mss, QtHandler(find_active_window), NoScreens(surroundings)]
    if surroundings.session is Session.WAYLAND:
        from desktop.capture.screens.portal import PortalHandler
        from desktop.capture.screens.told_monitors import told_monitors

        known.insert(1, PortalHandler(told_monitors, clock))
    return tuple(handler for handler in known if handler.is_compatible(surroundings) and handler.is_installed())


def _asked_on_mac() -> Path:
    """The file that says that macOS has asked this person already."""
    from platformdirs import user_data_path

    return user_data_path("Helptray", appauthor=False, roaming=False) / "asked-for-the-screen"


def take_screens(handlers: Sequence[ScreenHandler]) -> Screens:
    """A picture of each monitor, by the first handler that succeeds.

    Quick enough to be called before a window opens; encoding is a later step (`Screenshot.png`). Raises
    `ScreensUnavailable` with the first handler's reason.
    """
    first: ScreensUnavailable | None = None
    for handler in handlers:
        try:
            return handler.capture()
        except ScreensUnavailable as why:
            first = first or why
    raise first or ScreensUnavailable("No picture was taken.")


def ask_screens(handlers: Sequence[ScreenHandler]) -> Callable[[], Screens] | None:
    """What waits for the pictures of a desktop that may take its time; None where `take_screens` is quick."""
    return handlers[0].ask() if handlers else None


def list_monitors(handlers: Sequence[ScreenHandler]) -> tuple[Monitor, ...]:
    """The monitors as the first handler that succeeds tells them, without any picture; empty where none can."""
    for handler in handlers:
        try:
            return handler.monitors()
        except ScreensUnavailable:
            continue
    return ()
