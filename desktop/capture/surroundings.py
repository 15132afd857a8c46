"""What kind of machine and session this process runs in: what handlers are chosen by."""

import os
import sys
from collections.abc import Mapping
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
    def of(cls, platform: str, environ: Mapping[str, str]) -> "Surroundings":
        """From `sys.platform` and the environment. A Wayland session that also offers X11 is Wayland."""
        if platform == "win32":
            return cls(System.WINDOWS, Session.NATIVE)
        if platform == "darwin":
            return cls(System.MACOS, Session.NATIVE)
        system = System.LINUX if platform == "linux" else System.OTHER
        if environ.get("WAYLAND_DISPLAY"):
            return cls(system, Session.WAYLAND)
        return cls(system, Session.X11 if environ.get("DISPLAY") else Session.NONE)

    @classmethod
    def here(cls) -> "Surroundings":
        """Of this process."""
        return cls.of(sys.platform, os.environ)
