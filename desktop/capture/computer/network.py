"""The addresses by which this computer can be reached, and the adapter that leads out."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

import psutil

from desktop.capture.computer.gateway import Route, default_route
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"addresses": "Addresses", "adapter": "Network adapter", "gateway": "Gateway"}


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    by_adapter = {name: usable(found.address for found in list_) for name, list_ in psutil.net_if_addrs().items()}
    addresses = [address for name, list_ in by_adapter.items() if name in up for address in list_]
    route = default_route(machine)
    return {
        "addresses": ", ".join(sorted(addresses, key=lambda address: ":" in address)) or Unusual("none", "no network"),
        "adapter": adapter_text(machine, _adapter(route, by_adapter)) if route else "",
        "gateway": (route.gateway if route else Unusual("none", "no way out of the network"))
        if route is not None
        else "",
    }


def _adapter(route: Route, by_adapter: dict[str, list[str]]) -> str:
    """The adapter's name: Windows tells its address instead."""
    return next((name for name, list_ in by_adapter.items() if route.adapter in list_), route.adapter)


def adapter_text(machine: Machine, name: str) -> str:
    """`eth0 (wired)`, `Wi-Fi`, or the name alone where its kind is not told."""
    if machine.system is System.MACOS:
        ports = dict(
            re.findall(r"Hardware Port: (.+)\nDevice: (\S+)", machine.run("networksetup", "-listallhardwareports"))
        )
        port = next((port for port, device in ports.items() if device == name), "")
        return f"{name} ({port})" if port else name
    if machine.system is System.LINUX and name:
        told = machine.read(f"/sys/class/net/{name}/uevent")
        kind = re.search(r"^DEVTYPE=(\w+)", told, re.MULTILINE)
        if kind:
            return f"{name} ({'Wi-Fi' if kind[1] == 'wlan' else kind[1]})"
        return f"{name} (wired)" if machine.names(f"/sys/class/net/{name}/device") else name
    return name


def usable(texts: Iterable[str]) -> list[str]:
    """IP addresses other machines could use, IPv4 first; hardware, loopback and link-local ones are left out."""
    found = []
    for text in dict.fromkeys(texts):
        try:
            address = ip_address(text.partition("%")[0])
        except ValueError:
            continue
        if not (address.is_loopback or address.is_link_local or address.is_unspecified):
            found.append(address)
    return [str(address) for address in sorted(found, key=lambda address: address.version)]
