"""Where the active window is, one finder a system."""

import ctypes
from collections.abc import Callable
from typing import Any, Final

from desktop.capture.screens.geometry import Rectangle
from desktop.capture.surroundings import Session, Surroundings, System

_SHELL: Final = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})
"""Classes of Windows' own: the desktop with its icons, which lies over all monitors, and the taskbars."""
_EXTENDED_FRAME_BOUNDS: Final = 9
"""DWMWA_EXTENDED_FRAME_BOUNDS (dwmapi.h): what is seen of a window, without the invisible borders that size it."""
_LONGEST: Final = 256
"""Characters of the longest name of a class (WNDCLASSEXW)."""


class WindowsFinder:
    """The foreground window (user32, dwmapi), else where the pointer is: nobody works in the desktop or a taskbar.

    Coordinates are physical, as mss made the process aware of the scaling. `load` opens a library by its name.
    """

    def __init__(self, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._load = load

    def __call__(self) -> Rectangle | None:
        from ctypes import wintypes

        user32 = self._load("user32")
        user32.GetForegroundWindow.restype = wintypes.HWND
        user32.IsIconic.argtypes = [wintypes.HWND]
        user32.GetClassNameW.argtypes = [wintypes.HWND, wintypes.LPWSTR, ctypes.c_int]
        window = user32.GetForegroundWindow()
        if not window or user32.IsIconic(window):
            return self._pointer(user32)
        name = ctypes.create_unicode_buffer(_LONGEST + 1)
        user32.GetClassNameW(window, name, len(name))
        place = None if name.value in _SHELL else self._place(user32, window)
        return place or self._pointer(user32)

    def _place(self, user32: Any, window: int) -> Rectangle | None:
        from ctypes import wintypes

        dwmapi, found = self._load("dwmapi"), wintypes.RECT()
        size = ctypes.sizeof(found)
        seen = dwmapi.DwmGetWindowAttribute
        seen.argtypes = [wintypes.HWND, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD]
        user32.GetWindowRect.argtypes = [wintypes.HWND, ctypes.POINTER(wintypes.RECT)]
        failed = seen(window, _EXTENDED_FRAME_BOUNDS, ctypes.byref(found), size)
        if failed and not user32.GetWindowRect(window, ctypes.byref(found)):
            return None
        return Rectangle(found.left, found.top, found.right - found.left, found.bottom - found.top)

    def _pointer(self, user32: Any) -> Rectangle | None:
        from ctypes import wintypes

        point = wintypes.POINT()
        user32.GetCursorPos.argtypes = [ctypes.POINTER(wintypes.POINT)]
        return Rectangle(point.x, point.y, 1, 1) if user32.GetCursorPos(ctypes.byref(point)) else None


class MacFinder:
    """The active window, else where the pointer is (CoreGraphics). In points, as mss describes the monitors.

    `load` opens a library by its path.
    """

    class _Point(ctypes.Structure):
        _fields_ = (("x", ctypes.c_double), ("y", ctypes.c_double))

    def __init__(self, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._load = load

    def __call__(self) -> Rectangle | None:
        from desktop.capture.screens.mac_windows import find_active_window

        window = find_active_window(self._load)
        return window.area if window is not None else self._pointer()

    def _pointer(self) -> Rectangle | None:
        frameworks = "/System/Library/Frameworks"
        graphics = self._load(f"{frameworks}/CoreGraphics.framework/CoreGraphics")
        foundation = self._load(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
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
