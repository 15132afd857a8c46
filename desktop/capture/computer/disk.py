"""How much room is left on the disk that holds the person's files."""

from collections.abc import Mapping
from pathlib import Path

import psutil

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.sizes import free_text

LABELS = {"disk": "Free disk"}


def read(machine: Machine) -> Mapping[str, str]:  # noqa: ARG001
    """The facts of `LABELS` that can be told."""
    usage = psutil.disk_usage(str(Path.home()))
    return {"disk": free_text(usage.free, usage.total)}
