"""What happens on other threads reaches the windows on theirs."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Changed
from desktop.ui.bridge import Bridge


def test_a_result_arrives_on_the_windows_thread(qtbot: QtBot, bridge: Bridge) -> None:
    seen: list[tuple[int, bool]] = []
    bridge.run(bridge, lambda: 7, lambda value: seen.append((value, current_thread() is main_thread())), print)
    qtbot.waitUntil(lambda: seen == [(7, True)])


def test_a_trouble_arrives_as_one(qtbot: QtBot, bridge: Bridge) -> None:
    def fail() -> None:
        raise Trouble("The disk is full.")

    told: list[str] = []
    bridge.run(bridge, fail, print, lambda trouble: told.append(trouble.sentence))
    qtbot.waitUntil(lambda: told == ["The disk is full."])


def test_a_bug_is_not_shown_as_a_trouble(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.captureExceptions() as caught:
        bridge.run(bridge, lambda: 1 / 0, print, print)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError


def test_nobody_is_called_for_an_owner_that_is_gone(qtbot: QtBot, bridge: Bridge) -> None:
    owner, future, told = QObject(), Future[int](), list[int]()
    bridge.watch(owner, future, told.append, print)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(owner))
    future.set_result(1)
    done: list[int] = []
    bridge.run(bridge, lambda: 2, done.append, print)
    qtbot.waitUntil(lambda: done == [2])
    assert told == []


def test_many_changes_are_told_once(qtbot: QtBot, bridge: Bridge) -> None:
    told: list[Changed] = []
    bridge.changed.connect(told.append)
    with ThreadPoolExecutor(4) as pool:
        for number in range(100):
            pool.submit(bridge._told.emit, Changed(tickets=frozenset({str(number)})))
    qtbot.waitUntil(lambda: sum(len(changed.tickets) for changed in told) == 100)
    assert len(told) < 20


def test_the_first_change_is_told_at_once_and_what_follows_together(qtbot: QtBot, bridge: Bridge) -> None:
    told: list[Changed] = []
    bridge.changed.connect(told.append)
    for ticket in ("first", "second", "third"):
        bridge._told.emit(Changed(tickets=frozenset({ticket})))
    QApplication.sendPostedEvents(bridge)
    assert told == [Changed(tickets=frozenset({"first"}))]
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told[1:] == [Changed(tickets=frozenset({"second", "third"}))]


def test_a_stopped_bridge_tells_nobody(qtbot: QtBot, desk: Desk) -> None:
    bridge = Bridge()
    told: list[int] = []
    bridge.run(bridge, lambda: 1, told.append, print)
    bridge.stop()
    _let_all_arrive(qtbot)
    assert told == []


def test_a_desk_outlives_its_windows(qtbot: QtBot, desk: Desk) -> None:
    bridge = Bridge()
    bridge.listen(desk)
    bridge.stop()
    told: list[Changed] = []
    bridge.changed.connect(told.append)
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    other = Bridge()
    other.listen(desk)
    with qtbot.waitSignal(other.changed):
        desk.file_ticket(replace(desk.new_draft(), summary="The beamer is dark")).result()
    other.stop()
    assert told == []


def test_what_is_on_its_way_to_the_windows_when_they_end_is_not_told(qtbot: QtBot, desk: Desk) -> None:
    bridge = Bridge()
    told: list[Changed] = []
    bridge.changed.connect(told.append)
    bridge.listen(desk)
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    bridge.stop()
    desk.file_ticket(replace(desk.new_draft(), summary="The beamer is dark")).result()
    _let_all_arrive(qtbot)
    assert told == []


@pytest.mark.parametrize("result", [None, "x"])
def test_a_future_that_is_done_already_is_told_too(qtbot: QtBot, bridge: Bridge, result: str | None) -> None:
    future: Future[str | None] = Future()
    future.set_result(result)
    told: list[str | None] = []
    bridge.watch(bridge, future, told.append, print)
    assert told == []
    qtbot.waitUntil(lambda: told == [result])


def _let_all_arrive(qtbot: QtBot) -> None:
    """What another bridge is told now comes behind all that is on its way."""
    other = Bridge()
    done: list[int] = []
    other.run(other, lambda: 2, done.append, print)
    qtbot.waitUntil(lambda: done == [2])
    other.stop()


def _is_alive(owner: QObject) -> bool:
    from shiboken6 import Shiboken

    return Shiboken.isValid(owner)
