"""Facts of one module each, from what Linux, Windows and macOS print; what is unusual says why."""
# ruff: noqa: E501  (outputs of systems, as they are)

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.capture.computer import (
    disk,
    machine_id,
    memory,
    other_disks,
    printers,
    updates,
    uptime,
)
from desktop.capture.computer.order import ORDER
from desktop.capture.computer.report import computer_facts
from desktop.capture.computer.this_machine import ThisMachine
from desktop.capture.computer.told import Unusual
from desktop.capture.computer.windows_inventory import SCRIPT, WindowsInventory
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from tests.unit.capture.recorded_machine import Recorded, output

GB = 2**30


class November(SystemClock):
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (disk.told_of(disk.Room("", 5 * GB, 100 * GB)), "disk almost full"),
        (disk.told_of(disk.Room("", 20 * GB, 400 * GB)), ""),
        (disk.told_of(disk.Room("", 20 * GB - 1, 400 * GB)), "disk almost full"),
        (disk.told_of(disk.Room("", 10 * GB, 100 * GB)), ""),
        (disk.told_of(disk.Room("", 10 * GB - 1, 100 * GB)), "disk almost full"),
        (memory.told_of(8 * GB, 100 * GB), ""),
        (memory.told_of(8 * GB - 1, 100 * GB), "memory nearly used up"),
        (uptime.told_of(timedelta(days=30)), "not restarted for over a month"),
        (uptime.told_of(timedelta(days=30, seconds=-1)), ""),
        (updates.told([(date(2026, 11, 23), "x")], date(2026, 11, 25))["updates"], "updated in the last days"),
        (updates.told([(date(2026, 11, 22), "x")], date(2026, 11, 25))["updates"], ""),
        (updates.told([(date(2026, 11, 26), "x")], date(2026, 11, 25))["updates"], ""),
    ],
)
def test_limits_at_their_edges(told: str | Unusual, why: str) -> None:
    assert (told.why if isinstance(told, Unusual) else "") == why


@pytest.mark.parametrize(
    ("free", "total", "why"),
    [
        (7 * GB, 237 * GB, "disk almost full"),
        (120 * GB, 4000 * GB, "disk almost full"),
        (18 * GB, 200 * GB, "disk almost full"),
        (300 * GB, 4000 * GB, ""),
        (100 * GB, 237 * GB, ""),
        (0, 237 * GB, "disk almost full"),
        (1, 1, ""),
        (80 * GB, 2000 * GB, "disk almost full"),
        (101 * GB, 2000 * GB, ""),
        (19 * GB, 195 * GB, "disk almost full"),
        (0, 0, ""),
    ],
)
def test_a_disk_that_is_nearly_full_is_unusual(free: int, total: int, why: str) -> None:
    told = disk.told_of(disk.Room("C:\\", free, total))
    assert (told.why if isinstance(told, Unusual) else "") == why


def test_each_of_several_disks_is_told_and_the_full_one_named() -> None:
    told = other_disks.told_of_all([disk.Room("D:\\", 1 * GB, 100 * GB), disk.Room("E:\\", 50 * GB, 100 * GB)])
    assert told == Unusual(
        "D:\\: 1.0 GB free of 100.0 GB (1% free); E:\\: 50.0 GB free of 100.0 GB", "D:\\ almost full"
    )
    assert other_disks.told_of_all([]) == "none"


def test_a_second_disk_of_the_same_size_is_another_one() -> None:
    home = disk.Room("", 200 * GB, 500 * GB)
    assert other_disks.shares_room(disk.Room("/System/Volumes/VM", 200 * GB - 4096, 500 * GB), home)
    assert not other_disks.shares_room(disk.Room("/data", 1 * GB, 500 * GB), home)
    assert not other_disks.shares_room(disk.Room("/data", 200 * GB, 250 * GB), home)


