"""The windows, where there is a screen for them."""

import os
import sys
from collections.abc import Mapping

from desktop.cli.outcome import Exit, Outcome
from desktop.settings import Settings
from desktop.tickets.trouble import Trouble


class NoScreenForWindows(Trouble):
    """Windows were asked for where none can be shown."""

    title = "No screen"


def windows(settings: Settings, *, wish: str) -> Outcome:
    """Show them until the person quits; `wish` names the one to begin with. Raises `NoScreenForWindows`."""
    if not _can_show(os.environ):
        raise NoScreenForWindows(
            "There is no screen here to show windows on. Every job has a command too: helptray --help lists them."
        )
    from desktop.app import run_windows

    return Outcome(value=None, code=Exit(run_windows(settings, wish=wish)))


def _can_show(environment: Mapping[str, str]) -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    if environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM"):
        return True
    display = environment.get("DISPLAY", "")
    return bool(display) and _answers(display)


def _answers(display: str) -> bool:
    from desktop.capture.screens.x11_window import is_x11_there

    return is_x11_there(display)
