"""Connecting to a provider."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.bridge import Bridge
from desktop.ui.connect.window import ConnectWindow
from tests.ui.memory_desk import MemoryDesk
from tests.ui.shown_words import shown_words


@pytest.fixture
def window(qtbot: QtBot, desk: MemoryDesk, bridge: Bridge) -> ConnectWindow:
    desk.is_connected = False
    made = ConnectWindow(desk, bridge)
    qtbot.addWidget(made)
    made.open_anew()
    return made


def press(window: ConnectWindow, text: str) -> None:
    next(b for b in window.findChildren(QPushButton) if b.text().replace("&", "") == text).click()


def test_it_can_be_left_for_later(window: ConnectWindow) -> None:
    press(window, "Not now")
    assert not window.isVisible()


def test_empty_fields_are_asked_for(window: ConnectWindow) -> None:
    press(window, "Connect")
    assert "Please fill in the address and the code." in shown_words(window)


def test_a_wrong_code_is_told_and_can_be_mended(qtbot: QtBot, window: ConnectWindow) -> None:
    window._address.setText("help.example.com")
    window._code.setText("BAD")
    press(window, "Connect")
    qtbot.waitUntil(lambda: any("This code is not known." in words for words in shown_words(window)))
    window._code.setText("GOOD-CODE")
    with qtbot.waitSignal(window.connected):
        press(window, "Connect")
    assert "This computer is connected to IT Care as Ada Miller." in shown_words(window)
