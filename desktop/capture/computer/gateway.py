"""The machine through which this computer's network is left."""

from desktop.capture.computer.default_route import WayOut
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual

LABELS = {"gateway": "Gateway"}


class Gateway:
    """Tells the gateway of the default route."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        route = self._way_out.of(machine)
        if route is None:
            return {}
        return {"gateway": route.gateway if route else Unusual("none", "no way out of the network")}
