"""Whether a restart is due, from what Windows and the distributions of Linux leave as a sign."""
# ruff: noqa: E501  (outputs of systems, as they are)

import json
from collections.abc import Mapping, Sequence

import pytest

from desktop.capture.computer import pending_restart
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System
from tests.unit.capture.recorded_machine import Recorded, output

SESSIONS = output("facts/windows/reg-session-manager.txt")


def due(text: str) -> Told:
    return {"pending_restart": Unusual(text, "restart pending")}


def test_a_pending_restart_on_windows() -> None:
    servicing = (
        "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\r\n"
    )
    pending = servicing + servicing.replace("Packages", "RebootPending")
    update = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired\r\n"
    quiet = update.replace("\\RebootRequired", "\\Power")
    assert pending_restart.windows(servicing, quiet, SESSIONS) == {"pending_restart": "not needed"}
    assert pending_restart.windows(servicing, "", SESSIONS) == {"pending_restart": ""}  # the second has not answered
    assert pending_restart.windows(pending, "", "") == {
        "pending_restart": Unusual("needed to finish a Windows update", "restart pending")
    }
    assert pending_restart.windows(servicing, update, "") == {
        "pending_restart": Unusual("needed by Windows Update", "restart pending")
    }
    assert pending_restart.windows("", "", "") == {"pending_restart": ""}


def test_a_pending_restart_on_debian() -> None:
    signs = {"/run": ["reboot-required", "reboot-required.pkgs", "systemd"]}
    packages = {"/run/reboot-required.pkgs": "linux-base\nlibc6\nlibc6"}
    assert pending_restart.read(Recorded(System.LINUX, files=packages, folders=signs)) == {
        "pending_restart": Unusual("needed by libc6, linux-base", "restart pending")
    }


def kernels(
    running: str,
    *installed: str,
    images: Sequence[str] = (),
    beside: Sequence[str] = (),
    container: Mapping[str, list[str]] | None = None,
) -> Told:
    folders = {**(container or {}), "/lib/modules": list(installed), "/boot": [f"vmlinuz-{name}" for name in images]}
    folders |= {f"/lib/modules/{name}": ["modules.dep", "vmlinuz"] for name in beside}
    return pending_restart.read(Recorded(System.LINUX, files={"/proc/sys/kernel/osrelease": running}, folders=folders))


def test_a_newer_kernel_waits_for_a_restart() -> None:
    nine, twenty_eight = "6.1.0-9-amd64", "6.1.0-28-amd64"
    newer = {"pending_restart": Unusual(f"needed by kernel {twenty_eight}, running is {nine}", "restart pending")}
    unknown: Told = {}
    assert kernels(nine, nine, twenty_eight, images=(nine, twenty_eight)) == newer
    assert kernels(nine, nine, twenty_eight, beside=(nine, twenty_eight)) == newer
    assert kernels(twenty_eight, nine, twenty_eight, images=(nine, twenty_eight)) == unknown, "nobody leaves the sign"
    assert kernels(nine, nine, twenty_eight, images=(nine,)) == unknown, "a folder that a removed kernel has left"
    assert kernels(nine, nine, twenty_eight) == unknown, "/boot cannot be read"
    assert kernels(nine, nine, "6.1.0-28-rt-amd64", images=(nine, "6.1.0-28-rt-amd64")) == unknown
    assert kernels("6.18.44-fc", nine, twenty_eight, images=(nine, twenty_eight)) == unknown, "a container's host"


def test_where_a_program_would_leave_the_sign_its_absence_counts() -> None:
    notifier = {"/usr/share/update-notifier": ["notify-reboot-required"]}
    assert pending_restart.read(Recorded(System.LINUX, folders=notifier)) == {"pending_restart": "not needed"}


def test_the_kernels_of_a_real_debian() -> None:
    """Its /boot as it was; after the kernel was removed, a module that was built here stayed behind in its folder."""
    name, images = "6.1.0-50-cloud-amd64", json.loads(output("linux-boot.json"))
    old = "6.1.0-49-cloud-amd64"
    files = {"/proc/sys/kernel/osrelease": old}
    folders = {"/lib/modules": [old, name], "/boot": [*images, f"vmlinuz-{old}"]}
    assert isinstance(
        pending_restart.read(Recorded(System.LINUX, files=files, folders=folders))["pending_restart"], Unusual
    )
    left = {"/lib/modules": [old, name], f"/lib/modules/{name}": ["updates"], "/boot": [f"vmlinuz-{old}"]}
    assert pending_restart.read(Recorded(System.LINUX, files=files, folders=left)) == {}