def disks(*mounts: tuple[str, str, str, str], free: int = 50 * GB) -> str | Unusual:
    """What is told of a Linux with these mounts (device, place, kind, options), all half full but the home's."""
    rows = [dict(zip(("device", "mountpoint", "fstype", "opts"), mount, strict=True)) for mount in mounts]
    known = [row for row in rows if not row["fstype"].startswith(("nfs", "fuse.", "tmpfs"))]
    usage = {
        row["mountpoint"]: {"free": free and free + place, "total": 100 * GB + place} for place, row in enumerate(known)
    }
    calls = {
        "host": {"home": "/home/ada"},
        "disks": {"disk_partitions": known, "disk_partitions_all": rows, "disk_usage": usage},
    }
    return other_disks.read(Recorded(System.LINUX, calls=calls))["other_disks"]


def test_each_disk_is_told_once_and_nothing_that_is_none() -> None:
    root = ("/dev/nvme0n1p2", "/", "ext4", "rw,relatime")
    assert disks(root) == "none", "the disk of the person's files is told elsewhere"
    assert disks(root, ("/dev/nvme0n1p2", "/srv/bound", "ext4", "rw")) == "none"
    snaps = [(f"/dev/loop{number}", f"/snap/one/{number}", "squashfs", "ro,nodev") for number in range(60)]
    assert disks(root, *snaps, free=0) == "none"
    assert disks(root, ("/dev/sdb1", "/media/ada/installer", "ext4", "ro,nosuid"), free=0) == "none"
    assert disks(root, ("nas:/home", "/mnt/nas", "nfs4", "rw"), ("tmpfs", "/run", "tmpfs", "rw")) == "none"
    assert disks(root, ("/dev/sdb1", "/data", "xfs", "rw")) == "/data: 50.0 GB free of 100.0 GB"
    assert disks(root, ("/dev/sdb1", "/data", "xfs", "rw"), free=0) == Unusual(
        "/data: 0 bytes free of 100.0 GB (0% free)", "/data almost full"
    )


def test_the_file_systems_of_a_pool_have_their_room_in_common() -> None:
    own = [(f"rpool/USERDATA/{name}", f"/home/{name}", "zfs", "rw") for name in ("ada", "ben")]
    pool = [("rpool/ROOT/ubuntu", "/", "zfs", "rw"), ("rpool/ROOT/ubuntu/var/log", "/var/log", "zfs", "rw"), *own]
    assert disks(*pool) == "none"
    assert disks(*pool, ("bpool/BOOT/ubuntu", "/boot", "zfs", "rw")) == "/boot: 50.0 GB free of 100.0 GB"


def test_memory_and_uptime() -> None:
    assert memory.told_of(1 * GB, 16 * GB) == Unusual("1.0 GB free of 16.0 GB", "memory nearly used up")
    assert memory.told_of(8 * GB, 16 * GB) == "8.0 GB free of 16.0 GB"
    assert uptime.told_of(timedelta(days=41)) == Unusual("41 days 0 hours", "not restarted for over a month")
    assert uptime.told_of(timedelta(days=29)) == "29 days 0 hours"
    assert uptime.told_of(timedelta(days=400, hours=5)) == Unusual("400 days 5 hours", "not restarted for over a month")
    assert memory.told_of(3 * GB, 100 * GB) == Unusual("3.0 GB free of 100.0 GB", "memory nearly used up")
    assert memory.told_of(0, 8 * GB) == Unusual("0 bytes free of 8.0 GB", "memory nearly used up")
    assert memory.told_of(0, 0) == "", "a number that is none"


