"""A restored help desk: everything is read anew and asked about again, while its person goes on writing."""

import time
from collections.abc import Iterator
from random import Random
from threading import Event, Thread

from benchmarks.figure import Figure, median
from benchmarks.parts.filled import EMAIL
from benchmarks.parts.sides import Client, two_sides
from benchmarks.parts.words import Words
from desktop.store.transaction import Transaction
from desktop.tickets.operations import Operation
from desktop.tickets.outbox import OperationState

TICKETS = 100_000
DONE = 20_000
"""Operations of this computer that the help desk had confirmed."""
LIMIT = 0.050
"""Seconds that a save may take meanwhile."""
LONGEST = 1200.0
"""Seconds that the rebuilding may take."""
BETWEEN_SAVES = 0.05
_BATCH = 500


def run() -> Iterator[Figure]:
    with two_sides() as sides:
        sides.person(EMAIL)
        words = Words(sides.clock, Random(1))
        tickets = list(words.tickets(TICKETS, 0))
        sides.put(EMAIL, tickets)
        sides.process.start()
        with sides.client("restores", EMAIL) as client:
            result = client.worker.one_pass(LONGEST)
            if result.fault is not None or result.pulled != TICKETS:
                raise RuntimeError(f"{result.pulled} tickets came: {result.fault}")
            for start in range(0, DONE, _BATCH):
                put_done(client, tickets[start : start + _BATCH])
            client.store.idle(600)
            sides.process.run("restored")
            over, waits = Event(), list[float]()
            saving = Thread(target=save_until, args=(client, words, over, waits))
            saving.start()
            begun = time.perf_counter()
            try:
                rebuilt = client.worker.one_pass(LONGEST)
            finally:
                seconds = time.perf_counter() - begun
                client.store.idle(600)
                over.set()
                saving.join()
            if rebuilt.fault is not None or rebuilt.pushed < DONE:
                raise RuntimeError(f"{rebuilt.pushed} of {DONE} were asked about again: {rebuilt.fault}")
        yield Figure(
            name="save during a rebuild",
            ratio=max(waits) / LIMIT,
            against="the limit",
            ours=f"{max(waits) * 1000:.1f} ms at worst of {len(waits)}, {median(waits) * 1000:.1f} ms p50, in "
            f"{seconds:.0f} s of {TICKETS:,} tickets and {DONE:,} operations",
            theirs=f"{LIMIT * 1000:.0f} ms",
        )


def put_done(client: Client, operations: list[Operation]) -> None:
    """Operations that this computer has sent, and the help desk has confirmed."""

    def done(tx: Transaction) -> None:
        now = tx.work.clock.now()
        ids = [operation.id for operation in operations]
        tx.outbox.mark_sent(ids, "earlier", now)
        for operation in ids:
            tx.outbox.settle(operation, OperationState.DONE, now=now)

    client.save(*operations)
    client.store.write(done).result()


def save_until(client: Client, words: Words, over: Event, waits: list[float]) -> None:
    """Save a draft every now and then."""
    while not over.wait(BETWEEN_SAVES):
        draft = words.draft()
        begun = time.perf_counter()
        client.save_draft(draft)
        waits.append(time.perf_counter() - begun)
