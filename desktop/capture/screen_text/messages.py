"""What the windows' process and the reading program say to each other: a length, then one message."""

import struct
from typing import IO

import msgspec

from desktop.capture.screen_text.words import TextLine

_LENGTH = struct.Struct(">I")
LONGEST = 256 * 1024 * 1024
"""Bytes of one message; what claims to be longer is no message."""


class Asked(msgspec.Struct, frozen=True):
    """A picture to read: the bytes of its file (PNG, JPEG, WebP, BMP...)."""

    picture: bytes


class Answered(msgspec.Struct, frozen=True):
    """The lines of the picture, or a short technical word on why there are none."""

    lines: tuple[TextLine, ...] = ()
    failure: str = ""


def send(pipe: IO[bytes], message: Asked | Answered) -> None:
    """Write one message. Raises `OSError` where nobody reads any more."""
    content = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """The next message's bytes, for `msgspec` to decode; empty where the other side has ended or talks nonsense."""
    head = _exactly(pipe, _LENGTH.size)
    if not head:
        return b""
    (length,) = _LENGTH.unpack(head)
    return _exactly(pipe, length) if length <= LONGEST else b""


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        piece = pipe.read(count - len(content))
        if not piece:
            return b""
        content += piece
    return bytes(content)
