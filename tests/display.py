"""A real X server of one's own, and a small client that puts things on it."""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import POINTER, c_char_p, c_int16, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any

import pytest

from desktop.capture.screens.geometry import Rectangle

WIDTH, HEIGHT = 640, 400
WINDOW_ATOM = 33
CARDINAL_ATOM = 6
ATOM_ATOM = 4
SET_MONITOR, DELETE_MONITOR = 43, 44
BACKGROUND, OVERRIDE_REDIRECT = 2, 512


class Part(ctypes.Structure):
    """struct iovec."""

    _fields_ = (("base", c_char_p), ("length", c_size_t))


class Request(ctypes.Structure):
    """xcb_protocol_request_t."""

    _fields_ = (("count", c_size_t), ("extension", c_void_p), ("opcode", c_uint8), ("is_void", c_uint8))


class Painter:
    """Puts windows and monitors on an X display; all requests are done when a method returns."""

    def __init__(self, display: str) -> None:
        self.name = display
        self._xcb = ctypes.CDLL("libxcb.so.1")
        self._randr = ctypes.CDLL("libxcb-randr.so.0")
        self._xcb.xcb_connect.restype = c_void_p
        self._xcb.xcb_get_setup.restype = c_void_p
        self._xcb.xcb_get_setup.argtypes = [c_void_p]
        self._xcb.xcb_generate_id.argtypes = [c_void_p]
        self._xcb.xcb_generate_id.restype = c_uint32
        self._connection = c_void_p(self._xcb.xcb_connect(display.encode(), None))
        iterator = self._xcb.xcb_setup_roots_iterator
        iterator.restype = type("Screens", (ctypes.Structure,), {"_fields_": (("data", POINTER(c_uint32)),)})
        iterator.argtypes = [c_void_p]
        self._root = int(iterator(self._xcb.xcb_get_setup(self._connection)).data[0])

    def close(self) -> None:
        self._xcb.xcb_disconnect(self._connection)

    def window(self, place: Rectangle, colour: int) -> int:
        """A window filled with the colour (0xRRGGBB)."""
        window = int(self._xcb.xcb_generate_id(self._connection))
        values = (c_uint32 * 2)(colour, 1)
        self._xcb.xcb_create_window(
            self._connection,
            c_uint8(0),
            c_uint32(window),
            c_uint32(self._root),
            c_int16(place.left),
            c_int16(place.top),
            c_uint16(place.width),
            c_uint16(place.height),
            c_uint16(0),
            c_uint16(1),
            c_uint32(0),
            c_uint32(BACKGROUND | OVERRIDE_REDIRECT),
            values,
        )
        self._xcb.xcb_map_window(self._connection, c_uint32(window))
        self._wait()
        return window

    def destroy(self, window: int) -> None:
        self._xcb.xcb_destroy_window(self._connection, c_uint32(window))
        self._wait()

    def hide(self, window: int) -> None:
        """As a window manager does with one that is minimised."""
        self._xcb.xcb_unmap_window(self._connection, c_uint32(window))
        self._wait()

    def focus(self, window: int) -> None:
        """Give the keyboard to the window."""
        self._xcb.xcb_set_input_focus(self._connection, c_uint8(0), c_uint32(window), c_uint32(0))
        self._wait()

    def announce_active(self, window: int) -> None:
        """Say what a window manager says of the active window."""
        self._say(self._root, b"_NET_ACTIVE_WINDOW", WINDOW_ATOM, window)

    def belongs_to(self, window: int, pid: int) -> None:
        """Say what a program says of its window."""
        self._say(window, b"_NET_WM_PID", CARDINAL_ATOM, pid)

    def is_desktop(self, window: int) -> None:
        """Say that the window is the desktop with its icons."""
        self._say(window, b"_NET_WM_WINDOW_TYPE", ATOM_ATOM, self._atom(b"_NET_WM_WINDOW_TYPE_DESKTOP"))

    def has_frame(self, window: int, *widths: int) -> None:
        """Say what a window manager says of the frame that it has put around the window: left, right, top, bottom."""
        self._say(window, b"_NET_FRAME_EXTENTS", CARDINAL_ATOM, *widths)

    def has_shadow(self, window: int, *widths: int) -> None:
        """Say what GTK says of the shadow that is part of its window: left, right, top, bottom."""
        self._say(window, b"_GTK_FRAME_EXTENTS", CARDINAL_ATOM, *widths)

    def _say(self, window: int, name: bytes, kind: int, *values: int) -> None:
        content = (c_uint32 * len(values))(*values)
        self._xcb.xcb_change_property(
            self._connection,
            c_uint8(0),
            c_uint32(window),
            c_uint32(self._atom(name)),
            c_uint32(kind),
            c_uint8(32),
            c_uint32(len(values)),
            content,
        )
        self._wait()

    def point_at(self, x: int, y: int) -> None:
        zero = c_int16(0)
        self._xcb.xcb_warp_pointer(
            self._connection, c_uint32(0), c_uint32(self._root), zero, zero, zero, zero, c_int16(x), c_int16(y)
        )
        self._wait()

    def monitor(self, name: bytes, place: Rectangle, *, in_place_of_all: bool = False) -> None:
        """Cut a monitor out of the screen (RandR 1.5); else the whole screen stays a monitor beside it."""
        outputs = self._outputs() if in_place_of_all else ()
        monitor = struct.pack(
            f"=IBBHhhHHII{len(outputs)}I",
            *(self._atom(name), 0, 0, len(outputs)),
            *(place.left, place.top, place.width, place.height, 0, 0),
            *outputs,
        )
        self._ask_randr(SET_MONITOR, struct.pack("=4xI", self._root) + monitor)

    def unplug(self, name: bytes) -> None:
        """Take a monitor away that was cut out of the screen."""
        self._ask_randr(DELETE_MONITOR, struct.pack("=4xII", self._root, self._atom(name)))

    def _ask_randr(self, opcode: int, content: bytes) -> None:
        parts = (Part * 3)(Part(None, 0), Part(None, 0), Part(content, len(content)))
        extension = ctypes.addressof(c_uint32.in_dll(self._randr, "xcb_randr_id"))
        request = Request(1, extension, opcode, 1)
        self._xcb.xcb_send_request.argtypes = [c_void_p, ctypes.c_int, c_void_p, POINTER(Request)]
        first = ctypes.addressof(parts) + 2 * ctypes.sizeof(Part)
        self._xcb.xcb_send_request(self._connection, 0, first, ctypes.byref(request))
        self._wait()

    def _outputs(self) -> tuple[int, ...]:
        """What the screen's monitors are plugged into, as RandR has them."""
        ask, answer = (
            self._randr.xcb_randr_get_screen_resources_current,
            self._randr.xcb_randr_get_screen_resources_current_reply,
        )
        answer.restype = POINTER(c_uint32)
        words = answer(self._connection, ask(self._connection, c_uint32(self._root)), None)
        crtcs, outputs = words[4] & 0xFFFF, words[4] >> 16
        return tuple(words[8 + crtcs + number] for number in range(outputs))

    def _atom(self, name: bytes) -> int:
        self._xcb.xcb_intern_atom_reply.restype = POINTER(c_uint32)
        cookie = self._xcb.xcb_intern_atom(self._connection, c_uint8(0), c_uint16(len(name)), c_char_p(name))
        return int(self._xcb.xcb_intern_atom_reply(self._connection, cookie, None)[2])

    def _wait(self) -> None:
        """A round trip: whatever was asked before has happened."""
        self._atom(b"PRIMARY")


