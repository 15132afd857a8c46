"""Pictures through Qt, which the windows have loaded already: the last to be tried."""

import sys
from collections.abc import Callable
from dataclasses import replace

from desktop.capture.screens.black_window import says_of_black_window
from desktop.capture.screens.geometry import Monitor, Rectangle, active_monitor, distinct
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screens, Screenshot, is_black
from desktop.capture.surroundings import Session, Surroundings, System

_FAILED = "The screen could not be read, so no picture was taken."


def qt_monitors() -> tuple[Monitor, ...]:
    """The monitors as Qt knows them, in its units; none where no window of ours could be shown."""
    if not _is_running():
        return ()
    from PySide6.QtGui import QGuiApplication

    primary = QGuiApplication.primaryScreen()
    return tuple(
        Monitor(
            area=Rectangle(place.x(), place.y(), place.width(), place.height()),
            name=screen.name(),
            is_primary=screen is primary,
            scale=screen.devicePixelRatio(),
        )
        for screen in QGuiApplication.screens()
        for place in (screen.geometry(),)
    )


class QtHandler:
    """Takes pictures with `QScreen.grabWindow`, on the thread of the windows only.

    Args:
        find_active_window: says where the active window is, or None.
    """

    name = "Qt"

    def __init__(self, find_active_window: Callable[[], Rectangle | None]) -> None:
        self._find_active_window = find_active_window

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """X11 and Windows; not Wayland, which gives Qt nothing, nor macOS, where mss does the same."""
        return surroundings.session is Session.X11 or surroundings.system is System.WINDOWS

    def is_installed(self) -> bool:
        """Always there; whether windows run is asked when a picture is wanted."""
        return True

    def monitors(self) -> tuple[Monitor, ...]:
        found = qt_monitors()
        if not found:
            raise ScreensUnavailable(_FAILED)
        return tuple(_in_pixels(monitor) for monitor in found)

    def capture(self) -> Screens:
        if not _is_running():
            raise ScreensUnavailable(_FAILED)
        from PySide6.QtCore import QCoreApplication, QThread
        from PySide6.QtGui import QGuiApplication, QImage

        application = QCoreApplication.instance()
        if application is None or application.thread() is not QThread.currentThread():
            raise ScreensUnavailable(_FAILED, detail="not on the thread of the windows")
        found = zip(QGuiApplication.screens(), self.monitors(), strict=True)
        listed = distinct(tuple(found), lambda one: one[1].area)
        if not listed:
            raise ScreensUnavailable(_FAILED, detail="no screen of any size")
        window = self._find_active_window()
        active = active_monitor([monitor for _, monitor in listed], window)
        shots = []
        for number, (screen, monitor) in enumerate(listed):
            image = screen.grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB32)
            if image.isNull():
                raise ScreensUnavailable(_FAILED, detail=f"Qt gave nothing of {monitor.name}")
            pixels = bytes(image.constBits())
            shots.append(
                Screenshot(
                    label=f"Screen {number + 1}" if len(listed) > 1 else "Screen",
                    pixels=memoryview(pixels),
                    width=image.width(),
                    height=image.height(),
                    monitor=replace(monitor, scale=image.width() / monitor.area.width),
                    is_active=number == active,
                    looks_blocked=is_black(pixels, image.width()),
                )
            )
        return Screens(tuple(shots), says_of_black_window(shots, window))

    def ask(self) -> None:
        return None


def _in_pixels(monitor: Monitor) -> Monitor:
    """As X11 and Windows count, and say where the active window is: a screen of any scale begins at its first pixel."""
    area = monitor.area
    width, height = round(area.width * monitor.scale), round(area.height * monitor.scale)
    return replace(monitor, area=Rectangle(area.left, area.top, width, height), scale=1.0)


def _is_running() -> bool:
    """Whether Qt has been loaded by the windows; nothing is loaded for the question."""
    qt = sys.modules.get("PySide6.QtGui")
    return qt is not None and qt.QGuiApplication.instance() is not None
