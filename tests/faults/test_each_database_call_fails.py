"""Every call on the database fails: nothing acknowledged is lost, nothing half written, the next sync converges.

CI takes each eleventh call, and other ones for each failure; HELPTRAY_EVERY_CALL=1 takes all of them.
"""

import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.store import store as store_module
from desktop.store import upgrade
from desktop.store.home import open_home
from desktop.store.upgrade import SCHEMA, bring_up_to_date
from desktop.tickets.trouble import Trouble
from tests.faults.bad_computer import FAILURES, fail
from tests.faults.failing_database import Calls
from tests.faults.one_ticket import JOBS, KEY, converges, prepared

EVERY = 1 if os.environ.get("HELPTRAY_EVERY_CALL") else 11


def first_of(failure: str) -> int:
    """The first call to fail; another one for each failure."""
    return 1 + list(FAILURES).index(failure) % EVERY


@pytest.mark.logs_warnings
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("job", JOBS)
def test_a_call_fails_and_the_next_sync_converges(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, job: str, failure: str
) -> None:
    before = prepared(tmp_path / "before", job)
    number, ended = first_of(failure), False
    while not ended:
        calls = Calls(number, FAILURES[failure])
        fail(before, tmp_path / str(number), job, calls)
        ended = not calls.has_failed
        number += EVERY
    assert number > 20
    assert "differs" not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("failure", FAILURES)
def test_a_call_of_a_migration_fails_and_the_next_start_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    from alembic import op

    def take() -> None:
        op.execute("CREATE TABLE more(x)")
        op.execute("INSERT INTO more SELECT id FROM outbox")

    step = ModuleType(f"desktop.store.migrations.revision_{SCHEMA + 1:04}")
    step.__dict__["upgrade"] = take
    monkeypatch.setitem(sys.modules, step.__name__, step)
    before = prepared(tmp_path / "before", "push")
    for module in (upgrade, store_module):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
    number, ended = first_of(failure), False
    while not ended:
        calls = Calls(number, FAILURES[failure])
        room = before.at(tmp_path / str(number))
        try:
            bring_up_to_date(open_home(room.home), KEY, target=SCHEMA + 1, connects=calls.connects)
        except Trouble:
            if not calls.has_failed:
                raise
        bring_up_to_date(open_home(room.home), KEY, target=SCHEMA + 1)
        with room.opened() as desk:
            moved = desk.store.write(lambda tx: tx.work.run("SELECT x FROM more").fetchall()).result()
            assert {row[0] for row in moved} == set(room.operations)
            assert len(moved) == len(room.operations)
            converges(room, desk)
        ended = not calls.has_failed
        shutil.rmtree(room.home)
        number += EVERY
    assert number > 10
