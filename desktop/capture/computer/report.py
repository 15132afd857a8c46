"""All facts about this computer, in the order in which a technician reads them."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread

import psutil

from desktop.capture.computer import disk, hardware, identity, memory, monitors, network, system, uptime
from desktop.capture.computer.machine import Machine, ThisMachine
from desktop.capture.screens.geometry import Monitor
from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact

_log = logging.getLogger(__name__)

UNKNOWN = "unknown"
TIME_LIMIT = 2.0
"""Seconds after which whatever has not answered is unknown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are read together: their labels by key, and how they are read. What is missing is unknown."""

    labels: Mapping[str, str]
    read: Callable[[Machine], Mapping[str, str]]


def groups(clock: Clock, list_monitors: Callable[[], Sequence[Monitor]]) -> tuple[Group, ...]:
    """Every group, in order. `list_monitors` may block; nobody waits for it longer than for the others."""
    return (
        Group(identity.LABELS, identity.read),
        Group(system.LABELS, system.read),
        Group(hardware.LABELS, hardware.read),
        Group(network.LABELS, network.read),
        Group(memory.LABELS, memory.read),
        Group(disk.LABELS, disk.read),
        Group(uptime.LABELS, uptime.Uptime(clock).read),
        Group(monitors.LABELS, monitors.Monitors(list_monitors).read),
    )


def computer_facts(clock: Clock, list_monitors: Callable[[], Sequence[Monitor]]) -> tuple[Fact, ...]:
    """What this computer can tell, within `TIME_LIMIT`. Blocks, so not on the thread of the windows."""
    return read_facts(groups(clock, list_monitors), ThisMachine(), clock, TIME_LIMIT)


def read_facts(groups: Sequence[Group], machine: Machine, clock: Clock, limit: float) -> tuple[Fact, ...]:
    """The facts of the groups, all read at once; those of a group that fails or needs longer are unknown.

    A thread that hangs (a dead network drive) is left behind and ends with the process.
    """
    found: dict[str, str] = {}
    readers = [Thread(target=_read, args=(group, machine, found), daemon=True) for group in groups]
    for reader in readers:
        reader.start()
    end = clock.monotonic() + limit
    for reader in readers:
        reader.join(max(0.0, end - clock.monotonic()))
    known = dict(found)
    return tuple(
        Fact(key=key, label=label, value=known.get(key) or UNKNOWN)
        for group in groups
        for key, label in group.labels.items()
    )


def _read(group: Group, machine: Machine, found: dict[str, str]) -> None:
    try:
        found.update(group.read(machine))
    except (OSError, RuntimeError, ValueError, psutil.Error) as unreadable:
        _log.info("facts %s could not be read: %r", ", ".join(group.labels), unreadable)
