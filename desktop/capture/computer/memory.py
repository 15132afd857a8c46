"""How much memory there is, and how much of it programs could still have."""

from collections.abc import Mapping

import psutil

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.sizes import free_text

LABELS = {"memory": "Memory"}


def read(machine: Machine) -> Mapping[str, str]:  # noqa: ARG001
    """The facts of `LABELS` that can be told."""
    memory = psutil.virtual_memory()
    return {"memory": free_text(memory.available, memory.total)}
