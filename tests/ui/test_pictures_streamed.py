"""A picture of the screen goes to disk while it is made, away from the windows; its tile does not wait for that."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QGuiApplication, QImage

from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.ui.file_strip import FileStrip
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.machine import PaintedScreen
from tests.ui.reporter import Reporter


@dataclass(frozen=True)
class SlowScreen(PaintedScreen):
    """Is packed once that is allowed, and tells where."""

    may_go_on: threading.Event = field(default_factory=threading.Event)
    packed_by: list[threading.Thread] = field(default_factory=list)

    def pieces(self) -> Iterator[bytes]:
        self.packed_by.append(threading.current_thread())
        self.may_go_on.wait(60)
        yield from super().pieces()


def paste(reporter: Reporter, image: QImage) -> None:
    QGuiApplication.clipboard().setImage(image)
    reporter.window.findChildren(SentenceEdit)[0].paste()
    QGuiApplication.clipboard().clear()


def test_a_pasted_picture_is_kept_as_it_was_seen(reporter: Reporter) -> None:
    image = QImage(333, 222, QImage.Format.Format_ARGB32)
    image.fill(0)
    image.setPixelColor(330, 220, QColor("#123456"))
    reporter.machine.screens = ()
    reporter.begin()
    paste(reporter, image)
    reporter.wait_for_files()

    (tile,) = reporter.tiles()
    (file,) = reporter.window.findChildren(FileStrip)[0].files()
    assert (file.name, file.origin, file.media_type) == ("pasted-picture.png", "clipboard", "image/png")
    with reporter.desk.open_content(file.attachment) as content:
        kept = QImage.fromData(content.read())
    assert (kept.width(), kept.height(), kept.hasAlphaChannel()) == (333, 222, False)
    assert (kept.pixelColor(330, 220).name(), kept.pixelColor(0, 0).name()) == ("#123456", "#ffffff")
    reporter.qtbot.waitUntil(lambda: not tile._picture.pixmap().isNull())


def test_what_is_missing_from_the_pictures_is_said_beside_them(reporter: Reporter) -> None:
    monitor = Monitor(area=Rectangle(0, 0, 4, 4))
    grey = memoryview(b"\x80" * 64)
    left = Screenshot(label="Screen 1", pixels=grey, width=4, height=4, monitor=monitor, is_active=True)
    says = "Screen 2 could not be read, so it is missing here."
    reporter.machine.take_screens = lambda: Screens((left,), says)  # type: ignore[method-assign]
    reporter.begin()
    reporter.wait_for_files()

    assert [(tile.label, tile.included) for tile in reporter.tiles()] == [("Screen 1", True)]
    assert says in reporter.words()


def test_the_tile_shows_the_screen_before_its_file_is_there(reporter: Reporter) -> None:
    screen = SlowScreen("Screen 1", is_active=True, colour="red")
    reporter.machine.screens = (screen,)
    reporter.begin()
    (tile,) = reporter.tiles()
    reporter.qtbot.waitUntil(lambda: not tile._picture.pixmap().isNull())

    assert reporter.window.findChildren(FileStrip)[0].files() == ()
    assert tile._picture.pixmap().toImage().pixelColor(20, 20).name() == "#ff0000"

    screen.may_go_on.set()
    reporter.wait_for_files()
    (file,) = reporter.window.findChildren(FileStrip)[0].files()
    with reporter.desk.open_content(file.attachment) as content:
        kept = QImage.fromData(content.read())
    assert (kept.width(), kept.height(), kept.pixelColor(639, 359).name()) == (640, 360, "#ff0000")
    assert screen.packed_by != [threading.main_thread()]
    assert len(screen.packed_by) == 1