def test_printers() -> None:
    shown = "printer HP is idle.  enabled since Mon\nprinter Old disabled since Tue -\n\tUnplugged\nsystem default destination: HP\n"
    assert printers.told(printers.cups(shown)) == {"printers": "HP (default), Old (off)"}
    off = shown.replace("destination: HP", "destination: Old")
    assert printers.told(printers.cups(off)) == {
        "printers": Unusual("Old (default, off), HP", "default printer is off")
    }
    assert printers.told_by_cups(shown) == printers.told(printers.cups(shown))
    assert printers.told_by_cups("no system default destination") == {}, "which it also says where nothing runs"
    assert printers.told_by_cups(output("linux-lpstat-none.txt")) == {"printers": "none"}
    assert printers.told_by_cups(output("linux-lpstat-default-off.txt")) == {
        "printers": Unusual("HP_LaserJet_4.OG (default, off), Buero-Kyocera", "default printer is off")
    }
    assert printers.told_by_cups("Drucker HP ist inaktiv.  aktiviert seit Mon") == {}
    assert printers.told_by_cups("") == {}


def test_updates() -> None:
    log = "Start-Date: 2026-11-20  06:12:01\nUpgrade: tzdata:amd64 (2026a, 2026b)\n\nStart-Date: 2026-11-24  06:12:01\nCommandline: apt upgrade\nUpgrade: libssl3:amd64 (3.0.14, 3.0.15), openssl:amd64 (3.0.14, 3.0.15)\nEnd-Date: x\n"
    told = updates.told(updates.apt(log), date(2026, 11, 25))
    assert told == {"updates": Unusual("2026-11-24: libssl3, openssl", "updated in the last days")}
    assert updates.told(updates.apt(log), date(2026, 12, 25)) == {"updates": "2026-11-24: libssl3, openssl"}
    assert updates.told([], date(2026, 1, 1)) == {}
    assert updates.rpm(output("linux-rpm-qa-last.txt")) == [
        (date(2026, 11, 28), "helpful-2-1.2-3.fc40.noarch"),
        (date(2026, 11, 28), "helpful-1-1.1-3.fc40.noarch"),
    ]
    assert updates.pacman(output("linux-pacman.log")) == [(date(2026, 11, 28), "linux")], "what is new is no update"
    assert updates.pacman("[2015-09-16 15:47] [ALPM] upgraded glibc (2.21-4 -> 2.22-3)") == [
        (date(2015, 9, 16), "glibc")
    ]
    torn = output("facts/macos/install-history.plist")[330:]
    assert updates.mac(torn) == [(date(2026, 11, 2), "Pages & Numbers 14.2")], "the end of a longer file"
    assert updates.windows(
        [{"HotFixID": "KB5040442", "InstalledOn": "2026-07-10"}, {"HotFixID": "KB1", "InstalledOn": ""}]
    ) == [(date(2026, 7, 10), "KB5040442")]
    assert updates.windows([{"HotFixID": "KB2", "InstalledOn": "11/2/2026"}]) == [(date(2026, 11, 2), "KB2")]
    assert updates.windows([{"HotFixID": "KB3", "InstalledOn": "02.11.2026"}]) == [], "no day that could be another"


def test_an_upgrade_to_a_new_release_is_one_long_line(tmp_path: Path) -> None:
    packages = ", ".join(f"package-with-a-name-{number}:amd64 (1.2.3-4, 1.2.3-4+deb13u1)" for number in range(2500))
    log = tmp_path / "history.log"
    for_it = f"Start-Date: 2026-11-24  06:12:01\nUpgrade: {packages}\nEnd-Date: 2026-11-24  07:40:12\n"
    log.write_text("Start-Date: 2026-11-20  06:12:01\nUpgrade: tzdata:amd64 (2026a, 2026b)\n\n" + for_it)
    told = updates.told(updates.apt(ThisMachine().read_end(str(log))), date(2027, 1, 1))
    assert str(told["updates"]).startswith("2026-11-24: package-with-a-name-0, ")
    assert str(told["updates"]).endswith(" and 2496 more")


