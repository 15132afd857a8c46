"""A file that is still being taken in when Helptray is closed is not lost, or is said to be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer

import desktop.ui.windows
from desktop.desk import Desk
from desktop.tickets.draft import Draft
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import FileStrip
from desktop.ui.report.capture import Taken
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tickets.reply_box import ReplyBox
from desktop.ui.windows import Windows
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import deliver
from tests.ui.shown_words import shown_words

Opened = Callable[[], Windows]


@pytest.fixture
def opened(desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> Opened:
    """The windows of a new start."""
    return lambda: Windows(desk, bridge, clock, machine.capture(), dialable=True)


@pytest.fixture
def disk(desk: Desk) -> Iterator[Event]:
    """A disk that is busy until the event is set."""
    free = Event()
    desk._slow.submit(free.wait)
    yield free
    free.set()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text("what I did")
    return path


def write(windows: Windows, notes: Path, words: str = "") -> None:
    """A ticket with a file, and perhaps without a word."""
    windows.report(Taken())
    form = windows._report_window()._form
    assert form is not None
    form.findChildren(SentenceEdit)[0].setPlainText(words)
    form.findChildren(FileStrip)[0].add_paths([notes])


def drafts(desk: Desk) -> list[Draft]:
    desk.discard_draft("nothing").result()  # whatever was begun before is durable then
    return list(desk.drafts())


@pytest.mark.parametrize("words", ["It fails", ""])
def test_quitting_waits_for_a_file_of_a_new_ticket(
    desk: Desk, opened: Opened, disk: Event, notes: Path, words: str
) -> None:
    windows = opened()
    write(windows, notes, words)
    QTimer.singleShot(50, disk.set)
    windows.close()
    (draft,) = drafts(desk)
    assert ([file.name for file in draft.files], draft.arriving) == (["notes.txt"], ())


def test_quitting_waits_for_a_file_of_a_reply(desk: Desk, opened: Opened, disk: Event, notes: Path) -> None:
    ticket = desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result().ticket
    deliver(desk)
    windows = opened()
    windows.tickets(ticket)
    assert windows._tickets is not None
    windows._tickets.findChildren(ReplyBox)[0]._add_paths([notes])
    QTimer.singleShot(50, disk.set)
    windows.close()
    (draft,) = drafts(desk)
    assert (draft.ticket, [file.name for file in draft.files]) == (ticket, ["notes.txt"])


def test_what_takes_too_long_is_told_at_the_next_start(
    desk: Desk, opened: Opened, disk: Event, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop.ui.windows, "PATIENCE", 0.05)
    windows = opened()
    write(windows, notes)
    windows.close()
    (draft,) = drafts(desk)
    assert (draft.files, draft.arriving) == ((), ("notes.txt",))
    again = opened()
    again.report(Taken())
    words = "\n".join(shown_words(again._report_window()))
    assert "closed before this had been added: “notes.txt”. Please add it again." in words
    again.close()
