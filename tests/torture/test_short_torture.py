"""A little of what `make torture` does for long: real processes killed at random, and everything that can go wrong.

`HELPTRAY_KILLS` sets how many processes are killed, `HELPTRAY_SEED` which.
"""

import os
from pathlib import Path

import pytest

from tests.torture.run import Plan, run

KILLS = int(os.environ.get("HELPTRAY_KILLS", "25"))
SEED = int(os.environ.get("HELPTRAY_SEED", "1"))
PLANS = (
    Plan("kill any", SEED, kills=KILLS),
    Plan("server restored", SEED, seconds=4.0),
    Plan("all together", SEED, seconds=5.0),
)


@pytest.mark.timeout(120 + 2 * KILLS)
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.nemesis)
def test_everybody_agrees_in_the_end(tmp_path: Path, plan: Plan) -> None:
    ran = run(tmp_path, plan)
    assert ran.verdict.is_ok, f"{ran.verdict}\n{plan.command}"
    assert ran.acknowledged > 20
