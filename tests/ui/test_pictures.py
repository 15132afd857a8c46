"""Pictures of every window can be taken anywhere, light and dark."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screenshot
from desktop.demo.pictures import save_overview
from desktop.desk import Desk
from desktop.ui.pictures import WINDOWS, take_pictures
from tests.ui.machine import Machine


def test_every_window_light_and_dark(
    qtbot: QtBot, qapp: QApplication, desk: Desk, machine: Machine, tmp_path: Path
) -> None:
    machine.screens = (
        Screenshot(
            label="Screen",
            pixels=memoryview(b"\xb4\x82\x46\xff" * (640 * 360)),
            width=640,
            height=360,
            monitor=Monitor(area=Rectangle(0, 0, 640, 360)),
            is_active=True,
        ),
    )
    desk.file_ticket(replace(desk.new_draft(), summary="The printer jams")).result()
    before = (qapp.styleSheet(), qapp.palette())
    names = [path.stem for path in take_pictures(desk, tmp_path, machine.capture())]
    windows = WINDOWS
    assert names == [f"{window}-{scheme}" for scheme in ("light", "dark") for window in windows]
    corner = {s: QImage(str(tmp_path / f"tickets-{s}.png")).pixelColor(2, 2).lightness() for s in ("light", "dark")}
    assert corner["dark"] < 100 < corner["light"]
    whole = QImage(str(save_overview(tmp_path)))
    assert whole.width() > sum(QImage(str(tmp_path / f"{name}-light.png")).width() for name in ("report", "tickets"))
    desk.discard_draft("nothing").result()
    assert desk.drafts() == ()
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
