"""The addresses by which this computer can be reached, and the adapter that leads out."""

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from desktop.capture.computer.gateway import Route, default_route
from desktop.capture.computer.machine import Adapter, Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"addresses": "Addresses", "adapter": "Network adapter", "gateway": "Gateway"}


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    adapters = machine.adapters()
    addresses = [address for adapter in adapters.values() if adapter.is_up for address in usable(adapter.addresses)]
    route = default_route(machine)
    return {
        "addresses": _addresses(addresses) if adapters else "",
        "adapter": adapter_text(machine, _adapter(route, adapters)) if route else "",
        "gateway": (route.gateway if route else Unusual("none", "no way out of the network"))
        if route is not None
        else "",
    }


def _addresses(found: list[str]) -> str | Unusual:
    return ", ".join(sorted(found, key=lambda address: ":" in address)) or Unusual("none", "no network")


def _adapter(route: Route, adapters: Mapping[str, Adapter]) -> str:
    """The adapter's name: Windows tells an address of it instead."""
    of_it = [name for name, adapter in adapters.items() if route.adapter in adapter.addresses]
    return next((name for name in of_it if adapters[name].is_up), of_it[0] if of_it else route.adapter)


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
