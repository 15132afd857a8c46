"""One request to the desktop's portal over D-Bus: the answer is a signal at a handle, subscribed to before asking."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from desktop.capture.screens.handler import ScreensUnavailable

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_REQUEST: Final = "org.freedesktop.portal.Request"
_BUS: Final = "org.freedesktop.DBus"
_DONE, _DENIED = 0, 1

_REFUSED: Final = "The desktop was told not to give its picture, so none was taken. Its settings say who may have one."
_FAILED: Final = (
    "The desktop gave no picture: it could not, or was told not to. Its settings say who may have one. Take one with"
    " its own tool and add it here."
)
"""A real portal answers so, too, where the person or a setting has said no before."""
_GONE: Final = (
    "What takes pictures on this desktop ended before it gave one. Take the screen again, or take a picture with the"
    " desktop's own tool and add it here."
)


class PortalRequest:
    """Asks for a picture of everything, without a dialog.

    Args:
        connection: to the session's bus, of jeepney's blocking kind.
        opened: what listens for the answer is closed with it.

    Attributes:
        is_asked: whether the portal has been asked, answered or not.
    """

    def __init__(self, connection: Any, opened: ExitStack) -> None:
        from uuid import uuid4

        from jeepney import MatchRule

        self.is_asked = False
        self._connection = connection
        self._token = f"helptray{uuid4().hex}"
        self._sender = connection.unique_name.lstrip(":").replace(".", "_")
        self._handles = {f"{_PATH}/request/{self._sender}/{self._token}"}
        self._portal: str | None = None
        rule = MatchRule(type="signal", interface=_REQUEST, member="Response")
        self._answers = opened.enter_context(connection.filter(rule, bufsize=64))
        self._owners = MatchRule(type="signal", sender=_BUS, interface=_BUS, member="NameOwnerChanged")
        self._owners.add_arg_condition(0, _NAME)
        opened.enter_context(connection.filter(self._owners, queue=self._answers))

    def ask(self, left: Callable[[], float]) -> str:
        """The address of the file that the portal made; TimeoutError where nothing is `left` of the time."""
        from jeepney import DBusAddress, MatchRule, new_method_call
        from jeepney.bus_messages import message_bus

        signals = MatchRule(type="signal", interface=_REQUEST, member="Response", path_namespace=f"{_PATH}/request")
        self._call(message_bus.AddMatch(signals), left)
        self._call(message_bus.AddMatch(self._owners), left)
        asked = DBusAddress(_PATH, _NAME, "org.freedesktop.portal.Screenshot")
        options = {"handle_token": ("s", self._token), "interactive": ("b", False)}
        self.is_asked = True
        self._portal, answer = self._call(new_method_call(asked, "Screenshot", "sa{sv}", ("", options)), left)
        self._handles.update(answer[:1])
        return self.answer(left)

    def answer(self, left: Callable[[], float | None]) -> str:
        """The same, once it was asked; None is `left` where the time has no end."""
        from jeepney import HeaderFields

        while True:
            fields, body = self._heard(left())
            if fields[HeaderFields.member] == "NameOwnerChanged":
                if self._portal is not None and body[2] != self._portal:
                    raise ScreensUnavailable(_GONE)
                continue
            is_portal = self._portal in (None, fields.get(HeaderFields.sender))
            if is_portal and fields[HeaderFields.path] in self._handles:
                return _address(body)

    def _heard(self, seconds: float | None) -> tuple[Any, Any]:
        message = self._connection.recv_until_filtered(self._answers, timeout=seconds)
        return message.header.fields, message.body

    def _call(self, message: Any, left: Callable[[], float]) -> Any:
        from jeepney import HeaderFields
        from jeepney.wrappers import unwrap_msg

        reply = self._connection.send_and_get_reply(message, timeout=left())
        return reply.header.fields.get(HeaderFields.sender), unwrap_msg(reply)


def _address(body: Any) -> str:
    match body:
        case (int(code), {"uri": ("s", str(address))}) if code == _DONE:
            return address
        case (int(code), _) if code == _DENIED:
            raise ScreensUnavailable(_REFUSED)
        case _:
            raise ScreensUnavailable(_FAILED, detail=f"{body!r:.200}")
