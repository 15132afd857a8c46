"""Every window can be used without a mouse, and nothing takes the focus from whoever is typing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.draft import Group
from desktop.ui.bridge import Bridge
from desktop.ui.connect.window import ConnectWindow
from desktop.ui.report.capture import Taken
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.receipt import Receipt
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.report.window import ReportWindow
from desktop.ui.settings.preferences import Preferences
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.waiting.window import WaitingWindow
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import Provider, deliver
from tests.ui.shown_words import shown_words

REACHED = QAbstractButton | QLineEdit | QPlainTextEdit | QTableView


@pytest.fixture
def windows(
    qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine
) -> Callable[[str], QWidget]:
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    capture = machine.capture()

    def opened(name: str) -> QWidget:
        window: QWidget
        if name == "report":
            window = ReportWindow(desk, bridge, clock, capture, dialable=True)
            window.begin(Taken())
        elif name == "report with all open":
            QGuiApplication.clipboard().setText("Error 0x80070005: access denied")
            window = ReportWindow(desk, bridge, clock, capture, dialable=True)
            window.begin(capture.take())
            QGuiApplication.clipboard().clear()
            window.findChildren(GoesAlong)[0].open(True)
        elif name == "report with all switched off":
            machine.preferences.write(Preferences(withheld=tuple(Group)))
            window = ReportWindow(desk, bridge, clock, capture, dialable=True)
            window.begin(capture.take())
        elif name == "receipt":
            window = ReportWindow(desk, bridge, clock, capture, dialable=True)
            window.show_receipt(desk.tickets().rows[0].ticket)
            window.come_forward()
        elif name == "tickets":
            window = TicketsWindow(desk, bridge, clock, capture)
            window.open()
        elif name == "waiting":
            window = WaitingWindow(desk, bridge, clock)
            window.open()
        elif name == "connect":
            window = ConnectWindow(desk, bridge)
            window.open_anew()
        else:
            window = SettingsWindow()
            window.open_anew("Ctrl+Alt+H", "")
        qtbot.addWidget(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return opened


@pytest.mark.parametrize(
    "name",
    [
        *("report", "report with all open", "report with all switched off"),
        *("receipt", "tickets", "waiting", "connect", "settings"),
    ],
)
def test_tab_goes_through_every_control_and_escape_closes(
    qtbot: QtBot, name: str, windows: Callable[[str], QWidget]
) -> None:
    window = windows(name)
    wanted = {
        control
        for control in window.findChildren(QWidget)
        if isinstance(control, REACHED)
        and control.isVisibleTo(window)
        and control.isEnabled()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    seen: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 10):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [
        control for control in wanted - seen if not isinstance(control.parent(), QLineEdit | QKeySequenceEdit)
    ] == []
    for control in wanted:
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        control.setFocus()
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        assert not window.isVisible(), control


@pytest.mark.parametrize(
    "name", ["report with all open", "report with all switched off", "receipt", "waiting", "connect", "settings"]
)
def test_every_control_has_a_name_of_its_own(name: str, windows: Callable[[str], QWidget]) -> None:
    window = windows(name)
    controls = [
        control
        for control in window.findChildren(QWidget)
        if isinstance(control, REACHED)
        and control.isVisibleTo(window)
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(control.parent(), QLineEdit | QKeySequenceEdit)
    ]
    names = [told(control) for control in controls]
    assert "" not in names
    assert [name for name, count in Counter(names).items() if count > 1] == []


def told(control: QWidget) -> str:
    """What a screen reader says of it."""
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name)


def test_nothing_takes_the_focus_from_a_sentence(
    qtbot: QtBot, desk: Desk, provider: Provider, company: str, windows: Callable[[str], QWidget]
) -> None:
    window = windows("report")
    assert isinstance(window, ReportWindow)
    tickets = windows("tickets")
    window.begin(Taken())
    qtbot.waitUntil(window.isActiveWindow)
    focus = QApplication.focusWidget()
    assert isinstance(focus, SentenceEdit)
    QTest.keyClicks(focus, "It is ")
    provider.tell("E-mail is down.", company)
    deliver(desk)
    qtbot.waitUntil(lambda: any("E-mail is down." in words for words in shown_words(tickets)))
    assert QApplication.focusWidget() is focus
    QTest.keyClicks(focus, "dark")
    assert focus.toPlainText() == "It is dark"


@pytest.mark.parametrize("name", ["report", "receipt"])
def test_the_buttons_never_scroll_away(qtbot: QtBot, name: str, windows: Callable[[str], QWidget]) -> None:
    window = windows(name)
    window.resize(window.width(), 200)
    words = "Save" if name == "report" else "Done"
    button = next(b for b in window.findChildren(QAbstractButton) if b.text().replace("&", "") == words)
    qtbot.waitUntil(lambda: window.rect().contains(button.geometry().bottomRight()))


def test_the_window_grows_with_what_it_holds(qtbot: QtBot, windows: Callable[[str], QWidget]) -> None:
    window = windows("receipt")
    receipt = window.findChild(Receipt)
    assert receipt is not None
    before = window.height()
    receipt._additions.open("contact")
    qtbot.waitUntil(lambda: window.height() > before)
    assert receipt._scroll.verticalScrollBar().maximum() == 0
