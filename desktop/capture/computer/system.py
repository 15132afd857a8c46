"""The operating system and its build."""

import re
import shlex
from collections.abc import Mapping

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.registry import values
from desktop.capture.surroundings import System

LABELS = {"os": "System", "build": "Build"}

_WINDOWS_KEY = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_FIRST_WINDOWS_11 = 22000
_KERNEL = re.compile(r"\S+ \d+\.\d\S*")
"""`Linux 6.1.0-50-amd64`."""


def read(machine: Machine) -> Mapping[str, str]:
    """The facts of `LABELS` that can be told."""
    match machine.system:
        case System.WINDOWS:
            return windows(machine.run("reg", "query", _WINDOWS_KEY))
        case System.MACOS:
            return mac(machine.run("sw_vers"))
        case _:
            names = machine.read("/etc/os-release") or machine.read("/usr/lib/os-release")
            release = machine.read("/proc/sys/kernel/osrelease")
            return linux(names, f"Linux {release}" if release else machine.run("uname", "-sr"))


def windows(query: str) -> Mapping[str, str]:
    """From `reg query`. Windows 11 still calls itself 10 there; its build number tells."""
    found = values(query)
    name, build = found.get("ProductName", ""), found.get("CurrentBuildNumber", "")
    if build.isdigit() and int(build) >= _FIRST_WINDOWS_11:
        name = name.replace("Windows 10", "Windows 11")
    release = found.get("DisplayVersion") or found.get("ReleaseId", "")
    revision = found.get("UBR", "")
    if build and revision:
        build = f"{build}.{int(revision, 0)}"
    return {"os": f"{name} {release}".strip() if name else "", "build": build}


def mac(shown: str) -> Mapping[str, str]:
    """From `sw_vers`."""
    found = dict(re.findall(r"^(\w+):\s*(.+?)\s*$", shown, re.MULTILINE))
    name = f"{found.get('ProductName', '')} {found.get('ProductVersion', '')}".strip()
    return {"os": name, "build": found.get("BuildVersion", "")}


def linux(os_release: str, kernel: str) -> Mapping[str, str]:
    """From os-release(5), whose values are quoted as a shell would, and the kernel's name and release."""
    found: dict[str, str] = {}
    for line in os_release.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = _unquoted(value)
    build = kernel if _KERNEL.fullmatch(kernel) else ""
    return {"os": found.get("PRETTY_NAME") or found.get("NAME", ""), "build": build}


def _unquoted(value: str) -> str:
    try:
        return " ".join(shlex.split(value))
    except ValueError:
        return ""
