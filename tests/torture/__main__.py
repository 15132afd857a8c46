"""`make torture`: random kills, every crash site with every fault of the wire, every nemesis; one table in the end.

With MINUTES they share the time; with NEMESIS one run is made (again), with its SEED and its SECONDS or KILLS.
"""

import argparse
import sys
import tempfile
from itertools import count, cycle
from pathlib import Path
from random import Random
from time import monotonic

from tests.faults.crash_runs import Stage, every_site_and_fault
from tests.faults.victims import Stuck
from tests.torture.nemeses import NEMESES
from tests.torture.run import Plan, Ran, run
from tests.torture.table import Row, printed
from tests.torture.verdict import Verdict

KILLS, SITES = 0.3, 0.4
"""Shares of the time for random kills and for crash sites; the rest is for the nemeses."""


def main() -> int:
    asked = _asked()
    rows: dict[str, Row] = {}
    began = monotonic()
    if asked.nemesis or asked.kills:
        plan = Plan(asked.nemesis or "kill any", asked.seed, asked.seconds, asked.kills)
        _count(rows, _ran(plan))
    else:
        whole = asked.minutes * 60
        _count(rows, _ran(Plan("kill any", asked.seed, seconds=KILLS * whole)), "random kills")
        row = rows["sites x faults"] = Row("sites x faults")
        _play(row, asked.seed, began + (KILLS + SITES) * whole)
        for nemesis, seed in zip(cycle(NEMESES), count(asked.seed)):
            if monotonic() > began + whole:
                break
            _count(rows, _ran(Plan(nemesis, seed, asked.seconds)))
    print(printed(list(rows.values())))
    print(f"{monotonic() - began:.0f} s")
    return 0 if all(row.ok == row.runs for row in rows.values()) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--nemesis", choices=[*NEMESES, ""], default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="for one run of a nemesis")
    parser.add_argument("--kills", type=int, default=0, help="go on until so many processes were killed")
    return parser.parse_args()


def _ran(plan: Plan) -> Ran:
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        ran = run(Path(folder), plan)
    rate = f"{ran.kills} kills ({60 * ran.kills / ran.seconds:.0f} a minute), {ran.acknowledged} acts"
    print(f"{plan.nemesis}, seed {plan.seed}: {rate}, {ran.seconds:.0f} s: {ran.verdict}", flush=True)
    if not ran.verdict.is_ok:
        print(f"again: {plan.command}", flush=True)
    return ran


def _count(rows: dict[str, Row], ran: Ran, name: str = "") -> None:
    row = rows.setdefault(name or ran.plan.nemesis, Row(name or ran.plan.nemesis))
    row.count(ran.verdict, kills=ran.kills, acts=ran.acknowledged)


def _play(row: Row, seed: int, until: float) -> None:
    """As many of all crashes as there is time for, in an order that the seed gives."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        (Path(folder) / "calm").mkdir()
        with Stage(Path(folder) / "calm") as calm:
            passes = calm.passes()
        with Stage(Path(folder)) as stage:
            crashes = every_site_and_fault(passes, Random(seed))
            for number, crash in enumerate(crashes):
                if monotonic() > until:
                    break
                verdict, kills = Verdict(), 0
                try:
                    kills = len(stage.play(crash))
                except Stuck as stuck:
                    verdict.stuck.append(str(stuck))
                except AssertionError as wrong:
                    verdict.diverged.append(str(wrong))
                if not verdict.is_ok:
                    print(f"sites x faults, seed {seed}, number {number}: {verdict}", flush=True)
                row.count(verdict, kills=kills, acts=5)
            print(f"sites x faults: {row.runs} of {len(crashes)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
