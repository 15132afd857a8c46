"""The computer's maker and model."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.maker_text import written
from desktop.capture.computer.registry import values
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"model": "Model"}

_BIOS_KEY = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    match machine.system:
        case System.WINDOWS:
            return {"model": windows(machine.run("reg", "query", _BIOS_KEY))}
        case System.MACOS:
            return {"model": mac(machine.run("ioreg", "-rd1", "-c", "IOPlatformExpertDevice"))}
        case _:  # the firmware's tables (DMI), or the device tree of boards without
            dmi = "/sys/class/dmi/id/"
            model = joined(machine.read(f"{dmi}sys_vendor"), machine.read(f"{dmi}product_name"))
            return {"model": model or written(machine.read("/proc/device-tree/model"))}


def windows(query: str) -> str:
    """From `reg query` of the BIOS key."""
    found = values(query)
    return joined(found.get("SystemManufacturer", ""), found.get("SystemProductName", ""))


def mac(shown: str) -> str:
    """From `ioreg`: `"model" = <"…">`."""
    found = re.search(r'"model" = <?"([^"]*)"', shown)
    return joined("Apple", found[1] if found else "")


def joined(maker: str, model: str) -> str:
    """Maker and model without saying the maker twice; empty where there is no model."""
    maker, model = written(maker), written(model)
    return model if not model or model.lower().startswith(maker.lower()) else f"{maker} {model}"
