"""What is not with the help desk yet can be seen, tried again and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.plain_text import PlainText
from desktop.ui.waiting.item import WaitingRow
from desktop.ui.waiting.window import SHOWN, WaitingWindow
from tests.ui.conftest import Join
from tests.ui.machine import MondayMorning
from tests.ui.provider import TIMEOUT, Provider, deliver
from tests.ui.shown_words import shown_words


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning) -> WaitingWindow:
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


def test_a_refusal_says_why_and_can_be_tried_again(qtbot: QtBot, desk: Desk, window: WaitingWindow, join: Join) -> None:
    other = join("Ben Hall")
    theirs = other.file_ticket(replace(other.new_draft(), summary="The lamp is dark")).result()
    deliver(other)
    desk.file_ticket(replace(desk.new_draft(), id=theirs.ticket, summary="The printer jams")).result()
    window.open()
    assert "New ticket: The printer jams" in words(window)
    assert "Saved on this computer." in words(window)
    deliver(desk)
    qtbot.waitUntil(lambda: "Not accepted by IT Care." in words(window))
    assert "Please write it again." in words(window)
    assert "1 thing needs your attention." in words(window)
    press(window, "Try again")
    qtbot.waitUntil(lambda: "Not accepted" not in words(window))


def test_taking_a_ticket_back_returns_its_words(qtbot: QtBot, desk: Desk, window: WaitingWindow) -> None:
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    window.open()
    with qtbot.waitSignal(window.draft_returned) as returned:
        press(window, "Take back")
    assert returned.args[0].summary == "The printer jams"
    assert [draft.summary for draft in desk.drafts()] == ["The printer jams"]
    qtbot.waitUntil(lambda: "Nothing waits." in words(window))


def test_trying_now_goes_out_at_once(qtbot: QtBot, desk: Desk, window: WaitingWindow, provider: Provider) -> None:
    provider.server.stop()
    desk.start()
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    window.open()
    qtbot.waitUntil(lambda: "cannot be reached" in words(window))
    provider.server.start()
    press(window, "Try all now")
    qtbot.waitUntil(lambda: "Nothing waits." in words(window), timeout=20_000)


def test_the_head_says_why_and_what_on_lines_of_their_own(
    desk: Desk, window: WaitingWindow, provider: Provider
) -> None:
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    provider.server.stop()
    assert not desk.sync_now(TIMEOUT).online
    provider.server.start()
    window.open()
    head = "The help desk cannot be reached.\n1 thing is saved here and not with IT Care yet."
    assert head in shown_words(window)


def test_many_things_are_counted(desk: Desk, window: WaitingWindow) -> None:
    for number in range(SHOWN + 5):
        desk.file_ticket(replace(desk.new_draft(), summary=f"Ticket {number}")).result()
    window.open()
    assert "And 5 more." in words(window)
    assert len(rows(window)) == len(desk.waiting(SHOWN)) == SHOWN


def rows(window: WaitingWindow) -> dict[str, WaitingRow]:
    """The rows on the screen by their titles, from top to bottom."""
    shown = [row for row in window.findChildren(WaitingRow) if row.isVisible()]
    return {row.findChildren(PlainText)[0].text(): row for row in sorted(shown, key=WaitingRow.y)}


def test_what_still_waits_keeps_its_row_while_others_come_and_go(
    qtbot: QtBot, desk: Desk, window: WaitingWindow
) -> None:
    for name in ("first", "second", "third"):
        desk.file_ticket(replace(desk.new_draft(), summary=name)).result()
    window.open()
    before = rows(window)
    assert list(before) == ["New ticket: first", "New ticket: second", "New ticket: third"]
    desk.cancel(desk.waiting()[1].id).result()
    desk.file_ticket(replace(desk.new_draft(), summary="fourth")).result()
    qtbot.waitUntil(lambda: list(rows(window)) == ["New ticket: first", "New ticket: third", "New ticket: fourth"])
    after = rows(window)
    assert [after[title] is before.get(title) for title in after] == [True, True, False]
