"""The windows on a Mac's screen, asked of CoreGraphics, and which of them is the active one.

CGWindowListCopyWindowInfo (CGWindow.h) tells place, level and process of other programs' windows to everybody. Only
their titles and pixels need the permission to record the screen, and neither is asked for here.
"""

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from ctypes import POINTER, c_bool, c_double, c_long, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any, Final

from desktop.capture.screens.geometry import Rectangle

_FRAMEWORKS: Final = "/System/Library/Frameworks/{0}.framework/{0}"
_ON_SCREEN, _NO_DESKTOP = 1 << 0, 1 << 4
"""kCGWindowListOptionOnScreenOnly, which also orders the windows from the front, and
kCGWindowListExcludeDesktopElements: neither the wallpaper nor its icons."""
_DOUBLE: Final = 13
"""kCFNumberDoubleType."""

_NORMAL, _FLOATING, _MODAL = 0, 3, 8
"""Levels (kCGWindowLayer): windows; palettes, which float above them; alerts that have to be answered first."""
_SMALLEST: Final = 64
"""Points of each side: programs keep small windows that nobody sees, and the bar of a window that fills the screen."""


@dataclass(frozen=True, slots=True)
class MacWindow:
    """A window on the screen.

    Attributes:
        pid: of its program.
        layer: its level, 0 for ordinary windows.
        alpha: 0 where nothing of it is to be seen, up to 1.
        area: in points, from the upper left corner of the primary monitor, as the monitors are.
    """

    pid: int
    layer: int
    alpha: float
    area: Rectangle

    @property
    def is_worked_in(self) -> bool:
        """Whether a person sees it and can work in it: no menu bar, no Dock, nothing invisible."""
        is_large = min(self.area.width, self.area.height) >= _SMALLEST
        return is_large and self.alpha > 0 and self.layer in (_NORMAL, _FLOATING, _MODAL)


def active_window(windows: Sequence[MacWindow], frontmost: int, own: int) -> MacWindow | None:
    """The active one of the windows, which are ordered from the front; None where there is none.

    It belongs to the frontmost program (its pid): an alert before a window before a palette. While that is Helptray
    itself, whose windows have left the screen, or is not known (0), the first window of another program counts.
    A frontmost program without a window, as the Finder often is, has no active window.
    """
    others = [window for window in windows if window.is_worked_in and window.pid != own]
    if frontmost not in (0, own):
        others = [window for window in others if window.pid == frontmost]
        return next((it for layer in (_MODAL, _NORMAL, _FLOATING) for it in others if it.layer == layer), None)
    return next((window for window in others if window.layer != _FLOATING), None)


def find_active_window(load: Callable[[str], Any] = ctypes.CDLL) -> MacWindow | None:
    """The active window of this Mac; None where there is none or nobody is logged in. `load` opens a library."""
    return active_window(windows_on_screen(load), frontmost_process(load), os.getpid())


class _Rect(ctypes.Structure):
    """CGRect, where CGFloat is a double, as on all 64-bit Macs."""

    _fields_ = (("x", c_double), ("y", c_double), ("width", c_double), ("height", c_double))


def windows_on_screen(load: Callable[[str], Any] = ctypes.CDLL) -> tuple[MacWindow, ...]:
    """All of them, from the front; none outside of a session with windows. `load` opens a library by its path."""
    graphics, foundation = load(_FRAMEWORKS.format("CoreGraphics")), load(_FRAMEWORKS.format("CoreFoundation"))
    graphics.CGWindowListCopyWindowInfo.argtypes = [c_uint32, c_uint32]
    graphics.CGWindowListCopyWindowInfo.restype = c_void_p
    foundation.CFRelease.argtypes = [c_void_p]
    listed = graphics.CGWindowListCopyWindowInfo(_ON_SCREEN | _NO_DESKTOP, 0)
    if not listed:
        return ()
    try:
        return tuple(_read(listed, graphics, foundation))
    finally:
        foundation.CFRelease(listed)


def _read(listed: int, graphics: Any, foundation: Any) -> Iterator[MacWindow]:
    """The array's dictionaries; one that lacks what Apple promises is passed over."""
    foundation.CFArrayGetCount.argtypes = [c_void_p]
    foundation.CFArrayGetCount.restype = c_long
    foundation.CFArrayGetValueAtIndex.argtypes = [c_void_p, c_long]
    foundation.CFArrayGetValueAtIndex.restype = c_void_p
    foundation.CFDictionaryGetValue.argtypes = [c_void_p, c_void_p]
    foundation.CFDictionaryGetValue.restype = c_void_p
    foundation.CFNumberGetValue.argtypes = [c_void_p, c_long, c_void_p]
    foundation.CFNumberGetValue.restype = c_bool
    graphics.CGRectMakeWithDictionaryRepresentation.argtypes = [c_void_p, POINTER(_Rect)]
    graphics.CGRectMakeWithDictionaryRepresentation.restype = c_bool

    def value(window: int, key: str) -> int | None:
        found: int | None = foundation.CFDictionaryGetValue(window, c_void_p.in_dll(graphics, key))
        return found

    def number(window: int, key: str) -> float | None:
        found, told = c_double(), value(window, key)
        is_told = told is not None and foundation.CFNumberGetValue(told, _DOUBLE, ctypes.byref(found))
        return found.value if is_told else None

    for index in range(foundation.CFArrayGetCount(listed)):
        window = foundation.CFArrayGetValueAtIndex(listed, index)
        pid, layer, alpha = (number(window, f"kCGWindow{key}") for key in ("OwnerPID", "Layer", "Alpha"))
        place, bounds = _Rect(), value(window, "kCGWindowBounds")
        if bounds is None or not graphics.CGRectMakeWithDictionaryRepresentation(bounds, ctypes.byref(place)):
            continue
        if pid is None or layer is None or alpha is None:
            continue
        area = Rectangle(*(round(length) for length in (place.x, place.y, place.width, place.height)))
        yield MacWindow(int(pid), int(layer), alpha, area)


def frontmost_process(load: Callable[[str], Any] = ctypes.CDLL) -> int:
    """The frontmost application's pid (NSWorkspace, through the Objective-C runtime), 0 where none is told."""
    objc = load("/usr/lib/libobjc.A.dylib")
    load(_FRAMEWORKS.format("AppKit"))
    objc.objc_getClass.restype = objc.sel_registerName.restype = c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def send(target: int | None, message: bytes, answer: type) -> int:
        call = ctypes.CFUNCTYPE(answer, c_void_p, c_void_p)(("objc_msgSend", objc))
        return call(target, objc.sel_registerName(message)) or 0

    workspace = send(objc.objc_getClass(b"NSWorkspace"), b"sharedWorkspace", c_void_p)
    application = send(workspace, b"frontmostApplication", c_void_p)
    return send(application, b"processIdentifier", ctypes.c_int) if application else 0
