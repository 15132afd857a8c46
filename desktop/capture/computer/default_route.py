"""The way out of this computer's network."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from threading import Lock

from desktop.capture.computer.machine import Machine
from desktop.capture.surroundings import System

_UP, _REJECT = 0x0001, 0x0200
"""RTF_UP and RTF_REJECT of the kernel's route flags."""


@dataclass(frozen=True, slots=True)
class Route:
    """The default route. `adapter`: its name, on Windows an address of it; both empty where there is no way out."""

    gateway: str = ""
    adapter: str = ""

    def __bool__(self) -> bool:
        return bool(self.gateway or self.adapter)


class WayOut:
    """Reads the default route once, for whoever asks first; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: tuple[Route | None, ...] = ()

    def of(self, machine: Machine) -> Route | None:
        """As `default_route`."""
        with self._lock:
            if not self._found:
                self._found = (default_route(machine),)
        return self._found[0]


def default_route(machine: Machine) -> Route | None:
    """The default route; one that is empty where there is none, None where it could not be read."""
    match machine.system:
        case System.WINDOWS:
            return windows(machine.run("route", "print"))
        case System.MACOS:
            return mac(machine.run("netstat", "-rn"))
        case _:
            return linux(machine.read("/proc/net/route"), machine.read("/proc/net/ipv6_route"))


def linux(ipv4: str, ipv6: str) -> Route | None:
    """From the kernel's tables (hexadecimal; IPv4 in the order of a little-endian machine), lowest metric first.

    A route that refuses is none: VPNs lay one below their own, so that nothing leaves without them.
    """
    if (ipv4 and not ipv4.startswith("Iface")) or not (ipv4 or ipv6):
        return None
    found: list[tuple[int, Route]] = []
    for line in ipv4.splitlines()[1:]:
        fields = line.split()
        is_default = len(fields) > 7 and fields[1] == fields[7] == "00000000" and fields[0] != "*"  # a black hole
        if is_default and int(fields[3], 16) & (_UP | _REJECT) == _UP:
            gateway = IPv4Address(int.from_bytes(bytes.fromhex(fields[2]), "little"))
            found.append((int(fields[6]), Route("direct" if gateway.is_unspecified else str(gateway), fields[0])))
    for line in ipv6.splitlines() if not found else ():
        fields = line.split()
        is_default = len(fields) > 9 and set(fields[0]) == {"0"} and fields[1] == "00" and fields[9] != "lo"
        if is_default and int(fields[8], 16) & (_UP | _REJECT) == _UP:
            gateway6 = IPv6Address(bytes.fromhex(fields[4]))
            found.append((int(fields[5], 16), Route("direct" if gateway6.is_unspecified else str(gateway6), fields[9])))
    return min(found, key=lambda one: one[0], default=(0, Route()))[1]


def windows(shown: str) -> Route | None:
    """From `route print`, by its lines and figures alone: the words are in the language of that Windows.

    Between its lines of `=` stand the adapters, the routes of IPv4 that are in force, and those of IPv6; what follows
    each of the two, without a line of its own before it, is what is remembered for the next start.
    """
    blocks = re.split(r"^={5,}\s*$", shown, flags=re.MULTILINE)
    if len(blocks) < 4 or "127.0.0.0" not in blocks[3]:  # every Windows reaches itself
        return None
    adapters, ipv4, ipv6 = blocks[1], blocks[3], blocks[5] if len(blocks) > 5 else ""
    four = re.findall(r"^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\S.*?)\s+(\d+\.\d+\.\d+\.\d+)\s+(\d+)\s*$", ipv4, re.MULTILINE)
    if four:
        gateway, adapter, _ = min(four, key=lambda row: int(row[2]))
        return Route(gateway if re.fullmatch(r"[\d.]+", gateway) else "direct", adapter)
    six = re.findall(r"^\s*(\d+)\s+(\d+)\s+::/0\s+(\S.*?)\s*$", ipv6, re.MULTILINE)
    if not six:
        return Route()
    number, _, gateway = min(six, key=lambda row: int(row[1]))
    return Route(gateway if ":" in gateway else "direct", _windows_adapter(adapters, number))


def _windows_adapter(listed: str, number: str) -> str:
    """The adapter's hardware address as psutil writes it, or its description where it has none (a tunnel)."""
    found = re.search(rf"^\s*{number}\s?\.\.\.((?:[0-9a-f]{{2}} )*)\.*\s*(.*?)\s*$", listed, re.MULTILINE)
    if found is None:
        return ""
    return "-".join(found[1].split()).upper() or found[2]


def mac(shown: str) -> Route | None:
    """From `netstat -rn`: IPv4 before IPv6; routes of one adapter alone (the flag `I`) lead nobody else out.

    Some VPNs lay half of the addresses (`0/1`) over the default route instead of taking its place.
    """
    if "Destination" not in shown or "lo0" not in shown:  # every Mac reaches itself
        return None
    rows = re.findall(
        r"^(?:default|0/1|::/1)\s+(\S+)\s+([A-Za-z]\w*)\s+(?:\d+\s+\d+\s+)?([a-z]+\d+)\b", shown, re.MULTILINE
    )
    ways = [(gateway, adapter) for gateway, flags, adapter in rows if "I" not in flags]
    if not ways:
        return Route()
    gateway, adapter = min(ways, key=lambda way: ":" in way[0])
    is_address = "." in gateway or ":" in gateway
    return Route(gateway.partition("%")[0] if is_address else "direct", adapter)
