"""The network adapter that leads out of this computer."""

import re
from collections.abc import Mapping

from desktop.capture.computer.default_route import Route, WayOut
from desktop.capture.computer.machine import Adapter, Machine
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"adapter": "Network adapter"}


class LeadingAdapter:
    """Names the adapter of the default route."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        route = self._way_out.of(machine)
        return {"adapter": adapter_text(machine, adapter_of(route, machine.adapters()))} if route else {}


def adapter_of(route: Route, adapters: Mapping[str, Adapter]) -> str:
    """The adapter's name: Windows tells an address of it instead."""
    of_it = [name for name, adapter in adapters.items() if route.adapter in adapter.addresses]
    return next((name for name in of_it if adapters[name].is_up), of_it[0] if of_it else route.adapter)


def adapter_text(machine: Machine, name: str) -> str:
    """`eth0 (wired)`, `Wi-Fi`, or the name alone where its kind is not told."""
    if machine.system is System.MACOS:
        ports = dict(
            re.findall(
                r"^Hardware Port: (.+)\nDevice: (\S+)", machine.run("networksetup", "-listallhardwareports"), re.M
            )
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
