"""A picture that a rule keeps here after it was saved is missed aloud: on the receipt, at its ticket, in what waits."""

import shlex
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.capture.screen_text.program import COMMAND
from desktop.capture.screen_text.reader import TextReader
from desktop.desk import Desk
from desktop.tickets.capture_policy import CapturePolicy
from desktop.ui.bridge import Bridge
from desktop.ui.waiting.window import WaitingWindow
from tests.ui.machine import MondayMorning, PaintedScreen
from tests.ui.provider import entries
from tests.ui.reader import Reader
from tests.ui.reporter import Reporter
from tests.ui.shown_words import shown_words

NOT_SENT = "1 picture did not go along: your administrator has switched pictures off."
TWO_NOT_SENT = "2 pictures did not go along: your administrator has switched pictures off."
PATIENCE = 60_000
"""Milliseconds for the reading program to start on a busy machine and to read a small picture."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program of a POSIX shell")


@pytest.fixture
def go(tmp_path: Path) -> Path:
    """The file that the reading program waits for."""
    return tmp_path / "go"


@pytest.fixture
def text_reader(go: Path) -> TextReader:
    return waiting_reader(go, f"exec {shlex.join(COMMAND)}")


def waiting_reader(go: Path, then: str) -> TextReader:
    return TextReader(command=("sh", "-c", f"while [ ! -e {shlex.quote(str(go))} ]; do sleep 0.02; done; {then}"))


@pytest.fixture
def waiting(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning) -> WaitingWindow:
    made = WaitingWindow(desk, bridge, clock)
    qtbot.addWidget(made)
    made.open()
    return made


def words(window: QWidget) -> str:
    return "\n".join(shown_words(window))


def all_right(window: QWidget) -> list[QPushButton]:
    return [button for button in window.findChildren(QPushButton) if button.text() == "All right"]


def saved_with(reporter: Reporter, pictures: int) -> str:
    """The ticket of a form that was saved before its pictures had been looked through."""
    reporter.machine.screens = tuple(
        PaintedScreen(f"Screen {number}", is_active=True) for number in range(1, pictures + 1)
    )
    reporter.begin()
    reporter.wait_for_files()
    reporter.type("It is slow")
    return reporter.finish()


def test_it_is_said_on_the_receipt_at_the_ticket_and_in_what_waits(
    reporter: Reporter, reader: Reader, waiting: WaitingWindow, go: Path
) -> None:
    ticket = saved_with(reporter, 1)
    assert "1 picture is still being looked through" in reporter.words()
    reader.open(ticket)
    assert "did not go along" not in reader.words()
    reporter.machine.policy = CapturePolicy(screenshots=False)
    go.touch()
    reporter.qtbot.waitUntil(lambda: NOT_SENT in reporter.words(), timeout=PATIENCE)
    assert "still being looked through" not in reporter.words()
    reader.wait_for(NOT_SENT)
    reporter.qtbot.waitUntil(lambda: NOT_SENT in words(waiting))
    assert "Picture: It is slow" in words(waiting)
    assert not any(entry.operation.attach_file for entry in entries(reporter.desk))
    assert reporter.desk.drafts() == ()


def test_two_are_said_together_and_once_seen_no_more(
    reporter: Reporter, reader: Reader, waiting: WaitingWindow, go: Path
) -> None:
    ticket = saved_with(reporter, 2)
    reporter.machine.policy = CapturePolicy(screenshots=False)
    go.touch()
    reporter.qtbot.waitUntil(lambda: TWO_NOT_SENT in words(waiting), timeout=PATIENCE)
    assert "Screen 1, Screen 2" in words(waiting)
    assert "1 thing needs your attention." in words(waiting)
    reader.open(ticket)
    reader.wait_for(TWO_NOT_SENT)
    assert "1 thing needs your attention." in reader.words()
    all_right(waiting)[0].click()
    reporter.qtbot.waitUntil(lambda: "did not go along" not in words(waiting) + reader.words())
    reporter.qtbot.waitUntil(lambda: "attention" not in words(waiting) + reader.words())
    assert reporter.desk.not_sent() == ()
    waiting.open()
    assert "did not go along" not in words(waiting)


def test_a_picture_that_no_rule_forbids_follows_and_nothing_is_said(
    reporter: Reporter, waiting: WaitingWindow, go: Path
) -> None:
    saved_with(reporter, 1)
    go.touch()
    reporter.qtbot.waitUntil(lambda: "looked through" not in reporter.words(), timeout=PATIENCE)
    assert [entry.operation.attach_file is not None for entry in entries(reporter.desk)] == [False, True]
    assert "did not go along" not in reporter.words() + words(waiting)


def test_what_is_being_written_keeps_its_file_when_a_picture_comes_back(
    reporter: Reporter, reader: Reader, go: Path
) -> None:
    """The picture could not be looked through, and waits as a reply of its own."""
    reporter.desk.computer.reader = waiting_reader(go, "exit 1")
    ticket = saved_with(reporter, 1)
    reader.open(ticket)
    box = reader.reply_box()
    box._words.setPlainText("It also")
    box.keep()
    go.touch()
    reporter.qtbot.waitUntil(lambda: len(reporter.desk.drafts()) == 2, timeout=PATIENCE)
    box._words.setPlainText("It also squeaks.")
    box.save()
    reporter.qtbot.waitUntil(lambda: box._words.toPlainText() == "")
    (left,) = reporter.desk.drafts()
    assert [file.label for file in left.files] == ["Screen 1"]
    with reporter.desk.open_content(left.files[0].attachment) as content:
        assert content.read(4) == b"\x89PNG"


def test_a_picture_that_comes_back_is_seen_where_one_answers(reporter: Reporter, reader: Reader, go: Path) -> None:
    reporter.desk.computer.reader = waiting_reader(go, "exit 1")
    reader.open(saved_with(reporter, 1))
    strip = reader.reply_box()._draft().files
    assert not strip.files()
    go.touch()
    reporter.qtbot.waitUntil(lambda: len(reader.reply_box()._draft().files.files()) == 1, timeout=PATIENCE)
    reader.reply_box().save()
    reporter.qtbot.waitUntil(lambda: any(entry.operation.attach_file for entry in entries(reporter.desk)))
    reader.settle()
    assert not reader.reply_box()._draft().files.files()


def test_a_rule_that_comes_while_one_answers_is_said_before_the_words_go(reader: Reader, reporter: Reporter) -> None:
    reader.open(reader.file("The printer jams"))
    box = reader.reply_box()
    box._words.setPlainText("See here")
    strip = box._draft().files
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0)
    strip.add_image(picture, "Pasted picture")
    reporter.qtbot.waitUntil(lambda: not strip.is_busy)
    reporter.machine.policy = CapturePolicy(screenshots=False)
    box.save()
    reader.wait_for("Your administrator has just switched off: pictures. Save again to go on without.")
    assert [entry.operation.kind for entry in entries(reader.desk)] == []
    box.save()
    reporter.qtbot.waitUntil(lambda: box._words.toPlainText() == "")
    (said,) = entries(reader.desk)
    assert said.operation.add_note is not None
