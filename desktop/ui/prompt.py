"""What keeps the windows prompt in a process whose other threads work: how the interpreter shares itself out.

Only one thread runs Python at a time. One that works gives way every 5 ms by default, and each of the many calls that
paint a window may have to wait that long; and a full look for garbage stops all threads for as long as everything that
was ever loaded takes to be looked through, a tenth of a second and more.
"""

import gc
import sys

GIVES_WAY = 0.0005
"""Seconds after which a thread that works gives way to one that waits."""
LOADED = 3000
"""Milliseconds after the start in which nearly all is loaded that a person needs at first."""


def begin_to_load() -> None:
    """Look for no garbage while what stays for good is loaded; `have_loaded` ends that."""
    gc.disable()


def have_loaded() -> None:
    """What is here now stays and is never looked through again; what comes later is, as ever."""
    sys.setswitchinterval(GIVES_WAY)
    gc.freeze()
    gc.enable()
