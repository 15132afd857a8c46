"""Connecting to a provider."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.connect.window import ConnectWindow
from tests.ui.provider import Provider
from tests.ui.shown_words import shown_words


@pytest.fixture
def window(qtbot: QtBot, open_home: Callable[[str], Desk], bridge: Bridge) -> ConnectWindow:
    made = ConnectWindow(open_home("new"), bridge)
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


def test_a_wrong_code_is_told_and_can_be_mended(
    qtbot: QtBot, window: ConnectWindow, provider: Provider, company: str
) -> None:
    window._address.setText(provider.url)
    window._code.setText("AAAA-BBBB-CCCC")
    press(window, "Connect")
    qtbot.waitUntil(lambda: any("code" in words and "not" in words for words in _answer(window)))
    window._code.setText(provider.code("Dora Lind", company))
    with qtbot.waitSignal(window.connected):
        press(window, "Connect")
    assert "This computer is connected to Example IT Care as Dora Lind." in shown_words(window)


def _answer(window: ConnectWindow) -> list[str]:
    return [window._answer.toPlainText()]
