"""The libraries of X11, found without a program that lists every library of the system."""

import ctypes
import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def found_at_once() -> Iterator[None]:
    """Let `ctypes.util.find_library` answer for these libraries by asking the loader.

    Its own way runs `ldconfig` anew for each name, and a compiler where that is missing: eight programs before the
    first picture, an eighth of its time. What the loader does not have, and every other name, is looked for as ever.
    """
    as_ever = ctypes.util.find_library

    def find(name: str) -> str | None:
        soname = _SONAMES.get(name)
        if soname is None:
            return as_ever(name)
        try:
            ctypes.CDLL(soname)
        except OSError:
            return as_ever(name)
        return soname

    ctypes.util.find_library = find
    try:
        yield
    finally:
        ctypes.util.find_library = as_ever
