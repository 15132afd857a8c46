"""Whether a virtual private network is on, where one is set up."""

import re
from collections.abc import Mapping

import psutil

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"vpn": "VPN"}

_ADAPTER = re.compile(
    r"(?:tun|tap|wg|ppp|ipsec|nordlynx|tailscale|zt|cscotun|gpd|proton|mullvad|vpn)\w*"
    r"|.*\b(?:vpn|wireguard|tailscale|anyconnect|globalprotect|fortinet|fortissl|openvpn|zerotier|pangp|zscaler)\b.*",
    re.IGNORECASE,
)
"""Names that the usual programs give their adapters."""


class Vpn:
    """Asks the system for its own connections, and looks for adapters of other programs."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        adapters = {name: state.isup for name, state in psutil.net_if_stats().items() if _ADAPTER.fullmatch(name)}
        match machine.system:
            case System.WINDOWS:
                rows = self._inventory.rows(machine, "vpn")
                set_up = None if rows is None else windows(rows)
            case System.MACOS:
                set_up = mac(machine.run("scutil", "--nc", "list"))
            case _:
                set_up = linux(machine.run("nmcli", "-t", "-f", "NAME,TYPE,ACTIVE", "connection", "show"))
        return told(adapters, set_up)


def told(adapters: Mapping[str, bool], set_up: Mapping[str, bool] | None) -> Told:
    """From adapters and from the system's own connections (name: on); None where the system could not be asked."""
    every = {**adapters, **(set_up or {})}
    on = [name for name, is_on in every.items() if is_on]
    if on:
        return {"vpn": f"on ({', '.join(on)})"}
    if every:
        return {"vpn": Unusual(f"off ({', '.join(every)})", "VPN off")}
    return {"vpn": "none set up"} if set_up is not None else {}


def windows(rows: list[dict[str, str]]) -> Mapping[str, bool]:
    """From `Get-VpnConnection`."""
    return {row["Name"]: row.get("ConnectionStatus", "") == "Connected" for row in rows if row.get("Name")}


def mac(shown: str) -> Mapping[str, bool] | None:
    """From `scutil --nc list`: `* (Disconnected)   UUID IPSec   "Work" [IPSec]`."""
    if not shown:
        return None
    found = re.findall(r'^\*?\s*\((\w+)\).*?"([^"]*)"', shown, re.MULTILINE)
    return {name: state == "Connected" for state, name in found}


def linux(shown: str) -> Mapping[str, bool] | None:
    """From NetworkManager's `nmcli -t`: `Work:vpn:no`; a colon within a name is escaped."""
    if not shown:
        return None
    rows = [re.split(r"(?<!\\):", line) for line in shown.splitlines()]
    return {
        row[0].replace("\\:", ":"): row[2] == "yes" for row in rows if len(row) == 3 and row[1] in ("vpn", "wireguard")
    }
