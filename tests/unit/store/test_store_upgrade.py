"""The way to a newer schema: one step that happens or does not, and a copy of what was before."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.store import store as store_module
from desktop.store import upgrade
from desktop.store.database import connect
from desktop.store.home import open_home
from desktop.store.troubles import Damaged, DiskFailed, StoreBusy
from desktop.store.upgrade import SCHEMA, bring_up_to_date
from tests.contract.acts import Acts
from tests.unit.store.conftest import KEY, OpenStore, save

NEXT = SCHEMA + 1


def revision(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A revision after the newest."""
    from alembic import op

    def take() -> None:
        for statement in statements:
            op.execute(statement)

    module = ModuleType(f"desktop.store.migrations.revision_{NEXT:04}")
    module.__dict__["upgrade"] = take
    monkeypatch.setitem(sys.modules, module.__name__, module)


def tables(path: Path) -> set[str]:
    connection = connect(path, KEY, writes=False)
    try:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    finally:
        connection.close()


def version(path: Path) -> int:
    connection = connect(path, KEY, writes=False)
    try:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return found
    finally:
        connection.close()


def test_an_upgrade_keeps_everything_and_a_copy(
    home: Path, open_store: OpenStore, acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    ticket = save(store, acts, "Unmistakable words")
    store.close()
    revision(monkeypatch, "CREATE TABLE more(x)", "INSERT INTO more VALUES (1)")
    bring_up_to_date(open_home(home), KEY, target=NEXT)
    assert "more" in tables(home / "tickets.db")
    copy = home / f"before-upgrade-{SCHEMA}.db"
    assert (version(home / "tickets.db"), version(copy), "more" in tables(copy)) == (NEXT, SCHEMA, False)
    assert b"Unmistakable" not in copy.read_bytes()
    assert not copy.read_bytes().startswith(b"SQLite format")
    assert copy.stat().st_mode & 0o077 == 0
    for module in (upgrade, store_module):
        monkeypatch.setattr(module, "SCHEMA", NEXT)
    assert open_store().reader().ticket(ticket) is not None


@pytest.mark.parametrize(
    ("statements", "error"),
    [
        (("CREATE TABLE more(x)", "THIS IS NO SQL"), Exception),
        (("CREATE TABLE more(x)", "INSERT INTO draft_file VALUES ('no such draft', 'a')"), Damaged),
    ],
    ids=["fails", "breaks a reference"],
)
def test_an_upgrade_that_fails_changes_nothing(
    home: Path,
    open_store: OpenStore,
    acts: Acts,
    monkeypatch: pytest.MonkeyPatch,
    statements: tuple[str, ...],
    error: type[Exception],
) -> None:
    store = open_store()
    ticket = save(store, acts)
    store.close()
    revision(monkeypatch, *statements)
    with pytest.raises(error):
        bring_up_to_date(open_home(home), KEY, target=NEXT)
    assert "more" not in tables(home / "tickets.db")
    assert open_store().reader().ticket(ticket) is not None


def test_a_store_waits_for_an_upgrade_that_it_does_not_know(
    open_store: OpenStore, acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    monkeypatch.setattr(store_module, "SCHEMA", NEXT)
    with pytest.raises(StoreBusy, match="updated"):
        save(store, acts)


def test_a_copy_that_cannot_be_made_stops_the_upgrade(
    home: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store().close()
    revision(monkeypatch, "CREATE TABLE more(x)")
    (home / f"before-upgrade-{SCHEMA}.db").mkdir()
    with pytest.raises(Exception, match=str(home)) as told:
        bring_up_to_date(open_home(home), KEY, target=NEXT)
    assert isinstance(told.value, DiskFailed) or "not allowed" in str(told.value)
    assert version(home / "tickets.db") == SCHEMA


def test_an_upgrade_that_is_killed_changes_nothing(
    home: Path, open_store: OpenStore, acts: Acts, tmp_path: Path
) -> None:
    store = open_store()
    ticket = save(store, acts)
    store.close()
    program = """
import os, signal, sys
from pathlib import Path
from types import ModuleType
from alembic import op
from desktop.store.home import open_home
from desktop.store.upgrade import SCHEMA, bring_up_to_date
step = ModuleType(f"desktop.store.migrations.revision_{SCHEMA + 1:04}")
def upgrade():
    op.execute("CREATE TABLE more(x)")
    op.execute("DELETE FROM outbox")
    os.kill(os.getpid(), signal.SIGKILL)
step.upgrade = upgrade
sys.modules[step.__name__] = step
bring_up_to_date(open_home(Path(sys.argv[1])), b"k" * 32, target=SCHEMA + 1)
"""
    killed = subprocess.run([sys.executable, "-c", program, str(home)], check=False, timeout=60)
    assert killed.returncode == -9
    assert version(home / "tickets.db") == SCHEMA
    assert open_store().reader().ticket(ticket) is not None


def loaded_by(home: Path) -> set[str]:
    program = """
import sys
from pathlib import Path
from random import Random
from desktop.store.store import Store
from desktop.tickets.clock import SystemClock
Store.open(Path(sys.argv[1]), b"k" * 32, clock=SystemClock(), random=Random(), parse=None).close()
print(*sys.modules)
"""
    command = [sys.executable, "-c", program, str(home)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return set(told.stdout.split())


def test_opening_what_is_up_to_date_loads_no_migrations(home: Path, open_store: OpenStore) -> None:
    open_store().close()
    assert loaded_by(home) & {"alembic", "sqlalchemy", "keyring", "psutil", "requests"} == set()
