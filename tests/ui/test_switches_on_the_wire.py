"""What a switch of the form names does not reach the help desk, in no form: all that it keeps is searched."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact
from desktop.tickets.draft import Group
from desktop.ui.report.section import Section
from tests.ui.machine import PaintedScreen
from tests.ui.provider import Provider, deliver
from tests.ui.reporter import Reporter

ERROR = "Error 0x80070005: quokka.dll is denied"
FACT = Fact(key="serial", label="Serial number", value="KIWI-93-FERN")


@dataclass(frozen=True)
class NoisyScreen(PaintedScreen):
    """A screen whose every stretch of bytes is found again where it lies."""

    content: bytes = b""

    def pieces(self) -> Iterator[bytes]:
        yield self.content


def noise() -> bytes:
    whole = io.BytesIO()
    Image.effect_noise((300, 200), 120).convert("RGB").save(whole, "PNG", compress_level=0)
    return whole.getvalue()


@pytest.fixture
def provider(tmp_path: Path, clock: Clock) -> Iterator[Provider]:
    """A help desk that knows this one ticket alone."""
    made = Provider(tmp_path / "relay", clock)
    yield made
    made.close()


def arrived(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("off", [None, *Group])
@pytest.mark.parametrize("is_remembered", [True, False])
def test_what_is_off_is_not_found_at_the_help_desk(
    reporter: Reporter, tmp_path: Path, off: Group | None, is_remembered: bool
) -> None:
    picture = noise()
    reporter.machine.screens = (NoisyScreen("Screen 1", is_active=True, content=picture),)
    reporter.machine.facts = (FACT,)
    if is_remembered and off is not None:
        limits = reporter.machine.capture().limits
        limits.switch(off, on=False)
    QGuiApplication.clipboard().setText(ERROR)
    reporter.begin()
    QGuiApplication.clipboard().clear()
    for box in reporter.window.findChildren(QAbstractButton):
        if "that you copied" in box.text():
            box.click()
    if not is_remembered and off is not None:
        section = next(one for one in reporter.window.findChildren(Section) if one._group is off)
        section.open(True)
        section._switch.click()
    reporter.window._form.focus_sentence()  # type: ignore[union-attr]  # it is there
    reporter.type("It is slow")
    reporter.finish()
    deliver(reporter.desk)
    found = arrived(tmp_path / "relay")
    there = {
        Group.PICTURES: any(picture[at : at + 64] in found for at in range(2_000, len(picture) - 64, 4_001)),
        Group.ERROR_TEXT: b"quokka" in found,
        Group.COMPUTER: b"KIWI-93-FERN" in found or b"PC-17" in found,
    }
    assert there == {group: group is not off for group in Group}
