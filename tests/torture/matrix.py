"""`make matrix`: `kill -9` at every named site of client and relay, times every fault of the wire; a table in the end.

With MOST, so many cells that SEED draws; with ONLY, those whose name has these words in it. AT_ONCE stories are told at
the same time, each at a help desk of its own.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from math import inf
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import monotonic

from tests.faults.crash_runs import CELLS, WIRE, Cell, Played, Stage
from tests.torture.table import Row, printed
from tests.torture.verdict import Verdict, verdict_of

A_STAGE = 30
"""Most stories at one help desk, which is looked at whole when they have been told."""
ACTS = 5
"""What is saved in one story."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cell's story and how it ended; `played` is missing where it ended badly."""

    cell: Cell
    verdict: Verdict
    played: Played | None


def told(cells: Sequence[Cell], passes: Mapping[str, int], seed: int, until: float) -> list[Told]:
    """The stories of these cells, at one help desk until one of them, or in the end the help desk's data, is bad.

    At least one is told; none is begun after `until`, a moment of this computer's monotonic clock.
    """
    left, done, goes_on = list(cells), [], True
    while goes_on:
        with tempfile.TemporaryDirectory(prefix="matrix-") as folder:
            try:
                with Stage(Path(folder)) as stage:
                    while goes_on:
                        cell = left.pop()
                        goes_on = bool(left) and monotonic() < until
                        played = stage.play_cell(cell, passes, Random(f"{seed} {cell}"))
                        done.append(Told(cell, Verdict(), played))
            except AssertionError as wrong:
                done.append(Told(cell, verdict_of(wrong), None))
    return done


def calm_passes() -> Mapping[str, int]:
    """How often each site is passed in a story in which nobody dies."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as folder, Stage(Path(folder)) as calm:
        return calm.passes()


def play(row_of: Callable[[Cell], Row], cells: Sequence[Cell], seed: int, *, at_once: int, until: float = inf) -> bool:
    """Tell the stories of these cells, each counted in its row; whether all of them came about and ended well.

    Begins no more of them after `until`, a moment of the monotonic clock.
    """
    passes = calm_passes()
    stages = [cells[start :: -(-len(cells) // A_STAGE)] for start in range(-(-len(cells) // A_STAGE))]
    never, well, waiting, told_so_far = [], True, iter(stages), 0
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(told, stage, passes, seed, until) for stage in islice(waiting, at_once)}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for one in (one for stage in ended for one in stage.result()):
                died = len(one.played.died_at) if one.played else 0
                row_of(one.cell).count(one.verdict, kills=died, acts=ACTS)
                if not one.verdict.is_ok:
                    well = False
                    print(f"{one.verdict}\nagain: make matrix SEED={seed} ONLY='{one.cell}'", flush=True)
                elif one.played and not (one.played.died_at and one.played.met):
                    never.append(one.cell)
            told_so_far += sum(len(stage.result()) for stage in ended)
            print(f"{told_so_far} of {len(cells)} cells", flush=True)
            if monotonic() < until:
                running |= {pool.submit(told, stage, passes, seed, until) for stage in islice(waiting, len(ended))}
    for cell in never:
        print(f"never came about: {cell}")
    return well and not never


def main() -> int:
    asked = _asked()
    began = monotonic()
    cells = [cell for cell in CELLS if asked.only in str(cell)]
    Random(asked.seed).shuffle(cells)
    cells = cells[: asked.most or len(cells)]
    rows = {wire: Row(wire) for wire in WIRE}
    well = play(lambda cell: rows[cell.wire], cells, asked.seed, at_once=asked.at_once)
    print(printed([row for row in rows.values() if row.runs], first="fault of the wire"))
    print(f"{len(cells)} of {len(CELLS)} cells, seed {asked.seed}, {monotonic() - began:.0f} s")
    return 0 if well else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make matrix", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--at-once", type=int, default=2)
    asked = parser.parse_args()
    if not any(asked.only in str(cell) for cell in CELLS):
        parser.error(f"no cell has {asked.only!r} in its name; one is {str(CELLS[0])!r}")
    if asked.at_once < 1 or asked.most < 0:
        parser.error("that many stories cannot be told")
    return asked


if __name__ == "__main__":
    sys.exit(main())
