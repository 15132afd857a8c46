"""The addresses by which this computer can be reached."""

from collections.abc import Mapping

from desktop.capture.computer.adapter import adapter_of
from desktop.capture.computer.default_route import WayOut
from desktop.capture.computer.ip_addresses import usable
from desktop.capture.computer.machine import Adapter, Machine
from desktop.capture.computer.told import Told, Unusual

LABELS = {"addresses": "Addresses"}

NONE = "none"
"""What is told where no adapter that is on has an address."""
_SHOWN = 8


class Addresses:
    """Asks the adapters; those of the one that leads out come first, whatever bridges and tunnels there are."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        adapters = machine.adapters()
        if not adapters:
            return {}
        route = self._way_out.of(machine)
        return {"addresses": told_of(adapters, adapter_of(route, adapters) if route else "")}


def told_of(adapters: Mapping[str, Adapter], leads_out: str) -> str | Unusual:
    """The addresses of the adapters that are on. `leads_out`: the name of one of them, or empty."""
    on = {name: usable(adapter.addresses) for name, adapter in adapters.items() if adapter.is_up}
    first = on.pop(leads_out, [])
    others = sorted((one for found in on.values() for one in found), key=lambda address: ":" in address)
    every = list(dict.fromkeys((*first, *others)))
    if not every:
        return Unusual(NONE, "no network")
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more
