"""The program whose window the person was using: what its errors in the system's log are found by."""

import ctypes
import os
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from desktop.capture.surroundings import Session, Surroundings, System


@dataclass(frozen=True, slots=True)
class Program:
    """A running program.

    Attributes:
        name: of its file, such as `OUTLOOK.EXE` or `firefox-esr`.
    """

    pid: int
    name: str


def find_active_program(surroundings: Surroundings) -> Program | None:
    """The program with the active window; None where it cannot be told, or is this one."""
    pid = _finder(surroundings)()
    if not pid or pid == os.getpid():
        return None
    try:
        process = psutil.Process(pid)
        return Program(pid, process.name()) if _has_windows_here(process, surroundings) else None
    except (psutil.Error, KeyError, OSError):  # no such process, a user without a name, what psutil has no word for
        return None


def _has_windows_here(process: psutil.Process, surroundings: Surroundings) -> bool:
    """On X11 a program tells its number itself, and of one in a container another person's process may have that.

    Windows tells it, and whose an administrator's program is (an installer's, say) nobody else may ask.
    """
    return surroundings.system is System.WINDOWS or process.username() == psutil.Process().username()


def _finder(surroundings: Surroundings) -> Callable[[], int]:
    """What tells the process of the active window, 0 where it cannot."""
    if surroundings.system is System.WINDOWS:
        return _windows
    if surroundings.system is System.MACOS:
        return _macos
    if surroundings.session is Session.X11:
        from desktop.capture.screens.x11_window import active_process

        return active_process
    return lambda: 0


def _windows() -> int:
    """The process of the foreground window (user32)."""
    from ctypes import wintypes

    user32 = ctypes.CDLL("user32")
    user32.GetForegroundWindow.restype = wintypes.HWND
    user32.GetWindowThreadProcessId.argtypes = [wintypes.HWND, ctypes.POINTER(wintypes.DWORD)]
    pid = wintypes.DWORD()
    user32.GetWindowThreadProcessId(user32.GetForegroundWindow(), ctypes.byref(pid))
    return int(pid.value)


def _macos() -> int:
    """The frontmost application; while that is Helptray, the one whose window comes next. Needs no permission."""
    from desktop.capture.screens.mac_windows import find_active_window, frontmost_process

    frontmost = frontmost_process()
    if frontmost not in (0, os.getpid()):
        return frontmost
    window = find_active_window()
    return window.pid if window is not None else 0
