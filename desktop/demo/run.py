"""`helptray demo`: sets the stage, tells the story, shows the windows, cleans up."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from types import FrameType

from desktop.app import open_desk, show_windows
from desktop.cli.outcome import Outcome
from desktop.demo.narrator import Narrator
from desktop.demo.pictures import AFTERWARDS, WHILE_WAITING, save_pictures
from desktop.demo.relay_process import RelayProcess
from desktop.demo.screen import error_window, has_display, own_screen
from desktop.demo.story import Story
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock


def demo(*, headless: bool, organisation: str, pictures: Path) -> Outcome:
    """Run the demo with a profile of that name; without windows, `pictures` is where theirs go.

    Raises a `Trouble` at the first thing that does not hold.
    """
    narrator = Narrator()
    headless = headless or not has_display(os.environ)
    with ExitStack() as stack:
        stack.enter_context(_ended_in_order())
        stack.enter_context(narrator.naming())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="helptray-demo-")))
        if not has_display(os.environ):
            screen = stack.enter_context(own_screen(os.environ))
            narrator.say(f"There is no display here, so the demo uses one of its own, {screen}.")
        relay = RelayProcess(folder / "relay", organisation)
        stack.callback(relay.stop)
        requester = stack.enter_context(_desk(folder / "requester", narrator))
        technician = stack.enter_context(_desk(folder / "technician", narrator))
        if all(shot.looks_blocked for shot in requester.screens()):
            narrator.say("There is nothing on the screen, so the demo puts something on it.")
            stack.enter_context(error_window(os.environ))
        saved: list[Path] = []

        def look() -> None:
            if headless:
                saved.extend(save_pictures(requester, pictures, WHILE_WAITING))

        Story(narrator, relay, requester, technician, look).run()
        narrator.step("The windows, on this data")
        if headless:
            saved.extend(save_pictures(requester, pictures, AFTERWARDS))
            narrator.check(len(saved) > 0, f"{len(saved)} pictures of them are in {pictures}")
        else:
            narrator.say("They are open now. Close them, or choose Quit in the tray, to end the demo.")
            show_windows(requester, folder / "requester")
    narrator.check(not folder.exists(), "Everything that the demo made is gone again")
    return Outcome(value={"held": True, "organisation": organisation}, lines=["", "Every step held."])


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let SIGTERM end the demo as Ctrl+C does: nothing of it stays behind."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _desk(home: Path, narrator: Narrator) -> Iterator[Desk]:
    settings = Settings(home=home, key_file=home.with_suffix(".key"))
    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=narrator.say) as desk:
        yield desk
