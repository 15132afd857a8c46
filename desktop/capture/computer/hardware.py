"""The computer's model and serial number, where this user may read them."""

import re
from collections.abc import Mapping

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.registry import values
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"model": "Model", "serial": "Serial number"}

_BIOS_KEY = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
_NOT_SET = re.compile(
    r"(?:to be filled.*|default string|system (?:serial number|product name|manufacturer)|not (?:specified|applicable)"
    r"|none|n/?a|o\.?e\.?m\.?|unknown|invalid|[0.x\s-]*|123456789)",
    re.IGNORECASE,
)
"""What makers leave in the fields that they should have filled."""


class Hardware:
    """Reads what the maker has written into the computer."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Mapping[str, str]:
        """The facts of `LABELS` that can be told."""
        match machine.system:
            case System.WINDOWS:
                return windows(machine.run("reg", "query", _BIOS_KEY), self._inventory.serial(machine))
            case System.MACOS:
                return mac(machine.run("ioreg", "-rd1", "-c", "IOPlatformExpertDevice"))
            case _:
                return linux(machine)


def linux(machine: Machine) -> Mapping[str, str]:
    """From the firmware's tables (DMI), or the device tree of boards without. The serial is often root's alone."""
    dmi = "/sys/class/dmi/id/"
    model = joined(machine.read(f"{dmi}sys_vendor"), machine.read(f"{dmi}product_name"))
    tree = "/proc/device-tree/"
    return {
        "model": model or told(machine.read(f"{tree}model")),
        "serial": told(machine.read(f"{dmi}product_serial")) or told(machine.read(f"{tree}serial-number")),
    }


def windows(query: str, serial: str) -> Mapping[str, str]:
    """From `reg query` of the BIOS key, and the serial number as PowerShell prints it."""
    found = values(query)
    model = joined(found.get("SystemManufacturer", ""), found.get("SystemProductName", ""))
    return {"model": model, "serial": told(serial)}


def mac(shown: str) -> Mapping[str, str]:
    """From `ioreg`: `"IOPlatformSerialNumber" = "…"` and `"model" = <"…">`."""
    found = dict(re.findall(r'"(model|IOPlatformSerialNumber)" = <?"([^"]*)"', shown))
    return {"model": joined("Apple", found.get("model", "")), "serial": told(found.get("IOPlatformSerialNumber", ""))}


def told(value: str) -> str:
    """The value, or empty where the maker has left a placeholder."""
    value = value.strip()
    return "" if _NOT_SET.fullmatch(value) else value


def joined(maker: str, model: str) -> str:
    """Maker and model without saying the maker twice; empty where there is no model."""
    maker, model = told(maker), told(model)
    return model if not model or model.lower().startswith(maker.lower()) else f"{maker} {model}"
