"""Who turns names into addresses for this computer."""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address

from desktop.capture.computer.ip_addresses import usable
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"dns": "DNS servers"}

_INTERFACES = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"
_STUBS = {"127.0.0.53", "127.0.0.54"}
"""systemd-resolved's own addresses; whom it asks stands in another file."""


class NameServers:
    """Reads whom the system asks; no server is asked anything."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        match machine.system:
            case System.WINDOWS:
                return self._windows(machine)
            case System.MACOS:
                shown = machine.run("scutil", "--dns")
                return _told(mac(shown), is_known="DNS configuration" in shown)
            case _:
                return linux(machine)

    def _windows(self, machine: Machine) -> Told:
        """From the registry; where that tells none (IPv6 that routers announce is not in it), from PowerShell."""
        up = {name: adapter for name, adapter in machine.adapters().items() if adapter.is_up}
        mine = {address for adapter in up.values() for address in usable(adapter.addresses)}
        if found := windows(machine.run("reg", "query", _INTERFACES, "/s"), mine):
            return _told(found, is_known=True)
        rows = self._inventory.rows(machine, "dns")
        servers = [one for row in rows or () if row.get("Connection") in up for one in row.get("Servers", "").split()]
        return _told(servers, is_known=rows is not None)


def linux(machine: Machine) -> Told:
    """From resolv.conf(5)."""
    shown = machine.read("/etc/resolv.conf")
    found = _servers(shown)
    if found and _STUBS.issuperset(found):
        behind = _servers(machine.read("/run/systemd/resolve/resolv.conf"))
        return _told(behind or found, is_known=True)
    return _told(found, is_known=bool(shown) and _is_resolv_conf(shown))


def windows(query: str, mine: Collection[str]) -> list[str]:
    """From `reg query … /s` of all adapters that there ever were: of those that have one of this computer's addresses.

    What was set by hand goes before what DHCP has given, adapter by adapter.
    """
    servers: list[str] = []
    for block in re.split(r"^HKEY_", query.replace("\r", ""), flags=re.MULTILINE):
        told = dict(re.findall(r"^ +(\w+) +REG_(?:SZ|MULTI_SZ) +(\S.*?)\s*$", block, re.MULTILINE))
        addresses = {one for name in ("IPAddress", "DhcpIPAddress") for one in told.get(name, "").split("\\0")}
        if addresses.intersection(mine):
            servers += re.split(r"[ ,]+", told.get("NameServer") or told.get("DhcpNameServer", ""))
    return servers


def mac(shown: str) -> list[str]:
    """From `scutil --dns`: the resolvers that are in use, without the list of those of single adapters below them."""
    in_use = re.split(r"^DNS configuration \(for scoped", shown, flags=re.MULTILINE)[0]
    return re.findall(r"nameserver\[\d+\] : (\S+)", in_use)


def _is_resolv_conf(shown: str) -> bool:
    """Whether nothing stands in it but what may; else there may be a server in what cannot be read."""
    lines = (line.strip() for line in shown.splitlines())
    return all(re.match(r"$|[#;]|(?:nameserver|domain|search|sortlist|options)\b", line) for line in lines)


def _servers(resolv_conf: str) -> list[str]:
    return re.findall(r"^\s*nameserver\s+(\S+)", resolv_conf, re.MULTILINE)


def _told(found: list[str], *, is_known: bool) -> Told:
    servers = [text for text in dict.fromkeys(found) if _is_server(text)]
    if servers:
        return {"dns": ", ".join(servers)}
    if not all(map(_address, found)):
        return {}
    return {"dns": Unusual("none", "no name can be looked up")} if is_known else {}


def _is_server(text: str) -> bool:
    """Whether it is an address, and none of those that Windows puts where there is no server (fec0:0:0:ffff::1)."""
    address = _address(text)
    return address is not None and not (isinstance(address, IPv6Address) and address.is_site_local)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None
