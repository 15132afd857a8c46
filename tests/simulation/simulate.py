"""Runs schedules, cuts a failing one down to what matters, and says how to run it again.

`python -m tests.simulation.simulate SCHEDULES SEED [--real] [--keep 0,3,4]`
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.simulation.invariants import check
from tests.simulation.plan import Plan, plan
from tests.simulation.world import World


@dataclass(frozen=True, slots=True)
class Failure:
    """The first of some schedules that breaks a promise."""

    seed: int
    why: str


def why_it_fails(schedule: Plan, *, real: bool = False, life: float | None = None) -> str:
    """What is broken after a schedule, or nothing."""
    with _folder(real) as folder:
        world = World(schedule, folder=folder, life=life)
        try:
            world.run()
            check(world)
        except Exception as broken:  # noqa: BLE001  (whatever an engine under test does wrong is what is looked for)
            return f"{type(broken).__name__}: {broken}"
        finally:
            world.close()
    return ""


@contextmanager
def _folder(real: bool) -> Iterator[Path | None]:
    if not real:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


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


def _look(job: tuple[int, bool]) -> tuple[int, str]:
    seed, real = job
    return seed, why_it_fails(plan(seed), real=real)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all, on every core."""
    parser = argparse.ArgumentParser(description="Runs schedules of bad weeks against the real engine.")
    parser.add_argument("schedules", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--real", action="store_true", help="over the encrypted store")
    parser.add_argument("--keep", default="", help="only these steps of one schedule")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_args(arguments)
    if asked.keep:
        schedule = only(plan(asked.seed), [int(place) for place in asked.keep.split(",")])
        return _report(schedule, why_it_fails(schedule, real=asked.real))
    began = time.monotonic()
    jobs = ((seed, asked.real) for seed in range(asked.seed, asked.seed + asked.schedules))
    with multiprocessing.Pool(asked.processes) as pool:
        failed = [(seed, why) for seed, why in pool.imap_unordered(_look, jobs, chunksize=20) if why]
    took = time.monotonic() - began
    rate = asked.schedules / took
    print(f"{asked.schedules} schedules from seed {asked.seed} in {took:.0f} s, {rate:.0f}/s: {len(failed)} failed")
    for seed, why in sorted(failed)[:5]:
        _tell(seed, why, real=asked.real)
    return 1 if failed else 0


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
