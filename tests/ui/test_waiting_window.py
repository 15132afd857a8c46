"""What is not with the help desk yet can be seen, tried again and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.bridge import Bridge
from desktop.ui.waiting.window import SHOWN, WaitingWindow
from tests.ui.conftest import StoppedClock
from tests.ui.memory_desk import MemoryDesk
from tests.ui.shown_words import shown_words


@pytest.fixture
def window(qtbot: QtBot, desk: MemoryDesk, bridge: Bridge, clock: StoppedClock) -> WaitingWindow:
    made = WaitingWindow(desk, bridge, clock)
    qtbot.addWidget(made)
    return made


def words(window: WaitingWindow) -> str:
    return "\n".join(shown_words(window))


def press(window: WaitingWindow, text: str) -> None:
    next(b for b in window.findChildren(QPushButton) if b.text().replace("&", "") == text and b.isVisible()).click()


def test_nothing_waits(window: WaitingWindow) -> None:
    window.open()
    assert "Nothing waits." in words(window)


def test_a_refusal_says_why_and_can_be_tried_again(qtbot: QtBot, desk: MemoryDesk, window: WaitingWindow) -> None:
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    window.open()
    assert "New ticket: The printer jams" in words(window)
    assert "Saved on this computer." in words(window)
    desk.refuse(desk.entries[0].id, "The help desk needs your name first.")
    qtbot.waitUntil(lambda: "Not accepted by IT Care." in words(window))
    assert "The help desk needs your name first." in words(window)
    assert "1 thing needs your attention." in words(window)
    press(window, "Try again")
    qtbot.waitUntil(lambda: "Not accepted" not in words(window))


def test_taking_a_ticket_back_returns_its_words(qtbot: QtBot, desk: MemoryDesk, window: WaitingWindow) -> None:
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    window.open()
    with qtbot.waitSignal(window.draft_returned) as returned:
        press(window, "Take back")
    assert returned.args[0].summary == "The printer jams"
    assert [draft.summary for draft in desk.drafts()] == ["The printer jams"]
    qtbot.waitUntil(lambda: "Nothing waits." in words(window))


def test_trying_now_wakes_the_desk(desk: MemoryDesk, window: WaitingWindow) -> None:
    window.open()
    press(window, "Try all now")
    assert desk.woken == 1


def test_many_things_are_counted(desk: MemoryDesk, window: WaitingWindow) -> None:
    for number in range(SHOWN + 5):
        desk.file_ticket(replace(desk.new_draft(), summary=f"Ticket {number}")).result()
    window.open()
    assert "And 5 more." in words(window)
