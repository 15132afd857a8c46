"""The binding to Qt gives back as many references as it takes (decision 21)."""

import sys

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

_CALLS = 100


def test_a_call_costs_no_reference(qtbot: QtBot, qapp: QApplication) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.update()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        widget.update()
    assert sys.getrefcount(None) > before - _CALLS // 2
