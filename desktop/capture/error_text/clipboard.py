"""Reading the clipboard without windows, for the command line; only when a person asks. Windows use their toolkit's."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.system_command import run
from desktop.tickets.trouble import Trouble

_LIMIT = 3.0
_LONGEST = 16 * 1024 * 1024
"""Bytes; errors stand at either end of a text."""


class ClipboardUnavailable(Trouble):
    """The clipboard cannot be read here; the ticket does well without."""

    title = "Clipboard not read"


class ClipboardHandler(Protocol):
    """One way to read the clipboard."""

    @property
    def name(self) -> str:
        """What the doctor calls it."""
        ...

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """Whether it can work in such a session at all."""
        ...

    def is_installed(self) -> bool:
        """Whether what it needs is on this machine."""
        ...

    def read(self) -> str:
        """The clipboard's text, empty where it holds none. Raises `ClipboardUnavailable`."""
        ...


@dataclass(frozen=True, slots=True)
class CommandClipboard:
    """A program that prints the clipboard.

    Attributes:
        sessions: where it works; empty for every session of the systems.
        empty_exit: the exit code with which it says that the clipboard holds no text.
    """

    name: str
    command: Sequence[str]
    systems: frozenset[System]
    sessions: frozenset[Session] = frozenset()
    empty_exit: int = 0
    find: Callable[[str], str | None] = shutil.which

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system in self.systems and (not self.sessions or surroundings.session in self.sessions)

    def is_installed(self) -> bool:
        return self.find(self.command[0]) is not None

    def read(self) -> str:
        try:
            done = run(self.command, limit=_LIMIT, most=_LONGEST, environ=os.environ)
        except OSError as error:
            raise ClipboardUnavailable("The clipboard could not be read.", detail=repr(error)) from error
        if done.is_late or done.code not in (0, self.empty_exit):
            detail = "no answer" if done.is_late else done.errors[:500].decode(errors="replace")
            raise ClipboardUnavailable("The clipboard could not be read.", detail=detail)
        return done.output.decode(errors="replace").replace("\r\n", "\n")


class NoClipboard:
    """The handler of last resort: reads nothing and says why."""

    name = "none"

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def is_compatible(self, surroundings: Surroundings) -> bool:  # noqa: ARG002
        return True

    def is_installed(self) -> bool:
        return True

    def read(self) -> str:
        match self._surroundings.session:
            case Session.NONE:
                why = "There is no clipboard here: no screen is attached."
            case Session.WAYLAND:
                why = "To read the clipboard from the command line, install wl-clipboard."
            case Session.X11:
                why = "To read the clipboard from the command line, install xclip or xsel."
            case _:
                why = "The clipboard cannot be read on this computer."
        raise ClipboardUnavailable(why)


_UNIX = frozenset({System.LINUX, System.OTHER})
_READ_WINDOWS = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw"


def clipboard_handler(surroundings: Surroundings, find: Callable[[str], str | None] = shutil.which) -> ClipboardHandler:
    """The first way to read the clipboard that works here; the last one only says why none does."""
    powershell = ("powershell", "-NoProfile", "-NonInteractive", "-Command", _READ_WINDOWS)
    wayland, x11 = frozenset({Session.WAYLAND}), frozenset({Session.X11})
    known: tuple[ClipboardHandler, ...] = (
        CommandClipboard("wl-paste", ("wl-paste", "--no-newline", "--type", "text"), _UNIX, wayland, 1, find),
        CommandClipboard("xclip", ("xclip", "-out", "-selection", "clipboard"), _UNIX, x11, 1, find),
        CommandClipboard("xsel", ("xsel", "--output", "--clipboard"), _UNIX, x11, 0, find),
        CommandClipboard("pbpaste", ("pbpaste",), frozenset({System.MACOS}), find=find),
        CommandClipboard("powershell", powershell, frozenset({System.WINDOWS}), find=find),
        NoClipboard(surroundings),
    )
    return next(handler for handler in known if handler.is_compatible(surroundings) and handler.is_installed())