@contextmanager
def fresh_display(*screens: str) -> Iterator[Painter]:
    """The client of a fresh X server with these screens (`640x400x24`), one where none is named; `Painter.name` is its
    DISPLAY. Skips where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        pytest.skip("no Xvfb on this machine")
    reading, writing = os.pipe()
    shapes = screens or (f"{WIDTH}x{HEIGHT}x24",)
    asked = [part for number, shape in enumerate(shapes) for part in ("-screen", str(number), shape)]
    command = ["Xvfb", "-displayfd", str(writing), *asked, "-nolisten", "tcp"]
    command.append("-terminate")  # with its last client, were we killed
    with (
        os.fdopen(reading) as told,
        subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server,
    ):
        os.close(writing)
        try:
            with closing(Painter(f":{int(told.readline())}")) as client:
                yield client
        finally:
            server.terminate()


class Hand:
    """Moves the mouse and presses its button through the X server, as a person's does (XTEST)."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = c_void_p
        self._x11.XOpenDisplay.argtypes = [c_char_p]
        self._x11.XSync.argtypes = [c_void_p, ctypes.c_int]
        self._xtst.XTestFakeMotionEvent.argtypes = [c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]
        self._xtst.XTestFakeButtonEvent.argtypes = [c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._display = self._x11.XOpenDisplay(display.encode())

    def move(self, x: int, y: int) -> None:
        """To a place of the screen, in its pixels."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x11.XSync(self._display, 0)

    def button(self, *, is_down: bool) -> None:
        """The left one."""
        self._xtst.XTestFakeButtonEvent(self._display, 1, int(is_down), 0)
        self._x11.XSync(self._display, 0)


def said_by(program: str, *words: str, display: str, scales: str = "", timeout: float = 120) -> Any:
    """What a module of ours with windows says (as JSON) on that X server; `scales` of its screens, as Qt takes them."""
    done = subprocess.run(
        [sys.executable, "-m", program, *words],
        env={
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "QT_SCREEN_SCALE_FACTORS": scales,
        },
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
