"""The computer's name, by which its help desk knows it."""

import socket

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told

LABELS = {"computer": "Computer"}


def computer_name() -> str:
    """The computer's name as its help desk knows it: the host name without domain; `unknown` where it has none."""
    return short_name(socket.gethostname())


def short_name(host: str) -> str:
    """A host name without its domain."""
    return host.strip().split(".")[0] or "unknown"


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    return {"computer": short_name(machine.host())}
