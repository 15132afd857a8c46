"""Runs schedules against every wrong engine until one breaks a promise, and prints a table of what caught each.

`python -m tests.simulation.mutants [MOST_SCHEDULES]`
"""

import argparse
import logging
import multiprocessing
import re
import sys
import time
from dataclasses import dataclass

from tests.simulation.simulate import at_least_one, first_failure
from tests.simulation.wrong_engines import WRONG_ENGINES, WrongEngine, wrong

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST = 5000
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


def _caught(finding: Finding) -> str:
    """In short: no ids, and no more than fits into a line of the table."""
    return "NOT FOUND" if finding.seed is None else _ID.sub("…", finding.why).replace("|", "/")[:72]


def main(most: int = MOST) -> int:
    """Hunt them all; fails where more than one in twenty is not found."""
    survivors = []
    print(f"| {'wrong engine':<52} | schedules | seconds | {'what it broke':<72} |")
    print(f"|{'-' * 54}|{'-' * 11}|{'-' * 9}|{'-' * 74}|")
    with multiprocessing.Pool() as pool:
        jobs = [(number, most) for number in range(len(WRONG_ENGINES))]
        for number, finding, took in pool.imap(_hunt, jobs):
            engine = WRONG_ENGINES[number]
            if finding.seed is None:
                survivors.append(engine.name)
            print(f"| {engine.name:<52} | {finding.schedules:>9} | {took:>7.1f} | {_caught(finding):<72} |", flush=True)
    found = len(WRONG_ENGINES) - len(survivors)
    print(f"\n{found} of {len(WRONG_ENGINES)} are found. Not found: {', '.join(survivors) or 'none'}.")
    return 1 if len(survivors) * 20 > len(WRONG_ENGINES) else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("most", type=at_least_one, nargs="?", default=MOST)
    sys.exit(main(parser.parse_args().most))
