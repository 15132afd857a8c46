"""Amounts of memory and disk as people read them."""

_UNITS = ("bytes", "KB", "MB", "GB", "TB", "PB")
_UNIT = 1024


def size_text(size: float) -> str:
    """A size in bytes with its unit, in steps of 1024 as operating systems count memory: `15.9 GB`."""
    unit = 0
    while size >= _UNIT and unit < len(_UNITS) - 1:
        size /= _UNIT
        unit += 1
    return f"{size:.0f} {_UNITS[unit]}" if unit == 0 else f"{size:.1f} {_UNITS[unit]}"


def free_text(free: int, total: int) -> str:
    """`3.1 GB free of 15.9 GB`."""
    return f"{size_text(free)} free of {size_text(total)}"
