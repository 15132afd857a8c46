"""Pictures through mss: X11, Windows, macOS."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from desktop.capture.screens.geometry import Monitor, Rectangle, active_monitor
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screenshot, is_black
from desktop.capture.surroundings import Session, Surroundings, System

_FAILED = "The screen could not be read, so no picture was taken."
_NOT_ALLOWED = (
    "This Mac does not let Helptray see the screen yet. Allow it in System Settings, under Privacy & Security, Screen "
    "Recording; then try again."
)


class MssHandler:
    """Takes pictures with mss.

    Args:
        find_active_window: says where the active window is, or None.
        is_allowed: whether the system lets us see other programs' windows.
    """

    name = "mss"

    def __init__(
        self, find_active_window: Callable[[], Rectangle | None], is_allowed: Callable[[], bool] = lambda: True
    ) -> None:
        self._find_active_window = find_active_window
        self._is_allowed = is_allowed

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """X11, Windows and macOS; not Wayland, where mss would see an empty X screen."""
        if surroundings.system in (System.WINDOWS, System.MACOS):
            return True
        return surroundings.system is System.LINUX and surroundings.session is Session.X11

    def is_installed(self) -> bool:
        return find_spec("mss") is not None

    def monitors(self) -> tuple[Monitor, ...]:
        from mss import MSS, ScreenShotError

        try:
            with MSS() as source:
                return tuple(_monitor(found) for found in _found(source))
        except (ScreenShotError, OSError) as error:
            raise ScreensUnavailable(_FAILED, detail=repr(error)) from error

    def capture(self) -> tuple[Screenshot, ...]:
        from mss import MSS, ScreenShotError

        if not self._is_allowed():
            raise ScreensUnavailable(_NOT_ALLOWED)
        window = self._find_active_window()
        try:
            with MSS() as source:
                taken = [(_monitor(found), source.grab(found)) for found in _found(source)]
        except (ScreenShotError, OSError) as error:
            raise ScreensUnavailable(_FAILED, detail=repr(error)) from error
        active = active_monitor([monitor for monitor, _ in taken], window)
        return tuple(
            _screenshot(monitor, shot, index, len(taken), index == active)
            for index, (monitor, shot) in enumerate(taken)
        )


def _found(source: Any) -> list[dict[str, Any]]:
    """The monitors as mss describes them; its entry 0 is all of them together and stands in where none is told."""
    monitors: list[dict[str, Any]] = source.monitors
    return monitors[1:] or monitors


def _monitor(found: dict[str, Any]) -> Monitor:
    return Monitor(
        area=Rectangle(found["left"], found["top"], found["width"], found["height"]),
        name=found.get("name") or found.get("output") or "",
        is_primary=bool(found.get("is_primary")),
    )


def _screenshot(monitor: Monitor, shot: Any, index: int, count: int, is_active: bool) -> Screenshot:
    return Screenshot(
        label=f"Screen {index + 1}" if count > 1 else "Screen",
        pixels=memoryview(shot.raw).toreadonly(),
        width=shot.width,
        height=shot.height,
        monitor=Monitor(
            area=monitor.area,
            name=monitor.name,
            is_primary=monitor.is_primary,
            scale=shot.width / monitor.area.width,
        ),
        is_active=is_active,
        looks_blocked=is_black(shot.raw, shot.width),
    )
