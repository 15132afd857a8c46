"""The identity that the operating system gave this installation, by which asset lists know it."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.registry import values
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"machine_id": "Machine id"}

_KEY = r"HKLM\SOFTWARE\Microsoft\Cryptography"


def read(machine: Machine) -> Told:
    """MachineGuid on Windows, the platform's UUID on macOS, machine-id(5) elsewhere."""
    match machine.system:
        case System.WINDOWS:
            told = values(machine.run("reg", "query", _KEY, "/v", "MachineGuid"))
            return {"machine_id": _guid(told.get("MachineGuid"))}
        case System.MACOS:
            found = re.search(
                r'"IOPlatformUUID" = "([^"]+)"', machine.run("ioreg", "-rd1", "-c", "IOPlatformExpertDevice")
            )
            return {"machine_id": _guid(found and found[1])}
        case _:
            read = machine.read("/etc/machine-id") or machine.read("/var/lib/dbus/machine-id")
            return {"machine_id": read if re.fullmatch(r"[0-9a-f]{32}", read) else ""}


def _guid(text: str | None) -> str:
    """The text where it is one (RFC 9562, section 4)."""
    return text if text and re.fullmatch(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) else ""
