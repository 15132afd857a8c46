"""The composition root: the one place that builds the parts and connects them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from desktop.settings import Settings
from desktop.tickets.clock import Clock, SystemClock

if TYPE_CHECKING:
    from desktop.capture.this_computer import ThisComputer
    from desktop.desk import Desk


@contextmanager
def open_desk(
    settings: Settings,
    *,
    clock: Clock,
    random: Random,
    say: Callable[[str], None],
    computer: ThisComputer | None = None,
) -> Iterator[Desk]:
    """A desk over the home that the settings name; closed at the end.

    `say` is told, once, what a person should hear about how the key is kept. `computer` stands for this
    machine; None: this very one. Raises a `Trouble` where the home cannot be opened.
    """
    from desktop.capture.surroundings import Surroundings
    from desktop.capture.this_computer import ThisComputer
    from desktop.desk import Desk
    from desktop.store.keys import load_key
    from desktop.store.store import Store
    from desktop.sync.worker import Worker
    from desktop.tickets.profile import parse_profile

    key = load_key(settings.home, settings.key_file)
    if key.say_aloud:
        say(key.say_aloud)
    store = Store.open(settings.home, key.raw, clock=clock, random=random, parse=parse_profile)
    try:
        worker = Worker(store, settings.home, clock=clock, random=random)
        here = computer or ThisComputer(Surroundings.here(), clock)
        desk = Desk(store, worker, here, clock, random)
        here.knows_help_desk(lambda: account.server if (account := desk.account()) else "")
        try:
            yield desk
        finally:
            worker.stop()
            desk.close()
    finally:
        store.close()


def run_windows(settings: Settings, *, wish: str = "") -> int:
    """The tray and windows until the person quits; returns the exit code. `wish` names the window to begin with."""
    from desktop.ui.prompt import begin_to_load

    begin_to_load()
    from desktop.capture.surroundings import Surroundings
    from desktop.capture.this_computer import ThisComputer

    clock = SystemClock()
    computer = ThisComputer(Surroundings.here(), clock)
    with ExitStack() as stack:

        def opened() -> Desk:
            desk = open_desk(settings, clock=clock, random=SystemRandom(), say=_aloud, computer=computer)
            return stack.enter_context(desk)

        return _windows(opened, settings.home, clock, computer, wish=wish, demo=False)


def show_windows(desk: Desk, home: Path) -> int:
    """The tray and windows of a demo on a desk that is open already, until the person quits."""
    return _windows(lambda: desk, home, SystemClock(), desk.computer, wish="tickets", demo=True)


def _windows(
    opened: Callable[[], Desk], home: Path, clock: Clock, computer: ThisComputer, *, wish: str, demo: bool
) -> int:
    from desktop.ui.main import run
    from desktop.ui.report.capture import this_computer
    from desktop.ui.settings.preferences import PreferenceFile

    capture = this_computer(clock, PreferenceFile.of(home), computer)
    return run(opened, capture=capture, clock=clock, home=home, wish=wish, demo=demo)


def _aloud(sentence: str) -> None:
    print(sentence, file=sys.stderr)
