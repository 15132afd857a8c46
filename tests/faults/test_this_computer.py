"""What can be wrong with this computer: the command line says what and what to do, and nothing is half written."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from random import Random

import pytest

from desktop.app import open_desk
from desktop.desk import Desk, Saved
from desktop.settings import Settings
from desktop.store.claim import STALE
from desktop.store.troubles import DiskFull
from desktop.tickets.clock import SystemClock
from desktop.tickets.view import Mark
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, held, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.programs import Ended, HelptrayProgram
from tests.faults.small_disks import memory_disk, why_not_small
from tests.faults.wire_faults import drop_answer

NOBODY = 65534
AS_ROOT = os.name == "posix" and os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="mounts and other people need root")


def told(done: Ended, code: int, *words: str) -> None:
    """It ended with the code and one line for a person with these words in it."""
    assert done.code == code, done
    assert done.err.count("\n") == 1, done.err
    assert all(word in done.err for word in words), done.err
    assert done.value["error"]["sentence"] in done.err


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of four megabytes that everybody on this computer can reach."""
    if reason := why_not_small():
        pytest.skip(reason)
    with memory_disk() as disk:
        yield disk


def fill(file: FileIO) -> None:
    """Write until nothing more can be written."""
    while True:
        file.write(bytes(4096))


@needs_root
def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    with HelptrayProgram(small_disk / "home", tmp_path / "key") as program:
        assert program.run("report", "--summary", "Before").code == 0
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            fill(file)
        told(program.run("report", "--summary", "x" * 299, "--details", "y" * 90_000), 4, "no room left", "save again")
        filler.unlink()
        assert program.run("report", "--summary", "After").code == 0
        assert {line["summary"] for line in program.run("tickets").value} == {"Before", "After"}


@needs_root
def test_a_disk_that_fills_while_saving_reading_and_adding_a_file(
    small_disk: Path, tmp_path: Path, help_desk: HelpDesk, desk_at: Callable[[str], Desk]
) -> None:
    """Each is told; nothing of it is half there; once there is room, everything is on both sides, once."""
    office = desk_at("office")
    office.enrol(help_desk.url, help_desk.code("robin@example.com"))
    settings = Settings(home=small_disk / "home", key_file=tmp_path / "laptop.key")
    with open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None) as laptop:
        laptop.enrol(help_desk.url, help_desk.code("robin@example.com"))
        saved = [report(laptop, "Before", content=b"x" * 100_000, note="More.")]
        assert laptop.sync_now(TIMEOUT).pending == 0
        for number in range(30):
            report_long(office, f"Elsewhere {number}")
        assert office.sync_now(TIMEOUT).pending == 0

        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            fill(file)
        with pytest.raises(DiskFull):
            laptop.import_bytes(b"y" * 900_000, name="a", media_type="a/b", origin="file", label="a").result()
        with pytest.raises(DiskFull):
            save_until_refused(laptop, saved)
        with pytest.raises(DiskFull):
            laptop.sync_now(TIMEOUT)
        assert len(laptop.tickets(limit=200).rows) >= len(saved)
        filler.unlink()

        saved.append(report(laptop, "After", content=b"z" * 300_000))
        done = laptop.sync_now(TIMEOUT)
        assert (done.online, done.pending, done.needs_attention) == (True, 0, 0), done
        rows = laptop.tickets(limit=200).rows
        assert len(rows) == len(saved) + 30
        assert {row.ticket for row in rows} >= {one.ticket for one in saved}
        assert {row.mark for row in rows} == {Mark.CONFIRMED}
        assert len(list((small_disk / "home" / "files").iterdir())) == 2
    told = held(help_desk.data)
    assert (told.tickets, told.notes, told.files) == (len(saved) + 30, 1, 2)


def save_until_refused(desk: Desk, saved: list[Saved]) -> None:
    """Save long tickets until there is no room for another."""
    while len(saved) < 100:
        saved.append(report_long(desk, f"Full {len(saved)}"))


def report_long(desk: Desk, summary: str) -> Saved:
    """Save a ticket that takes room."""
    return desk.file_ticket(replace(desk.new_draft(), summary=summary, details="x" * 60_000)).result()


def test_a_limit_on_the_size_of_files(program: HelptrayProgram, tmp_path: Path) -> None:
    assert program.run("report", "--summary", "Before").code == 0
    picture = tmp_path / "picture.png"
    picture.write_bytes(bytes(3_000_000))

    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    told(program.run("report", "--summary", "Large", "--attach", str(picture), first=limited), 4, "no room left")
    assert program.run("report", "--summary", "After", "--attach", str(picture)).code == 0
    assert {line["summary"] for line in program.run("tickets").value} == {"Before", "After"}
    assert len(list((program.home / "files").iterdir())) == 1


@needs_root
def test_a_read_only_home(small_disk: Path) -> None:
    with HelptrayProgram(small_disk / "home", small_disk / "key") as program:
        assert program.run("report", "--summary", "Before").code == 0
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        told(program.run("report", "--summary", "Refused"), 4, "not allowed to write", "--home")
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
        assert [line["summary"] for line in program.run("tickets").value] == ["Before"]


