"""The way out of this computer's network."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from desktop.capture.computer.machine import Machine
from desktop.capture.surroundings import System

_UP = 1
"""RTF_UP of the kernel's route flags."""


@dataclass(frozen=True, slots=True)
class Route:
    """The default route. `adapter`: its name, on Windows its address; both empty where there is no way out."""

    gateway: str = ""
    adapter: str = ""

    def __bool__(self) -> bool:
        return bool(self.gateway or self.adapter)


def default_route(machine: Machine) -> Route | None:
    """The default route; one that is empty where there is none, None where it could not be read."""
    match machine.system:
        case System.WINDOWS:
            return windows(machine.run("route", "print", "-4"))
        case System.MACOS:
            return mac(machine.run("route", "-n", "get", "default"))
        case _:
            return linux(machine.read("/proc/net/route"), machine.read("/proc/net/ipv6_route"))


def linux(ipv4: str, ipv6: str) -> Route | None:
    """From the kernel's tables (hexadecimal; IPv4 in the order of a little-endian machine), lowest metric first."""
    if not ipv4 and not ipv6:
        return None
    found: list[tuple[int, Route]] = []
    for line in ipv4.splitlines()[1:]:
        fields = line.split()
        if len(fields) > 7 and fields[1] == fields[7] == "00000000" and int(fields[3], 16) & _UP:
            gateway = IPv4Address(int.from_bytes(bytes.fromhex(fields[2]), "little"))
            found.append((int(fields[6]), Route("direct" if gateway.is_unspecified else str(gateway), fields[0])))
    for line in ipv6.splitlines() if not found else ():
        fields = line.split()
        if len(fields) > 9 and set(fields[0]) == {"0"} and fields[1] == "00" and fields[9] != "lo":
            gateway6 = IPv6Address(bytes.fromhex(fields[4]))
            found.append((int(fields[5], 16), Route("direct" if gateway6.is_unspecified else str(gateway6), fields[9])))
    return min(found, key=lambda one: one[0], default=(0, Route()))[1]


def windows(shown: str) -> Route | None:
    """From `route print -4`: the row of 0.0.0.0, whatever the language of the headings."""
    if not shown:
        return None
    rows = re.findall(r"^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\S+)\s+(\d+\.\d+\.\d+\.\d+)\s+(\d+)\s*$", shown, re.MULTILINE)
    best = min(rows, key=lambda row: int(row[2]), default=None)
    if best is None:
        return Route()
    return Route(best[0] if re.fullmatch(r"[\d.]+", best[0]) else "direct", best[1])


def mac(shown: str) -> Route | None:
    """From `route -n get default`; it prints nothing on standard output where there is no route, or cannot be run."""
    found = dict(re.findall(r"^\s*(gateway|interface): (\S+)", shown, re.MULTILINE))
    return Route(found.get("gateway", "direct"), found["interface"]) if "interface" in found else None
