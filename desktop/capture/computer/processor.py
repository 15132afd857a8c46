"""The computer's processor, as its maker calls it."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.registry import values
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"processor": "Processor"}

_KEY = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; Linux on other machines than PCs mostly keeps no name."""
    match machine.system:
        case System.WINDOWS:
            name = values(machine.run("reg", "query", _KEY, "/v", "ProcessorNameString")).get("ProcessorNameString", "")
        case System.MACOS:
            name = machine.run("sysctl", "-n", "machdep.cpu.brand_string")
        case _:
            found = re.search(r"^model name\s*: (.+)$", machine.read("/proc/cpuinfo"), re.MULTILINE)
            name = found[1] if found else ""
    return {"processor": " ".join(name.split())}
