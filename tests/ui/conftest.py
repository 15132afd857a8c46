"""Desks of real people at a real help desk, a bridge and a clock for windows; everything runs without a screen."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop.app import open_desk
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact
from desktop.tickets.people import Role
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import png_of
from desktop.ui.report.capture import Capture, Picture
from tests.ui.provider import Provider, deliver
from tests.ui.reader import Reader

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what a real screen would do; that alone is no failure."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged"))


class MondayMorning:
    """A clock that runs, from nine o'clock on a Monday in the time zone of the example provider."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 15, 0, tzinfo=UTC) + timedelta(seconds=self.monotonic() - self._began)

    def monotonic(self) -> float:
        return time.monotonic()


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
    facts: tuple[Fact, ...] = (Fact(key="os", label="System", value="Debian 12"),)
    taken: list[bool] = field(default_factory=list)

    def take_screens(self) -> tuple[Picture, ...]:
        windows = QGuiApplication.topLevelWindows()
        self.taken.append(any(window.isVisible() for window in windows))
        return self.screens

    def capture(self) -> Capture:
        return Capture(
            take_screens=self.take_screens,
            computer_facts=lambda: self.facts,
            computer_name=lambda: "PC-17",
            looks_like_error=lambda text: "0x80070005" in text,
        )


@pytest.fixture(scope="session")
def clock() -> MondayMorning:
    return MondayMorning()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Provider]:
    """One help desk for all tests; each has a company of its own there."""
    made = Provider(tmp_path_factory.mktemp("relay"), clock)
    yield made
    made.close()


@pytest.fixture
def company(provider: Provider) -> str:
    return provider.new_company()


@pytest.fixture
def open_home(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], Desk]]:
    """Opens the desk of a new home, not connected to anything."""
    with ExitStack() as stack:

        def opened(name: str) -> Desk:
            settings = Settings(home=tmp_path / name, key_file=tmp_path / f"{name}.key")
            return stack.enter_context(open_desk(settings, clock=clock, random=Random(), say=lambda _: None))

        yield opened


Join = Callable[..., Desk]


@pytest.fixture
def join(open_home: Callable[[str], Desk], provider: Provider, company: str) -> Join:
    """Connects somebody of the company: the desk of a new home."""

    def joined(name: str, role: Role = Role.REQUESTER, at: Provider = provider, of: str = company) -> Desk:
        desk = open_home(name.split(maxsplit=1)[0].lower())
        desk.enrol(at.url, at.code(name, of, role))
        deliver(desk)
        return desk

    return joined


@pytest.fixture
def desk(join: Join) -> Desk:
    """The desk of Ada Miller, who is connected and has no tickets."""
    return join("Ada Miller")


@pytest.fixture
def bridge(qtbot: QtBot, desk: Desk) -> Iterator[Bridge]:
    made = Bridge()
    made.listen(desk)
    yield made
    made.stop()


@pytest.fixture
def reader(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> Reader:
    return Reader(qtbot, desk, bridge, clock, machine.capture().take)
