"""`kill -9` at every named place, alone and together with faults of the wire: nothing is lost, nothing comes twice."""

import os
from collections.abc import Iterator, Mapping
from random import Random

import pytest

from tests.faults.crash_runs import Stage, every_site_and_fault, every_site_once, stage
from tests.faults.crash_sites import SITES

SEED = int(os.environ.get("HELPTRAY_SEED", "3"))
PARTS = 4
"""Tests that share the sites between them, so that two workers can."""
TOGETHER = int(os.environ.get("HELPTRAY_KILLS", "24")) // 3
"""Stories with a crash and a fault of the wire."""


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """How often each site is passed in a calm story."""
    with stage(tmp_path_factory.mktemp("calm")) as calm:
        return calm.passes()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One help desk for all stories."""
    with stage(tmp_path_factory.mktemp("stage")) as played:
        yield played


def test_every_site_is_passed(passes: Mapping[str, int]) -> None:
    assert {site.name for site in SITES} == set(passes)
    assert [name for name, times in passes.items() if times == 0] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_somebody_dies_at_each_site(passes: Mapping[str, int], played: Stage, part: int) -> None:
    for crash in every_site_once(passes, Random(SEED))[part::PARTS]:
        expected = (crash.client is not None) + (crash.relay is not None)
        assert played.play(crash) == expected, f"nobody died: {crash}"


@pytest.mark.parametrize("part", range(2))
def test_somebody_dies_and_the_wire_is_bad(passes: Mapping[str, int], played: Stage, part: int) -> None:
    for crash in every_site_and_fault(passes, Random(SEED))[part:TOGETHER:2]:
        played.play(crash)
