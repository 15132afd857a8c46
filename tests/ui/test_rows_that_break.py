"""Widgets in a row that breaks: its height follows what is in it."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.flow_layout import FlowLayout

WIDTH = 400


def test_the_height_follows_what_comes_goes_hides_and_grows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    flow = FlowLayout(window)
    buttons = [QPushButton("Short") for _ in range(3)]
    for button in buttons:
        flow.addWidget(button)
    window.resize(WIDTH, 200)
    window.show()
    one_row = flow.heightForWidth(WIDTH)
    assert flow.heightForWidth(buttons[0].sizeHint().width()) > 2 * one_row

    buttons[0].setText("A very long name " * 5)
    two_rows = flow.heightForWidth(WIDTH)
    assert two_rows > one_row
    buttons[0].hide()
    assert flow.heightForWidth(WIDTH) == one_row
    buttons[0].show()
    assert flow.heightForWidth(WIDTH) == two_rows
    flow.removeWidget(buttons[0])
    assert flow.heightForWidth(WIDTH) == one_row
    flow.addWidget(buttons[0])
    assert flow.heightForWidth(WIDTH) == two_rows
