"""`helptray demo`: sets the stage, tells the story, shows the windows, cleans up."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import SystemRandom

from psutil import NoSuchProcess, Process, wait_procs

from desktop.app import open_desk, show_windows
from desktop.cli.ending import Ended, never_mind_signals
from desktop.cli.outcome import Outcome
from desktop.demo.narrator import Narrator
from desktop.demo.pictures import AFTERWARDS, WHILE_WAITING, save_overview, save_pictures
from desktop.demo.relay_process import RelayProcess
from desktop.demo.screen import error_window, has_display, own_screen
from desktop.demo.story import Story
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock

END_SECONDS = 10
"""How long a process has to end by itself."""


def demo(*, headless: bool, organisation: str, pictures: Path) -> Outcome:
    """Run the demo with a profile of that name; without windows, `pictures` is where theirs go.

    Raises a `Trouble` at the first thing that does not hold, and `Ended` when it is told to end.
    """
    narrator = Narrator()
    headless = headless or not has_display(os.environ)
    saved: list[Path] = []
    try:
        with ExitStack() as stack:
            try:
                folder = _play(stack, narrator, organisation, pictures if headless else None, saved)
            finally:
                never_mind_signals()
    except Ended as ended:
        ended.sentence = "Everything that the demo made is gone again" + (f", but for {pictures}." if saved else ".")
        raise
    narrator.check(not folder.exists(), "Everything that the demo made is gone again")
    return Outcome(value={"held": True, "organisation": organisation}, lines=["", "Every step held."])


def _play(stack: ExitStack, narrator: Narrator, organisation: str, pictures: Path | None, saved: list[Path]) -> Path:
    """Every step; what the stack undoes is all in the folder that is returned. Pictures instead of windows if given."""
    stack.enter_context(narrator.naming())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="helptray-demo-")))
    stack.callback(_end_children)
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

    def look() -> None:
        if pictures is not None:
            saved.extend(save_pictures(requester, pictures, WHILE_WAITING))

    Story(narrator, relay, requester, technician, look).run()
    narrator.step("The windows, on this data")
    if pictures is not None:
        saved.extend(save_pictures(requester, pictures, AFTERWARDS))
        saved.append(save_overview(pictures))
        narrator.check(len(saved) > 0, f"{len(saved)} pictures of them are in {pictures}")
    else:
        narrator.say("They are open now. Close them, or choose Quit in the tray, to end the demo.")
        show_windows(requester, folder / "requester")
    return folder


def _end_children() -> None:
    """End what a signal came upon between its start and our knowing of it."""
    started = Process().children(recursive=True)
    for process in started:
        with suppress(NoSuchProcess):
            process.terminate()
    _, left = wait_procs(started, timeout=END_SECONDS)
    for process in left:
        with suppress(NoSuchProcess):
            process.kill()


@contextmanager
def _desk(home: Path, narrator: Narrator) -> Iterator[Desk]:
    settings = Settings(home=home, key_file=home.with_suffix(".key"))
    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=narrator.say) as desk:
        yield desk
