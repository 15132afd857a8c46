"""Pictures of every window on the data of a desk, light and dark."""

from collections.abc import Sequence
from pathlib import Path

from desktop.desk import Desk

WHILE_WAITING = ("receipt", "waiting")
AFTERWARDS = ("report", "goes-along", "annotate", "region", "tickets", "connect", "settings")
"""Which windows are pictured when: what waits is shown while it waits."""


def save_pictures(desk: Desk, out: Path, windows: Sequence[str]) -> tuple[Path, ...]:
    """Write a PNG of each of these windows to `out`; returns their paths. Needs a display, a virtual one will do."""
    from desktop.ui.pictures import take_pictures

    out.mkdir(parents=True, exist_ok=True)
    return tuple(take_pictures(desk, out, windows=windows))


def save_overview(out: Path) -> Path:
    """One picture of the form, the receipt and the tickets, from those in `out`."""
    from desktop.ui.poster import save_poster

    left = (out / "report-light.png", out / "receipt-light.png")
    return save_poster(left, out / "tickets-light.png", out / "windows.png")
