"""A computer and its clock, as far as windows are told of them."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QColor, QGuiApplication

from desktop.capture.active_program import Program
from desktop.capture.error_text.offered import ErrorText, Origin, RecentErrors
from desktop.capture.screen_text.reader import TextReader
from desktop.capture.screens.png import encode
from desktop.tickets.capture_policy import EVERYTHING, CapturePolicy
from desktop.tickets.device import Fact
from desktop.tickets.error_text.recognise import looks_like_error
from desktop.ui.report.capture import Capture, Picture
from desktop.ui.report.limits import Limits
from desktop.ui.settings.preferences import PreferenceFile


class NoReader(TextReader):
    """What reads pictures where that is not installed: nothing is looked through and nothing waits."""

    @staticmethod
    def is_installed() -> bool:
        return False


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

    width: int = 640
    height: int = 360

    @property
    def pixels(self) -> memoryview:
        colour = QColor(self.colour)
        return memoryview(bytes((colour.blue(), colour.green(), colour.red(), 255)) * (self.width * self.height))

    def pieces(self) -> Iterator[bytes]:
        return encode(self.pixels, self.width, self.height)


@dataclass
class Machine:
    """What the machine tells in tests, and how often it was asked.

    Attributes:
        taken: for each picture that was taken, whether a window of ours was there.
        asked: what else was asked for.
        policy: the rules of this computer's administrator.
        ask_screens: what waits for the screens, where the desktop may take its time.
    """

    preferences: PreferenceFile
    policy: CapturePolicy = EVERYTHING
    screens: tuple[Picture, ...] = (
        PaintedScreen("Screen 1", is_active=True),
        PaintedScreen("Screen 2", colour="darkseagreen"),
    )
    log: tuple[ErrorText, ...] = (
        ErrorText(
            origin=Origin.LOG,
            label="System log, 09:58, gimp",
            text="segfault at 0",
            at=datetime(2026, 3, 2, 14, 58, tzinfo=UTC),
        ),
    )
    facts: tuple[Fact, ...] = (Fact(key="os", label="System", value="Debian 12"),)
    ask_screens: Callable[[], Callable[[], Sequence[Picture]] | None] = lambda: None
    taken: list[bool] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def take_screens(self) -> Sequence[Picture]:
        windows = QGuiApplication.topLevelWindows()
        self.taken.append(any(window.isVisible() for window in windows))
        return self.screens

    def computer_facts(self) -> tuple[Fact, ...]:
        self.asked.append("facts")
        return self.facts

    def looks_like_error(self, text: str) -> bool:
        self.asked.append("clipboard")
        return looks_like_error(text)

    def active_program(self) -> None:
        self.asked.append("program")

    def recent_errors(self, program: Program | None) -> RecentErrors:
        self.asked.append("log")
        return RecentErrors(texts=self.log, says="1 error of the whole system in the last 15 minutes.")

    def capture(self) -> Capture:
        return Capture(
            take_screens=self.take_screens,
            ask_screens=self.ask_screens,
            computer_facts=self.computer_facts,
            computer_name=lambda: "PC-17",
            looks_like_error=self.looks_like_error,
            active_program=self.active_program,
            recent_errors=self.recent_errors,
            limits=Limits(lambda: self.policy, self.preferences),
        )
