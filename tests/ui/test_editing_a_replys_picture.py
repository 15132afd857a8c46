"""A picture of a reply is drawn on: what is being written on it goes along, and nothing stays open that is over."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.tickets.marks import MarkKind
from desktop.ui.annotate.shapes import text_at
from desktop.ui.annotate.window import AnnotateWindow
from desktop.ui.annotate.words_edit import WordsEdit
from desktop.ui.file_tile import FileTile
from tests.ui.provider import entries
from tests.ui.reader import Reader


def editors() -> list[AnnotateWindow]:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, AnnotateWindow)]
    return [one for one in shown if one.isVisible()]


@pytest.fixture
def writing(reader: Reader) -> AnnotateWindow:
    """Words are being written on a picture of a reply."""
    other = reader.file("The lamp is dark")
    reader.open(reader.file("The printer jams"))
    assert other
    strip = reader.reply_box()._draft().files
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(0x4682B4)
    strip.add_image(picture, "Pasted picture")
    reader.qtbot.waitUntil(lambda: not strip.is_busy)
    strip.findChildren(FileTile)[0].edit_wanted.emit()
    reader.qtbot.waitUntil(lambda: len(editors()) == 1)
    (window,) = editors()
    window._show_words(text_at((50, 50), (400, 300)))
    field = window.findChild(WordsEdit)
    assert field is not None
    field.setPlainText("Here")
    return window


def sent_colours(desk: Desk) -> set[int]:
    (attached,) = [entry.operation.attach_file for entry in entries(desk) if entry.operation.attach_file]
    with desk.open_content(attached.attachment) as content:
        image = QImage.fromData(content.read())
    return {image.pixel(x, y) & 0xFFFFFF for x in range(0, 400, 2) for y in range(0, 300, 2)}


def test_words_that_are_being_written_go_along_with_the_reply(reader: Reader, writing: AnnotateWindow) -> None:
    box = reader.reply_box()
    box._words.setPlainText("Look")
    box.save()
    reader.qtbot.waitUntil(lambda: box._words.toPlainText() == "")
    assert editors() == []
    assert 0xD61F1F in sent_colours(reader.desk), "the red of what is drawn"


def leave(reader: Reader) -> None:
    row = reader.list()._model.rowCount() - 1
    reader.list().select(reader.list()._model.ticket_at(row))


def close(reader: Reader) -> None:
    reader.window.close()


@pytest.mark.parametrize("end", [leave, close])
def test_whoever_goes_elsewhere_finds_it_as_it_was(
    reader: Reader, writing: AnnotateWindow, end: Callable[[Reader], None]
) -> None:
    end(reader)
    assert editors() == []

    def kept() -> list[tuple[MarkKind, str]]:
        files = [file for draft in reader.desk.drafts() for file in draft.files]
        return [(mark.kind, mark.text) for file in files for mark in file.marks]

    reader.qtbot.waitUntil(lambda: kept() == [(MarkKind.TEXT, "Here")])
