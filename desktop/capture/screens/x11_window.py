"""The active window of an X11 session, asked through libxcb.

libxcb and not libX11: an answer to a window that has just gone is an empty reply there, where Xlib's default is to end
the process. The requests are those of the X protocol, version 11, and of EWMH 1.5 (`_NET_ACTIVE_WINDOW`).
"""

import ctypes
from collections.abc import Sequence
from ctypes import POINTER, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any

from desktop.capture.screens.geometry import Rectangle

_ANY_TYPE = 0
_NO_WINDOW = (0, 1)
"""`None` and `PointerRoot`, which name no window."""


_VIEWABLE = 2


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    """xcb_screen_iterator_t; each screen begins with its root window."""

    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


_HEAD = (("response_type", c_uint8), ("first", c_uint8), ("sequence", c_uint16), ("length", c_uint32))


class _Word(ctypes.Structure):
    """Replies whose first value is one word: an atom (InternAtom), the focus (GetInputFocus)."""

    _fields_ = (*_HEAD, ("value", c_uint32))


class _Attributes(ctypes.Structure):
    """The reply to GetWindowAttributes, as far as it is read."""

    _fields_ = (*_HEAD, ("other", c_uint8 * 18), ("map_state", c_uint8))


class _Extension(ctypes.Structure):
    """The reply to QueryExtension."""

    _fields_ = (*_HEAD, ("is_present", c_uint8))


class _Geometry(ctypes.Structure):
    """The reply to GetGeometry."""

    _fields_ = (
        *_HEAD,
        ("root", c_uint32),
        ("x", ctypes.c_int16),
        ("y", ctypes.c_int16),
        ("width", c_uint16),
        ("height", c_uint16),
    )


class _Place(ctypes.Structure):
    """The reply to TranslateCoordinates."""

    _fields_ = (*_HEAD, ("child", c_uint32), ("x", ctypes.c_int16), ("y", ctypes.c_int16))


class _Pointer(ctypes.Structure):
    """The reply to QueryPointer."""

    _fields_ = (
        *_HEAD,
        ("root", c_uint32),
        ("child", c_uint32),
        ("root_x", ctypes.c_int16),
        ("root_y", ctypes.c_int16),
    )


class X11Finder:
    """Asks the window manager; without one, the window with the keyboard; without that, where the pointer is.

    The desktop with its icons is no window: it lies over all monitors. Nor is one that is minimised. A shadow that a
    program draws around its window is no part of it.

    Args:
        framed: with the title and the borders that the window manager has put around it.
    """

    def __init__(self, display: str | None = None, *, framed: bool = False) -> None:
        self._display = display.encode() if display else None
        self._framed = framed

    def __call__(self) -> Rectangle | None:
        """The window's place on the desktop, or None where X11 cannot be asked."""
        try:
            library = ctypes.CDLL("libxcb.so.1")
        except OSError:
            return None
        connection = _Connection(library, self._display)
        try:
            return connection.active_window(framed=self._framed)
        finally:
            connection.close()


def active_process(display: str | None = None) -> int:
    """The process whose window is active (EWMH 1.5, `_NET_WM_PID`); 0 where it cannot be told."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return 0
    connection = _Connection(library, display.encode() if display else None)
    try:
        return connection.active_process()
    finally:
        connection.close()


def is_x11_there(display: str) -> bool:
    """Whether an X server answers on the display; true where that cannot be found out."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    connection = _Connection(library, display.encode())
    try:
        return connection.is_open()
    finally:
        connection.close()


