"""macOS' permission to see other programs' windows: without it a picture shows the wallpaper and nothing else."""

import ctypes

_CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"


def may_see_windows() -> bool:
    """Whether the person has allowed it; if not yet, macOS asks them (once). Since macOS 10.15."""
    graphics = ctypes.CDLL(_CORE_GRAPHICS)
    for function in (graphics.CGPreflightScreenCaptureAccess, graphics.CGRequestScreenCaptureAccess):
        function.restype = ctypes.c_bool
    return bool(graphics.CGPreflightScreenCaptureAccess() or graphics.CGRequestScreenCaptureAccess())
