"""RegisterEventHotKey of Carbon (HIToolbox): needs no permission to watch the keyboard."""

import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p

from PySide6.QtCore import QObject

from desktop.ui.hot_key.combination import Combination, Modifier
from desktop.ui.hot_key.handler import HotKey, HotKeyTaken, HotKeyUnavailable

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_MODIFIERS = {Modifier.META: 1 << 8, Modifier.SHIFT: 1 << 9, Modifier.ALT: 1 << 11, Modifier.CTRL: 1 << 12}
_KEYBOARD = int.from_bytes(b"keyb", "big")
_HOT_KEY_PRESSED = 5
_SIGNATURE = int.from_bytes(b"HTry", "big")
_CODES = {
    **dict(zip("ASDFHGZXCV", range(10), strict=True)),
    **dict(zip("BQWERYT123465", range(11, 24), strict=True)),
    "9": 25,
    "7": 26,
    "8": 28,
    "0": 29,
    "O": 31,
    "U": 32,
    "I": 34,
    "P": 35,
    "L": 37,
    "J": 38,
    "K": 40,
    "N": 45,
    "M": 46,
}
"""Virtual key codes of an ANSI keyboard (HIToolbox/Events.h)."""
_FUNCTION_CODES = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113, 106, 64, 79, 80, 90)


class _EventType(Structure):
    _fields_ = (("kind_class", c_uint32), ("kind", c_uint32))


class _HotKeyId(Structure):
    _fields_ = (("signature", c_uint32), ("id", c_uint32))


_Handler = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class MacHotKey(HotKey):
    """Delivered by the application's own event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._carbon = ctypes.CDLL(_CARBON)
        self._carbon.GetApplicationEventTarget.restype = c_void_p
        self._carbon.RegisterEventHotKey.argtypes = (c_uint32, c_uint32, _HotKeyId, c_void_p, c_uint32, c_void_p)
        self._carbon.InstallEventHandler.argtypes = (
            c_void_p,
            _Handler,
            c_ulong,
            POINTER(_EventType),
            c_void_p,
            c_void_p,
        )
        self._carbon.UnregisterEventHotKey.argtypes = (c_void_p,)
        self._reference = c_void_p()
        self._handler = _Handler(self._tell)
        self._is_listening = False

    def register(self, combination: Combination) -> None:
        self.release()
        code = _code(combination)
        target = self._carbon.GetApplicationEventTarget()
        if not self._is_listening:
            kind = _EventType(_KEYBOARD, _HOT_KEY_PRESSED)
            self._carbon.InstallEventHandler(target, self._handler, 1, byref(kind), None, None)
            self._is_listening = True
        modifiers = sum(_MODIFIERS[modifier] for modifier in combination.modifiers)
        hot_key = _HotKeyId(_SIGNATURE, 1)
        if self._carbon.RegisterEventHotKey(code, modifiers, hot_key, target, 0, byref(self._reference)):
            self._reference = c_void_p()
            raise HotKeyTaken(f"Another program already uses {combination}. Please choose another key in the settings.")

    def release(self) -> None:
        if self._reference:
            self._carbon.UnregisterEventHotKey(self._reference)
            self._reference = c_void_p()

    def _tell(self, _call: int, _event: int, _data: int) -> int:
        self.pressed.emit()
        return 0


def _code(combination: Combination) -> int:
    number = combination.function_number
    if number > len(_FUNCTION_CODES):
        raise HotKeyUnavailable(f"This keyboard has no key for {combination}.")
    return _FUNCTION_CODES[number - 1] if number else _CODES[combination.key]
