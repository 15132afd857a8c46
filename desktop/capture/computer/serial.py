"""The serial number that the maker has given the computer, where this user may read it."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.maker_text import written
from desktop.capture.computer.told import Told
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"serial": "Serial number"}

_SERIAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _./:#+*()-]{2,79}")
_WITH_SPACES = re.compile(r"(?:\S*\d\S*|[0-9A-Fa-f-]+)(?: +(?:\S*\d\S*|[0-9A-Fa-f-]+))*")
"""Figures in every part, such as `VMware-56 4d 2b 91 af`: else it is a sentence."""


class Serial:
    """Reads what the maker has written into the computer."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        return {"serial": told(self._written(machine))}

    def _written(self, machine: Machine) -> str:
        match machine.system:
            case System.WINDOWS:
                return self._inventory.serial(machine)
            case System.MACOS:
                return mac(machine.run("ioreg", "-rd1", "-c", "IOPlatformExpertDevice"))
            case _:  # the firmware's tables, whose serial is often root's alone, or the device tree of boards without
                firmware = told(machine.read("/sys/class/dmi/id/product_serial"))
                return firmware or machine.read("/proc/device-tree/serial-number")


def mac(shown: str) -> str:
    """From `ioreg`: `"IOPlatformSerialNumber" = "…"`."""
    found = re.search(r'"IOPlatformSerialNumber" = "([^"]*)"', shown)
    return found[1] if found else ""


def told(text: str) -> str:
    """The number, or empty where that is none: a serial number has figures, or is in capitals throughout."""
    text = written(text)
    if not _SERIAL.fullmatch(text) or not (any(map(str.isdigit, text)) or text.isupper()):
        return ""
    return text if " " not in text or _WITH_SPACES.fullmatch(text) else ""
