"""The desktop's own way to take a picture where programs may not look at the screen: Wayland.

org.freedesktop.portal.Screenshot (XDG Desktop Portal): the answer is a signal at a handle, subscribed to before asking.
"""

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import Any, Final

from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screens
from desktop.capture.surroundings import Session, Surroundings
from desktop.tickets.clock import Clock

LIMIT: Final = 5.0
"""Seconds until a desktop that has not answered is waited for no longer: the person wants to write."""

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_REQUEST: Final = "org.freedesktop.portal.Request"
_DONE, _DENIED = 0, 1

_ABSENT: Final = "This desktop offers no way to take its picture. Take one with its own tool and add it here."
_REFUSED: Final = "The desktop was told not to give its picture, so none was taken. Its settings say who may have one."
_FAILED: Final = "The desktop could not take its picture. Take one with its own tool and add it here."
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
        from desktop.capture.screens.portal_file import read_picture
        from desktop.capture.screens.portal_layout import apart

        begun = self._clock.now().timestamp()
        pixels, width, height = read_picture(self._ask(), begun)
        return Screens(apart(pixels, width, height, self._monitors()))

    def _ask(self) -> str:
        """The address of the picture's file."""
        from jeepney import DBusErrorResponse
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import open_dbus_connection

        until = self._clock.monotonic() + self._limit
        try:
            with open_dbus_connection("SESSION") as connection:
                return _picture(connection, lambda: max(until - self._clock.monotonic(), 0.0))
        except TimeoutError as error:
            raise ScreensUnavailable(_SILENT, detail=repr(error)) from error
        except (DBusErrorResponse, AuthenticationError, KeyError, RuntimeError, OSError) as error:
            raise ScreensUnavailable(_ABSENT, detail=repr(error)) from error


def _picture(connection: Any, left: Callable[[], float]) -> str:
    from uuid import uuid4

    from jeepney import DBusAddress, HeaderFields, MatchRule, new_method_call
    from jeepney.bus_messages import message_bus
    from jeepney.wrappers import unwrap_msg

    def call(message: Any) -> Any:
        reply = connection.send_and_get_reply(message, timeout=left())
        return reply.header.fields.get(HeaderFields.sender), unwrap_msg(reply)

    token = f"helptray{uuid4().hex}"
    sender = connection.unique_name.lstrip(":").replace(".", "_")
    expected = f"{_PATH}/request/{sender}/{token}"
    rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path_namespace=f"{_PATH}/request")
    call(message_bus.AddMatch(rule))
    with connection.filter(MatchRule(type="signal", interface=_REQUEST, member="Response"), bufsize=64) as answers:
        asked = DBusAddress(_PATH, _NAME, "org.freedesktop.portal.Screenshot")
        options = {"handle_token": ("s", token), "interactive": ("b", False)}
        portal, (handle,) = call(new_method_call(asked, "Screenshot", "sa{sv}", ("", options)))
        try:
            while True:
                answer = connection.recv_until_filtered(answers, timeout=left())
                fields = answer.header.fields
                if fields.get(HeaderFields.sender) == portal and fields[HeaderFields.path] in (expected, handle):
                    return _address(answer.body)
        except TimeoutError:
            with suppress(OSError):
                connection.send(new_method_call(DBusAddress(handle, _NAME, _REQUEST), "Close"))
            raise


def _address(body: Any) -> str:
    match body:
        case (int(code), {"uri": ("s", str(address))}) if code == _DONE:
            return address
        case (int(code), _) if code == _DENIED:
            raise ScreensUnavailable(_REFUSED)
        case _:
            raise ScreensUnavailable(_FAILED, detail=f"{body!r:.200}")
