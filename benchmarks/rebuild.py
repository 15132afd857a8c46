"""A full help desk is read; then, restored, it is read anew and asked about again, while somebody goes on writing."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.figure import Figure, median, percentile
from benchmarks.parts.filled import EMAIL
from benchmarks.parts.sides import Client, two_sides
from benchmarks.parts.windows_process import Watched, wait_until_searchable, windows_process
from benchmarks.parts.words import Words
from desktop.store.transaction import Transaction
from desktop.tickets.operations import Operation
from desktop.tickets.outbox import OperationState

TICKETS = int(os.environ.get("TICKETS", "100000"))
LIMIT = 0.050
"""Seconds that a save may take meanwhile, and that the windows may be blocked."""
FOUND = 60.0
"""Seconds until all may be searched."""
USABLE = 15.0
"""Seconds until all are listed that a computer reads for the first time."""
LONGEST = 1200.0
"""Seconds that the first reading may take."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class FirstReading:
    """Seconds until all is listed, and until all is found."""

    listed: float
    searchable: float


def run() -> Iterator[Figure]:
    done = TICKETS // 5
    first, ours, bare = rebuilt(TICKETS, done)
    yield Figure(
        name="first reading",
        ratio=first.listed / USABLE,
        against="the limit",
        ours=f"{first.listed:.1f} s until all of {TICKETS:,} tickets are listed",
        theirs=f"{USABLE:.0f} s",
    )
    yield Figure(
        name="searchable after it",
        ratio=first.searchable / FOUND,
        against="the limit",
        ours=f"{first.searchable:.1f} s",
        theirs=f"{FOUND:.0f} s",
    )
    yield Figure(
        name="save during a rebuild",
        ratio=max(ours.saves) / LIMIT,
        against="the limit",
        ours=f"{_ms(max(ours.saves))} at worst of {len(ours.saves)}, {_ms(percentile(ours.saves, 99))} p99, "
        f"{_ms(median(ours.saves))} p50, in {ours.in_step:.0f} s of {TICKETS:,} tickets and {done:,} operations",
        theirs=_ms(LIMIT),
    )
    for name, of in (("p99", lambda gaps: percentile(gaps, 99)), ("at worst", max)):
        yield Figure(
            name=f"windows blocked, {name}",
            ratio=of(ours.gaps) / of(bare.gaps),
            against="a window of Qt alone at the same time",
            ours=f"{_ms(of(ours.gaps))}, {_over(ours)} of {len(ours.gaps)} over {_ms(LIMIT)}",
            theirs=f"{_ms(of(bare.gaps))}, {_over(bare)} of {len(bare.gaps)}",
        )
    yield Figure(
        name="searchable after a rebuild",
        ratio=ours.searchable / FOUND,
        against="the limit",
        ours=f"{ours.searchable:.0f} s, {ours.cleared:.0f} s with all of the old copy cleared away",
        theirs=f"{FOUND:.0f} s",
    )


def rebuilt(tickets: int, done: int) -> tuple[FirstReading, Watched, Watched]:
    """The first reading; then what a person at the tickets window saw, and what a window of Qt alone saw beside it.

    Of so many tickets at the help desk and, of them, operations of this computer that it had confirmed.
    """
    with two_sides() as sides:
        sides.person(EMAIL)
        filings = list(Words(sides.clock, Random(1)).tickets(tickets, 0))
        sides.put(EMAIL, filings)
        sides.process.start()
        with sides.client("restores", EMAIL) as client:
            first = _first_reading(client, tickets)
            for start in range(0, done, _BATCH):
                put_done(client, filings[start : start + _BATCH])
            client.store.idle(LONGEST)
        with windows_process(str(client.home)) as ours, windows_process("bare") as bare:
            sides.process.run("restored")
            bare.say("begin")
            ours.say("begin")
            seen = ours.answer()
            bare.say("end")
            return first, seen, bare.answer()


def _first_reading(client: Client, tickets: int) -> FirstReading:
    begun = time.perf_counter()
    result = client.worker.one_pass(LONGEST)
    listed = time.perf_counter() - begun
    if result.fault is not None or result.pulled != tickets:
        raise RuntimeError(f"{result.pulled} tickets came: {result.fault}")
    wait_until_searchable(client.home, LONGEST)
    return FirstReading(listed, time.perf_counter() - begun)


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


def _over(watched: Watched) -> int:
    return sum(gap > LIMIT for gap in watched.gaps)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
