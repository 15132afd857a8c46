"""Lines in columns, for people."""

import shutil
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import TextIO

_NARROWEST = 20
"""Characters that the last column has at least; where they are not there, the terminal breaks its lines itself."""


def table(rows: Sequence[Sequence[str]], width: int | None = None) -> list[str]:
    """The rows as lines; each column is as wide as its widest cell, the last takes what it needs.

    Within `width` characters the last column goes on below itself, at its words.
    """
    if not rows:
        return []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = sum(widths[:-1]) + 2 * (len(widths) - 1)
    lines: list[str] = []
    for row in rows:
        head = "".join(f"{cell.ljust(width)}  " for cell, width in zip(row[:-1], widths[:-1], strict=True))
        first, *more = broken(row[-1], width, left) or [""]
        lines += [f"{head}{first}".rstrip(), *(" " * left + rest for rest in more)]
    return lines


def broken(text: str, width: int | None, left: int) -> list[str]:
    """The text at its words, in lines that fit beside `left` characters; whole where no width is known."""
    if width is None or width - left < _NARROWEST:
        return [text]
    return wrap(text, width - left, break_long_words=False, break_on_hyphens=False)


def terminal_width() -> int | None:
    """Characters in a line of the terminal that is printed to; None for a pipe or a file, whose lines stay whole."""
    stdout: TextIO | None = sys.stdout  # None where whoever has started this has closed it
    return shutil.get_terminal_size().columns if stdout is not None and stdout.isatty() else None
