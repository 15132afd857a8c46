"""From starting the process to the first window, and what it costs to let it run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.figure import Figure, median
from benchmarks.parts.filled import TICKETS, filled, pulled
from benchmarks.parts.sides import KEY

STARTS = 7
MARGIN = 0.300
"""Seconds that we may take longer than a window of Qt alone."""
MEMORY = 200
"""Megabytes of 10**6 bytes."""
SETTLES = 5.0
"""Seconds after which a program that has just started has nothing left to do."""
WATCHED = 10.0
IDLE = 0.001
"""Share of one processor."""


def run() -> Iterator[Figure]:
    with filled() as sides:
        with pulled(sides, "home") as full:
            full.client.store.idle(60)
            home = full.client.home
        key_file = home.with_suffix(".key")
        key_file.write_text(KEY.hex())
        key_file.chmod(0o600)
        compiled = sides.folder / "compiled"
        pairs = [(_seconds(str(home), compiled), _seconds("bare", compiled)) for _ in range(1 + STARTS)][1:]
        ours, bare = (median([pair[side] for pair in pairs]) for side in (0, 1))
        yield Figure(
            name="start",
            ratio=ours / bare,
            against="a bare PySide6 window",
            ours=f"{ours * 1000:.0f} ms with {TICKETS:,} tickets",
            theirs=f"{bare * 1000:.0f} ms",
        )
        yield Figure(
            name="start, beyond a bare window",
            ratio=(ours - bare) / MARGIN,
            against="the limit",
            ours=f"{(ours - bare) * 1000:.0f} ms",
            theirs=f"{MARGIN * 1000:.0f} ms",
        )
        with _shown(str(home), compiled) as process:
            time.sleep(SETTLES)
            share = _processor_share(process)
            memory = process.memory_info().rss / 1e6
    yield Figure(
        name="memory",
        ratio=memory / MEMORY,
        against="the limit",
        ours=f"{memory:.0f} MB with {TICKETS:,} tickets",
        theirs=f"{MEMORY} MB",
    )
    yield Figure(
        name="idle processor time",
        ratio=share / IDLE,
        against="the limit",
        ours=f"{share:.2%} of one processor over {WATCHED:.0f} s",
        theirs=f"{IDLE:.1%}",
    )


def _seconds(what: str, compiled: Path) -> float:
    begun = time.perf_counter()
    with _shown(what, compiled):
        return time.perf_counter() - begun


@contextmanager
def _shown(what: str, compiled: Path) -> Iterator[psutil.Process]:
    """The program, once its first window shows; ended at the end. `compiled` keeps its bytecode, as an installed one's.

    The first start makes the bytecode, and is not to be counted.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.parts.first_window", what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**inherited, "PYTHONPYCACHEPREFIX": str(compiled), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline() != b"shown\n":
            raise RuntimeError(f"no window was shown: {what}")
        yield psutil.Process(process.pid)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def _processor_share(process: psutil.Process) -> float:
    before = process.cpu_times()
    time.sleep(WATCHED)
    after = process.cpu_times()
    return max(0.0, after.user + after.system - before.user - before.system) / WATCHED
