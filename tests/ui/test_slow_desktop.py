"""A desktop that takes its time for a picture: the windows go on, and none of ours is on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.capture.screens.portal import PortalHandler
from desktop.capture.screens.qt_handler import qt_monitors
from desktop.desk import Desk
from desktop.tickets.clock import SystemClock
from desktop.ui.file_tile import FileTile
from desktop.ui.overlay.region import Sheet
from desktop.ui.report.window import ReportWindow
from desktop.ui.resident import NEW, TICKETS
from desktop.ui.tickets.window import TicketsWindow
from tests.ui.house import House, shown
from tests.ui.shown_words import shown_words
from tests.unit.capture.portal_service import Portal, private_bus, served

MINUTE = 60.0


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return tmp_path / "screen.png"


def save(picture: Path) -> None:
    Image.new("RGB", (800, 800), (200, 10, 20)).save(picture)


@pytest.fixture
def portal(picture: Path) -> Portal:
    """It answers when the test lets it."""
    save(picture)
    return Portal(answer=(0, {"uri": ("s", picture.as_uri())}), held=Event())


@pytest.fixture
def slow(house: House, portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A desktop whose screens only its portal gives, on a message bus of its own."""
    with private_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        handler = PortalHandler(qt_monitors, SystemClock(), limit=MINUTE)
        house.machine.ask_screens = handler.ask
        with served(portal, address):
            yield house
            if portal.held is not None:
                portal.held.set()


def on_screen() -> list[str]:
    """Titles of the windows that a picture would show."""
    return [window.title() for window in QGuiApplication.topLevelWindows() if window.isVisible()]


def form() -> ReportWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReportWindow) and one.isVisible())


def press(words: str) -> None:
    next(button for button in form().findChildren(QPushButton) if button.text().replace("&", "") == words).click()


def allow(portal: Portal) -> None:
    assert portal.held is not None
    portal.held.set()


def wait_until_asked(qtbot: QtBot, portal: Portal, times: int = 1) -> None:
    qtbot.waitUntil(lambda: len(portal.asked) == times)


def test_the_form_opens_with_the_picture_once_it_has_come(qtbot: QtBot, slow: House, portal: Portal) -> None:
    slow.start()
    qtbot.waitUntil(lambda: slow.tray.tool_tip == "Helptray: everything is with IT Care")
    slow.key.pressed.emit()
    wait_until_asked(qtbot, portal)
    assert on_screen() == []

    allow(portal)

    qtbot.waitUntil(lambda: shown(ReportWindow))
    assert [tile.label for tile in form().findChildren(FileTile)] == ["Screen"]


def test_a_window_that_is_wanted_meanwhile_comes_after_the_picture(qtbot: QtBot, slow: House, portal: Portal) -> None:
    resident = slow.start()
    resident.want(TICKETS)
    qtbot.waitUntil(lambda: shown(TicketsWindow))
    slow.key.pressed.emit()
    wait_until_asked(qtbot, portal)
    resident.want(TICKETS)
    slow.tray.settings_wanted.emit()
    QApplication.processEvents()
    assert on_screen() == []

    allow(portal)

    qtbot.waitUntil(lambda: sorted(on_screen()) == ["My tickets", "New ticket", "Settings"])


def test_a_key_pressed_again_meanwhile_is_the_same_ticket(qtbot: QtBot, slow: House, portal: Portal) -> None:
    slow.start()
    slow.key.pressed.emit()
    wait_until_asked(qtbot, portal)
    slow.key.pressed.emit()
    QApplication.processEvents()

    allow(portal)

    qtbot.waitUntil(lambda: shown(ReportWindow))
    assert len(portal.asked) == 1


def test_a_start_for_a_new_ticket_without_a_tray_opens_the_form_alone(
    qtbot: QtBot, slow: House, portal: Portal, open_home: Callable[[str], Desk]
) -> None:
    slow.has_tray = False
    fresh, before = open_home("new"), slow.tray.tool_tip
    slow.open_desk = lambda: fresh
    slow.start().want(NEW)
    wait_until_asked(qtbot, portal)
    qtbot.waitUntil(lambda: slow.tray.tool_tip != before)

    allow(portal)

    qtbot.waitUntil(lambda: shown(ReportWindow))
    assert [title for title in on_screen() if title] == ["New ticket"]


def test_a_desktop_that_never_answers_leaves_a_sentence(qtbot: QtBot, slow: House, portal: Portal) -> None:
    portal.answer, portal.held = None, None
    slow.machine.ask_screens = PortalHandler(qt_monitors, SystemClock(), limit=0.2).ask
    slow.start()
    slow.key.pressed.emit()

    qtbot.waitUntil(lambda: shown(ReportWindow))

    assert "The desktop did not give its picture in time." in " ".join(shown_words(form()))


def test_taking_again_leaves_the_screen_meanwhile_and_comes_back(
    qtbot: QtBot, slow: House, portal: Portal, picture: Path
) -> None:
    slow.start()
    slow.key.pressed.emit()
    allow(portal)
    qtbot.waitUntil(lambda: shown(ReportWindow))
    save(picture)
    portal.held = Event()
    press("Take the screen again")
    wait_until_asked(qtbot, portal, 2)
    assert on_screen() == []

    allow(portal)

    qtbot.waitUntil(lambda: shown(ReportWindow))
    qtbot.waitUntil(lambda: len(form().findChildren(FileTile)) == 2)


def test_a_region_is_picked_on_the_picture_once_it_has_come(
    qtbot: QtBot, slow: House, portal: Portal, picture: Path
) -> None:
    slow.start()
    slow.key.pressed.emit()
    allow(portal)
    qtbot.waitUntil(lambda: shown(ReportWindow))
    save(picture)
    portal.held = Event()
    press("Region…")
    wait_until_asked(qtbot, portal, 2)
    assert on_screen() == []

    allow(portal)

    qtbot.waitUntil(lambda: on_screen() == ["Pick a region"])
    sheet = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Sheet) and one.isVisible())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(ReportWindow))


@pytest.mark.parametrize("is_broken_at_once", [True, False])
def test_after_a_fault_of_ours_the_windows_come_back(qtbot: QtBot, slow: House, is_broken_at_once: bool) -> None:
    def broken() -> tuple[()]:
        raise ZeroDivisionError

    def ask() -> Callable[[], tuple[()]]:
        if is_broken_at_once:
            broken()
        return broken

    slow.machine.ask_screens = ask
    resident = slow.start()
    resident.want(TICKETS)
    qtbot.waitUntil(lambda: shown(TicketsWindow))
    with qtbot.captureExceptions() as caught:
        slow.key.pressed.emit()
        qtbot.waitUntil(lambda: len(caught) == 1)

    assert caught[0][0] is ZeroDivisionError
    assert shown(TicketsWindow)