@pytest.mark.parametrize(
    "read", [updates.apt, updates.mac, updates.pacman, updates.rpm], ids=["apt", "mac", "pacman", "rpm"]
)
def test_no_log_takes_long_to_read(read: Callable[[str], list[tuple[date, str]]]) -> None:
    """A megabyte that begins an entry again and again: tried in full this would take hours."""
    begun = (
        "Start-Date: 2026-11-20  06:12:01\nInstall: a\n",
        "<dict><key>date</key>",
        "[2026-11-28T ",
        "a Wed Jun 24 ",
    )
    for beginning in begun:
        assert read(beginning * (2**20 // len(beginning))) == []


def test_updates_are_told_in_a_window_of_any_language(tmp_path: Path) -> None:
    """Qt sets the language of the process, in which `Dec` is no month."""
    if shutil.which("localedef") is None:
        pytest.skip("no language can be made here")
    make = ("localedef", "-i", "de_DE", "-f", "UTF-8", tmp_path / "de_DE.UTF-8")
    made = subprocess.run(make, check=False, capture_output=True)
    if made.returncode:
        pytest.skip("there are no languages here")
    script = (
        "import locale, sys; locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')\n"
        "from desktop.capture.computer.updates import rpm\n"
        "print(rpm('kernel-6.9.6-200.fc40.x86_64          Thu Dec 24 10:11:12 2026')[0][0])"
    )
    environ = {**os.environ, "LOCPATH": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert run.stdout == "2026-12-24\n"


def test_windows_is_asked_once_for_all_that_only_powershell_tells() -> None:
    asked = []

    class Windows(Recorded):
        def run(self, *command: str) -> str:
            asked.append(command)
            return output("facts/windows/powershell.jsonl")

    machine, inventory = Windows(System.WINDOWS), WindowsInventory()
    assert inventory.serial(machine) == "7XK9Q23"
    assert printers.Printers(inventory).read(machine) == {
        "printers": Unusual("HP LaserJet M404dn (default, off), Microsoft Print to PDF", "default printer is off")
    }
    assert "updates" in updates.Updates(inventory, November()).read(machine)
    assert len(asked) == 1
    assert WindowsInventory().rows(Recorded(System.WINDOWS), "vpn") is None


def test_what_powershell_has_told_before_its_time_was_over_is_kept() -> None:
    whole = output("facts/windows/powershell.jsonl")
    torn = Recorded(System.WINDOWS, commands={"powershell": whole[: whole.index("KB5033055")]})
    inventory = WindowsInventory()
    assert inventory.serial(torn) == "7XK9Q23"
    assert updates.Updates(inventory, November()).read(torn) == {}
    assert printers.Printers(inventory).read(torn) == {}, "not told, which is not the same as none"


def test_the_query_has_no_quotes_that_a_command_line_mistakes() -> None:
    assert '"' not in SCRIPT
    assert all(SCRIPT.count(opening) == SCRIPT.count(closing) for opening, closing in ("{}", "()", "[]"))


def test_the_machines_own_identity() -> None:
    shown = "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    550e8400-e29b-41d4-a716-446655440000\r\n"
    assert machine_id.read(Recorded(System.WINDOWS, commands={"reg": shown})) == {
        "machine_id": "550e8400-e29b-41d4-a716-446655440000"
    }
    mac = Recorded(System.MACOS, commands={"ioreg": '    "IOPlatformUUID" = "0A1B2C3D-0000-1000-8000-00805F9B34FB"\n'})
    assert machine_id.read(mac) == {"machine_id": "0A1B2C3D-0000-1000-8000-00805F9B34FB"}
    assert machine_id.read(Recorded(System.LINUX, files={"/etc/machine-id": "0" * 32})) == {"machine_id": "0" * 32}
    assert machine_id.read(Recorded(System.LINUX, files={"/etc/machine-id": "uninitialized"})) == {"machine_id": ""}


def test_who_this_computer_is_comes_first() -> None:
    facts = computer_facts(SystemClock(), list)
    assert [fact.key for fact in facts] == list(ORDER)
    assert ORDER[:4] == ("computer", "domain", "serial", "machine_id")
    assert all(fact.value for fact in facts)
