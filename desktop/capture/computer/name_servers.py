"""Who turns names into addresses for this computer."""

import re
from ipaddress import ip_address

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"dns": "DNS servers"}

_INTERFACES = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"
_STUB = "127.0.0.53"
"""systemd-resolved's own address; whom it asks stands in another file."""


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; no server is asked."""
    match machine.system:
        case System.WINDOWS:
            return windows(machine.run("reg", "query", _INTERFACES, "/s"))
        case System.MACOS:
            shown = machine.run("scutil", "--dns")
            return _told(re.findall(r"nameserver\[\d+\] : (\S+)", shown), bool(shown))
        case _:
            return linux(machine)


def linux(machine: Machine) -> Told:
    """From resolv.conf(5)."""
    shown = machine.read("/etc/resolv.conf")
    found = _servers(shown)
    if found == [_STUB]:
        behind = _servers(machine.read("/run/systemd/resolve/resolv.conf"))
        return _told(behind or found, is_known=True)
    return _told(found, bool(shown))


def windows(query: str) -> Told:
    """From `reg query … /s` of all interfaces: what was set by hand goes before what DHCP has given."""
    by_hand = re.findall(r"^\s+NameServer\s+REG_SZ\s+(\S.*?)\s*$", query, re.MULTILINE)
    given = re.findall(r"^\s+DhcpNameServer\s+REG_SZ\s+(\S.*?)\s*$", query, re.MULTILINE)
    return _told([one for text in (by_hand or given) for one in re.split(r"[ ,]+", text)], bool(query))


def _servers(resolv_conf: str) -> list[str]:
    return re.findall(r"^\s*nameserver\s+(\S+)", resolv_conf, re.MULTILINE)


def _told(found: list[str], is_known: bool) -> Told:
    servers = [text for text in dict.fromkeys(found) if _is_address(text)]
    if servers:
        return {"dns": ", ".join(servers)}
    return {"dns": Unusual("none", "no DNS server")} if is_known else {}


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
