"""Whether the computer waits for a restart to finish an update."""

import re
from pathlib import PurePosixPath

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"pending_restart": "Restart"}

_WHY = "restart pending"
_SERVICING = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing"
_UPDATE = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update"
_MAKES_THE_SIGN = "/usr/share/update-notifier/notify-reboot-required"
"""Where this is installed Debian and Ubuntu leave the sign below; elsewhere its absence says nothing."""
_SIGN = "/run/reboot-required"


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; macOS keeps no sign of it, so there it is unknown."""
    match machine.system:
        case System.WINDOWS:
            return windows(machine.run("reg", "query", _SERVICING), machine.run("reg", "query", _UPDATE))
        case System.LINUX:
            return linux(machine)
        case _:
            return {}


def windows(servicing: str, update: str) -> Told:
    """From the keys below two keys of the registry, there only while a restart is due; both have to answer."""
    if re.search(r"\\(?:RebootPending|RebootInProgress)\s*$", servicing, re.MULTILINE):
        return {"pending_restart": Unusual("needed to finish a Windows update", _WHY)}
    if re.search(r"\\RebootRequired\s*$", update, re.MULTILINE):
        return {"pending_restart": Unusual("needed by Windows Update", _WHY)}
    are_read = all(shown.lstrip().startswith("HKEY_LOCAL_MACHINE") for shown in (servicing, update))
    return {"pending_restart": "not needed" if are_read else ""}


def linux(machine: Machine) -> Told:
    """From the sign that Debian and Ubuntu leave, with the packages that want it, or from a newer kernel.

    A folder of modules alone is no kernel: removed ones leave theirs behind. One that would be started has its image
    in /boot, or beside its modules.
    """
    packages = sorted(set(machine.read(f"{_SIGN}.pkgs").split()))
    if packages or machine.read(_SIGN):
        names = ", ".join(packages[:5]) + (" and more" if len(packages) > 5 else "")
        return {"pending_restart": Unusual(f"needed by {names}" if names else "needed", _WHY)}
    running, kernels = machine.read("/proc/sys/kernel/osrelease"), _kernels(machine)
    newest = max((name for name in kernels if _flavour(name) == _flavour(running)), key=_version, default=running)
    if running in kernels and _version(newest) > _version(running):
        return {"pending_restart": Unusual(f"needed by kernel {newest}, running is {running}", _WHY)}
    makes_the_sign = PurePosixPath(_MAKES_THE_SIGN)
    return {"pending_restart": "not needed" if makes_the_sign.name in machine.names(str(makes_the_sign.parent)) else ""}


def _kernels(machine: Machine) -> list[str]:
    """The kernels that are installed whole: their image and their modules are there."""
    images = machine.names("/boot")
    return [
        name
        for name in machine.names("/lib/modules")
        if f"vmlinuz-{name}" in images or "vmlinuz" in machine.names(f"/lib/modules/{name}")
    ]


def _version(name: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", name)]


def _flavour(name: str) -> str:
    """What follows the numbers: `amd64`, `generic`, `fc40.x86_64`."""
    return re.sub(r"[\d.\-_]+", " ", name).strip()