def has_extension(display: str, name: str) -> bool:
    """Whether the X server on the display has an extension; false where it cannot be asked."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    connection = _Connection(library, display.encode())
    try:
        return connection.has_extension(name.encode())
    finally:
        connection.close()


class _Connection:
    """One short connection to the X server."""

    def __init__(self, library: Any, display: bytes | None) -> None:
        self._library = library
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = [c_void_p]
        screen = c_int()
        library.xcb_connect.restype = c_void_p
        library.xcb_connect.argtypes = [c_char_p, POINTER(c_int)]
        library.xcb_disconnect.argtypes = [c_void_p]
        library.xcb_connection_has_error.argtypes = [c_void_p]
        library.xcb_get_setup.restype = c_void_p
        library.xcb_get_setup.argtypes = [c_void_p]
        library.xcb_setup_roots_iterator.restype = _Screens
        library.xcb_setup_roots_iterator.argtypes = [c_void_p]
        library.xcb_screen_next.argtypes = [POINTER(_Screens)]
        library.xcb_get_property_value.restype = POINTER(c_uint32)
        library.xcb_get_property_value.argtypes = [c_void_p]
        library.xcb_get_property_value_length.argtypes = [c_void_p]
        self._connection = library.xcb_connect(display, ctypes.byref(screen))
        self._screen = screen.value

    def close(self) -> None:
        self._library.xcb_disconnect(self._connection)

    def is_open(self) -> bool:
        return not self._library.xcb_connection_has_error(self._connection)

    def has_extension(self, name: bytes) -> bool:
        if not self.is_open():
            return False
        found = self._ask("query_extension", _Extension, (c_uint16, len(name)), (c_char_p, name))
        return found is not None and bool(found.is_present)

    def active_window(self, *, framed: bool) -> Rectangle | None:
        if not self.is_open():
            return None
        root = self._root()
        for window in (self._managed(root), self._focused(root)):
            place = self._place(window, root) if window and self._is_worked_in(window) else None
            if window and place:
                place = _grown(place, self._words(window, b"_GTK_FRAME_EXTENTS", 4), -1)
                return _grown(place, self._words(window, b"_NET_FRAME_EXTENTS", 4), 1) if framed else place
        return self._pointer(root)

    def active_process(self) -> int:
        if not self.is_open():
            return 0
        root = self._root()
        window = self._managed(root) or self._focused(root)
        return self._property(window, b"_NET_WM_PID") or 0 if window else 0

    def _root(self) -> int:
        screens = self._library.xcb_setup_roots_iterator(self._library.xcb_get_setup(self._connection))
        for _ in range(self._screen):
            self._library.xcb_screen_next(ctypes.byref(screens))
        return int(screens.data[0])

    def _managed(self, root: int) -> int | None:
        return self._property(root, b"_NET_ACTIVE_WINDOW")

    def _is_worked_in(self, window: int) -> bool:
        """Whether it is on the screen, and not the desktop with its icons."""
        attributes = self._ask("get_window_attributes", _Attributes, (c_uint32, window))
        if attributes is None or attributes.map_state != _VIEWABLE:
            return False
        kinds = self._words(window, b"_NET_WM_WINDOW_TYPE", 1)
        return not kinds or kinds[0] != self._atom(b"_NET_WM_WINDOW_TYPE_DESKTOP")

    def _property(self, window: int, name: bytes) -> int | None:
        """The first word of a window's property, None where it has none."""
        return next(iter(self._words(window, name, 1)), None)

    def _atom(self, name: bytes) -> int:
        """0 where nobody has ever used it."""
        atom = self._ask("intern_atom", _Word, (c_uint8, 1), (c_uint16, len(name)), (c_char_p, name))
        return int(atom.value) if atom is not None else 0

    def _words(self, window: int, name: bytes, count: int) -> tuple[int, ...]:
        """The first words of a window's property; none where it has not as many."""
        atom = self._atom(name)
        if not atom:
            return ()
        cookie = self._send(
            "get_property",
            (c_uint8, 0),
            (c_uint32, window),
            (c_uint32, atom),
            (c_uint32, _ANY_TYPE),
            (c_uint32, 0),
            (c_uint32, count),
        )
        reply = self._reply("get_property", cookie, c_void_p)
        if not reply:
            return ()
        try:
            if self._library.xcb_get_property_value_length(reply) < count * ctypes.sizeof(c_uint32):
                return ()
            return tuple(self._library.xcb_get_property_value(reply)[:count])
        finally:
            self._free(reply)

    def _focused(self, root: int) -> int | None:
        focus = self._ask("get_input_focus", _Word)
        return None if focus is None or focus.value in (*_NO_WINDOW, root) else int(focus.value)

    def _place(self, window: int, root: int) -> Rectangle | None:
        size = self._ask("get_geometry", _Geometry, (c_uint32, window))
        place = self._ask(
            "translate_coordinates",
            _Place,
            (c_uint32, window),
            (c_uint32, root),
            (ctypes.c_int16, 0),
            (ctypes.c_int16, 0),
        )
        if size is None or place is None:
            return None
        return Rectangle(place.x, place.y, size.width, size.height)

    def _pointer(self, root: int) -> Rectangle | None:
        pointer = self._ask("query_pointer", _Pointer, (c_uint32, root))
        return None if pointer is None else Rectangle(pointer.root_x, pointer.root_y, 1, 1)

    def _ask(self, request: str, answer: type[ctypes.Structure], *arguments: tuple[Any, Any]) -> Any:
        """The reply as a copy of our own, or None where the server answered with an error."""
        reply = self._reply(request, self._send(request, *arguments), c_void_p)
        if not reply:
            return None
        try:
            return answer.from_buffer_copy(ctypes.string_at(reply, ctypes.sizeof(answer)))
        finally:
            self._free(reply)

    def _send(self, request: str, *arguments: tuple[Any, Any]) -> _Cookie:
        send = getattr(self._library, f"xcb_{request}")
        send.restype = _Cookie
        send.argtypes = [c_void_p, *(kind for kind, _ in arguments)]
        cookie: _Cookie = send(self._connection, *(value for _, value in arguments))
        return cookie

    def _reply(self, request: str, cookie: _Cookie, kind: Any) -> Any:
        receive = getattr(self._library, f"xcb_{request}_reply")
        receive.restype = kind
        receive.argtypes = [c_void_p, _Cookie, POINTER(c_void_p)]
        error = c_void_p()
        reply = receive(self._connection, cookie, ctypes.byref(error))
        if error.value:
            self._free(error)
        return reply


def _grown(place: Rectangle, widths: Sequence[int], by: int) -> Rectangle:
    """Larger (`by` 1) or smaller (-1) by the widths at the left, right, top and bottom, where they leave anything."""
    if not widths:
        return place
    left, right, top, bottom = (width * by for width in widths)
    grown = Rectangle(place.left - left, place.top - top, place.width + left + right, place.height + top + bottom)
    return grown if min(grown.width, grown.height) > 0 else place
