"""The composition root: the one place that builds the parts and connects them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import Clock


@contextmanager
def open_desk(settings: Settings, *, clock: Clock, random: Random, say: Callable[[str], None]) -> Iterator[Desk]:
    """A desk over the home that the settings name; closed at the end.

    `say` is told, once, what a person should hear about how the key is kept. Raises a `Trouble` where the home cannot
    be opened.
    """
    from desktop.capture.surroundings import Surroundings
    from desktop.capture.this_computer import ThisComputer
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
        desk = Desk(store, worker, ThisComputer(Surroundings.here(), clock), clock, random)
        try:
            yield desk
        finally:
            worker.stop()
            desk.close()
    finally:
        store.close()
