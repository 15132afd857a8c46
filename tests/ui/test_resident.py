"""What stays in the tray takes wishes at once, and screens before any window of ours shows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.trouble import Trouble
from desktop.ui.connect.window import ConnectWindow
from desktop.ui.report.window import ReportWindow
from desktop.ui.resident import NEW, TICKETS, WAITING
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.waiting.window import WaitingWindow
from tests.ui.house import House, shown
from tests.ui.provider import deliver
from tests.ui.shown_words import shown_words


def test_the_hot_key_takes_the_screens_before_any_window_shows(qtbot: QtBot, house: House) -> None:
    house.start()
    qtbot.waitUntil(lambda: house.tray.tool_tip == "Helptray: everything is with IT Care")
    house.key.pressed.emit()
    qtbot.waitUntil(lambda: shown(ReportWindow))
    assert house.machine.taken == [False]


def test_the_hot_key_pressed_twice_is_one_ticket(qtbot: QtBot, house: House) -> None:
    house.start()
    house.key.pressed.emit()
    house.key.pressed.emit()
    qtbot.waitUntil(lambda: shown(ReportWindow))
    house.key.pressed.emit()
    windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ReportWindow)]
    assert len([window for window in windows if window.isVisible()]) == 1
    assert len(house.machine.taken) == 1


def test_where_no_picture_can_be_taken_the_form_says_why(qtbot: QtBot, house: House) -> None:
    def blocked() -> tuple[()]:
        raise Trouble("This desktop does not allow pictures of the screen.")

    house.machine.take_screens = blocked  # type: ignore[method-assign]
    house.start().want(NEW)
    qtbot.waitUntil(lambda: shown(ReportWindow))
    (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, ReportWindow) and one.isVisible())
    assert "This desktop does not allow pictures of the screen." in shown_words(window)


def test_without_a_tray_the_tickets_window_opens(qtbot: QtBot, house: House) -> None:
    house.has_tray = False
    house.start()
    qtbot.waitUntil(lambda: shown(TicketsWindow))


def test_the_first_start_offers_to_connect(qtbot: QtBot, house: House, open_home: Callable[[str], Desk]) -> None:
    fresh = open_home("new")
    house.open_desk = lambda: fresh
    house.start()
    qtbot.waitUntil(lambda: shown(ConnectWindow))


@pytest.mark.parametrize(("wish", "window"), [(TICKETS, TicketsWindow), (WAITING, WaitingWindow)])
def test_a_wish_opens_its_window(qtbot: QtBot, house: House, wish: str, window: type) -> None:
    house.start().want(wish)
    qtbot.waitUntil(lambda: shown(window))
    assert house.machine.taken == []


def test_a_key_that_another_program_has_is_told_and_another_can_be_chosen(qtbot: QtBot, house: House) -> None:
    house.key.taken = "Ctrl+Alt+H"
    house.start()
    window = house.settings()
    assert "Another program already uses Ctrl+Alt+H." in shown_words(window)
    window.hot_key_chosen.emit("Ctrl+Shift+F9")
    assert house.key.registered == ["Ctrl+Shift+F9"]
    assert "Ctrl+Shift+F9 opens a new ticket." in shown_words(window)
    assert house.preferences.read().hot_key == "Ctrl+Shift+F9"
    window.close()


def test_without_a_tray_the_tickets_window_tells_of_the_key_and_leads_to_the_settings(
    qtbot: QtBot, house: House
) -> None:
    house.key.taken = "Ctrl+Alt+H"
    house.has_tray = False
    house.start()
    qtbot.waitUntil(lambda: shown(TicketsWindow))
    (tickets,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, TicketsWindow) and one.isVisible())
    assert "Another program already uses Ctrl+Alt+H." in shown_words(tickets)

    next(one for one in tickets.findChildren(QPushButton) if one.text().replace("&", "") == "Settings…").click()

    (settings,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsWindow) and one.isVisible())
    settings.hot_key_chosen.emit("Ctrl+Alt+J")
    assert house.key.registered == ["Ctrl+Alt+J"]
    assert "Another program" not in " ".join(shown_words(tickets))
    settings.close()


def test_a_key_that_cannot_be_had_leaves_the_one_from_before(qtbot: QtBot, house: House) -> None:
    house.start()
    window = house.settings()
    house.key.taken = "Ctrl+Alt+J"
    for refused, words in (("Ctrl+Alt+J", "Another program already uses Ctrl+Alt+J."), ("J", "hold Ctrl or Alt too")):
        window.hot_key_chosen.emit(refused)
        said = " ".join(shown_words(window))
        assert words in said
        assert "Ctrl+Alt+H stays your hot key." in said
        assert house.key.registered == ["Ctrl+Alt+H"]
    assert house.preferences.read().hot_key == "Ctrl+Alt+H"
    window.hot_key_chosen.emit("")
    assert (house.key.registered, house.preferences.read().hot_key) == ([], "")


def test_a_key_that_was_taken_is_tried_again_when_the_settings_open(qtbot: QtBot, house: House) -> None:
    house.key.taken = "Ctrl+Alt+H"
    house.start()
    assert "Another program already uses Ctrl+Alt+H." in " ".join(shown_words(house.settings()))
    house.settings().close()
    house.key.taken = ""

    assert "Ctrl+Alt+H opens a new ticket." in shown_words(house.settings())
    assert house.key.registered == ["Ctrl+Alt+H"]


def test_tickets_that_cannot_be_opened_are_told_and_tried_again(qtbot: QtBot, house: House, desk: Desk) -> None:
    def locked() -> Desk:
        raise Trouble("The keyring is locked. Unlock it, then try again.")

    house.open_desk = locked
    resident = house.start()
    resident.want(TICKETS)
    qtbot.waitUntil(lambda: shown(QMessageBox))
    box = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox))
    assert box.text() == "The keyring is locked. Unlock it, then try again."
    house.open_desk = lambda: desk
    next(button for button in box.buttons() if "again" in button.text()).click()
    qtbot.waitUntil(lambda: shown(TicketsWindow))


def test_the_tray_follows_the_desk(qtbot: QtBot, house: House, desk: Desk) -> None:
    house.start()
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    qtbot.waitUntil(lambda: house.tray.tool_tip == "Helptray: 1 thing waits")
    deliver(desk)
    qtbot.waitUntil(lambda: house.tray.tool_tip == "Helptray: everything is with IT Care")
