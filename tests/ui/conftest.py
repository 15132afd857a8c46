"""Desks of real people at a real help desk, a bridge and a clock for windows; everything runs without a screen."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import open_desk
from desktop.capture.policy.machine import MachinePolicy
from desktop.capture.screen_text.reader import TextReader
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import Clock
from desktop.tickets.people import Role
from desktop.ui.bridge import Bridge
from desktop.ui.settings.preferences import PreferenceFile
from tests.ui.house import House
from tests.ui.machine import Machine, MondayMorning, NoReader
from tests.ui.provider import Provider, deliver
from tests.ui.reader import Reader
from tests.ui.reporter import Reporter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what a real screen would do; that alone is no failure."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged"))


@pytest.fixture(scope="session")
def what_is_loaded() -> None:
    """What is there before the first window is never looked through for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def windows_are_taken_apart_on_their_own_thread(what_is_loaded: None) -> Iterator[None]:
    """The collector runs on whatever thread it likes, the help desk's too; Qt wants its objects to end on theirs."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def clock() -> MondayMorning:
    return MondayMorning()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(PreferenceFile.of(tmp_path))


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
def text_reader() -> TextReader:
    """What reads the text on pictures; nothing does, unless a test is about it."""
    return NoReader()


@pytest.fixture
def open_home(
    tmp_path: Path, clock: Clock, text_reader: TextReader, machine: Machine
) -> Iterator[Callable[[str], Desk]]:
    """Opens the desk of a new home, not connected to anything."""
    with ExitStack() as stack:

        def opened(name: str) -> Desk:
            settings = Settings(home=tmp_path / name, key_file=tmp_path / f"{name}.key")
            computer = ThisComputer(Surroundings.here(), clock, lambda: MachinePolicy(policy=machine.policy))
            computer.reader = text_reader
            desk = open_desk(settings, clock=clock, random=Random(), say=lambda _: None, computer=computer)
            return stack.enter_context(desk)

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
    return Reader(qtbot, desk, bridge, clock, machine.capture())


@pytest.fixture
def reporter(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> Reporter:
    return Reporter(qtbot, desk, bridge, clock, machine)


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, clock: MondayMorning, machine: Machine, tmp_path: Path) -> Iterator[House]:
    made = House(desk, clock, machine, tmp_path)
    yield made
    if made.resident is not None:
        made.resident.stop()
