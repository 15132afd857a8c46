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
    """The program with the active window; None where it cannot be told, or is this one.

    A process of another person's has no window here: its number was given inside a container.
    """
    pid = _finder(surroundings)()
    if not pid or pid == os.getpid():
        return None
    try:
        process = psutil.Process(pid)
        is_ours = process.username() == psutil.Process().username()
        return Program(pid, process.name()) if is_ours else None
    except (psutil.Error, KeyError):  # no such process, or a user without a name
        return None


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
    """The frontmost application (NSWorkspace, through the Objective-C runtime); needs no permission."""
    objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def send(target: int | None, message: bytes, answer: type) -> int:
        call = ctypes.CFUNCTYPE(answer, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        return call(target, objc.sel_registerName(message)) or 0

    workspace = send(objc.objc_getClass(b"NSWorkspace"), b"sharedWorkspace", ctypes.c_void_p)
    frontmost = send(workspace, b"frontmostApplication", ctypes.c_void_p)
    return send(frontmost, b"processIdentifier", ctypes.c_int) if frontmost else 0
