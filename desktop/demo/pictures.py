"""Pictures of every window on the data of a desk, light and dark."""

from pathlib import Path

from desktop.desk import Desk


def save_pictures(desk: Desk, out: Path) -> tuple[Path, ...]:
    """Write a PNG of each window to `out`, made anew; returns their paths. Needs a display, a virtual one will do."""
    from desktop.ui.pictures import take_pictures

    out.mkdir(parents=True, exist_ok=True)
    return tuple(take_pictures(desk, out))
