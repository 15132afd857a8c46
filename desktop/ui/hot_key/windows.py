"""RegisterHotKey of Windows (user32): the message WM_HOTKEY reaches the thread that registered."""

import ctypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from desktop.ui.hot_key.combination import Combination, Modifier
from desktop.ui.hot_key.handler import HotKey, HotKeyTaken

_MODIFIERS = {Modifier.ALT: 1, Modifier.CTRL: 2, Modifier.SHIFT: 4, Modifier.META: 8}
_NO_REPEAT = 0x4000
_WM_HOTKEY = 0x0312
_VK_F1 = 0x70
_ID = 0x4854
"""Any number below 0xC000 that is ours alone in this process."""


class _Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("first", ctypes.c_size_t),
        ("second", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, hot_key: "WindowsHotKey") -> None:
        super().__init__()
        self._hot_key = hot_key

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:  # noqa: N802, ARG002
        told = _Message.from_address(int(message))
        if told.message == _WM_HOTKEY and told.first == _ID:
            self._hot_key.pressed.emit()
            return True, 0
        return False, 0


class WindowsHotKey(HotKey):
    """Registered for the windows' thread, so that Qt's own loop delivers it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._user32 = ctypes.CDLL("user32")
        self._filter: _Filter | None = None

    def register(self, combination: Combination) -> None:
        self.release()
        number = combination.function_number
        key = _VK_F1 + number - 1 if number else ord(combination.key)
        modifiers = sum(_MODIFIERS[modifier] for modifier in combination.modifiers) | _NO_REPEAT
        if not self._user32.RegisterHotKey(None, _ID, modifiers, key):
            raise HotKeyTaken(f"Another program already uses {combination}. Please choose another key in the settings.")
        self._filter = _Filter(self)
        _application().installNativeEventFilter(self._filter)

    def release(self) -> None:
        if self._filter is not None:
            _application().removeNativeEventFilter(self._filter)
            self._user32.UnregisterHotKey(None, _ID)
            self._filter = None


def _application() -> QCoreApplication:
    """Native filters hang on the application: Qt offers no other place."""
    application = QCoreApplication.instance()
    assert application is not None
    return application
