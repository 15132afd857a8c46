"""The computer's processor, as its maker calls it."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.maker_text import written
from desktop.capture.computer.registry import values
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"processor": "Processor"}

_KEY = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"
_MAC_NAME = "machdep.cpu.brand_string"


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; Linux on other machines than PCs mostly keeps no name."""
    match machine.system:
        case System.WINDOWS:
            name = values(machine.run("reg", "query", _KEY, "/v", "ProcessorNameString")).get("ProcessorNameString", "")
        case System.MACOS:
            found = re.search(r"^machdep\.cpu\.brand_string: (.+)$", machine.run("sysctl", _MAC_NAME), re.MULTILINE)
            name = found[1] if found else ""
        case _:
            found = re.search(r"^model name\s*: (.+)$", machine.read("/proc/cpuinfo"), re.MULTILINE)
            name = found[1] if found else ""
    return {"processor": written(" ".join(name.split()))}
