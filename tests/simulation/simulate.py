"""Runs schedules, cuts a failing one down to what matters, and says how to run it again.

`python -m tests.simulation.simulate SCHEDULES SEED [--real] [--keep 0,3,4]`
"""

import argparse
import hashlib
import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.simulation.invariants import check
from tests.simulation.plan import Plan, plan
from tests.simulation.world import TROUBLES, World

_IN_MEMORY: Final = Path("/dev/shm")
"""Where homes on the real store are made, if there is such a place: what a disk keeps is tried elsewhere."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The first of some schedules that breaks a promise."""

    seed: int
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One schedule, run.

    Attributes:
        why: what is broken after it, or empty.
        hits: how often each trouble has really come about.
    """

    why: str
    hits: Mapping[str, int]


def outcome_of(schedule: Plan, *, real: bool = False, life: float | None = None) -> Outcome:
    """Run a schedule and look at what is left; on the encrypted store it has to go as it does over dictionaries."""
    with _folder() as folder, closing(World(schedule, folder, life=life)) as world:
        why = _why(world)
        if not real:
            return Outcome(why, world.hits)
        with _folder() as another, closing(World(schedule, another, real=True, life=life)) as again:
            why_again = _why(again)
            if not why_again and again.left_behind() != world.left_behind() and not again.counts_in_another_way:
                why_again = f"Differs: over dictionaries it goes another way ({why or 'and well'})"
            return Outcome(why_again, again.hits)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def _why(world: World) -> str:
    try:
        world.run()
        check(world)
    except Exception as broken:  # noqa: BLE001  (whatever an engine under test does wrong is what is looked for)
        return f"{type(broken).__name__}: {broken}"
    return ""


def digest_of(schedules: Iterable[Plan]) -> str:
    """Of everything that some schedules leave behind: the same wherever and whenever they are run."""
    digest = hashlib.sha256()
    for schedule in schedules:
        with _folder() as folder, closing(World(schedule, folder)) as world:
            world.run()
            digest.update(world.left_behind().encode())
    return digest.hexdigest()


def why_it_fails(schedule: Plan, *, real: bool = False, life: float | None = None) -> str:
    """What is broken after a schedule, or nothing."""
    return outcome_of(schedule, real=real, life=life).why


def first_failure(seeds: Iterable[int], *, real: bool = False, life: float | None = None) -> Failure | None:
    """The first of some schedules that fails."""
    for seed in seeds:
        if why := why_it_fails(plan(seed), real=real, life=life):
            return Failure(seed, why)
    return None


def shrink(schedule: Plan, fails: Callable[[Plan], str]) -> tuple[int, ...]:
    """The fewest steps that still fail, by leaving out ever smaller parts."""
    keep = tuple(range(len(schedule.steps)))
    size = max(1, len(keep) // 2)
    while True:
        smaller = _without_one_part(schedule, keep, size, fails)
        if smaller is not None:
            keep = smaller
        elif size == 1:
            return keep
        else:
            size //= 2


def _without_one_part(
    schedule: Plan, keep: tuple[int, ...], size: int, fails: Callable[[Plan], str]
) -> tuple[int, ...] | None:
    for start in range(0, len(keep), size):
        left = keep[:start] + keep[start + size :]
        if fails(only(schedule, left)):
            return left
    return None


def only(schedule: Plan, keep: Sequence[int]) -> Plan:
    """The schedule with some of its steps alone."""
    return replace(schedule, steps=tuple(schedule.steps[place] for place in keep))


def _look(job: tuple[int, bool]) -> tuple[int, Outcome]:
    seed, real = job
    return seed, outcome_of(plan(seed), real=real)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all, on every core."""
    parser = argparse.ArgumentParser(
        prog="make simulate", description="Runs schedules of bad weeks against the real engine."
    )
    parser.add_argument("schedules", type=at_least_one)
    parser.add_argument("seed", type=int)
    parser.add_argument("--real", action="store_true", help="over the encrypted store")
    parser.add_argument("--keep", type=_places, default=(), help="only these steps of one schedule")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # copies are made to differ here, and mended with a word in the log
    if asked.keep:
        schedule = plan(asked.seed)
        last = len(schedule.steps) - 1
        if max(asked.keep) > last:
            parser.error(f"the steps of seed {asked.seed} are 0 to {last}")
        schedule = only(schedule, asked.keep)
        return _report(schedule, why_it_fails(schedule, real=asked.real))
    began = time.monotonic()
    jobs = ((seed, asked.real) for seed in range(asked.seed, asked.seed + asked.schedules))
    failed, hits = [], Counter[str]()
    with multiprocessing.Pool(asked.processes) as pool:
        for seed, outcome in pool.imap_unordered(_look, jobs, chunksize=20):
            hits.update(outcome.hits)
            if outcome.why:
                failed.append((seed, outcome.why))
    took = time.monotonic() - began
    rate = asked.schedules / took
    print(f"{asked.schedules} schedules from seed {asked.seed} in {took:.0f} s, {rate:.0f}/s: {len(failed)} failed")
    for name in TROUBLES:
        print(f"  {hits[name]:>10}  {name}{'' if hits[name] else '  NEVER'}")
    for seed, why in sorted(failed)[:5]:
        _tell(seed, why, real=asked.real)
    return 1 if failed else 0


def at_least_one(text: str) -> int:
    """So many schedules, as somebody has written it."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of schedules")
    return int(text)


def _places(text: str) -> Sequence[int]:
    """Steps of a schedule, as somebody has written them."""
    if not all(place.isdecimal() for place in text.split(",")):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of steps, such as 0,3,4")
    return [int(place) for place in text.split(",")]


def _tell(seed: int, why: str, *, real: bool) -> None:
    schedule = plan(seed)
    kind = why.split(":", maxsplit=1)[0]
    keep = shrink(schedule, lambda smaller: _same_kind(kind, why_it_fails(smaller, real=real)))
    print(f"\nseed {seed}: {why[:600]}\nfewest steps:")
    for place in keep:
        print(f"  {schedule.steps[place]}")
    places = ",".join(map(str, keep))
    print(f"again: make simulate SEED={seed} KEEP={places}{' REAL=1' if real else ''}")


def _same_kind(kind: str, why: str) -> str:
    return why if why.startswith(kind) else ""


def _report(schedule: Plan, why: str) -> int:
    for step in schedule.steps:
        print(f"  {step}")
    print(why or "every promise is kept")
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main())
