"""Where the active window is, one finder a system."""

import ctypes
from collections.abc import Callable

from desktop.capture.screens.geometry import Rectangle
from desktop.capture.surroundings import Session, Surroundings, System


class WindowsFinder:
    """The foreground window (user32). Coordinates are physical, as mss made the process aware of the scaling."""

    def __call__(self) -> Rectangle | None:
        from ctypes import wintypes

        user32 = ctypes.CDLL("user32")
        user32.GetForegroundWindow.restype = wintypes.HWND
        user32.GetWindowRect.argtypes = [wintypes.HWND, ctypes.POINTER(wintypes.RECT)]
        window = user32.GetForegroundWindow()
        found = wintypes.RECT()
        if not window or not user32.GetWindowRect(window, ctypes.byref(found)):
            return None
        return Rectangle(found.left, found.top, found.right - found.left, found.bottom - found.top)


class MacFinder:
    """The active window, else where the pointer is (CoreGraphics). In points, as mss describes the monitors."""

    class _Point(ctypes.Structure):
        _fields_ = (("x", ctypes.c_double), ("y", ctypes.c_double))

    def __call__(self) -> Rectangle | None:
        from desktop.capture.screens.mac_windows import find_active_window

        window = find_active_window()
        return window.area if window is not None else self._pointer()

    def _pointer(self) -> Rectangle | None:
        frameworks = "/System/Library/Frameworks"
        graphics = ctypes.CDLL(f"{frameworks}/CoreGraphics.framework/CoreGraphics")
        foundation = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
        graphics.CGEventCreate.argtypes = [ctypes.c_void_p]
        graphics.CGEventCreate.restype = ctypes.c_void_p
        graphics.CGEventGetLocation.argtypes = [ctypes.c_void_p]
        graphics.CGEventGetLocation.restype = self._Point
        foundation.CFRelease.argtypes = [ctypes.c_void_p]
        event = graphics.CGEventCreate(None)
        if not event:
            return None
        point = graphics.CGEventGetLocation(event)
        foundation.CFRelease(event)
        return Rectangle(int(point.x), int(point.y), 1, 1)


def active_window_finder(surroundings: Surroundings, *, framed: bool = False) -> Callable[[], Rectangle | None]:
    """The finder for such a session; one that finds nothing where there is none.

    `framed`: with title and borders, also where another program draws those (X11); they belong to every picture of a
    window, but are not black where its content is kept off pictures.
    """
    if surroundings.system is System.WINDOWS:
        return WindowsFinder()
    if surroundings.system is System.MACOS:
        return MacFinder()
    if surroundings.session is Session.X11:
        from desktop.capture.screens.x11_window import X11Finder

        return X11Finder(framed=framed)
    return lambda: None
