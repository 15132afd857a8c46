"""The monitors at this computer."""

from collections.abc import Callable, Mapping, Sequence

from desktop.capture.computer.machine import Machine
from desktop.capture.screens.geometry import Monitor

LABELS = {"monitors": "Monitors"}


class Monitors:
    """Asks a screen handler for its monitors; no picture is taken."""

    def __init__(self, list_monitors: Callable[[], Sequence[Monitor]]) -> None:
        self._list_monitors = list_monitors

    def read(self, machine: Machine) -> Mapping[str, str]:  # noqa: ARG002
        """The facts of `LABELS` that can be told."""
        return {"monitors": ", ".join(map(monitor_text, self._list_monitors()))}


def monitor_text(monitor: Monitor) -> str:
    """Size, then the name where it has one: `2560 × 1440 (DELL U2720Q)`."""
    size = f"{monitor.area.width} × {monitor.area.height}"
    return f"{size} ({monitor.name})" if monitor.name else size
