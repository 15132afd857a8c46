"""A help desk with a full queue, and a client that has just read it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from benchmarks.parts.sides import Client, Sides, two_sides
from benchmarks.parts.words import Words

TICKETS = 20_000
ROWS = 2 * TICKETS
EMAIL = "robin@example.com"


@dataclass(frozen=True, slots=True)
class Pulled:
    """A client that holds every ticket; `seconds` is how long the reading took."""

    client: Client
    words: Words
    seconds: float


@contextmanager
def filled() -> Iterator[Sides]:
    """A relay that runs, with 20,000 tickets of one person, a note on each."""
    with two_sides() as sides:
        sides.person(EMAIL)
        sides.put(EMAIL, Words(sides.clock, Random(1)).tickets(TICKETS, 1))
        sides.process.start()
        yield sides


@contextmanager
def pulled(sides: Sides, name: str) -> Iterator[Pulled]:
    """A new client, after its first pass."""
    with sides.client(name, EMAIL) as client:
        begun = time.perf_counter()
        result = client.one_pass()
        seconds = time.perf_counter() - begun
        if result.pulled != ROWS:
            raise RuntimeError(f"{result.pulled} of {ROWS} rows came")
        yield Pulled(client, Words(sides.clock, Random(2)), seconds)
