"""Everything that this computer can tell, asked in one place."""

import io

import pytest
from PIL import Image

from desktop.capture.computer.name import computer_name
from desktop.capture.error_text.clipboard import ClipboardUnavailable
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.this_computer import ThisComputer
from desktop.tickets.clock import SystemClock
from tests.display import HEIGHT, WIDTH, Painter


def test_with_a_screen(painter: Painter) -> None:
    painter.window(Rectangle(0, 0, 50, 50), 0xFFFFFF)
    computer = ThisComputer(Surroundings.here(), SystemClock())

    (screen,) = computer.screens()
    facts = {fact.key: fact.value for fact in computer.facts()}

    with Image.open(io.BytesIO(screen.png())) as picture:
        assert picture.size == (WIDTH, HEIGHT)
    assert facts["computer"] == computer.name() == computer_name()
    assert facts["monitors"].startswith(f"{WIDTH} × {HEIGHT}")


def test_without_a_screen_the_rest_is_told_all_the_same() -> None:
    computer = ThisComputer(Surroundings(System.LINUX, Session.NONE), SystemClock())

    facts = {fact.key: fact.value for fact in computer.facts()}

    assert facts["monitors"] == "unknown"
    assert facts["computer"] == computer_name()
    with pytest.raises(ScreensUnavailable, match="no screen"):
        computer.screens()
    with pytest.raises(ClipboardUnavailable, match="no clipboard"):
        computer.clipboard()
