"""Which handler serves this session: the one place that asks."""

from PySide6.QtCore import QObject

from desktop.ui.hot_key.handler import HotKey, NoHotKey


def choose_hot_key(platform: str, parent: QObject | None = None) -> HotKey:
    """The handler for Qt's platform plugin (`QGuiApplication.platformName()`)."""
    if platform == "xcb":
        from desktop.ui.hot_key.x11 import X11HotKey

        return X11HotKey(parent)
    if platform == "windows":
        from desktop.ui.hot_key.windows import WindowsHotKey

        return WindowsHotKey(parent)
    if platform == "cocoa":
        from desktop.ui.hot_key.macos import MacHotKey

        return MacHotKey(parent)
    if platform == "wayland":
        return NoHotKey("On this desktop, set a key for “helptray new” in its own settings.", parent)
    return NoHotKey("There is no keyboard to register a key with.", parent)
