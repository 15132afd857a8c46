"""The file in which a portal leaves a picture: read, then deleted."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from desktop.capture.screens.handler import ScreensUnavailable

_FAILED: Final = "The desktop gave something else than its picture, so none was added."
_MOST_BYTES: Final = 256 * 1024 * 1024
_MOST_PIXELS: Final = 16384 * 16384
_CLOCKS_DIFFER: Final = 2.0
"""Seconds by which a file system's clock may be behind ours."""


def read_picture(address: str, begun: float) -> tuple[bytes, int, int]:
    """Pixels (blue, green, red, unused), width and height of the picture at a `file:` address.

    The file is deleted where it is a picture that was written since `begun` (seconds since 1970); anything else was the
    person's before, and stays. Raises `ScreensUnavailable`.
    """
    from PIL import Image

    path = _path(address)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or not 0 < found.st_size <= _MOST_BYTES:
                raise ScreensUnavailable(_FAILED, detail=address)
            with Image.open(file, formats=("PNG", "JPEG")) as image:
                if found.st_mtime >= begun - _CLOCKS_DIFFER and found.st_uid == os.geteuid():
                    with suppress(OSError):
                        path.unlink()
                if image.width * image.height > _MOST_PIXELS:
                    raise ScreensUnavailable(_FAILED, detail=address)
                return image.convert("RGB").tobytes("raw", "BGRX"), image.width, image.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ScreensUnavailable(_FAILED, detail=repr(error)) from error


def _path(address: str) -> Path:
    """Of a `file:` address on this computer (RFC 8089), whose letters may be any bytes."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ScreensUnavailable(_FAILED, detail=address) from error
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise ScreensUnavailable(_FAILED, detail=address)
    return Path(os.fsdecode(unquote_to_bytes(parts.path)))
