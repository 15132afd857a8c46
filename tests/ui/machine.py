"""A computer and its clock, as far as windows are told of them."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QColor, QGuiApplication, QImage

from desktop.tickets.device import Fact
from desktop.ui.file_strip import png_of
from desktop.ui.report.capture import Capture, Picture


class MondayMorning:
    """A clock that runs, from nine o'clock on a Monday in the time zone of the example provider."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 15, 0, tzinfo=UTC) + timedelta(seconds=self.monotonic() - self._began)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(frozen=True)
class PaintedScreen:
    """A screen of one colour."""

    label: str
    is_active: bool = False
    looks_blocked: bool = False
    colour: str = "steelblue"

    def png(self) -> bytes:
        image = QImage(640, 360, QImage.Format.Format_RGB32)
        image.fill(QColor(self.colour))
        return png_of(image)


@dataclass
class Machine:
    """What the machine tells in tests, and how often it was asked."""

    screens: tuple[Picture, ...] = (
        PaintedScreen("Screen 1", is_active=True),
        PaintedScreen("Screen 2", colour="darkseagreen"),
    )
    facts: tuple[Fact, ...] = (Fact(key="os", label="System", value="Debian 12"),)
    taken: list[bool] = field(default_factory=list)

    def take_screens(self) -> tuple[Picture, ...]:
        windows = QGuiApplication.topLevelWindows()
        self.taken.append(any(window.isVisible() for window in windows))
        return self.screens

    def capture(self) -> Capture:
        return Capture(
            take_screens=self.take_screens,
            computer_facts=lambda: self.facts,
            computer_name=lambda: "PC-17",
            looks_like_error=lambda text: "0x80070005" in text,
        )
