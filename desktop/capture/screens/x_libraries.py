"""The libraries of X11, found without a program that lists every library of the system."""

import ctypes
import ctypes.util
from typing import Final

_SONAMES: Final = {
    "X11": "libX11.so.6",
    "Xfixes": "libXfixes.so.3",
    "Xrandr": "libXrandr.so.2",
    "xcb": "libxcb.so.1",
    "xcb-randr": "libxcb-randr.so.0",
    "xcb-render": "libxcb-render.so.0",
    "xcb-shm": "libxcb-shm.so.0",
    "xcb-xfixes": "libxcb-xfixes.so.0",
}
"""Under the numbers of their interfaces, which they have kept for twenty years and for which mss declares them."""


AS_EVER: Final = ctypes.util.find_library


def ask_the_loader() -> None:
    """From now on `ctypes.util.find_library` answers for these libraries by asking the loader, in this whole process.

    Its own way runs `ldconfig` anew for each name, and a compiler where that is missing: eight programs before the
    first picture, an eighth of its time. What the loader does not have, and every other name, is looked for as ever.
    It is not undone: screens are asked on several threads, one of which may never come back.
    """
    ctypes.util.find_library = _find


def _find(name: str) -> str | None:
    soname = _SONAMES.get(name)
    if soname is None:
        return AS_EVER(name)
    try:
        ctypes.CDLL(soname)
    except OSError:
        return AS_EVER(name)
    return soname