@pytest.mark.parametrize(
    ("renamed", "is_due"),
    [
        (r"\??\C:\Windows\Temp\a.tmp\0\0", False),
        (r"\??\C:\Windows\Temp\a.tmp\0\0\??\C:\Windows\Temp\b.tmp\0\0", False),
        (r"\??\C:\Program Files\X\new.dll\0!\??\C:\Program Files\X\old.dll\0", True),
        (r"\??\C:\Program Files\X\new.dll\0\??\C:\Program Files\X\old.dll", True),
        (r"\??\C:\Windows\Temp\a.tmp\0\0\??\C:\X\new.dll\0!\??\C:\X\old.dll\0\0", True),
        ("", False),
    ],
)
def test_files_that_windows_replaces_at_its_next_start(renamed: str, is_due: bool) -> None:
    """What set-up programs have deleted is no reason to start again."""
    quiet = "HKEY_LOCAL_MACHINE\\SOFTWARE\\..."
    head, _, rest = SESSIONS.partition("    ProtectionMode")
    told = pending_restart.windows(
        quiet, quiet, f"{head}    PendingFileRenameOperations    REG_MULTI_SZ    {renamed}\r\n    ProtectionMode{rest}"
    )
    assert told == (due("needed to replace files that were in use") if is_due else {"pending_restart": "not needed"})


def test_that_none_is_due_is_told_where_all_three_places_have_answered() -> None:
    quiet = "HKEY_LOCAL_MACHINE\\SOFTWARE\\..."
    assert pending_restart.windows(quiet, quiet, SESSIONS) == {"pending_restart": "not needed"}
    for gone in range(3):
        shown = [quiet, quiet, SESSIONS]
        shown[gone] = ""
        assert pending_restart.windows(*shown) == {"pending_restart": ""}


@pytest.mark.parametrize("sign", ["reboot-required", "reboot-needed"])
def test_an_empty_sign_is_one(sign: str) -> None:
    """openSUSE's is empty, and so is what people make with `touch`."""
    assert pending_restart.read(Recorded(System.LINUX, folders={"/run": [sign]})) == due("needed")


def test_a_pending_restart_on_opensuse() -> None:
    zypper = {"/usr/bin": ["zypper"]}
    assert pending_restart.read(Recorded(System.LINUX, folders=zypper)) == {"pending_restart": "not needed"}
    assert pending_restart.read(Recorded(System.LINUX, folders={**zypper, "/run": ["reboot-needed"]})) == due("needed")


def test_a_pending_restart_on_fedora() -> None:
    dnf = {"/usr/bin": ["dnf"]}
    for file, told in (
        ("linux-dnf-restart.txt", due("needed by kernel")),
        ("linux-dnf-no-restart.txt", {"pending_restart": "not needed"}),
    ):
        commands = {"dnf": output(file)}
        assert pending_restart.read(Recorded(System.LINUX, folders=dnf, commands=commands)) == told
        assert pending_restart.read(Recorded(System.LINUX, commands=commands)) == {}, "there is no dnf"
    for said in ("", "Error: rpmdb open failed", "No such command: needs-restarting. Please use /usr/bin/dnf --help"):
        assert pending_restart.read(Recorded(System.LINUX, folders=dnf, commands={"dnf": said})) == {}


def test_a_kernel_whose_update_has_taken_its_place() -> None:
    """Arch keeps one: the running one's files are gone."""
    five, six = "6.9.5-arch1-1", "6.9.6-arch1-1"
    assert kernels(five, six, beside=(six,)) == due(f"needed by kernel {six}, running is {five}")
    assert kernels(six, six, beside=(six,)) == {}
    assert kernels("6.9.5-zen1-1-zen", six, beside=(six,)) == {}, "of another kind"
    assert kernels("", six, beside=(six,)) == {}
    assert kernels("6.1.0-9-amd64", "6.1.0-28-amd64", images=("6.1.0-28-amd64",)) == {}, "Debian keeps the running one"
    for folder, mark in (("/", ".dockerenv"), ("/run", ".containerenv"), ("/run", "host")):
        assert kernels(five, six, beside=(six,), container={folder: [mark]}) == {}, "a host's kernel"


def test_an_update_that_is_ready_waits_for_a_restart() -> None:
    assert pending_restart.read(Recorded(System.LINUX, folders={"/": ["etc", "system-update"]})) == due(
        "needed to install an update that is ready"
    )
