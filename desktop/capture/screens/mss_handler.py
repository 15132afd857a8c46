"""Pictures through mss: X11, Windows, macOS."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from desktop.capture.screens.black_window import says_of_black_window
from desktop.capture.screens.geometry import Monitor, Rectangle, active_monitor, distinct
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screens, Screenshot, is_black
from desktop.capture.screens.x_libraries import ask_the_loader
from desktop.capture.surroundings import Session, Surroundings, System

ROWS: Final = 32
"""Rows that are asked of an X server at a time: at 4K half a megabyte of memory that is shared with it and is used over
and over, where the whole picture in one piece takes eight times as long, nearly all for pages that are new to both."""

_FAILED = "The screen could not be read, so no picture was taken."
_GONE = "{} could not be read, so it is missing here. Perhaps it was unplugged just now."


class _Pixels(NamedTuple):
    """Blue, green, red, unused."""

    raw: bytearray
    width: int
    height: int


_Taken = tuple[str, Monitor, _Pixels]
"""Label, monitor and pixels of one."""


class MssHandler:
    """Takes pictures with mss.

    Args:
        find_active_window: says where the active window is, or None.
        why_not: says why the system keeps other programs' windows from us; empty where it does not.
        rows: how many to ask for at a time; 0: the whole monitor.
    """

    name = "mss"

    def __init__(
        self,
        find_active_window: Callable[[], Rectangle | None],
        *,
        why_not: Callable[[], str] = str,
        rows: int = 0,
    ) -> None:
        self._find_active_window = find_active_window
        self._why_not = why_not
        self._rows = rows

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """X11, Windows and macOS; not Wayland, where mss would see an empty X screen."""
        if surroundings.system in (System.WINDOWS, System.MACOS):
            return True
        return surroundings.system is System.LINUX and surroundings.session is Session.X11

    def is_installed(self) -> bool:
        return find_spec("mss") is not None

    def monitors(self) -> tuple[Monitor, ...]:
        from mss import ScreenShotError

        try:
            with _opened() as source:
                return tuple(_monitor(found) for found in _found(source))
        except (ScreenShotError, OSError) as error:
            raise ScreensUnavailable(_FAILED, detail=repr(error)) from error

    def capture(self) -> Screens:
        if refusal := self._why_not():
            raise ScreensUnavailable(refusal)
        taken, failed, window = self._take()
        if failed:  # what was moved, sized or unplugged since the monitors were listed: they are listed anew
            taken, failed, window = self._take()
        if not taken:
            raise ScreensUnavailable(_FAILED, detail=repr([error for _, error in failed]))
        active = active_monitor([monitor for _, monitor, _ in taken], window)
        shots = tuple(_screenshot(*one, is_active=index == active) for index, one in enumerate(taken))
        gone = _GONE.format(" and ".join(label for label, _ in failed)) if failed else ""
        return Screens(shots, " ".join(filter(None, (gone, says_of_black_window(shots, window)))))

    def ask(self) -> None:
        return None

    def _take(self) -> tuple[list[_Taken], list[tuple[str, Exception]], Rectangle | None]:
        """What could be taken of the monitors as they are now, what could not, and where the active window was.

        Raises `ScreensUnavailable`.
        """
        from mss import ScreenShotError

        taken: list[_Taken] = []
        failed: list[tuple[str, Exception]] = []
        try:
            with _opened() as source:  # from now on Windows tells places in true pixels, that of the window too
                window = self._find_active_window()
                listed = distinct(_found(source), _area)
                for number, found in enumerate(listed, start=1):
                    label = f"Screen {number}" if len(listed) > 1 else "Screen"
                    try:
                        taken.append((label, _monitor(found), self._grab(source, found)))
                    except ScreenShotError as error:
                        failed.append((label, error))
        except (ScreenShotError, OSError) as error:
            raise ScreensUnavailable(_FAILED, detail=repr(error)) from error
        return taken, failed, window

    def _grab(self, source: Any, found: dict[str, Any]) -> _Pixels:
        """Raises mss' `ScreenShotError` where the monitor is not there any more."""
        if not self._rows:
            shot = source.grab(found)
            return _Pixels(shot.raw, shot.width, shot.height)
        width, height = found["width"], found["height"]
        whole, stride = bytearray(width * height * 4), width * 4
        for top in range(0, height, self._rows):
            rows = min(self._rows, height - top)
            part = source.grab({**found, "top": found["top"] + top, "height": rows})
            whole[top * stride : (top + rows) * stride] = part.raw
        return _Pixels(whole, width, height)


def _opened() -> Any:
    """Raises mss' `ScreenShotError`, or OSError, where there is no screen to open."""
    from mss import MSS

    ask_the_loader()
    return MSS()


def _found(source: Any) -> list[dict[str, Any]]:
    """The monitors as mss describes them; its entry 0 is all of them together and stands in where none is told."""
    monitors: list[dict[str, Any]] = source.monitors
    return monitors[1:] or monitors


def _area(found: dict[str, Any]) -> Rectangle:
    return Rectangle(found["left"], found["top"], found["width"], found["height"])


def _monitor(found: dict[str, Any]) -> Monitor:
    return Monitor(
        area=_area(found),
        name=found.get("name") or found.get("output") or "",
        is_primary=bool(found.get("is_primary")),
    )


def _screenshot(label: str, monitor: Monitor, taken: _Pixels, *, is_active: bool) -> Screenshot:
    return Screenshot(
        label=label,
        pixels=memoryview(taken.raw).toreadonly(),
        width=taken.width,
        height=taken.height,
        monitor=replace(monitor, scale=taken.width / monitor.area.width),
        is_active=is_active,
        looks_blocked=is_black(taken.raw, taken.width),
    )
