"""Whether an X server is Xwayland, which shows X programs on a Wayland desktop and nothing of the others."""

from typing import Final

from desktop.capture.screens.x11_window import has_extension
from desktop.capture.screens.x_libraries import ask_the_loader

_EXTENSION: Final = "XWAYLAND"
"""Of every Xwayland since 23.1."""
_OUTPUT: Final = "XWAYLAND"
"""What the outputs of older ones are called, with a number."""


def is_xwayland(display: str) -> bool:
    """Whether the server at that display is; true where nobody answers there, so that nothing is taken from it."""
    from mss import MSS, ScreenShotError

    if has_extension(display, _EXTENSION):
        return True
    ask_the_loader()
    try:
        with MSS(display=display) as source:
            return any(monitor.get("output", "").startswith(_OUTPUT) for monitor in source.monitors)
    except (ScreenShotError, OSError):
        return True
