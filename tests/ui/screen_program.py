"""`python -m tests.ui.screen_program HOME [in-sight]`: real windows on a real X screen, and what its pictures show.

All that is ours is magenta, the signs over the screens are green, a menu of another program is cyan. Prints a JSON
object: for each thing that a person did, how many pixels of those were in the pictures; ends where the keys do not come
back to the sentence. `in-sight`: our windows stay where they are, as if nobody had thought of it.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.app import open_desk
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import FileStrip
from desktop.ui.hot_key.handler import NoHotKey
from desktop.ui.overlay.sign import Cue, Sign
from desktop.ui.overlay.step_aside import StepAside
from desktop.ui.report.capture import this_computer
from desktop.ui.report.pictures_section import PicturesSection
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.report.taking import Taking
from desktop.ui.report.window import ReportWindow
from desktop.ui.resident import NEW, TICKETS, Resident
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.tickets.window import TicketsWindow
from desktop.ui.tray import Tray
from tests.display import Painter
from tests.ui.machine import NoReader

OURS, SIGNS, MENU = 0xFF00FF, 0x00FF00, 0x00FFFF
COLOURS = {"ours": OURS, "signs": SIGNS, "menu": MENU}
PATIENCE = 30_000
LONG_CUE = 5_000
"""Milliseconds: it is on the screen while the next picture is taken, however busy the machine."""


class Watched:
    """Takes the screens for real, and counts what is ours on them."""

    def __init__(self, take: Callable[[], Sequence[Any]]) -> None:
        self._take = take
        self.seen: list[dict[str, int]] = []

    def look(self) -> Screens:
        """The screens, without counting."""
        screens = self._take()
        assert isinstance(screens, Screens)
        return screens

    def __call__(self) -> Screens:
        screens = self.look()
        self.seen += [{name: count(screen, colour) for name, colour in COLOURS.items()} for screen in screens]
        return screens


class SlowDesktop:
    """Once it `is_slow`, the screens are taken on another thread, and only when the person lets it."""

    def __init__(self, take: Callable[[], Screens]) -> None:
        self._take = take
        self.is_slow = False
        self.asked, self.let = Event(), Event()

    def __call__(self) -> Callable[[], Screens] | None:
        return self._wait if self.is_slow else None

    def _wait(self) -> Screens:
        self.asked.set()
        self.let.wait(PATIENCE / 1000)
        return self._take()


def count(screen: Screenshot, colour: int) -> int:
    """How many pixels of the picture have the colour."""
    pixels = screen.pixels.cast("I").tolist()
    return pixels.count(colour) + pixels.count(colour | 0xFF000000)


def wait(holds: Callable[[], bool]) -> None:
    """Let everything go on until it holds."""
    loop = QEventLoop()
    look = QTimer(interval=5)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    QTimer.singleShot(PATIENCE, loop, lambda: loop.exit(1))
    assert loop.exec() == 0


def dressed(arguments: list[str]) -> QApplication:
    """An application whose windows are magenta and whose signs are green."""
    application = QApplication(arguments)
    application.setQuitOnLastWindowClosed(False)
    palette = application.palette()
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, QColor.fromRgb(SIGNS))
    application.setPalette(palette)
    application.setStyleSheet("QWidget { background: #ff00ff; }")
    return application


def make_cues_long() -> None:
    """Let what is seen for a moment stay."""
    flash = Cue.flash

    def stay(self: Cue) -> None:
        self._end.setInterval(LONG_CUE)
        flash(self)

    Cue.flash = stay  # type: ignore[method-assign]


def main(home: Path, *, in_sight: bool) -> int:
    """Do what a person does, and print what was seen."""
    application = dressed(sys.argv[:1])
    home.mkdir(parents=True)
    clock, preferences = SystemClock(), PreferenceFile.of(home)
    computer = ThisComputer(Surroundings.here(), clock)
    computer.reader = NoReader()
    capture = this_computer(clock, preferences, computer)
    watched = Watched(capture.take_screens)
    slow = SlowDesktop(watched)
    if in_sight:
        StepAside.run = lambda self, act, **_: act()  # type: ignore[method-assign]
        StepAside.keep_back = lambda self: None  # type: ignore[method-assign]
        make_cues_long()
    with ExitStack() as stack:

        def opened() -> Desk:
            settings = Settings(home=home, key_file=home.with_suffix(".key"))
            desk = open_desk(settings, clock=clock, random=Random(1), say=lambda _: None, computer=computer)
            return stack.enter_context(desk)

        resident = Resident(
            open_desk=opened,
            capture=replace(capture, take_screens=watched, ask_screens=slow),
            clock=clock,
            bridge=Bridge(),
            tray=Tray(),
            hot_key=NoHotKey("It is pressed by the test."),
            preferences=preferences,
            demo=False,
            has_tray=True,
            quit_all=application.quit,
        )
        resident.start()
        resident.want(TICKETS)
        wait(lambda: any(isinstance(one, TicketsWindow) and one.isVisible() for one in application.topLevelWidgets()))
        print(json.dumps(story(application, resident, watched, slow, in_sight=in_sight)), flush=True)
        resident.stop()
    return 0


def story(
    application: QApplication, resident: Resident, watched: Watched, slow: SlowDesktop, *, in_sight: bool
) -> dict[str, Any]:
    """What a person does with the tickets window open."""
    told: dict[str, Any] = {}

    def do(name: str, act: Callable[[], None], until: Callable[[], bool] = lambda: True) -> None:
        before = len(watched.seen)
        act()
        wait(lambda: len(watched.seen) > before and until())
        told[name] = watched.seen[before:]

    def form() -> list[ReportWindow]:
        return [one for one in application.topLevelWidgets() if isinstance(one, ReportWindow) and one.isVisible()]

    def is_typing() -> bool:
        return bool(form()) and form()[0].isActiveWindow() and isinstance(application.focusWidget(), SentenceEdit)

    def signs() -> list[Sign]:
        return [one for one in application.topLevelWidgets() if isinstance(one, Sign) and one.isVisible()]

    wait(lambda: any(count(screen, OURS) for screen in watched()))
    do("the key", lambda: resident.want(NEW), lambda: bool(form()) and bool(signs()))
    form()[0].close()
    do("the key again, while the cue is seen", lambda: resident.want(NEW), lambda: bool(form()))
    (section,) = (one for one in form()[0].findChildren(PicturesSection) if one.isVisible())
    (taking,) = section.findChildren(Taking)
    ways = {button.text().replace("&", ""): button for button in section.findChildren(QAbstractButton)}
    if in_sight:
        wait(lambda: any(count(screen, SIGNS) > 1000 for screen in watched.look()))
    do("again, while the cue is seen", taking.again, lambda: bool(signs()))
    wait(lambda: not signs() and is_typing())
    do("again", ways["Take the screen again"].click)
    wait(is_typing)
    other_program = Painter(os.environ["DISPLAY"])
    menus: list[int] = []

    def open_menu() -> None:
        menus.append(other_program.window(Rectangle(20, 20, 100, 100), MENU))

    QTimer.singleShot(1000, open_menu)
    do("again in 3 seconds", ways["Again in 3 seconds"].click, lambda: bool(menus))
    other_program.destroy(menus[0])
    wait(is_typing)
    do("all as one", ways["All as one"].click)
    wait(is_typing)
    do("region", ways["Region…"].click, lambda: taking.picker is not None)
    assert taking.picker is not None
    taking.picker.cancel()
    wait(is_typing)
    (strip,) = section.findChildren(FileStrip)
    wait(lambda: not strip.is_busy)
    form()[0].close()
    next(one for one in application.topLevelWidgets() if isinstance(one, TicketsWindow)).close()

    def want_more_meanwhile() -> None:
        resident.want(NEW)
        wait(slow.asked.is_set)
        resident.want(TICKETS)
        application.processEvents()
        application.sync()
        slow.let.set()

    slow.is_slow = True
    do("a window that is wanted meanwhile", want_more_meanwhile, lambda: bool(form()))
    told["all windows are back"] = bool(form()) and any(
        isinstance(one, TicketsWindow) and one.isVisible() for one in application.topLevelWidgets()
    )
    return told


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), in_sight="in-sight" in sys.argv[2:]))