@needs_root
def test_two_people_on_one_computer(small_disk: Path, tmp_path: Path) -> None:
    """One's home is closed to the other, and neither sees a word of the other's."""
    small_disk.chmod(0o777)
    with (
        HelptrayProgram(small_disk / "mine", small_disk / "mine.key") as mine,
        HelptrayProgram(small_disk / "theirs", small_disk / "theirs.key") as theirs,
        HelptrayProgram(small_disk / "mine", small_disk / "theirs.key") as intruder,
    ):
        assert mine.run("report", "--summary", "Mine alone").code == 0
        written = theirs.run_as(NOBODY, tmp_path, "report", "--summary", "Theirs")
        assert written.code == 0, written
        stopped = intruder.run_as(NOBODY, tmp_path, "tickets")
        told(stopped, 4, "--home")
        assert "Mine alone" not in stopped.out
        assert [line["summary"] for line in theirs.run_as(NOBODY, tmp_path, "tickets").value] == ["Theirs"]
        assert [line["summary"] for line in mine.run("tickets").value] == ["Mine alone"]


@pytest.fixture
def other_machine(tmp_path: Path) -> Sequence[str]:
    """What makes a command one of another computer: its own name, and its own id beneath /etc/machine-id."""
    installed = Path("/etc/machine-id")
    identity = tmp_path / "machine-id"
    identity.write_text("0123456789abcdef0123456789abcdef\n")
    script = f'mount --bind {identity} {installed} && hostname LAPTOP-2 && exec "$@"'
    command = ("unshare", "--mount", "--uts", "sh", "-c", script, "sh")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("another computer cannot be played here")
    return command


@needs_root
def test_two_computers_on_one_home(program: HelptrayProgram, other_machine: Sequence[str]) -> None:
    """A home on a network share: SQLite's WAL would be damaged, so the second is kept out until the first is gone."""
    assert program.run("report", "--summary", "Before").code == 0
    tray = program.background()
    told(program.run_behind(other_machine, "report", "--summary", "Refused"), 4, platform.node(), "five minutes")
    assert [claim.name.partition("-")[2] for claim in (program.home / "open").iterdir()] == [str(tray.pid)]
    assert program.run("report", "--summary", "Mine").code == 0

    tray.kill()
    tray.communicate()
    told(program.run_behind(other_machine, "tickets"), 4, platform.node(), "five minutes")
    [claim] = (program.home / "open").iterdir()
    last = json.loads(claim.read_bytes())
    died = datetime.fromisoformat(last["seen"]) - STALE
    claim.write_text(json.dumps(last | {"seen": died.isoformat()}))
    assert program.run_behind(other_machine, "report", "--summary", "Theirs").code == 0
    assert {line["summary"] for line in program.run("tickets").value} == {"Before", "Mine", "Theirs"}


def test_a_wrong_key(program: HelptrayProgram, tmp_path: Path) -> None:
    assert program.run("report", "--summary", "Before").code == 0
    with HelptrayProgram(tmp_path / "elsewhere", tmp_path / "other.key") as other:
        assert other.run("report", "--summary", "Elsewhere").code == 0
    with HelptrayProgram(program.home, tmp_path / "other.key") as stranger:
        told(stranger.run("tickets"), 4, "key")
    assert [line["summary"] for line in program.run("tickets").value] == ["Before"]


def test_no_key_file(program: HelptrayProgram) -> None:
    assert program.run("report", "--summary", "Before").code == 0
    kept = program.key_file.read_bytes()
    program.key_file.unlink()
    told(program.run("tickets"), 4, "key")
    program.key_file.write_bytes(kept)
    program.key_file.chmod(0o600)
    assert [line["summary"] for line in program.run("tickets").value] == ["Before"]


def test_a_corrupt_database(program: HelptrayProgram) -> None:
    assert program.run("report", "--summary", "Before").code == 0
    database = program.home / "tickets.db"
    content = bytearray(database.read_bytes())
    content[4096:12288] = os.urandom(8192)
    database.write_bytes(content)
    told(program.run("report", "--summary", "After"), 4, "damaged", "Rename the folder")


def test_the_hot_key_pressed_twice(robin: Desk, help_desk: HelpDesk) -> None:
    draft = replace(robin.new_draft(), summary="The printer eats paper")
    done = [robin.file_ticket(draft) for _ in range(5)]
    assert len({one.result() for one in done}) == 1
    assert robin.sync_now(TIMEOUT).pending == 0
    assert held(help_desk.data).tickets == 1


class JumpingClock(SystemClock):
    """The computer's clock, set forward or back by so much."""

    jumped = timedelta()

    def now(self) -> datetime:
        return super().now() + self.jumped


@pytest.mark.parametrize("asleep", [timedelta(days=30), timedelta(days=-400)], ids=["a month", "a clock set back"])
def test_sleep_between_saving_and_sending(
    help_desk: HelpDesk, proxy: FaultProxy, tmp_path: Path, asleep: timedelta
) -> None:
    """The process is gone and comes back, and meanwhile the clock has jumped; one sending was under way."""
    settings = Settings(home=tmp_path / "laptop", key_file=tmp_path / "laptop.key")
    clock = JumpingClock()

    with open_desk(settings, clock=clock, random=Random(), say=lambda _: None) as desk:
        desk.enrol(proxy.url, help_desk.code("robin@example.com"))
        proxy.fault(drop_answer(), method="POST", path="/v1/operations")
        saved = report(desk, "Before sleep", content=b"x" * 1000, note="More.")
        assert desk.sync_now(1.0).pending == 3
    proxy.clear()
    clock.jumped += asleep
    with open_desk(settings, clock=clock, random=Random(), say=lambda _: None) as desk:
        awake = desk.sync_now(TIMEOUT)
        assert (awake.online, awake.pending) == (True, 0), awake
        view = desk.ticket(saved.ticket)
        assert view is not None
        assert view.mark is Mark.CONFIRMED
    told = held(help_desk.data)
    assert (told.tickets, told.notes, told.files) == (1, 1, 1)
