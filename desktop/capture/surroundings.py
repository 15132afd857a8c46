"""What kind of machine and session this process runs in: what handlers are chosen by."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class System(StrEnum):
    """The operating systems that Helptray runs on."""

    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"
    OTHER = "other"


class Session(StrEnum):
    """How windows reach the screen."""

    X11 = "x11"
    WAYLAND = "wayland"
    NATIVE = "native"
    """Windows' or macOS' own."""
    NONE = "none"
    """No screen at all: a service, a remote shell, a machine without a display."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The operating system and the kind of session."""

    system: System
    session: Session

    @classmethod
    def of(
        cls, platform: str, environ: Mapping[str, str], is_xwayland: Callable[[str], bool] = lambda _: True
    ) -> "Surroundings":
        """From `sys.platform` and the environment. A Wayland session that also offers X11 is Wayland.

        So is one that hides its Wayland from us (in a sandbox, or started by an X program), unless the display is
        another one's than its own: `is_xwayland` says that, of the value of DISPLAY.
        """
        if platform == "win32":
            return cls(System.WINDOWS, Session.NATIVE)
        if platform == "darwin":
            return cls(System.MACOS, Session.NATIVE)
        system = System.LINUX if platform == "linux" else System.OTHER
        if environ.get("WAYLAND_DISPLAY"):
            return cls(system, Session.WAYLAND)
        display = environ.get("DISPLAY", "")
        if environ.get("XDG_SESSION_TYPE") == "wayland" and (not display or is_xwayland(display)):
            return cls(system, Session.WAYLAND)
        return cls(system, Session.X11 if display else Session.NONE)

    @classmethod
    def here(cls) -> "Surroundings":
        """Of this process."""

        def is_xwayland(display: str) -> bool:
            from desktop.capture.screens import xwayland

            return xwayland.is_xwayland(display)

        return cls.of(sys.platform, os.environ, is_xwayland)
