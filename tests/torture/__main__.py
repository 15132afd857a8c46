"""`make torture`: random kills, every crash site with every fault of the wire, calls on the database that fail, disks
that fill, every nemesis; one table in the end.

With MINUTES they share the time. With NEMESIS one run is made (again), with its SEED and its SECONDS or KILLS. With
RUNS it is so many, each with the next seed, and of every nemesis in turn where none is named.
"""

import argparse
import sys
import tempfile
from itertools import count, cycle
from pathlib import Path
from random import Random
from time import monotonic

from tests.faults.crash_runs import CELLS
from tests.faults.small_disks import why_not_small
from tests.torture.matrix import play
from tests.torture.nemeses import KILLERS, NEMESES
from tests.torture.one_computer import fail_calls, fill_disks
from tests.torture.run import Plan, Ran, run
from tests.torture.table import Row, beside_the_published, printed

KILLS, SITES, CALLS, DISKS = 0.25, 0.55, 0.65, 0.7
"""Parts of the time after which random kills, crash sites, failing calls and full disks are over; nemeses follow."""


def main() -> int:
    asked = _asked()
    rows: dict[str, Row] = {}
    began = monotonic()
    if asked.nemesis or asked.kills or asked.runs:
        nemeses = [asked.nemesis] if asked.nemesis else ["kill any"] if asked.kills else list(NEMESES)
        for number, nemesis in zip(range(max(1, asked.runs)), cycle(nemeses), strict=False):
            _count(rows, _ran(Plan(nemesis, asked.seed + number, asked.seconds, asked.kills)))
    else:
        whole = asked.minutes * 60
        _count(rows, _ran(Plan("kill any", asked.seed, seconds=KILLS * whole)), "random kills")
        row = rows["sites x faults"] = Row("sites x faults")
        cells = Random(asked.seed).sample(CELLS, len(CELLS))
        play(lambda _: row, cells, asked.seed, at_once=2, until=began + SITES * whole)
        rows["failing calls"] = Row("failing calls")
        fail_calls(rows["failing calls"], Random(asked.seed), began + CALLS * whole)
        if reason := why_not_small():
            print(reason)
        else:
            rows["full disks"] = Row("full disks")
            fill_disks(rows["full disks"], Random(asked.seed), began + DISKS * whole)
        for nemesis, seed in zip(cycle(NEMESES), count(asked.seed)):
            _count(rows, _ran(Plan(nemesis, seed, asked.seconds)))
            if monotonic() > began + whole:
                break
    every = list(rows.values())
    print(f"{printed(every)}\n\nRuns that failed, beside what is published of another engine:")
    print(f"{beside_the_published(every)}\n")
    print(f"{monotonic() - began:.0f} s")
    return 0 if all(row.ok == row.runs for row in rows.values()) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--nemesis", choices=[*NEMESES, ""], default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="for one run of a nemesis")
    parser.add_argument("--kills", type=int, default=0, help="go on until so many processes were killed")
    parser.add_argument("--runs", type=int, default=0)
    asked = parser.parse_args()
    if asked.kills and asked.nemesis not in ("", *KILLERS):
        parser.error(f"{asked.nemesis!r} kills nobody; these do: {', '.join(KILLERS)}")
    return asked


def _ran(plan: Plan) -> Ran:
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        ran = run(Path(folder), plan)
    done = f"{ran.acknowledged} of {ran.acts} acts acknowledged, {ran.kills} kills, {ran.restores} restores"
    print(f"{plan.nemesis}, seed {plan.seed}: {done}, {ran.seconds:.0f} s: {ran.verdict}", flush=True)
    if not ran.verdict.is_ok:
        print(f"again: {plan.command}", flush=True)
    return ran


def _count(rows: dict[str, Row], ran: Ran, name: str = "") -> None:
    row = rows.setdefault(name or ran.plan.nemesis, Row(name or ran.plan.nemesis))
    row.count(ran.verdict, kills=ran.kills, acts=ran.acknowledged)


if __name__ == "__main__":
    sys.exit(main())
