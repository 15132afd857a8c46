"""Runs schedules against every wrong engine until one breaks a promise, and prints a table of what caught each.

`python -m tests.simulation.mutants [MOST_SCHEDULES]`
"""

import logging
import multiprocessing
import sys
import time
from dataclasses import dataclass

from tests.simulation.simulate import first_failure
from tests.simulation.wrong_engines import WRONG_ENGINES, WrongEngine, wrong

MOST = 2000
"""Schedules after which an engine counts as not found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How many schedules it took, the seed that caught it (None: nothing did) and what it broke."""

    schedules: int
    seed: int | None
    why: str


def hunt(engine: WrongEngine, most: int = MOST) -> Finding:
    """Run schedules until the engine breaks a promise."""
    with wrong(engine):
        failure = first_failure(range(most), life=engine.life)
    return Finding(most, None, "") if failure is None else Finding(failure.seed + 1, failure.seed, failure.why)


def _hunt(job: tuple[int, int]) -> tuple[int, Finding, float]:
    number, most = job
    logging.disable(logging.CRITICAL)  # a wrong engine may well complain
    began = time.monotonic()
    return number, hunt(WRONG_ENGINES[number], most), time.monotonic() - began


def main(most: int = MOST) -> int:
    """Hunt them all; fails where more than one in twenty is not found."""
    survivors = []
    with multiprocessing.Pool() as pool:
        jobs = [(number, most) for number in range(len(WRONG_ENGINES))]
        for number, finding, took in pool.imap(_hunt, jobs):
            engine = WRONG_ENGINES[number]
            if finding.seed is None:
                survivors.append(engine.name)
            caught = "NOT FOUND" if finding.seed is None else finding.why[:70]
            print(f"{engine.name:<52} {finding.schedules:>5} schedules {took:>6.1f} s  {caught}", flush=True)
    print(f"{len(WRONG_ENGINES)} wrong engines, {len(survivors)} not found. {', '.join(survivors)}".strip())
    return 1 if len(survivors) * 20 > len(WRONG_ENGINES) else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
