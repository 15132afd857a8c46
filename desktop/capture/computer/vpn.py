"""Whether a virtual private network is on, where one is set up."""

import re
from collections.abc import Mapping, Sequence

from desktop.capture.computer.ip_addresses import usable
from desktop.capture.computer.machine import Adapter, Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"vpn": "VPN"}

_PROGRAMS = re.compile(
    r"vpn|\b(?:wireguard|wintun|anyconnect|cisco secure client|globalprotect|pangp|fortinet|fortissl|tailscale|zerotier"
    r"|zscaler|nordlynx|check point virtual|juniper|pulse secure|sonicwall|mullvad|cloudflare warp)",
    re.IGNORECASE,
)
"""How VPN programs name the adapters that they bring to Windows: the maker's description, no name a person gave."""
_TAP = re.compile(r"\btap\b", re.IGNORECASE)
"""A cable drawn by a program: a VPN's, or one of a virtual machine. Its name does not tell which."""
_CONNECTED = "2"
"""Win32_NetworkAdapter.NetConnectionStatus."""
_TUN, _TAP_FLAG = 0x1, 0x2
"""IFF_TUN and IFF_TAP of Linux' tun_flags."""

_States = dict[str, bool | None]
"""What is on, by name; None where it may be a VPN, or none."""


class Vpn:
    """Asks the system for its own connections, and looks at the adapters of other programs."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        match machine.system:
            case System.WINDOWS:
                rows, adapters = self._inventory.rows(machine, "vpn"), self._inventory.rows(machine, "adapters")
                is_known = rows is not None and adapters is not None
                return told({**windows_adapters(adapters or ()), **windows(rows or ())}, is_known=is_known)
            case System.MACOS:
                set_up = mac(machine.run("scutil", "--nc", "list"))
                return told({**mac_adapters(machine.adapters()), **(set_up or {})}, is_known=set_up is not None)
            case _:
                set_up = linux(machine.run("nmcli", "-t", "-f", "NAME,TYPE,ACTIVE", "connection", "show"))
                return told({**linux_adapters(machine), **(set_up or {})}, is_known=set_up is not None)


def told(found: Mapping[str, bool | None], *, is_known: bool) -> Told:
    """From connections and adapters. `is_known`: whether the system has told all that it knows."""
    on = [name for name, is_on in found.items() if is_on]
    if on:
        return {"vpn": f"on ({', '.join(on)})"}
    if not is_known or None in found.values():
        return {}
    return {"vpn": Unusual(f"off ({', '.join(found)})", "VPN off") if found else "none found"}


def windows(rows: Sequence[dict[str, str]]) -> Mapping[str, bool]:
    """From `Get-VpnConnection`."""
    return {row["Name"]: row.get("ConnectionStatus", "") == "Connected" for row in rows if row.get("Name")}


def windows_adapters(rows: Sequence[dict[str, str]]) -> Mapping[str, bool | None]:
    """From the class Win32_NetworkAdapter, whose Name is what the adapter's maker calls it in any language."""
    found: _States = {}
    for row in rows:
        name, connection = row.get("Name", ""), row.get("Connection", "")
        if _PROGRAMS.search(name):
            found[connection or name] = row.get("Status") == _CONNECTED
        elif _TAP.search(name):
            found[connection or name] = None
    return found


def mac(shown: str) -> Mapping[str, bool] | None:
    """From `scutil --nc list`: `* (Disconnected)   UUID PPP --> L2TP   "Work"   [PPP:L2TP]`; modems are in it too.

    Newer systems leave out those that were set up in System Settings: an empty list does not mean that there is none.
    """
    found = re.findall(r'^\*?\s*\((\w+)\).*?"([^"]*)"\s+\[(?:VPN|IPSec|PPP:L2TP|PPP:PPTP)\b', shown, re.MULTILINE)
    return {name: state == "Connected" for state, name in found} or None


def mac_adapters(adapters: Mapping[str, Adapter]) -> Mapping[str, bool]:
    """Tunnels that have an address: macOS keeps several of its own, which have none that others could use."""
    tunnels = {name: one for name, one in adapters.items() if re.fullmatch(r"(?:utun|ipsec)\d+", name)}
    return {name: True for name, adapter in tunnels.items() if adapter.is_up and usable(adapter.addresses)}


def linux(shown: str) -> Mapping[str, bool] | None:
    """From NetworkManager's `nmcli -t`: `Work:vpn:no`; a colon within a name is escaped. None for no such list."""
    rows = [re.split(r"(?<!\\):", line) for line in shown.splitlines()]
    if not rows or any(len(row) != 3 or row[2] not in ("yes", "no") for row in rows):
        return None
    return {row[0].replace("\\:", ":"): row[2] == "yes" for row in rows if row[1] in ("vpn", "wireguard")}


def linux_adapters(machine: Machine) -> Mapping[str, bool | None]:
    """From what the kernel says an adapter is, whatever its name: WireGuard, or a tunnel that a program holds.

    A tunnel that is up without an address is one that a program has left lying. A tap may be a virtual machine's.
    """
    found: _States = {}
    for name, adapter in machine.adapters().items():
        flags = int(machine.read(f"/sys/class/net/{name}/tun_flags") or "0", 16)
        kind = re.search(r"^DEVTYPE=wireguard$", machine.read(f"/sys/class/net/{name}/uevent"), re.MULTILINE)
        if kind or flags & _TUN:
            found[name] = adapter.is_up and bool(usable(adapter.addresses))
        elif flags & _TAP_FLAG and "brport" not in machine.names(f"/sys/class/net/{name}"):
            found[name] = None
    return found
