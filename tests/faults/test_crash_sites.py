"""`kill -9` at every named place, alone and together with faults of the wire: nothing is lost, nothing comes twice.

`HELPTRAY_KILLS` sets how many stories have a crash and a fault of the wire, `HELPTRAY_SEED` which.
"""

import os
from collections.abc import Iterator, Mapping
from random import Random

import pytest

from tests.faults.crash_runs import CELLS, Crash, Stage, every_site_once
from tests.faults.crash_sites import SITES

TOGETHER = int(os.environ.get("HELPTRAY_KILLS", "6"))
SEED = int(os.environ.get("HELPTRAY_SEED", "3"))
STORIES = 4


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """How often each site is passed in a calm story."""
    with Stage(tmp_path_factory.mktemp("calm")) as calm:
        return calm.passes()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One help desk for all stories."""
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def test_every_site_is_passed(passes: Mapping[str, int]) -> None:
    assert {site.name for site in SITES} == set(passes)


@pytest.mark.parametrize("crash", every_site_once(STORIES), ids=range(2 * STORIES + 1))
def test_somebody_dies_at_each_site(stage: Stage, crash: Crash) -> None:
    assert stage.play(crash).died_at == {site.name for site in (*crash.client.sites, *crash.relay.sites)}


@pytest.mark.timeout(60 + 10 * TOGETHER)
def test_somebody_dies_and_the_wire_is_bad(passes: Mapping[str, int], stage: Stage) -> None:
    random = Random(SEED)
    for cell in random.sample(CELLS, TOGETHER):
        played = stage.play_cell(cell, passes, random)
        assert played.died_at == {cell.site.name}
        assert played.met, cell
