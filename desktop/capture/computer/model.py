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
        case _:
            return {"model": linux(machine)}


def linux(machine: Machine) -> str:
    """From the firmware's tables (DMI), or the device tree of boards without."""
    fields = ("sys_vendor", "product_name", "product_version", "board_vendor", "board_name")
    told = of_firmware(*(machine.read(f"/sys/class/dmi/id/{field}") for field in fields))
    return told or written(machine.read("/proc/device-tree/model"))


def windows(query: str) -> str:
    """From `reg query` of the BIOS key."""
    found = values(query)
    fields = ("SystemManufacturer", "SystemProductName", "SystemVersion", "BaseBoardManufacturer", "BaseBoardProduct")
    return of_firmware(*(found.get(field, "") for field in fields))


def of_firmware(maker: str, model: str, version: str, board_maker: str, board: str) -> str:
    """From what the firmware says of the computer and of its mainboard, the one part of a computer built to order.

    Lenovo keeps its number of the type where others have the model, and the model in the version.
    """
    whole = joined(maker, model)
    if whole and maker.strip().casefold() == "lenovo" and (name := written(version)):
        return f"{joined(maker, name)} ({model.strip()})"
    part = "" if whole else joined(board_maker, board)
    return f"{part} (mainboard)" if part else whole


def mac(shown: str) -> str:
    """From `ioreg`: `"model" = <"…">`."""
    found = re.search(r'"model" = <?"([^"]*)"', shown)
    return joined("Apple", found[1] if found else "")


def joined(maker: str, model: str) -> str:
    """Maker and model without saying the maker twice; empty where there is no model."""
    maker, model = written(maker), written(model)
    return model if not model or model.lower().startswith(maker.lower()) else f"{maker} {model}"
