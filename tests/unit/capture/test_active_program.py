"""Whose window the person is using, told by a real X server."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from desktop.capture.active_program import Program, find_active_program
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.surroundings import Session, Surroundings, System
from tests.display import Painter

X11 = Surroundings(System.LINUX, Session.X11)


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """Another program of ours, that waits."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        yield running
        running.kill()


def shown(painter: Painter, pid: int) -> int:
    window = painter.window(Rectangle(0, 0, 40, 40), 0xFF0000)
    painter.belongs_to(window, pid)
    return window


def test_the_program_of_the_active_window_is_told(painter: Painter, other: subprocess.Popen[bytes]) -> None:
    painter.announce_active(shown(painter, other.pid))

    assert find_active_program(X11) == Program(other.pid, psutil.Process(other.pid).name())


def test_without_a_window_manager_the_window_with_the_keyboard_tells(
    painter: Painter, other: subprocess.Popen[bytes]
) -> None:
    painter.focus(shown(painter, other.pid))

    found = find_active_program(X11)

    assert found is not None
    assert found.pid == other.pid


def test_our_own_window_and_one_without_a_process_tell_nothing(painter: Painter) -> None:
    painter.announce_active(shown(painter, os.getpid()))
    assert find_active_program(X11) is None

    painter.announce_active(painter.window(Rectangle(0, 0, 40, 40), 0xFF0000))
    assert find_active_program(X11) is None

    window = shown(painter, 1)
    painter.announce_active(window)
    painter.destroy(window)
    assert find_active_program(X11) is None


def test_a_process_that_has_ended_or_is_somebody_else_s_tells_nothing(
    painter: Painter, other: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    painter.announce_active(shown(painter, other.pid))
    with monkeypatch.context() as patched:
        patched.setattr(psutil.Process, "username", lambda process: f"user of {process.pid}")
        assert find_active_program(X11) is None

    other.kill()
    other.wait()
    assert find_active_program(X11) is None


def test_where_windows_cannot_be_asked_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")

    assert find_active_program(X11) is None
    assert find_active_program(Surroundings(System.LINUX, Session.WAYLAND)) is None
    assert find_active_program(Surroundings(System.OTHER, Session.NONE)) is None
