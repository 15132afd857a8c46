"""One short run of everything that can go wrong, with real processes; `make torture` runs them long."""

import os
from pathlib import Path

import pytest

from tests.torture.run import Plan, run

SEED = int(os.environ.get("HELPTRAY_SEED", "1"))


@pytest.mark.parametrize("plan", [Plan("all together", SEED, seconds=6.0)], ids=lambda plan: plan.nemesis)
def test_everybody_agrees_in_the_end(tmp_path: Path, plan: Plan) -> None:
    ran = run(tmp_path, plan)
    assert ran.verdict.is_ok, f"{ran.verdict}\n{plan.command}"
    assert ran.acknowledged > 50
