"""Pictures are looked through beside the typing: what is private is covered or outlined, an error is offered."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.capture.screen_text.reader import TextReader
from desktop.tickets.marks import MarkKind
from desktop.ui.annotate.window import AnnotateWindow
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.receipt import Receipt
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.machine import PaintedScreen
from tests.ui.provider import entries
from tests.ui.reporter import Reporter

PATIENCE = 60_000
"""Milliseconds for the reading program to start on a busy machine and to read a small picture."""


class Written(PaintedScreen):
    """A screen with a card number and an address in one corner, and an error far from them."""

    @property
    def pixels(self) -> memoryview:
        picture = Image.new("RGB", (self.width, self.height), "white")
        pen, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 18)
        pen.text((20, 20), "Card 4111 1111 1111 1111", fill="black", font=font)
        pen.text((20, 90), "kim.miller@client.example", fill="black", font=font)
        pen.text((520, 480), "Error 0x80070005: access is denied", fill="black", font=font)
        return memoryview(picture.tobytes("raw", "BGRX"))


@pytest.fixture
def text_reader() -> TextReader:
    return TextReader()


@pytest.fixture
def looking(reporter: Reporter) -> Reporter:
    """A form whose picture is being looked through."""
    reporter.machine.screens = (Written("Screen 1", is_active=True, width=1000, height=600),)
    reporter.begin()
    return reporter


def press(reporter: Reporter, words: str) -> None:
    found = [
        button
        for button in reporter.window.findChildren(QAbstractButton)
        if words in (button.text().replace("&", ""), button.accessibleName()) and button.isVisible()
    ]
    assert len(found) == 1, (words, found)
    found[0].click()


def wait_until_searched(reporter: Reporter) -> None:
    reporter.qtbot.waitUntil(lambda: "1 covered, 1 outlined" in reporter.words(), timeout=PATIENCE)


def test_what_was_found_is_said_at_the_picture_and_nothing_moves(looking: Reporter) -> None:
    QApplication.processEvents()
    assert "Being looked through…" in looking.words()
    watched = [*looking.window.findChildren(SentenceEdit), *looking.tiles()]
    before = [widget.geometry() for widget in watched], looking.window.size()
    wait_until_searched(looking)
    assert ([widget.geometry() for widget in watched], looking.window.size()) == before
    (tile,) = looking.tiles()
    assert tile._remark.toolTip() == "Covered: 1 card number. Outlined: 1 e-mail address."


def test_the_error_on_the_picture_is_offered_as_text(looking: Reporter) -> None:
    looking.qtbot.waitUntil(lambda: "See &all (error found)" in looking.words(), timeout=PATIENCE)
    press(looking, "See all (error found)")
    press(looking, "Read from the picture Screen 1")
    assert looking.leaves().startswith("1 picture, error text, this computer.")
    looking.window.findChildren(SentenceEdit)[0].setFocus()
    looking.type("It fails")
    looking.finish()
    body = next(entry.operation.file_ticket for entry in entries(looking.desk) if entry.operation.file_ticket)
    assert body.error_text == "Read from the picture Screen 1:\nError 0x80070005: access is denied"


def test_all_text_on_the_picture_is_offered_with_what_is_private_masked(looking: Reporter) -> None:
    wait_until_searched(looking)
    press(looking, "See all (error found)")
    assert "All text on the picture Screen 1" in looking.words()
    assert "4111" not in looking.words()
    assert "[masked: card number]" in looking.words()


def kept_kinds(reporter: Reporter) -> set[MarkKind]:
    """What marks are on the pictures of what is kept."""
    return {mark.kind for draft in reporter.desk.drafts() for file in draft.files for mark in file.marks}


def test_one_key_covers_all_that_is_outlined(looking: Reporter) -> None:
    wait_until_searched(looking)
    press(looking, "See all (error found)")
    QTest.keyClick(looking.window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    looking.qtbot.waitUntil(lambda: "2 covered" in looking.words())
    looking.type("It fails")
    looking.press(Qt.Key.Key_Escape)
    looking.qtbot.waitUntil(lambda: kept_kinds(looking) == {MarkKind.REDACT})
    looking.open()
    looking.begin()
    assert "2 covered" in looking.words()


def test_the_key_is_on_the_closed_form_and_heeded_before_the_next(looking: Reporter) -> None:
    cover = looking.window.findChildren(GoesAlong)[-1].pictures.cover
    assert not cover.isVisible()
    looking.type("It fails")
    wait_until_searched(looking)
    assert cover.isVisible()
    QTest.keyClick(looking.window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    looking.type(" often")
    looking.finish()
    assert [entry.operation.file_ticket.summary for entry in entries(looking.desk) if entry.operation.file_ticket] == [
        "It fails often"
    ]
    looking.qtbot.waitUntil(lambda: len(sent_pictures(looking)) == 1)
    (picture,) = sent_pictures(looking)
    assert picture.crop((24, 94, 220, 106)).getextrema() == ((0, 0), (0, 0), (0, 0)), "the address"


def test_a_picture_is_edited_from_its_tile(looking: Reporter) -> None:
    wait_until_searched(looking)
    press(looking, "Edit Screen 1")
    looking.qtbot.waitUntil(lambda: bool(looking.window.findChildren(AnnotateWindow)))
    (editor,) = looking.window.findChildren(AnnotateWindow)
    looking.qtbot.waitUntil(editor.isVisible)
    assert len(editor.marks) == 2
    editor._cover_all.click()
    assert "2 covered" in looking.words()
    editor.close()
    assert looking.window.isVisible()


_WAITS_AND_FAILS = "while [ ! -e {} ]; do sleep 0.02; done; exit 1"


@pytest.mark.skipif(sys.platform == "win32", reason="a program of a POSIX shell")
def test_a_picture_that_cannot_be_looked_through_is_told_on_the_receipt(reporter: Reporter, tmp_path: Path) -> None:
    end = tmp_path / "end"
    reporter.desk.computer.reader = TextReader(command=("sh", "-c", _WAITS_AND_FAILS.format(end)))
    reporter.machine.screens = (Written("Screen 1", is_active=True),)
    reporter.begin()
    reporter.type("It fails")
    reporter.finish()
    assert "1 picture is still being looked through" in reporter.words()
    end.touch()
    reporter.qtbot.waitUntil(lambda: "It waits at this ticket until you send it." in reporter.words(), timeout=PATIENCE)
    (kept,) = reporter.desk.drafts()
    assert len(kept.files) == 1


def photographed(folder: Path) -> Path:
    """A photograph of a form with a card number and an address, taken with the telephone on its side."""
    picture = Image.new("RGB", (1000, 600), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 22)
    pen.text((20, 20), "Card 4111 1111 1111 1111", fill="black", font=font)
    pen.text((20, 420), "kim.miller@client.example", fill="black", font=font)
    told = Image.Exif()
    told[0x010F], told[0x0112] = "A telephone", 6
    path = folder / "form.jpg"
    picture.transpose(Image.Transpose.ROTATE_90).save(path, quality=95, exif=told.tobytes())
    return path


def drop(reporter: Reporter, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)


def sent_pictures(reporter: Reporter) -> list[Image.Image]:
    found = []
    for entry in entries(reporter.desk):
        if entry.operation.attach_file:
            with reporter.desk.open_content(entry.operation.attach_file.attachment) as content:
                found.append(ImageOps.exif_transpose(Image.open(io.BytesIO(content.read()))).convert("RGB"))
    return found


def test_a_picture_that_was_dropped_is_looked_through_like_a_screen(reporter: Reporter, tmp_path: Path) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    drop(reporter, photographed(tmp_path))
    wait_until_searched(reporter)
    (tile,) = reporter.tiles()
    assert tile.has_picture
    assert "Place, time, camera" in tile._remark.toolTip()
    reporter.type("This form")
    reporter.finish()
    (sent,) = sent_pictures(reporter)
    assert sent.size == (1000, 600)
    assert sent.crop((90, 26, 290, 40)).getextrema() == ((0, 0),) * 3, "the number is covered where it stands"
    assert sent.crop((20, 420, 320, 450)).getextrema() != ((0, 0),) * 3, "what is outlined is not"


def test_a_picture_that_was_dropped_and_saved_at_once_follows_as_if_it_had_been_seen(
    reporter: Reporter, tmp_path: Path
) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    drop(reporter, photographed(tmp_path))
    reporter.wait_for_files()
    reporter.type("This form")
    reporter.finish()
    assert "1 picture is still being looked through" in reporter.words()
    assert sent_pictures(reporter) == []
    reporter.qtbot.waitUntil(lambda: len(sent_pictures(reporter)) == 1, timeout=PATIENCE)
    (sent,) = sent_pictures(reporter)
    assert sent.crop((90, 26, 290, 40)).getextrema() == ((0, 0),) * 3
    assert sent.crop((20, 420, 320, 450)).getextrema() != ((0, 0),) * 3


def test_a_damaged_picture_that_was_dropped_goes_along_as_it_is(reporter: Reporter, tmp_path: Path) -> None:
    damaged = tmp_path / "will not open.png"
    damaged.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    reporter.machine.screens = ()
    reporter.begin()
    drop(reporter, damaged)
    reporter.qtbot.waitUntil(lambda: "Not looked through" in reporter.words(), timeout=PATIENCE)
    reporter.type("This picture does not open")
    reporter.finish()

    def sent() -> list[str]:
        return [entry.operation.attach_file.name for entry in entries(reporter.desk) if entry.operation.attach_file]

    reporter.qtbot.waitUntil(lambda: sent() == ["will not open.png"], timeout=PATIENCE)
    assert reporter.desk.drafts() == ()


def test_a_film_and_a_document_are_no_pictures_to_look_through(reporter: Reporter, tmp_path: Path) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    moving = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    moving[0].save(tmp_path / "moving.gif", save_all=True, append_images=moving[1:])
    (tmp_path / "notes.txt").write_text("Card 4111 1111 1111 1111")
    for name in ("moving.gif", "notes.txt"):
        drop(reporter, tmp_path / name)
    reporter.qtbot.waitUntil(lambda: len(reporter.tiles()) == 2)
    reporter.wait_for_files()
    assert "looked through" not in reporter.words()


def test_who_saves_at_once_is_told_that_the_picture_follows(looking: Reporter) -> None:
    looking.type("It fails")
    looking.finish()
    receipt = looking.window.findChild(Receipt)
    assert receipt is not None
    assert "1 picture is still being looked through" in looking.words()
    looking.qtbot.waitUntil(lambda: "still being looked through" not in looking.words(), timeout=PATIENCE)
    assert [entry.operation.attach_file.name for entry in entries(looking.desk) if entry.operation.attach_file] == [
        "screen-1.png"
    ]


def test_who_closes_the_form_ends_the_reading_and_finds_it_done_when_they_go_on(
    looking: Reporter, text_reader: TextReader
) -> None:
    looking.qtbot.waitUntil(lambda: text_reader.pid is not None, timeout=PATIENCE)
    looking.type("It is slow")
    QTest.keyClick(looking.window, Qt.Key.Key_Escape)
    looking.qtbot.waitUntil(lambda: text_reader.pid is None)
    looking.begin()
    wait_until_searched(looking)
