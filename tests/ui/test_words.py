"""No word of the machine room is ever shown to a person, and nothing claims what the help desk has not answered."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

import desktop.sync.faults
import desktop.ui
from desktop.desk import Desk
from desktop.tickets.trouble import Trouble
from desktop.tickets.urgency import Answers
from desktop.ui.additions.panel import ADDITIONS, AdditionPanel
from desktop.ui.bridge import Bridge
from desktop.ui.connect.window import ConnectWindow
from desktop.ui.report.capture import Taken
from desktop.ui.report.receipt import Receipt
from desktop.ui.report.window import ReportWindow
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.waiting.window import WaitingWindow
from tests.ui.conftest import Join
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import deliver
from tests.ui.shown_words import shown_words

MACHINE_ROOM = re.compile(
    r"\b(sync\w*|outbox|operations?|conflicts?|servers?|enrol\w*|payloads?|P[1-4])\b", re.IGNORECASE
)
CLAIMS = re.compile(r"\b(sent|filed|received|submitted|delivered)\b", re.IGNORECASE)
UI = Path(desktop.ui.__file__).parent


def strings(source: str) -> Iterator[str]:
    """The string constants of a module without its docstrings."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_no_string_of_the_windows_has_such_a_word(path: Path) -> None:
    shown = [text for text in strings(path.read_text(encoding="utf-8")) if MACHINE_ROOM.search(text)]
    assert shown == []


def test_the_guard_sees_such_a_word() -> None:
    source = 'class A:\n    """The server."""\n    def f(self):\n        return say("The server is down: P1")\n'
    assert [text for text in strings(source) if MACHINE_ROOM.search(text)] == ["The server is down: P1"]


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_no_string_of_the_windows_claims_an_arrival(path: Path) -> None:
    assert [text for text in strings(path.read_text(encoding="utf-8")) if CLAIMS.search(text)] == []


@pytest.mark.parametrize("module", ["desktop.sync.faults", "desktop.store.troubles"])
def test_no_trouble_has_such_a_word(module: str) -> None:
    kinds = [
        kind for _, kind in inspect.getmembers(import_module(module), inspect.isclass) if issubclass(kind, Trouble)
    ]
    texts = [getattr(kind, name) for kind in kinds for name in ("title", "sentence_of_kind") if hasattr(kind, name)]
    source = inspect.getsource(import_module(module))
    sentences = [text for text in strings(source) if " " in text.strip()]
    assert kinds
    assert [text for text in (*texts, *sentences) if MACHINE_ROOM.search(text)] == []


@pytest.fixture
def windows(
    qtbot: QtBot, desk: Desk, join: Join, bridge: Bridge, clock: MondayMorning, machine: Machine
) -> dict[str, QWidget]:
    """Every window on a desk with an urgent, a refused and an answered ticket."""
    capture = machine.capture()
    answered = desk.file_ticket(replace(desk.new_draft(), summary="Answered")).result().ticket
    other = join("Ben Hall")
    theirs = other.file_ticket(replace(other.new_draft(), summary="Another")).result()
    deliver(other)
    desk.file_ticket(replace(desk.new_draft(), id=theirs.ticket, summary="Refused")).result()
    deliver(desk)
    urgent = replace(desk.new_draft(), summary="Urgent", answers=Answers(security=True))
    ticket = desk.file_ticket(urgent).result().ticket
    report = ReportWindow(desk, bridge, clock, capture, dialable=True)
    report.begin(Taken())
    tickets = TicketsWindow(desk, bridge, clock, capture)
    tickets.open(answered)
    receipt = Receipt(desk, bridge, clock, capture, dialable=True)
    receipt.show_ticket(ticket)
    waiting = WaitingWindow(desk, bridge, clock)
    waiting.open()
    connect = ConnectWindow(desk, bridge)
    connect.open_anew()
    settings = SettingsWindow()
    settings.open_anew("Ctrl+Alt+H", "")
    made = {
        "report": report,
        "tickets": tickets,
        "receipt": receipt,
        "waiting": waiting,
        "connect": connect,
        "settings": settings,
    }
    for window in made.values():
        qtbot.addWidget(window)
    return made


def test_no_live_window_shows_such_a_word(windows: dict[str, QWidget]) -> None:
    for panel in windows["receipt"].findChildren(AdditionPanel):
        for name in ADDITIONS:
            panel.open(name)
            assert [words for words in shown_words(panel, hidden_too=True) if MACHINE_ROOM.search(words)] == []
    for name, window in windows.items():
        words = shown_words(window, hidden_too=True)
        assert words, name
        assert [text for text in words if MACHINE_ROOM.search(text)] == [], name


def test_every_control_can_be_told_by_name_and_reached_by_key(windows: dict[str, QWidget]) -> None:
    kinds = QAbstractButton | QLineEdit | QPlainTextEdit | QTableView
    for name, window in windows.items():
        for control in (child for child in window.findChildren(QWidget) if isinstance(child, kinds)):
            if not control.isVisible() or isinstance(control.parent(), QKeySequenceEdit | QLineEdit):
                continue
            if isinstance(control, QRadioButton) and not control.isChecked():
                continue  # the arrow keys reach it from the one that is chosen
            has_name = control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
            has_buddy = any(label.buddy() is control for label in _labels(window))
            assert has_name or has_buddy, (name, control)
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or control.focusProxy(), (name, control)


def _labels(window: QWidget) -> list[QLabel]:
    return window.findChildren(QLabel)


def test_no_two_controls_of_a_window_share_a_key(windows: dict[str, QWidget]) -> None:
    for name, window in windows.items():
        if name == "waiting":
            continue  # a list: the same two buttons on every row, the key goes from one to the next
        texts = [
            control.text()
            for control in window.findChildren(QWidget)
            if isinstance(control, QAbstractButton | QLabel) and control.isVisible()
        ]
        keys = [match.group(1).lower() for text in texts if (match := re.search(r"(?<!&)&(\w)", text))]
        assert sorted(keys) == sorted(set(keys)), name
