"""Bad weeks in virtual time: whatever happens, every promise of the sync engine is kept."""

import logging
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.sync.help_desks.base import CreationGuard
from tests.simulation.mutants import hunt
from tests.simulation.plan import plan
from tests.simulation.simulate import digest_of, first_failure, only, outcome_of, shrink, why_it_fails
from tests.simulation.world import TROUBLES
from tests.simulation.wrong_engines import LONG_LIFE, WRONG_ENGINES, WrongEngine, wrong

THOROUGHNESS = int(os.environ.get("HELPTRAY_SCHEDULES", "1"))
"""How many times as many schedules as in everyday runs."""
ALWAYS = (
    "takes a time-out for a failure",
    "takes found for absent",
    "takes absent for done",
    "drops the value that lost",
    "takes what was on its way for done",
)
"""The wrong engines that are hunted in every run; all of them are by `make mutants`."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Copies are made to differ here, and mended with a word in the log."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_every_promise_is_kept(first: int) -> None:
    first *= 1_000_000
    assert first_failure(range(first, first + 200 * THOROUGHNESS)) is None


def test_every_promise_is_kept_on_the_encrypted_store_too_and_in_the_same_way() -> None:
    assert first_failure(range(5_000_000, 5_000_000 + 12 * THOROUGHNESS), real=True) is None


def test_a_store_that_goes_another_way_is_found() -> None:
    with wrong(_named("lets one ticket wait for another")):  # only in the dictionaries
        failure = first_failure(range(100), real=True)
    assert failure is not None
    assert failure.why.startswith("Differs")


def test_where_requests_live_longer_than_promised_doubles_end_as_one() -> None:
    """The schedules do see doubles here: without the late look there would be some in the end."""
    seeds = [seed for seed in range(3000) if plan(seed).guard is CreationGuard.SEARCH_BY_ID][: 150 * THOROUGHNESS]
    assert first_failure(seeds, life=LONG_LIFE) is None
    with wrong(_named("never looks a second time")):
        assert first_failure(seeds, life=LONG_LIFE) is not None


def test_a_schedule_is_the_same_in_every_process() -> None:
    """A seed that failed anywhere fails here: nothing hangs on the hash of a string or the order of a set."""
    say = "import sys; from tests.simulation.test_simulation import some; sys.stdout.write(some())"
    told = {some()}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", say],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(run.stdout)
    assert len(told) == 1


def some() -> str:
    """What forty schedules leave behind."""
    return digest_of(plan(seed) for seed in range(40))


def test_every_trouble_comes_about() -> None:
    """What never happens proves nothing."""
    hits = Counter[str]()
    for seed in range(1200):
        hits.update(outcome_of(plan(seed)).hits)
    assert [name for name in TROUBLES if not hits[name]] == []


class TestWrongEngines:
    """The real code with one line changed: each has to be found."""

    @pytest.mark.parametrize("name", ALWAYS)
    def test_one_is_found(self, name: str) -> None:
        assert hunt(_named(name), 400).seed is not None

    @pytest.mark.parametrize("engine", WRONG_ENGINES, ids=lambda engine: engine.name)
    def test_each_changes_what_is_there(self, engine: WrongEngine) -> None:
        with wrong(engine):
            pass

    def test_a_failure_is_cut_down_to_what_it_takes(self) -> None:
        with wrong(_named("drops the value that lost")):
            found = first_failure(range(1000))
            assert found is not None
            schedule = plan(found.seed)
            kept = shrink(schedule, why_it_fails)
            assert why_it_fails(only(schedule, kept))
            assert not any(why_it_fails(only(schedule, kept[:place] + kept[place + 1 :])) for place in range(len(kept)))
        assert len(kept) < len(schedule.steps)


def _named(name: str) -> WrongEngine:
    return next(engine for engine in WRONG_ENGINES if engine.name == name)
