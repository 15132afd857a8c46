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


def test_an_address_of_this_computer_needs_no_scheme(
    qtbot: QtBot, window: ConnectWindow, provider: Provider, company: str
) -> None:
    window._address.setText(provider.url.removeprefix("http://"))
    window._code.setText(provider.code("Dora Lind", company))
    with qtbot.waitSignal(window.connected):
        press(window, "Connect")


@pytest.mark.logs_warnings
def test_https_to_where_plain_http_is_spoken_says_so(qtbot: QtBot, window: ConnectWindow, provider: Provider) -> None:
    window._address.setText(provider.url.replace("http:", "https:"))
    window._code.setText("AAAA-BBBB-CCCC")
    press(window, "Connect")
    qtbot.waitUntil(lambda: "does not speak https" in _answer(window)[0])
    assert "Saved here" not in _answer(window)[0]


def test_the_cursor_goes_to_what_was_wrong(qtbot: QtBot, window: ConnectWindow, provider: Provider) -> None:
    qtbot.waitUntil(window.isActiveWindow)
    window._address.setText("http://help.example.com")
    window._code.setText("AAAA-BBBB-CCCC")
    window._code.setFocus()
    press(window, "Connect")
    qtbot.waitUntil(window._address.hasFocus)
    window._address.setText(provider.url)
    press(window, "Connect")
    qtbot.waitUntil(window._code.hasFocus)


def test_once_connected_it_says_so_and_closes_with_enter(
    qtbot: QtBot, window: ConnectWindow, provider: Provider, company: str
) -> None:
    assert "You can write tickets before that" in "\n".join(shown_words(window))
    assert window._connect.isDefault()
    window._address.setText(provider.url)
    window._code.setText(provider.code("Dora Lind", company))
    with qtbot.waitSignal(window.connected):
        press(window, "Connect")
    assert "You can write tickets before that" not in "\n".join(shown_words(window))
    assert (window._later.isDefault(), window._connect.isDefault()) == (True, False)
    assert (window._later.property("look"), window._connect.property("look")) == ("main", "")
    window._code.setText("BBBB")
    assert window._connect.isDefault()


def _answer(window: ConnectWindow) -> list[str]:
    return [window._answer.toPlainText()]
