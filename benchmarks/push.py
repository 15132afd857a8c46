"""A full queue of small operations, from a real client to a relay in a process of its own."""

import time
from collections.abc import Iterator
from random import Random

from benchmarks.figure import Figure
from benchmarks.parts.bare import insert_again, tables_of
from benchmarks.parts.batches import batches
from benchmarks.parts.sides import KEY, two_sides
from benchmarks.parts.words import Words

TICKETS = 1000
NOTES = 4
OPERATIONS = TICKETS * (1 + NOTES)
WANTED = 2500
"""Operations per second."""
EMAIL = "robin@example.com"
CLIENT_TABLES = ("outbox", "ticket", "part")
RELAY_TABLES = ("rows", "operations", "tickets")


def run() -> Iterator[Figure]:
    with two_sides() as sides:
        sides.person(EMAIL)
        sides.process.start()
        with sides.client("robin", EMAIL) as client:
            client.one_pass()
            for some in batches(Words(sides.clock, Random(1)).tickets(TICKETS, NOTES)):
                client.save(*some)
            client.store.idle(60)
            begun = time.perf_counter()
            result = client.one_pass()
            seconds = time.perf_counter() - begun
            if result.pushed != OPERATIONS:
                raise RuntimeError(f"{result.pushed} of {OPERATIONS} operations arrived")
            database = client.home / "tickets.db"
        sides.process.stop()
        client_rows = tables_of(database, KEY, CLIENT_TABLES)
        relay_rows = tables_of(sides.data / "relay.db", None, RELAY_TABLES)
        floor = insert_again(client_rows, sides.folder / "client-again.db", KEY)
        floor += insert_again(relay_rows, sides.folder / "relay-again.db", None)
    rate, raw = OPERATIONS / seconds, OPERATIONS / floor
    yield Figure(
        name="push",
        ratio=rate / raw,
        against="the same rows in raw SQL on both sides",
        ours=f"{rate:,.0f} operations/s",
        theirs=f"{raw:,.0f} operations/s",
    )
    yield Figure(
        name="push",
        ratio=rate / WANTED,
        against="the rate to reach",
        ours=f"{rate:,.0f} operations/s",
        theirs=f"{WANTED:,} operations/s",
    )
