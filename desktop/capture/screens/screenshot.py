"""A picture of one screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from desktop.capture.screens.geometry import Monitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """Pixels of one monitor as they were at one moment.

    Attributes:
        label: what a person reads, such as `Screen 2`.
        pixels: read-only, rows from the top without padding, four bytes a pixel: blue, green, red, unused.
        width, height: in pixels.
        is_active: it holds the window that the person was using.
        looks_blocked: all black: security software or the system kept the picture back.
    """

    label: str
    pixels: memoryview
    width: int
    height: int
    monitor: Monitor
    is_active: bool = False
    looks_blocked: bool = False

    def pieces(self) -> Iterator[bytes]:
        """The picture as a PNG file, made while it is read: in all some tens of milliseconds at 4K."""
        from desktop.capture.screens.png import encode

        return encode(self.pixels, self.width, self.height)

    def png(self) -> bytes:
        """The picture as a PNG file in one piece; not on the thread of the windows."""
        return b"".join(self.pieces())


@dataclass(frozen=True, slots=True)
class Screens(Sequence[Screenshot]):
    """Pictures of all screens, taken together.

    Attributes:
        says: what a person should know of them (a screen that is gone, a black window), or empty.
    """

    pictures: tuple[Screenshot, ...]
    says: str = ""

    @overload
    def __getitem__(self, index: int) -> Screenshot: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Screenshot, ...]: ...

    def __getitem__(self, index: int | slice) -> Screenshot | tuple[Screenshot, ...]:
        return self.pictures[index]

    def __len__(self) -> int:
        return len(self.pictures)


def is_black(pixels: bytes | bytearray, width: int) -> bool:
    """Whether every pixel (blue, green, red, unused) is black; ends at the first row that is not."""
    stride = width * 4
    first = pixels[:stride]
    if any(first[0::4]) or any(first[1::4]) or any(first[2::4]):
        return False
    return all(pixels.startswith(first, start) for start in range(stride, len(pixels), stride))
