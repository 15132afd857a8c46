"""The same records through Helptray, Anki and PouchDB, whole client to whole server and back, in one run.

The peers are fetched when this is asked for, into a cache folder of their own. `RECORDS` in the surroundings says how
many records a round has.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Final

from benchmarks.figure import Figure, percentile
from benchmarks.live import FIRST, live
from benchmarks.parts.bare import insert_again, tables_of
from benchmarks.parts.batches import batches
from benchmarks.parts.line import line
from benchmarks.parts.peers.peer import Cost, NotToBeHad, Peer, anki, pouch, processor_time
from benchmarks.parts.sides import KEY, Client, Sides, two_sides
from benchmarks.parts.words import Words
from desktop.tickets.operations import Operation

RECORDS: Final = int(os.environ.get("RECORDS", "2000"))
ONES: Final = 20
"""Records that are saved and brought over one after the other."""
ROUNDS: Final = 2
"""Measured; one more goes before them, and is not."""
LIVE: Final = 60
EMAIL: Final = "robin@example.com"
STEPS: Final = {"push": RECORDS, "pull": RECORDS, "one": ONES}
NAMES: Final = {"push": "push", "pull": "pull", "one": "save one and push it"}


@dataclass(slots=True)
class Measured:
    """What one contestant has needed in each round."""

    costs: dict[str, list[Cost]] = field(default_factory=lambda: {step: [] for step in STEPS})

    def rate(self, step: str) -> float:
        """Records per second."""
        return STEPS[step] / fmean(cost.seconds for cost in self.costs[step])

    def say(self, step: str) -> str:
        """Rate and processor time."""
        each = fmean(cost.processor for cost in self.costs[step]) / STEPS[step]
        return f"{self.rate(step):,.0f}/s, {each * 1e6:,.0f} µs of processor each"


def run() -> Iterator[Figure]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="helptray-peers-")))
        sides = stack.enter_context(two_sides())
        sides.person(EMAIL)
        sides.process.start()
        words = Words(sides.clock, Random(1))
        ours = Ours(sides, *(stack.enter_context(sides.client(name, EMAIL)) for name in ("writes", "reads")))
        peers = list(_peers(stack, folder))
        contestants: dict[str, tuple[Callable[[str, list[Operation]], Cost], Measured]] = {
            "Helptray": (ours.do, Measured())
        }
        for peer in peers:
            contestants[peer.name] = (_Told(peer, folder).do, Measured())
        for number in range(1 + ROUNDS):
            many, few = list(words.tickets(RECORDS, 0)), list(words.tickets(ONES, 0))
            for do, measured in contestants.values():
                do("load", many)
                for step, records in (("push", many), ("pull", many), ("one", few)):
                    cost = do(step, records)
                    if number:
                        measured.costs[step].append(cost)
        mine = contestants.pop("Helptray")[1]
        for name, (_, theirs) in contestants.items():
            for step, called in NAMES.items():
                yield Figure(
                    name=called,
                    ratio=mine.rate(step) / theirs.rate(step),
                    against=name,
                    ours=mine.say(step),
                    theirs=theirs.say(step),
                )
        yield from _floors(sides, words, mine, ours)
        for peer in peers:
            if peer.name == "PouchDB":
                yield from _live(sides, words, _Told(peer, folder))


def _peers(stack: ExitStack, folder: Path) -> Iterator[Peer]:
    for name, peer in (("Anki", anki), ("PouchDB", pouch)):
        home = folder / name
        home.mkdir()
        try:
            yield stack.enter_context(peer(home))
        except NotToBeHad as why:
            print(f"{name} cannot be had here: {why}", flush=True)


@dataclass(frozen=True, slots=True)
class Ours:
    """Our own two clients and relay, as a peer."""

    sides: Sides
    writes: Client
    reads: Client

    def do(self, what: str, records: list[Operation]) -> Cost:
        """One step, to its end."""
        if what == "load":
            for some in batches(records):
                self.writes.save(*some)
            return Cost(0.0, 0.0, {})
        for client in (self.writes, self.reads):
            client.store.idle(60)
        spent = self._processor()
        begun = time.perf_counter()
        if what == "push":
            done = self.writes.one_pass().pushed
        elif what == "pull":
            done = self.reads.one_pass().pulled
        else:
            done = 0
            for record in records:
                self.writes.save(record)
                done += self.writes.one_pass().pushed
        seconds = time.perf_counter() - begun
        if done < len(records):
            raise RuntimeError(f"{done} of {len(records)} records arrived")
        return Cost(seconds, self._processor() - spent, {})

    def _processor(self) -> float:
        return time.process_time() + processor_time(self.sides.process.pid)


@dataclass(frozen=True, slots=True)
class _Told:
    """A peer that is given the same words in a file."""

    peer: Peer
    folder: Path

    def do(self, what: str, records: list[Operation]) -> Cost:
        if what not in ("load", "one", "live"):
            return self.peer.do(what)
        file = self.folder / "records.json"
        filings = [record.file_ticket for record in records if record.file_ticket]
        file.write_text(json.dumps([[filing.summary, filing.details] for filing in filings]), encoding="utf-8")
        return self.peer.do(what, file)


def _floors(sides: Sides, words: Words, mine: Measured, ours: Ours) -> Iterator[Figure]:
    with line(sides, "bare", EMAIL) as bare:
        begun = time.perf_counter()
        for filing in words.tickets(ONES, 0):
            bare.post([filing])
        alone = ONES / (time.perf_counter() - begun)
        records = list(words.tickets(RECORDS, 0))
        begun = time.perf_counter()
        for some in batches(records):
            bare.post(some)
        batched = RECORDS / (time.perf_counter() - begun)
    rows = tables_of(ours.writes.home / "tickets.db", KEY, ("outbox", "ticket", "part"))
    held = sum(len(table.rows) for table in rows if table.name == "ticket")
    raw = held / insert_again(rows, sides.folder / "again.db", KEY)
    for step, rate, against in (
        ("one", alone, "a bare http.client that posts one after the other to the same relay"),
        ("push", batched, "a bare http.client that posts 500 at a time to the same relay"),
        ("pull", raw, "a bare insert of the client's rows"),
    ):
        yield Figure(
            name=NAMES[step],
            ratio=mine.rate(step) / rate,
            against=against,
            ours=mine.say(step),
            theirs=f"{rate:,.0f}/s",
        )


def _live(sides: Sides, words: Words, peer: _Told) -> Iterator[Figure]:
    theirs = peer.do("live", list(words.tickets(FIRST + LIVE, 0))).told["lags"][FIRST:]
    ours = [lag.stored for lag in live(sides, words, FIRST + LIVE)]
    for percent in (50, 95):
        mine, others = percentile(ours, percent), percentile(theirs, percent)
        yield Figure(
            name=f"live, stored, p{percent}",
            ratio=mine / others,
            against="PouchDB",
            ours=f"{mine * 1000:.1f} ms from sending the change to the other client's store",
            theirs=f"{others * 1000:.1f} ms",
        )
