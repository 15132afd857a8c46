"""Pictures and files that go along with a ticket."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from desktop.ui.file_strip import FileStrip
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.machine import PaintedScreen
from tests.ui.provider import entries
from tests.ui.reporter import Reporter


def test_only_the_active_screen_is_ticked(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    assert [(tile.label, tile.included) for tile in reporter.tiles()] == [("Screen 1", True), ("Screen 2", False)]


def test_a_black_picture_says_so(reporter: Reporter) -> None:
    reporter.machine.screens = (PaintedScreen("Screen 1", is_active=True, looks_blocked=True, colour="black"),)
    reporter.begin()
    reporter.wait_for_files()
    assert "This picture is black" in reporter.words()
    (tile,) = reporter.tiles()
    assert not tile.included
    reporter.qtbot.waitUntil(lambda: tile._remark.isVisible() and tile._box.y() >= tile._picture.geometry().bottom())


def test_a_megabyte_of_pasted_text_goes_along_as_a_file(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    QGuiApplication.clipboard().setText("Segmentation fault at 0x00 " * 40_000)
    reporter.window.findChildren(SentenceEdit)[0].paste()
    QGuiApplication.clipboard().clear()
    assert len(reporter.window.findChildren(SentenceEdit)[0].toPlainText()) <= 200
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert [file.size for file in body.files if file.name == "pasted-text.txt"] == [27 * 40_000]


def test_what_is_private_in_a_pasted_log_is_masked_and_it_is_said(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    QGuiApplication.clipboard().setText("Authorization: Bearer abcDEF123ghiJKL456mno\n" + "connection lost\n" * 300)
    reporter.window.findChildren(SentenceEdit)[0].paste()
    QGuiApplication.clipboard().clear()
    assert "The text is long, so it goes along as a file." in reporter.words()
    reporter.qtbot.waitUntil(lambda: "goes along as a file. Masked in it: 1 token." in reporter.words())
    assert "abcDEF" not in reporter.words()
    reporter.wait_for_files()
    (text,) = [file for file in strip(reporter).files() if file.name == "pasted-text.txt"]
    with reporter.desk.open_content(text.attachment) as content:
        assert content.read().startswith(b"Authorization: Bearer [masked: token]")


def test_what_is_private_in_a_short_paste_is_masked_and_undo_shows_it(reporter: Reporter) -> None:
    reporter.begin()
    sentence = reporter.window.findChildren(SentenceEdit)[0]
    reporter.type("It says: ")
    QGuiApplication.clipboard().setText("\U0001f600 login failed, password=hunter2 for ada")
    sentence.paste()
    QGuiApplication.clipboard().clear()
    assert sentence.toPlainText() == "It says: \U0001f600 login failed, password=[masked: password] for ada"
    assert "Masked in what you pasted: 1 password. Undo shows it again." in reporter.words()
    sentence.undo()
    assert sentence.toPlainText() == "It says: \U0001f600 login failed, password=hunter2 for ada"
    sentence.redo()
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert "hunter2" not in f"{body.summary} {body.details}"


def strip(reporter: Reporter) -> FileStrip:
    return reporter.window.findChildren(FileStrip)[-1]


def test_a_dropped_file_is_taken_in_at_once(reporter: Reporter, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("what I did")
    reporter.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)
    reporter.wait_for_files()
    source.unlink()
    reporter.type("Look at my notes")
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert "notes.txt" in [file.name for file in body.files]


def test_a_photograph_goes_along_without_the_place_where_it_was_taken(reporter: Reporter, tmp_path: Path) -> None:
    photograph = tmp_path / "printer.jpg"
    told = Image.Exif()
    told[0x010F], told[0x0112] = "A telephone", 6
    told[0x8825] = {1: "N", 2: (48.0, 12.0, 30.5)}
    Image.new("RGB", (64, 48), "navy").save(photograph, exif=told.tobytes())
    as_taken = photograph.read_bytes()
    reporter.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photograph))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)
    reporter.wait_for_files()
    assert "hidden details left out" in reporter.words()
    reporter.type("The printer looks like this")
    reporter.finish()
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    (file,) = [file for file in body.files if file.name == "printer.jpg"]
    with reporter.desk.open_content(file.attachment) as content:
        sent = content.read()
    assert b"A telephone" not in sent
    assert dict(Image.open(io.BytesIO(sent)).getexif()) == {0x0112: 6}
    assert photograph.read_bytes() == as_taken


def test_that_nothing_looks_through_pictures_is_said(reporter: Reporter, tmp_path: Path) -> None:
    said = "Nothing here looks for private things on pictures: please check them yourself."
    reporter.begin()
    assert said in reporter.words()
    reporter.wait_for_files()
    assert said in reporter.words()
    for tile in reporter.tiles():
        if tile.included:
            tile._box.click()
    assert said not in reporter.words(), "no picture goes along"
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "printer.jpg")
    strip(reporter).add_paths([tmp_path / "printer.jpg"])
    reporter.qtbot.waitUntil(lambda: said in reporter.words())


def test_a_folder_is_refused_in_words_and_the_rest_is_saved(reporter: Reporter, tmp_path: Path) -> None:
    reporter.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    reporter.window.findChildren(SentenceEdit)[0].insertFromMimeData(data)
    reporter.qtbot.waitUntil(lambda: "can be added as a .zip file" in reporter.words())
    reporter.type("Look")
    reporter.finish()
