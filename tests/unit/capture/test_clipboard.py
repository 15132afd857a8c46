"""Which program reads the clipboard where, and what its answers mean."""

import sys

import pytest

from desktop.capture.error_text.clipboard import ClipboardUnavailable, CommandClipboard, clipboard_handler
from desktop.capture.surroundings import Session, Surroundings, System

EVERYTHING = {"wl-paste", "xclip", "xsel", "pbpaste", "powershell"}


@pytest.mark.parametrize(
    ("system", "session", "installed", "name"),
    [
        (System.LINUX, Session.WAYLAND, EVERYTHING, "wl-paste"),
        (System.LINUX, Session.WAYLAND, EVERYTHING - {"wl-paste"}, "none"),
        (System.LINUX, Session.X11, EVERYTHING, "xclip"),
        (System.LINUX, Session.X11, EVERYTHING - {"xclip"}, "xsel"),
        (System.LINUX, Session.X11, set[str](), "none"),
        (System.LINUX, Session.NONE, EVERYTHING, "none"),
        (System.OTHER, Session.X11, EVERYTHING, "xclip"),
        (System.MACOS, Session.NATIVE, EVERYTHING, "pbpaste"),
        (System.MACOS, Session.NATIVE, set[str](), "none"),
        (System.WINDOWS, Session.NATIVE, EVERYTHING, "powershell"),
    ],
)
def test_handlers(system: System, session: Session, installed: set[str], name: str) -> None:
    handler = clipboard_handler(
        Surroundings(system, session), lambda program: program if program in installed else None
    )

    assert handler.name == name


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (Session.NONE, "no screen"),
        (Session.WAYLAND, "wl-clipboard"),
        (Session.X11, "xclip or xsel"),
        (Session.NATIVE, "cannot be read"),
    ],
)
def test_where_nothing_can_read_it_it_is_said_why(session: Session, words: str) -> None:
    handler = clipboard_handler(Surroundings(System.LINUX, session), lambda _: None)

    with pytest.raises(ClipboardUnavailable, match=words):
        handler.read()


def printing(code: str, empty_exit: int = 0) -> CommandClipboard:
    return CommandClipboard("test", (sys.executable, "-c", code), frozenset(System), empty_exit=empty_exit)


def test_what_the_program_prints_is_the_text() -> None:
    text = printing("import sys; sys.stdout.buffer.write('Fehler 1603\\r\\nZugriff 🚫'.encode())").read()

    assert text == "Fehler 1603\nZugriff 🚫"


def test_no_more_than_sixteen_megabytes_are_taken() -> None:
    assert len(printing("print('x' * 20_000_000)").read()) == 16 * 1024 * 1024


def test_an_empty_clipboard_is_empty_and_a_failure_is_said() -> None:
    assert printing("raise SystemExit(1)", empty_exit=1).read() == ""
    with pytest.raises(ClipboardUnavailable):
        printing("raise SystemExit(3)", empty_exit=1).read()
    with pytest.raises(ClipboardUnavailable):
        CommandClipboard("test", ("no-such-program-here",), frozenset(System)).read()
