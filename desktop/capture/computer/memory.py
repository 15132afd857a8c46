"""How much memory there is, and how much of it programs could still have."""

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.sizes import free_text
from desktop.capture.computer.told import Told, Unusual

LABELS = {"memory": "Memory"}

_NEARLY_USED = 0.08
"""Below this share of available memory systems begin to swap all the time."""


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    return {"memory": told_of(*machine.memory())}


def told_of(available: int, total: int) -> str | Unusual:
    """Of bytes that programs could still have, and all that there are; empty where there is no such number."""
    if total <= 0:
        return ""
    text = free_text(available, total)
    return Unusual(text, "memory nearly used up") if available / total < _NEARLY_USED else text
