"""Nothing is taken, read or looked at before a person wants a ticket."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import open_desk
from desktop.capture.error_text.offered import RecentErrors
from desktop.capture.policy.machine import MachinePolicy
from desktop.capture.screens.screenshot import Screens
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.capture_policy import NO_PICTURES, CapturePolicy
from desktop.tickets.device import Fact
from desktop.ui.bridge import Bridge
from desktop.ui.file_tile import FileTile
from desktop.ui.hot_key.combination import Combination
from desktop.ui.hot_key.handler import HotKey
from desktop.ui.report.window import ReportWindow
from desktop.ui.resident import NEW, TICKETS, WAITING, Resident
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.tray import Tray
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import Provider, deliver
from tests.ui.shown_words import shown_words


class NoKey(HotKey):
    """A key that nobody presses."""

    def register(self, combination: Combination) -> None:
        pass

    def release(self) -> None:
        pass


class Watched(ThisComputer):
    """What the desk itself would ask; each answer is noted."""

    def __init__(self, clock: MondayMorning, asked: list[str]) -> None:
        super().__init__(Surroundings(System.LINUX, Session.NONE), clock)
        self._asked = asked

    def screens(self) -> Screens:
        self._asked.append("screens")
        return Screens(())

    def clipboard(self) -> str:
        self._asked.append("clipboard")
        return ""

    def facts(self) -> tuple[Fact, ...]:
        self._asked.append("facts")
        return ()

    def recent_errors(self, program: object) -> RecentErrors:
        self._asked.append("log")
        return RecentErrors(says="")


@pytest.fixture
def watched_desk(
    tmp_path: Path, clock: MondayMorning, machine: Machine, provider: Provider, company: str
) -> Iterator[Desk]:
    settings = Settings(home=tmp_path / "ada", key_file=tmp_path / "ada.key")
    computer = Watched(clock, machine.asked)
    with open_desk(settings, clock=clock, random=Random(), say=lambda _: None, computer=computer) as desk:
        desk.enrol(provider.url, provider.code("Ada Miller", company))
        yield desk


@pytest.fixture
def may_open() -> Event:
    """Whether the desk can be opened by now."""
    may = Event()
    may.set()
    return may


@pytest.fixture
def resident(
    qtbot: QtBot, watched_desk: Desk, clock: MondayMorning, machine: Machine, may_open: Event
) -> Iterator[Callable[[], Resident]]:
    made: list[Resident] = []

    def open_in_time() -> Desk:
        assert may_open.wait(60)
        return watched_desk

    def start() -> Resident:
        made.append(
            Resident(
                open_desk=open_in_time,
                capture=machine.capture(),
                clock=clock,
                bridge=Bridge(),
                tray=Tray(),
                hot_key=NoKey(),
                preferences=machine.preferences,
                demo=False,
                has_tray=True,
                quit_all=lambda: None,
            )
        )
        made[0].start()
        return made[0]

    yield start
    for one in made:
        one.stop()


def shown(kind: type) -> bool:
    return any(isinstance(widget, kind) and widget.isVisible() for widget in QApplication.topLevelWidgets())


def test_nothing_is_asked_of_the_computer_before_a_person_wants_a_ticket(
    qtbot: QtBot, resident: Callable[[], Resident], watched_desk: Desk, machine: Machine, provider: Provider
) -> None:
    running = resident()
    running.want(TICKETS)
    running.want(WAITING)
    running._tray.settings_wanted.emit()
    qtbot.waitUntil(lambda: shown(TicketsWindow) and shown(SettingsWindow))
    QGuiApplication.clipboard().setText("Error 0x80070005: access denied")
    for number in range(3):
        ticket = watched_desk.file_ticket(replace(watched_desk.new_draft(), summary=f"Ticket {number}")).result().ticket
        deliver(watched_desk)
        provider.say(ticket, "We are on it.")
        deliver(watched_desk)
        running.want(TICKETS)
        QApplication.processEvents()
    QGuiApplication.clipboard().clear()
    assert (machine.taken, machine.asked) == ([], [])

    running.want(NEW)
    qtbot.waitUntil(lambda: shown(ReportWindow))
    qtbot.waitUntil(lambda: "facts" in machine.asked)
    assert len(machine.taken) == 1


def test_pictures_from_before_the_rules_were_known_are_not_kept(
    qtbot: QtBot,
    resident: Callable[[], Resident],
    watched_desk: Desk,
    machine: Machine,
    may_open: Event,
    tmp_path: Path,
) -> None:
    """The key is pressed while the desk, with its provider's rules, is still being opened."""
    rules = MachinePolicy(policy=CapturePolicy(screenshots=False))
    watched_desk.computer._read_policy = lambda: rules
    may_open.clear()
    running = resident()
    running.want(NEW)
    qtbot.waitUntil(lambda: len(machine.taken) == 1)
    may_open.set()
    qtbot.waitUntil(lambda: shown(ReportWindow))
    qtbot.waitUntil(lambda: "facts" in machine.asked)
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReportWindow) and one.isVisible())
    assert window.findChildren(FileTile) == []
    assert NO_PICTURES in "\n".join(shown_words(window))
    assert watched_desk._store.idle()
    assert list((tmp_path / "ada" / "files").iterdir()) == []
