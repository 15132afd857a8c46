"""A desk, a bridge and a clock for windows; everything runs without a screen."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop.tickets.device import Fact
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import png_of
from desktop.ui.report.capture import Capture, Picture
from tests.ui.memory_desk import MemoryDesk, organisation

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what a real screen would do; that alone is no failure."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged"))


@dataclass
class StoppedClock:
    """A clock that moves when it is told to."""

    wall: datetime = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.wall.timestamp()


@dataclass(frozen=True)
class PaintedScreen:
    """A screen of one colour."""

    label: str
    is_active: bool = False
    looks_blocked: bool = False
    colour: str = "steelblue"

    def png(self) -> bytes:
        image = QImage(640, 360, QImage.Format.Format_RGB32)
        image.fill(QColor(self.colour))
        return png_of(image)


@dataclass
class Machine:
    """What the machine tells in tests, and how often it was asked."""

    screens: tuple[Picture, ...] = (
        PaintedScreen("Screen 1", is_active=True),
        PaintedScreen("Screen 2", colour="darkseagreen"),
    )
    taken: list[bool] = field(default_factory=list)

    def take_screens(self) -> tuple[Picture, ...]:
        windows = QGuiApplication.topLevelWindows()
        self.taken.append(any(window.isVisible() for window in windows))
        return self.screens

    def capture(self) -> Capture:
        return Capture(
            take_screens=self.take_screens,
            computer_facts=lambda: (Fact(key="os", label="System", value="Debian 12"),),
            computer_name=lambda: "PC-17",
            looks_like_error=lambda text: "0x80070005" in text,
        )


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def desk(clock: StoppedClock, tmp_path: Path) -> Iterator[MemoryDesk]:
    made = MemoryDesk(clock, organisation(), tmp_path)
    yield made
    made.thread.shutdown(wait=True)


@pytest.fixture
def bridge(qtbot: QtBot, desk: MemoryDesk) -> Iterator[Bridge]:
    made = Bridge()
    made.listen(desk)
    yield made
    made.stop()
