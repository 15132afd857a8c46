"""macOS' permission to see other programs' windows: without it a picture shows the wallpaper and nothing else."""

import ctypes
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_CORE_GRAPHICS: Final = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"

_ASKED_NOW: Final = (
    "This Mac asks whether Helptray may record the screen: it takes a picture when you open a new ticket, at no other"
    " time, and you see it before it goes along. Allow it, open Helptray again if the Mac wants that, then take the"
    " screen again."
)
_NOT_ALLOWED: Final = (
    "This Mac does not let Helptray see the screen. To have pictures on your tickets, allow it in System Settings,"
    " under Privacy & Security, Screen Recording; then take the screen again. Tickets do well without."
)

_log = logging.getLogger(__name__)


def core_graphics() -> Any:
    """The system's library, with the two functions of macOS 10.15 that this is about."""
    graphics = ctypes.CDLL(_CORE_GRAPHICS)
    for function in (graphics.CGPreflightScreenCaptureAccess, graphics.CGRequestScreenCaptureAccess):
        function.restype = ctypes.c_bool
    return graphics


class MacPermission:
    """Says why the screens may not be seen, in a sentence; empty where they may. Asks the person once, and never again.

    Args:
        memory: the file that says that they were asked; made when they are.
        graphics: gives CoreGraphics.
    """

    def __init__(self, memory: Path, graphics: Callable[[], Any] = core_graphics) -> None:
        self._memory = memory
        self._graphics = graphics
        self._was_asked = False

    def __call__(self) -> str:
        graphics = self._graphics()
        if graphics.CGPreflightScreenCaptureAccess():
            return ""
        if self._was_asked or self._memory.exists():
            return _NOT_ALLOWED
        self._remember()
        return "" if graphics.CGRequestScreenCaptureAccess() else _ASKED_NOW

    def _remember(self) -> None:
        """Before asking, so that a person who ends us instead of answering is not asked again."""
        self._was_asked = True
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            self._memory.touch()
        except OSError as error:
            _log.info("that the person was asked cannot be kept: %r", error)
