"""Whether the computer waits for a restart to finish an update."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"pending_restart": "Restart"}

_WHY = "restart pending"
_SERVICING = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing"
_UPDATE = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update"
_SESSIONS = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager"
_REPLACED = re.compile(
    r"^ +PendingFileRenameOperations +REG_MULTI_SZ +.*?(?<!\\0)\\0!?\\\?\?\\", re.MULTILINE | re.IGNORECASE
)
"""Pairs of an old and a new name; without a new one the file is deleted, as those of many a set-up program are."""
_SIGNS = frozenset(("reboot-required", "reboot-needed"))
"""What Debian and Ubuntu leave in /run, and openSUSE; it is there or not, mostly empty."""
_LEAVE_A_SIGN = (PurePosixPath("/usr/share/update-notifier/notify-reboot-required"), PurePosixPath("/usr/bin/zypper"))
"""Where one of these is installed the absence of a sign counts; elsewhere it says nothing."""
_DNF = PurePosixPath("/usr/bin/dnf")
_LIMIT = 1.5
"""Seconds; `dnf` ends as if it had failed where a restart is due."""


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; macOS keeps no sign of it, so there it is unknown."""
    match machine.system:
        case System.WINDOWS:
            return windows(*(machine.run("reg", "query", key) for key in (_SERVICING, _UPDATE, _SESSIONS)))
        case System.LINUX:
            return linux(machine)
        case _:
            return {}


def windows(servicing: str, update: str, sessions: str) -> Told:
    """From two keys of the registry, below which there are others only while a restart is due, and a value of a third.

    That none is due is told where all three have answered.
    """
    if re.search(r"\\(?:RebootPending|RebootInProgress)\s*$", servicing, re.MULTILINE):
        return {"pending_restart": Unusual("needed to finish a Windows update", _WHY)}
    if re.search(r"\\RebootRequired\s*$", update, re.MULTILINE):
        return {"pending_restart": Unusual("needed by Windows Update", _WHY)}
    if _REPLACED.search(sessions):
        return {"pending_restart": Unusual("needed to replace files that were in use", _WHY)}
    are_read = all(shown.lstrip().startswith("HKEY_LOCAL_MACHINE") for shown in (servicing, update, sessions))
    return {"pending_restart": "not needed" if are_read else ""}


def linux(machine: Machine) -> Told:
    """From the sign that a distribution leaves, from a newer kernel, from an update that waits for it, or from dnf."""
    if _SIGNS.intersection(machine.names("/run")):
        return _needed_by(machine.read("/run/reboot-required.pkgs").split())
    if newer := _newer_kernel(machine):
        return {"pending_restart": Unusual(newer, _WHY)}
    if "system-update" in machine.names("/"):  # systemd.offline-updates(7)
        return {"pending_restart": Unusual("needed to install an update that is ready", _WHY)}
    if any(_is_there(machine, program) for program in _LEAVE_A_SIGN):
        return {"pending_restart": "not needed"}
    if not _is_there(machine, _DNF):
        return {}
    return dnf(machine.run_in_part(_LIMIT, "dnf", "-C", "needs-restarting", "-r"))


def dnf(shown: str) -> Told:
    """From `dnf needs-restarting -r`, of both its generations, in the C locale."""
    if re.search(r"^Reboot is required\b", shown, re.MULTILINE):
        return _needed_by(re.findall(r"^ +\* (\S+)$", shown, re.MULTILINE))
    return (
        {"pending_restart": "not needed"} if re.search(r"^Reboot should not be necessary", shown, re.MULTILINE) else {}
    )


def _needed_by(packages: Iterable[str]) -> Told:
    every = sorted(set(packages))
    names = ", ".join(every[:5]) + (" and more" if len(every) > 5 else "")
    return {"pending_restart": Unusual(f"needed by {names}" if names else "needed", _WHY)}


def _is_there(machine: Machine, program: PurePosixPath) -> bool:
    return program.name in machine.names(str(program.parent))


def _newer_kernel(machine: Machine) -> str:
    """Why a newer kernel wants a restart, or empty.

    A folder of modules alone is no kernel: removed ones leave theirs behind. One that would be started has its image
    in /boot, or beside its modules; where it is there, an update may have taken the running one's place (Arch). A
    container has its host's kernel, of which there is nothing here either.
    """
    running, images = machine.read("/proc/sys/kernel/osrelease"), machine.names("/boot")
    with_modules = machine.names("/lib/modules")
    beside = [name for name in with_modules if "vmlinuz" in machine.names(f"/lib/modules/{name}")]
    kernels = [*beside, *(name for name in with_modules if f"vmlinuz-{name}" in images)]
    if running not in kernels:
        is_replaced = running and running not in with_modules and not _is_container(machine)
        kernels = beside if is_replaced else []
    newest = max((name for name in kernels if _flavour(name) == _flavour(running)), key=_version, default=running)
    return f"needed by kernel {newest}, running is {running}" if _version(newest) > _version(running) else ""


def _is_container(machine: Machine) -> bool:
    return ".dockerenv" in machine.names("/") or not {".containerenv", "host"}.isdisjoint(machine.names("/run"))


def _version(name: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", name)]


def _flavour(name: str) -> str:
    """What follows the numbers: `amd64`, `generic`, `fc40.x86_64`."""
    return re.sub(r"[\d.\-_]+", " ", name).strip()
