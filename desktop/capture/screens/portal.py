"""The desktop's own way to take a picture where programs may not look at the screen: Wayland.

org.freedesktop.portal.Screenshot (XDG Desktop Portal): the answer is a signal at a handle, subscribed to before asking.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from importlib.util import find_spec
from threading import Thread
from typing import Final

from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.portal_request import PortalRequest
from desktop.capture.screens.screenshot import Screens
from desktop.capture.surroundings import Session, Surroundings
from desktop.tickets.clock import Clock

LIMIT: Final = 5.0
"""Seconds until a desktop that has not answered is waited for no longer: the person wants to write."""

_ABSENT: Final = "This desktop offers no way to take its picture. Take one with its own tool and add it here."
_SILENT: Final = (
    "The desktop did not give its picture in time. If it asks whether it may, allow it, then take the screen again."
)


class PortalHandler:
    """Takes pictures through the desktop's portal; the file that it leaves is deleted.

    Args:
        monitors: where the monitors are, as far as that can be told; the one picture is cut there.
        clock: its wall clock tells a new file from an old one, the other when to give up.
        limit: seconds for the whole answer.
    """

    name = "portal"

    def __init__(self, monitors: Callable[[], tuple[Monitor, ...]], clock: Clock, limit: float = LIMIT) -> None:
        self._monitors = monitors
        self._clock = clock
        self._limit = limit

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """Wayland, where nothing else can."""
        return surroundings.session is Session.WAYLAND

    def is_installed(self) -> bool:
        return find_spec("jeepney") is not None

    def monitors(self) -> tuple[Monitor, ...]:
        found = self._monitors()
        if not found:
            raise ScreensUnavailable("This desktop does not tell where its monitors are.")
        return found

    def capture(self) -> Screens:
        return self.ask()()

    def ask(self) -> Callable[[], Screens]:
        """The monitors are read before, as Qt tells them on the thread of the windows only."""
        from desktop.capture.screens.portal_file import read_picture
        from desktop.capture.screens.portal_layout import apart

        monitors = self._monitors()

        def wait() -> Screens:
            begun = self._clock.now().timestamp()
            pixels, width, height = read_picture(self._address(begun), begun)
            return Screens(apart(pixels, width, height, monitors))

        return wait

    def _address(self, begun: float) -> str:
        """The address of the picture's file."""
        from jeepney import DBusErrorResponse
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import open_dbus_connection

        try:
            with ExitStack() as opened:
                request = PortalRequest(opened.enter_context(open_dbus_connection("SESSION")), opened)
                try:
                    return request.ask(self._left(self._limit))
                except TimeoutError:
                    if request.is_asked:
                        _await_late(request, opened.pop_all(), begun)
                    raise
        except TimeoutError as error:
            raise ScreensUnavailable(_SILENT, detail=repr(error)) from error
        except (DBusErrorResponse, AuthenticationError, KeyError, RuntimeError, OSError) as error:
            raise ScreensUnavailable(_ABSENT, detail=repr(error)) from error

    def _left(self, seconds: float) -> Callable[[], float]:
        until = self._clock.monotonic() + seconds
        return lambda: max(until - self._clock.monotonic(), 0.0)


def _await_late(request: PortalRequest, opened: ExitStack, begun: float) -> None:
    """A portal that answers after all leaves its file: that is deleted too, and the picture is nobody's.

    Listened for until the answer comes or the portal leaves the bus: the person may look at its question for long, and
    a portal that is told that nobody waits takes the picture all the same and says no more where it has put it.
    """

    def discard() -> None:
        from desktop.capture.screens.portal_file import read_picture

        with opened, suppress(Exception):  # whatever comes now, there is nobody to tell
            read_picture(request.answer(lambda: None), begun)

    Thread(target=discard, name="helptray-late-picture", daemon=True).start()
