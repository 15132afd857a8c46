"""Everything that can be wrong with the place where tickets are kept, each told in a sentence, nothing half-written."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from desktop.store import database
from desktop.store.claim import STALE
from desktop.store.database import connect, refuse_old_library
from desktop.store.machine import Machine, this_machine
from desktop.store.store import Store
from desktop.store.troubles import (
    Damaged,
    DiskFailed,
    DiskFull,
    HomeInUse,
    HomeNotYours,
    LibraryTooOld,
    NewerSchema,
    StoreBusy,
    StoreClosed,
    StoreTrouble,
    WrongKey,
)
from desktop.tickets.outbox import OperationState
from tests.contract.acts import Acts
from tests.contract.conftest import SettableClock
from tests.unit.store.conftest import KEY, OpenStore, named, run_program, save

NOBODY = 65534
ONE, OTHER = Machine("1" * 32, "DESK-1"), Machine("2" * 32, "LAPTOP-2")


def save_until_refused(store: Store, acts: Acts, saved: list[str]) -> None:
    while len(saved) < 500:
        saved.append(save(store, acts, details="x" * 20_000))


def queued(store: Store) -> int:
    return store.reader().counts()[OperationState.QUEUED]


def test_the_home_is_for_its_owner_alone(home: Path, store: Store, acts: Acts) -> None:
    save(store, acts)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert "tickets.db-wal" in modes


def test_a_home_that_others_could_read_is_closed_to_them(home: Path, open_store: OpenStore) -> None:
    home.mkdir(mode=0o755)
    open_store()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_nothing_readable_lies_on_the_disk(home: Path, open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    save(store, acts, "Unmistakable words")
    store.idle()
    store.close()
    assert all(b"Unmistakable" not in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_wrong_key_is_told_from_damage(home: Path, open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    save(store, acts)
    store.close()
    before = (home / "tickets.db").read_bytes()
    with pytest.raises(WrongKey, match="--key-file"):
        open_store(key=b"x" * 32)
    assert (home / "tickets.db").read_bytes() == before
    assert queued(open_store()) == 1


def test_a_wrong_key_without_its_check_opens_nothing(home: Path, open_store: OpenStore) -> None:
    open_store().close()
    (home / "key-check").unlink()
    with pytest.raises(Damaged):
        open_store(key=b"x" * 32)


@pytest.mark.parametrize("place", [10, 5000])
def test_a_damaged_database_is_told(home: Path, open_store: OpenStore, acts: Acts, place: int) -> None:
    store = open_store()
    for _ in range(30):
        save(store, acts, details="x" * 5000)
    store.close()
    with (home / "tickets.db").open("r+b") as file:
        for start in range(place, file.seek(0, os.SEEK_END), 4096):
            file.seek(start)
            file.write(b"\0" * 200)
    with pytest.raises(StoreTrouble) as told:
        save(open_store(), acts)
    assert isinstance(told.value, Damaged | DiskFailed)
    assert str(home) in told.value.sentence


@pytest.mark.parametrize("emptied", [True, False], ids=["empty", "gone"])
def test_a_database_that_was_emptied_is_no_new_one(
    home: Path, open_store: OpenStore, acts: Acts, emptied: bool
) -> None:
    store = open_store()
    save(store, acts)
    store.close()
    before = (home / "tickets.db").read_bytes()
    (home / "tickets.db").unlink()
    if emptied:
        (home / "tickets.db").touch()
    with pytest.raises(Damaged, match="Rename the folder"):
        open_store()
    (home / "tickets.db").write_bytes(before)
    assert queued(open_store()) == 1


def test_what_was_never_finished_is_begun_again(home: Path, open_store: OpenStore, acts: Acts) -> None:
    home.mkdir()
    (home / "tickets.db").touch()
    save(open_store(), acts)


@pytest.mark.logs_warnings  # whoever tidies up when nobody waits may come to it too
def test_all_of_a_database_is_looked_at(home: Path, open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    for _ in range(30):
        save(store, acts, details="x" * 5000)
    store.idle()
    store.close()
    open_store().reader().examine()
    with (home / "tickets.db").open("r+b") as file:
        file.seek(-6000, os.SEEK_END)
        file.write(b"\0" * 200)
    with pytest.raises(Damaged):
        open_store().reader().examine()


def test_a_newer_schema_is_left_alone(home: Path, open_store: OpenStore) -> None:
    open_store().close()
    connection = connect(home / "tickets.db", KEY, writes=True)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = (home / "tickets.db").read_bytes()
    with pytest.raises(NewerSchema, match="Update Helptray"):
        open_store()
    assert (home / "tickets.db").read_bytes() == before


@pytest.mark.logs_warnings
def test_an_upgrade_beneath_an_open_store_stops_it(home: Path, store: Store, acts: Acts) -> None:
    save(store, acts)
    connection = connect(home / "tickets.db", KEY, writes=True)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(NewerSchema):
        save(store, acts)


def test_an_old_sqlite_is_refused() -> None:
    refuse_old_library((3, 51, 3))
    with pytest.raises(LibraryTooOld) as told:
        refuse_old_library((3, 51, 2))
    assert "3.51.2" in told.value.detail


def test_a_file_in_the_place_of_the_home(home: Path, open_store: OpenStore) -> None:
    home.write_text("")
    with pytest.raises(DiskFailed, match="is a file"):
        open_store()


def test_a_damaged_marker_is_told(home: Path, open_store: OpenStore) -> None:
    open_store().close()
    (home / "home.json").write_text("{")
    with pytest.raises(DiskFailed, match=r"home\.json"):
        open_store()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX owners")
def test_somebody_elses_home_is_refused(home: Path, open_store: OpenStore) -> None:
    if os.geteuid() == 0:
        home.mkdir()
        os.chown(home, NOBODY, NOBODY)
    else:
        home = Path("/usr")
    with pytest.raises(HomeNotYours, match="another person"):
        open_store(home)
    assert os.geteuid() != 0 or list(home.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("made_before", [False, True])
def test_a_read_only_home_is_told(tmp_path: Path, *, made_before: bool) -> None:
    user = NOBODY if os.geteuid() == 0 else os.geteuid()
    home = tmp_path / "home"
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    if made_before:
        Store.open(home, KEY, clock=SettableClock(), random=Random(1), parse=named).close()
    else:
        home.mkdir()
    if os.geteuid() == 0:
        for path in (home, *home.rglob("*")):
            os.chown(path, user, user)
    before = sorted(home.rglob("*"))
    for path in (*before, home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    program = run_program(str(home), "as", str(user))
    said, errors = program.communicate(timeout=60)
    for folder in (home, home / "files", home / "open"):
        if folder.exists():
            folder.chmod(0o700)
    assert errors == ""
    assert said.startswith("ReadOnlyHome: Helptray is not allowed to write")
    assert sorted(home.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_limit_on_files_is_told_and_nothing_is_half_written(home: Path, open_store: OpenStore) -> None:
    program = run_program(str(home), "limited", "600000")
    said, errors = program.communicate(timeout=60)
    assert errors == ""
    *saved, trouble, after_room_was_made = said.splitlines()
    assert trouble.partition(":")[0] in ("DiskFull", "DiskFailed")
    reader = open_store().reader()
    assert all(reader.ticket(ticket) is not None for ticket in [*saved, after_room_was_made])
    assert reader.counts()[OperationState.QUEUED] == len(saved) + 1


def test_a_full_disk_is_told_and_saving_goes_on_once_there_is_room(
    tmp_path: Path, open_store: OpenStore, acts: Acts
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small file system can be mounted by root alone")
    try:
        store = open_store(small / "home")
        ballast = small / "ballast"
        ballast.write_bytes(b"\0" * 400_000)
        saved: list[str] = []
        with pytest.raises(DiskFull, match="Make some room"):
            save_until_refused(store, acts, saved)
        with Path("/dev/zero").open("rb") as endless, pytest.raises(DiskFull):
            store.files.import_stream(endless, attachment="a", name="a", media_type="x/y")
        assert [path.name for path in (small / "home" / "files").iterdir()] == []
        assert queued(store) == len(saved)
        ballast.unlink()
        saved.append(save(store, acts))
        assert queued(store) == len(saved)
        assert store.write(lambda tx: tx.work.run("PRAGMA integrity_check").fetchall()).result() == [("ok",)]
        store.close()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_another_computer_that_has_it_open_keeps_us_out(
    home: Path, open_store: OpenStore, acts: Acts, clock: SettableClock
) -> None:
    there = open_store(machine=ONE)
    save(there, acts)
    with pytest.raises(HomeInUse, match="DESK-1"):
        open_store(machine=OTHER)
    assert len(list((home / "open").iterdir())) == 1
    there.close()
    assert queued(open_store(machine=OTHER)) == 1


def test_a_computer_that_was_switched_off_keeps_us_out_for_five_minutes(
    home: Path, open_store: OpenStore, clock: SettableClock
) -> None:
    open_store(machine=ONE).close()
    claim = home / "open" / f"{ONE.id}-1"
    claim.write_text(f'{{"computer": "DESK-1", "seen": "{clock.now().isoformat()}"}}')
    clock.pass_time(STALE.total_seconds() - 1)
    with pytest.raises(HomeInUse):
        open_store(machine=OTHER)
    clock.pass_time(1)
    open_store(machine=OTHER)
    assert not claim.exists()


def test_an_unreadable_claim_is_nobodys(home: Path, open_store: OpenStore) -> None:
    open_store().close()
    (home / "open" / "x").write_text("?")
    open_store()


def test_a_claim_that_is_being_written_is_not_read(home: Path, open_store: OpenStore, clock: SettableClock) -> None:
    """Where it was read, Windows refused to name it, and its writer was kept out."""
    open_store(machine=ONE).close()
    half = home / "open" / f"{ONE.id}-1.part"
    half.write_text(f'{{"computer": "DESK-1", "seen": "{clock.now().isoformat()}"}}')
    open_store(machine=OTHER)
    assert half.exists()


def test_a_claim_that_somebody_reads_is_left_to_grow_stale(
    home: Path, open_store: OpenStore, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = open_store(machine=ONE)

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Sharing violation", str(self))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", refuse)
        there.close()
        clock.pass_time(STALE.total_seconds())
        open_store(machine=OTHER).close()
    assert len(list((home / "open").iterdir())) == 2


def test_a_home_in_use_stays_claimed(home: Path, store: Store, acts: Acts, clock: SettableClock) -> None:
    clock.pass_time(STALE.total_seconds() * 3)
    save(store, acts)
    store.idle()
    with pytest.raises(HomeInUse):
        Store.open(home, KEY, clock=clock, random=Random(1), parse=named, machine=OTHER)


def test_a_copy_is_told_from_the_original(home: Path, tmp_path: Path, open_store: OpenStore) -> None:
    original = open_store()
    assert not original.origin.was_copied
    original.close()
    shutil.copytree(home, tmp_path / "copy")
    copy = open_store(tmp_path / "copy")
    assert copy.origin.was_copied
    assert copy.origin.id != original.origin.id
    copy.close()
    assert open_store(tmp_path / "copy").origin == copy.origin.__class__(copy.origin.id, was_copied=False)
    assert open_store().origin.id == original.origin.id


def test_a_home_on_another_computer_is_a_copy(open_store: OpenStore) -> None:
    open_store(machine=ONE).close()
    assert open_store(machine=OTHER).origin.was_copied


def test_this_computer_is_always_the_same() -> None:
    assert this_machine() == this_machine()
    assert len(this_machine().id) == 32


def test_another_process_that_never_lets_go_is_told(
    home: Path, open_store: OpenStore, acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    store = open_store()
    other = connect(home / "tickets.db", KEY, writes=True)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="Wait a moment"):
        save(store, acts)
    other.close()
    save(store, acts)


def test_a_closed_store_says_so(store: Store, acts: Acts) -> None:
    store.close()
    with pytest.raises(StoreClosed):
        save(store, acts)
