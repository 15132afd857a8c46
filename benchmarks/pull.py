"""A full help desk read by a computer that has just been connected, while its person goes on writing."""

import time
from collections.abc import Iterator
from random import Random
from threading import Event, Thread

from benchmarks.figure import Figure, median
from benchmarks.parts.bare import insert_again, tables_of
from benchmarks.parts.filled import EMAIL, ROWS, filled, pulled
from benchmarks.parts.sides import KEY, Client, Sides
from benchmarks.parts.words import Words

TABLES = ("ticket", "part", "search_queue")
LIMIT = 0.050
"""Seconds that a save may take while everything is read."""
BETWEEN_SAVES = 0.1


def run() -> Iterator[Figure]:
    with filled() as sides:
        with pulled(sides, "reads") as reading:
            listed = len(reading.client.store.reader().tickets(limit=100).rows)
            if listed != 100:
                raise RuntimeError(f"{listed} tickets are listed instead of 100")
            home = reading.client.home
        floor = insert_again(tables_of(home / "tickets.db", KEY, TABLES), sides.folder / "again.db", KEY)
        rate, raw = ROWS / reading.seconds, ROWS / floor
        yield Figure(
            name="pull",
            ratio=rate / raw,
            against="the same rows in raw SQL at the client",
            ours=f"{rate:,.0f} rows/s stored and listed",
            theirs=f"{raw:,.0f} rows/s",
        )
        waits = saves_during_a_pull(sides)
        yield Figure(
            name="save during a pull",
            ratio=max(waits) / LIMIT,
            against="the limit",
            ours=f"{max(waits) * 1000:.1f} ms at worst of {len(waits)}, {median(waits) * 1000:.1f} ms p50",
            theirs=f"{LIMIT * 1000:.0f} ms",
        )


def saves_during_a_pull(sides: Sides) -> list[float]:
    """Seconds from each save of a draft to its being durable: what is queued would be sent, and the pull with it."""
    waits: list[float] = []
    over = Event()
    with sides.client("writes", EMAIL) as client:
        saving = Thread(target=_save_until, args=(client, Words(sides.clock, Random(3)), over, waits))
        saving.start()
        try:
            client.one_pass()
        finally:
            over.set()
            saving.join()
    return waits


def _save_until(client: Client, words: Words, over: Event, waits: list[float]) -> None:
    while not over.wait(BETWEEN_SAVES):
        draft = words.draft()
        begun = time.perf_counter()
        client.save_draft(draft)
        waits.append(time.perf_counter() - begun)
