"""A pass with nothing to do costs the same with many tickets as with few; what the worker needs to hold them.

`SIZES` in the surroundings names the numbers of tickets; 100,000 take some minutes to read.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.figure import Figure, median
from benchmarks.parts.reading_process import reading_process
from benchmarks.parts.sides import Client, two_sides
from benchmarks.parts.words import Words

SIZES: Final = tuple(int(size) for size in os.environ.get("SIZES", "100,10000").split(","))
PASSES: Final = 30
MEMORY: Final = 80
"""Megabytes of 10**6 bytes that a worker without windows may take."""
LONGEST: Final = 1200.0
"""Seconds that the first reading may take."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one pass, by the clock and of the processor."""

    seconds: float
    processor: float

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms, {self.processor * 1000:.1f} ms of processor"


def run() -> Iterator[Figure]:
    with two_sides() as sides, ExitStack() as stack:
        words = Words(sides.clock, Random(1))
        for size in SIZES:
            sides.person(f"{size}@example.com")
            sides.put(f"{size}@example.com", words.tickets(size, 0))
        sides.process.start()
        clients = {size: stack.enter_context(sides.client(str(size), f"{size}@example.com")) for size in SIZES}
        for size, client in clients.items():
            if (pulled := client.worker.one_pass(LONGEST).pulled) != size:
                raise RuntimeError(f"{pulled} of {size} tickets came")
        for client in clients.values():
            client.store.idle(LONGEST)
        passes = [{size: _pass(client) for size, client in clients.items()} for _ in range(PASSES)]
        few, *more = sorted(SIZES)
        little = _middle([one[few] for one in passes])
        for size in more:
            many = _middle([one[size] for one in passes])
            yield Figure(
                name="a pass with nothing to do",
                ratio=many.processor / little.processor,
                against=f"the same with {few:,} tickets, in processor time",
                ours=f"{many} with {size:,} tickets",
                theirs=str(little),
            )
        stack.close()
        with reading_process(sides.folder / str(max(SIZES))) as process:
            memory = process.memory_info().rss / 1e6
    yield Figure(
        name="memory of the worker",
        ratio=memory / MEMORY,
        against="the limit",
        ours=f"{memory:.0f} MB with {max(SIZES):,} tickets",
        theirs=f"{MEMORY} MB",
    )


def _pass(client: Client) -> Spent:
    begun, spent = time.perf_counter(), time.process_time()
    client.one_pass()
    return Spent(time.perf_counter() - begun, time.process_time() - spent)


def _middle(passes: list[Spent]) -> Spent:
    return Spent(median([one.seconds for one in passes]), median([one.processor for one in passes]))
