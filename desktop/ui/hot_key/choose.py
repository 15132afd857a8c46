"""Which handler serves this session: the one place that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.hot_key.handler import HotKey, NoHotKey

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.capture.surroundings import Session


def choose_hot_key(platform: str, session: Session, parent: QObject | None = None) -> HotKey:
    """The handler for Qt's platform plugin (`QGuiApplication.platformName()`) in such a session.

    As an X program on a Wayland desktop we would hear the key only while another X program is used.
    """
    from desktop.capture.surroundings import Session

    if platform == "wayland" or (platform == "xcb" and session is Session.WAYLAND):
        return NoHotKey("On this desktop, set a key for “helptray new” in its own settings.", parent)
    if platform == "xcb":
        from desktop.ui.hot_key.x11 import X11HotKey

        return X11HotKey(parent)
    if platform == "windows":
        from desktop.ui.hot_key.windows import WindowsHotKey

        return WindowsHotKey(parent)
    if platform == "cocoa":
        from desktop.ui.hot_key.macos import MacHotKey

        return MacHotKey(parent)
    return NoHotKey("There is no keyboard to register a key with.", parent)
