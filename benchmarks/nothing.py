"""A pass with nothing to do costs the same with many tickets as with few."""

import time
from collections.abc import Iterator
from random import Random

from benchmarks.figure import Figure, median
from benchmarks.parts.filled import TICKETS, filled, pulled
from benchmarks.parts.sides import Client
from benchmarks.parts.words import Words

FEW = 20
PASSES = 40
OTHER = "kim@example.com"


def run() -> Iterator[Figure]:
    with filled() as sides:
        sides.person(OTHER)
        sides.put(OTHER, Words(sides.clock, Random(5)).tickets(FEW, 1))
        with pulled(sides, "many") as full, sides.client("few", OTHER) as few:
            few.one_pass()
            full.client.store.idle(60)
            pairs = [(_pass(full.client), _pass(few)) for _ in range(PASSES)]
    many, little = (median([pair[side] for pair in pairs]) for side in (0, 1))
    yield Figure(
        name="a pass with nothing to do",
        ratio=many / little,
        against=f"the same with {FEW} tickets",
        ours=f"{many * 1000:.0f} ms with {TICKETS:,} tickets",
        theirs=f"{little * 1000:.0f} ms",
    )


def _pass(client: Client) -> float:
    begun = time.perf_counter()
    client.one_pass()
    return time.perf_counter() - begun
