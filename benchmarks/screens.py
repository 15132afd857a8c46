"""Pictures of the screen: whole programs on one 4K screen, PNG files of one picture, and from the hot key to the form.

`ROUNDS` in the surroundings says how often each is measured.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, median
from benchmarks.parts.busy_screen import HEIGHT, WIDTH
from benchmarks.parts.display import busy_display
from benchmarks.parts.peers.peer import NotToBeHad
from benchmarks.parts.peers.screen_tools import SCREEN_TOOLS, have

ROUNDS: Final = int(os.environ.get("ROUNDS", "15"))
FORM: Final = 0.150
"""Seconds from the hot key to a form that is painted with its picture."""
_PATIENCE: Final = 60


@dataclass(slots=True)
class Taken:
    """What one way needed, round by round; the last file's size in bytes."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0

    def __str__(self) -> str:
        says = f"{median(self.seconds) * 1000:.0f} ms"
        if self.processor:
            says += f", {median(self.processor) * 1000:.0f} ms of processor"
        return f"{says}, {self.size / 1e6:.2f} MB"


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="helptray-screens-") as name:
        folder = Path(name)
        try:
            with busy_display(folder) as environment:
                yield from _programs(folder, environment)
                yield from _form(folder, environment)
        except NotToBeHad as why:
            print(f"No screen to take: {why}", flush=True)
    yield from _writers()


def _programs(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    ours = str(Path(sys.executable).with_name("helptray"))
    file = folder / "theirs.png"
    ways: dict[str, tuple[list[str], Path, Taken]] = {
        "helptray": ([ours, "screens", str(folder / "ours")], folder / "ours" / "screen.png", Taken())
    }
    for tool in SCREEN_TOOLS:
        try:
            have(tool)
            _take(tool.command(file), file, environment)
        except NotToBeHad as why:
            print(f"{tool.name} cannot be had here: {why}", flush=True)
        else:
            ways[tool.name] = (tool.command(file), file, Taken())
    for number in range(1 + ROUNDS):
        for command, left, taken in ways.values():
            seconds, processor = _take(command, left, environment)
            if number:
                taken.seconds.append(seconds)
                taken.processor.append(processor)
                taken.size = left.stat().st_size
    mine = ways.pop("helptray")[2]
    others = {name: taken for name, (_, _, taken) in ways.items()}
    for name, taken in sorted(others.items(), key=lambda other: median(other[1].seconds)):
        yield Figure(
            name="screen to file, whole process",
            ratio=median(mine.seconds) / median(taken.seconds),
            against=name,
            ours=str(mine),
            theirs=str(taken),
        )
    if others:
        name, fastest = min(others.items(), key=lambda other: median(other[1].seconds))
        yield Figure(
            name="the same, size of the file",
            ratio=mine.size / fastest.size,
            against=f"{name}, the fastest",
            ours=f"{mine.size:,} bytes",
            theirs=f"{fastest.size:,} bytes",
        )


def _take(command: list[str], file: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds, and seconds of processor, of a program that leaves a file. Raises `NotToBeHad` where it does not."""
    file.unlink(missing_ok=True)
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not file.exists():
        raise NotToBeHad(f"it ended with {process.returncode} and left no file")
    return seconds, used.ru_utime + used.ru_stime


def _form(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.parts.warm_form", str(folder / "home"), str(ROUNDS)],
        env=environment,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE * 5,
        check=True,
    )
    told: dict[str, list[float]] = json.loads(done.stdout)
    for name, seconds in told.items():
        yield Figure(
            name=f"hot key to {name}",
            ratio=median(seconds) / FORM,
            against="the limit",
            ours=f"{median(seconds) * 1000:.0f} ms, {min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f} ms",
            theirs=f"{FORM * 1000:.0f} ms",
        )


def _writers() -> Iterator[Figure]:
    """The picture of that screen as a PNG file, within this process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from benchmarks.parts.busy_screen import busy_screen

    application = QGuiApplication(sys.argv[:1])
    image = busy_screen()
    pixels = bytes(image.constBits())
    del image, application
    ways = {"helptray": _ours, "Qt": _qt, "Pillow": _pillow, "mss": _mss}
    told = {name: Taken() for name in ways}
    for number in range(4):
        for name, write in ways.items():
            begun = time.perf_counter()
            size = write(pixels)
            if number:
                told[name].seconds.append(time.perf_counter() - begun)
            told[name].size = size
    mine = told.pop("helptray")
    for name, taken in told.items():
        yield Figure(
            name="picture to PNG",
            ratio=median(mine.seconds) / median(taken.seconds),
            against=name,
            ours=str(mine),
            theirs=str(taken),
        )
        yield Figure(
            name="the same, size of the file",
            ratio=mine.size / taken.size,
            against=name,
            ours=f"{mine.size:,} bytes",
            theirs=f"{taken.size:,} bytes",
        )


def _ours(pixels: bytes) -> int:
    from desktop.capture.screens.png import encode

    return sum(map(len, encode(memoryview(pixels), WIDTH, HEIGHT)))


def _qt(pixels: bytes) -> int:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(pixels, WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return buffer.size()


def _pillow(pixels: bytes) -> int:
    from PIL import Image

    whole = io.BytesIO()
    Image.frombytes("RGB", (WIDTH, HEIGHT), pixels, "raw", "BGRX").save(whole, "PNG")
    return whole.tell()


def _mss(pixels: bytes) -> int:
    from mss.screenshot import ScreenShot
    from mss.tools import to_png

    shot = ScreenShot.from_size(bytearray(pixels), WIDTH, HEIGHT)
    made = to_png(shot.rgb, shot.size)
    return len(made or b"")
