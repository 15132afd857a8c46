"""All facts about this computer, in the order in which a technician reads them."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread

import psutil

from desktop.capture.computer import (
    adapter,
    addresses,
    clock_offset,
    disk,
    domain,
    gateway,
    machine_id,
    memory,
    model,
    monitors,
    name,
    name_servers,
    other_disks,
    pending_restart,
    printers,
    processor,
    reach,
    serial,
    system,
    updates,
    uptime,
    user,
    vpn,
)
from desktop.capture.computer.default_route import WayOut
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.order import ORDER, UNKNOWN
from desktop.capture.computer.this_machine import ThisMachine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.screens.geometry import Monitor
from desktop.capture.surroundings import System
from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact

_log = logging.getLogger(__name__)

_LONGEST = 500
"""Characters of one fact."""
TIME_LIMIT, TIME_LIMIT_ON_WINDOWS = 2.0, 5.0
"""Seconds after which whatever has not answered is unknown; Windows' PowerShell alone needs more than one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are read together: their labels by key, and how they are read. What is missing is unknown."""

    labels: Mapping[str, str]
    read: Callable[[Machine], Told]


def groups(
    clock: Clock, list_monitors: Callable[[], Sequence[Monitor]], server: Callable[[], str] = str
) -> tuple[Group, ...]:
    """Every group. `list_monitors` and `server` may block; nobody waits for them longer than for the others."""
    inventory, way_out = WindowsInventory(), WayOut()
    return (
        Group(name.LABELS, name.read),
        Group(domain.LABELS, domain.read),
        Group(serial.LABELS, serial.Serial(inventory).read),
        Group(machine_id.LABELS, machine_id.read),
        Group(user.LABELS, user.read),
        Group(system.LABELS, system.read),
        Group(model.LABELS, model.read),
        Group(processor.LABELS, processor.read),
        Group(disk.LABELS, disk.read),
        Group(other_disks.LABELS, other_disks.read),
        Group(memory.LABELS, memory.read),
        Group(uptime.LABELS, uptime.Uptime(clock).read),
        Group(pending_restart.LABELS, pending_restart.read),
        Group(clock_offset.LABELS, clock_offset.ClockOffset(server, clock).read),
        Group(adapter.LABELS, adapter.LeadingAdapter(way_out).read),
        Group(addresses.LABELS, addresses.Addresses(way_out).read),
        Group(gateway.LABELS, gateway.Gateway(way_out).read),
        Group(name_servers.LABELS, name_servers.NameServers(inventory).read),
        Group(reach.LABELS, reach.Reach(server, clock).read),
        Group(vpn.LABELS, vpn.Vpn(inventory).read),
        Group(printers.LABELS, printers.Printers(inventory).read),
        Group(monitors.LABELS, monitors.Monitors(list_monitors).read),
        Group(updates.LABELS, updates.Updates(inventory, clock).read),
    )


def computer_facts(
    clock: Clock, list_monitors: Callable[[], Sequence[Monitor]], server: Callable[[], str] = str
) -> tuple[Fact, ...]:
    """What this computer can tell, within the limit of its system. Blocks, so not on the thread of the windows.

    `server` tells the address of the help desk, empty where this computer is connected to none.
    """
    machine = ThisMachine()
    limit = TIME_LIMIT_ON_WINDOWS if machine.system is System.WINDOWS else TIME_LIMIT
    facts = read_facts(groups(clock, list_monitors, server), machine, clock, limit)
    return tuple(sorted(facts, key=lambda fact: ORDER.index(fact.key)))


def read_facts(groups: Sequence[Group], machine: Machine, clock: Clock, limit: float) -> tuple[Fact, ...]:
    """The facts of the groups, all read at once; those of a group that fails or needs longer are unknown.

    A thread that hangs (a dead network drive) is left behind and ends with the process.
    """
    found: dict[str, str | Unusual] = {}
    readers = [Thread(target=_read, args=(group, machine, found), daemon=True) for group in groups]
    for reader in readers:
        reader.start()
    end = clock.monotonic() + limit
    for reader in readers:
        reader.join(max(0.0, end - clock.monotonic()))
    known = dict(found)
    return tuple(
        _fact(key, label, known.get(key) or UNKNOWN) for group in groups for key, label in group.labels.items()
    )


def _fact(key: str, label: str, told: str | Unusual) -> Fact:
    """What it is, in one line; what a maker or a tool wrote may be anything."""
    value, why = (told.value, told.why) if isinstance(told, Unusual) else (told, "")
    shown = " ".join("".join(one if one.isprintable() else " " for one in value[:_LONGEST]).split())
    if not shown:
        return Fact(key=key, label=label, value=UNKNOWN)
    return Fact(key=key, label=label, value=shown if len(value) <= _LONGEST else f"{shown}…", unusual=why)


def _read(group: Group, machine: Machine, found: dict[str, str | Unusual]) -> None:
    try:
        found.update(group.read(machine))
    except (OSError, RuntimeError, ValueError, psutil.Error) as unreadable:
        _log.info("facts %s could not be read: %r", ", ".join(group.labels), unreadable)
