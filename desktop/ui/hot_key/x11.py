"""A key grabbed on the root window of X11 (xcb_grab_key, X Window System Protocol, GrabKey)."""

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p

from PySide6.QtCore import QObject, QSocketNotifier

from desktop.ui.hot_key.combination import Combination, Modifier
from desktop.ui.hot_key.handler import HotKey, HotKeyTaken, HotKeyUnavailable

_MASKS = {Modifier.SHIFT: 1, Modifier.CTRL: 4, Modifier.ALT: 8, Modifier.META: 64}
_LOCKS = (0, 2, 16, 18)
"""Without locks, with Caps Lock, with Num Lock, with both: each is a grab of its own."""
_KEY_PRESS, _MAPPING_CHANGED = 2, 34
_ASYNC = 1
_XK_F1 = 0xFFBE


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint32),)


class _ScreenIterator(Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


class _Event(Structure):
    _fields_ = (("response_type", c_uint8), ("detail", c_uint8), ("sequence", c_uint16))


class X11HotKey(HotKey):
    """Holds a connection of its own to the display and watches it on the windows' thread.

    The key stays with its letter when the person changes the keyboard's layout, as far as the new one has that letter
    and no other program has its place.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._xcb: ctypes.CDLL | None = None
        self._connection: int | None = None
        self._notifier: QSocketNotifier | None = None
        self._keysyms: ctypes.CDLL | None = None
        self._root = 0
        self._combination: Combination | None = None
        self._held: set[int] = set()

    def register(self, combination: Combination) -> None:
        self.release()
        try:
            self._xcb = _load()
            self._keysyms = ctypes.CDLL("libxcb-keysyms.so.1")
        except OSError as error:
            raise HotKeyUnavailable("This desktop lacks what is needed for a hot key.", detail=str(error)) from error
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            self.release()
            raise HotKeyUnavailable("The display cannot be asked for a hot key.")
        self._root = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0]
        self._combination, self._held = combination, set()
        codes = _codes(self._keysyms, self._connection, _keysym(combination))
        if not codes:
            self.release()
            raise HotKeyUnavailable(f"This keyboard has no key for {combination}.")
        if not self._grab(codes):
            self.release()
            raise HotKeyTaken(f"Another program already uses {combination}. Please choose another key in the settings.")
        self._notifier = QSocketNotifier(
            self._xcb.xcb_get_file_descriptor(self._connection), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)

    def release(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._xcb is not None and self._connection is not None:
            self._xcb.xcb_disconnect(self._connection)
        self._connection = None

    def _grab(self, codes: set[int]) -> bool:
        """Have these keys and no others; those that one has stay where another program has one of these."""
        assert self._xcb is not None
        for code in codes - self._held:
            for mask in self._masks():
                cookie = self._xcb.xcb_grab_key_checked(self._connection, 0, self._root, mask, code, _ASYNC, _ASYNC)
                error = self._xcb.xcb_request_check(self._connection, cookie)
                if error:
                    _free(error)
                    self._ungrab(codes - self._held)
                    return False
        self._ungrab(self._held - codes)
        self._held = codes
        return True

    def _ungrab(self, codes: set[int]) -> None:
        assert self._xcb is not None
        for code in codes:
            for mask in self._masks():
                self._xcb.xcb_ungrab_key(self._connection, code, self._root, mask)
        self._xcb.xcb_flush(self._connection)

    def _masks(self) -> list[int]:
        assert self._combination is not None
        mask = sum(_MASKS[modifier] for modifier in self._combination.modifiers)
        return [mask | locks for locks in _LOCKS]

    def _read(self) -> None:
        if self._xcb is None or self._connection is None:
            return
        if self._xcb.xcb_connection_has_error(self._connection):
            self.release()
            return
        kinds = self._events()
        if _MAPPING_CHANGED in kinds:
            self._follow_layout()
            kinds += self._events()  # what came while the keys were asked for is read already
        if _KEY_PRESS in kinds:
            self.pressed.emit()

    def _events(self) -> list[int]:
        """The kinds of all events that have come."""
        assert self._xcb is not None
        kinds = []
        while event := self._xcb.xcb_poll_for_event(self._connection):
            kinds.append(ctypes.cast(event, POINTER(_Event)).contents.response_type & 0x7F)
            _free(event)
        return kinds

    def _follow_layout(self) -> None:
        assert self._connection is not None
        assert self._combination is not None
        assert self._keysyms is not None
        codes = _codes(self._keysyms, self._connection, _keysym(self._combination))
        if codes:
            self._grab(codes)


def _load() -> ctypes.CDLL:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = c_void_p
    xcb.xcb_connect.argtypes = (c_char_p, c_void_p)
    xcb.xcb_connection_has_error.argtypes = (c_void_p,)
    xcb.xcb_get_setup.restype = c_void_p
    xcb.xcb_get_setup.argtypes = (c_void_p,)
    xcb.xcb_setup_roots_iterator.restype = _ScreenIterator
    xcb.xcb_setup_roots_iterator.argtypes = (c_void_p,)
    xcb.xcb_grab_key_checked.restype = _Cookie
    xcb.xcb_grab_key_checked.argtypes = (c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8)
    xcb.xcb_ungrab_key.restype = _Cookie
    xcb.xcb_ungrab_key.argtypes = (c_void_p, c_uint8, c_uint32, c_uint16)
    xcb.xcb_flush.argtypes = (c_void_p,)
    xcb.xcb_request_check.restype = c_void_p
    xcb.xcb_request_check.argtypes = (c_void_p, _Cookie)
    xcb.xcb_poll_for_event.restype = c_void_p
    xcb.xcb_poll_for_event.argtypes = (c_void_p,)
    xcb.xcb_get_file_descriptor.argtypes = (c_void_p,)
    xcb.xcb_disconnect.argtypes = (c_void_p,)
    return xcb


def _codes(keysyms: ctypes.CDLL, connection: int, keysym: int) -> set[int]:
    keysyms.xcb_key_symbols_alloc.restype = c_void_p
    keysyms.xcb_key_symbols_alloc.argtypes = (c_void_p,)
    keysyms.xcb_key_symbols_get_keycode.restype = POINTER(c_uint8)
    keysyms.xcb_key_symbols_get_keycode.argtypes = (c_void_p, c_uint32)
    keysyms.xcb_key_symbols_free.argtypes = (c_void_p,)
    symbols = keysyms.xcb_key_symbols_alloc(connection)
    found = keysyms.xcb_key_symbols_get_keycode(symbols, keysym)
    codes: list[int] = []
    while found and found[len(codes)]:
        codes.append(found[len(codes)])
    if found:
        _free(ctypes.cast(found, c_void_p).value)
    keysyms.xcb_key_symbols_free(symbols)
    return set(codes)


def _keysym(combination: Combination) -> int:
    """Latin letters and digits are their own code point in lower case (X11 keysymdef.h)."""
    number = combination.function_number
    return _XK_F1 + number - 1 if number else ord(combination.key.lower())


def _free(address: int | None) -> None:
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (c_void_p,)
    libc.free(address)
