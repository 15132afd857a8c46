"""What of the clipboard is offered as an error's text: words, not files, pictures or what cannot be read."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from tests.ui.provider import entries
from tests.ui.reporter import Reporter
from tests.ui.test_goes_along import finish, press

OFFER = "Add t&he error text that you copied"
DIALOG = f"{'-' * 27}\r\nError\r\n{'-' * 27}\r\nBad day\r\n{'-' * 27}\r\nOK   \r\n{'-' * 27}\r\n"
"""What Ctrl+C copies of a message box of Windows."""


def text(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def rich() -> QMimeData:
    data = QMimeData()
    data.setHtml("<p>Error <b>0x80070005</b>:<br>access is denied</p>")
    return data


def file() -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/ada/Error 0x80070005.txt")])
    return data


def picture() -> QMimeData:
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    return data


def garbage() -> QMimeData:
    data = QMimeData()
    data.setData("text/plain", QByteArray(bytes(range(256)) * 50))
    return data


@pytest.mark.parametrize(
    ("copy", "shown"),
    [
        (lambda: text(DIALOG), "Bad day"),
        (rich, "Error 0x80070005:"),
        (file, ""),
        (picture, ""),
        (garbage, ""),
        (QMimeData, ""),
        (lambda: text(" \r\n"), ""),
        (lambda: text(r"C:\Logs\error 0x80070005.log"), ""),
        (lambda: text("file:///home/ada/0x80070005.log"), ""),
    ],
)
def test_words_are_offered_and_nothing_else(reporter: Reporter, copy: Callable[[], QMimeData], shown: str) -> None:
    QGuiApplication.clipboard().setMimeData(copy())
    reporter.begin()
    QGuiApplication.clipboard().clear()
    assert (OFFER in reporter.words()) is bool(shown)
    assert shown in reporter.words()


def test_of_ten_megabytes_both_ends_are_offered_soon_and_what_is_left_out_is_said(reporter: Reporter) -> None:
    lines = ["Error 0x80070005: access is denied", *["at a frame of the stack"] * 420_000, "password=hunter2 was wrong"]
    QGuiApplication.clipboard().setText("\n".join(lines))
    reporter.begin()
    QGuiApplication.clipboard().clear()
    reporter.qtbot.waitUntil(lambda: OFFER in reporter.words())
    press(reporter, OFFER.replace("&", ""))
    finish(reporter)
    (body,) = [entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket]
    (whole,) = [file for file in body.files if file.name == "error.txt"]
    with reporter.desk.open_content(whole.attachment) as content:
        said = content.read().decode().split("\n")
    assert (said[0], said[-1]) == (lines[0], "password=[masked: password] was wrong")
    (left_out,) = [line for line in said if line not in (lines[0], lines[1], said[-1])]
    assert re.fullmatch(r"… 9,6\d\d,\d{3} characters left out …", left_out)
