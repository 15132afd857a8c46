"""A file at rest: AES-256-GCM in blocks of 64 KiB, so that any range of it can be read without the rest.

The file begins with `HTF1` and 16 random bytes, its id, from which its own key is made; so a block's nonce can be its
number. Each block's tag also covers the id, the number and whether it is the last one: blocks cannot be moved between
files, reordered or cut off.
"""

import hashlib
import hmac
import io
import os
from collections.abc import Iterable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.store.troubles import Damaged

BLOCK = 64 * 1024
"""Plain bytes in a block; the last one has fewer, or none."""
_TAG = 16
_MAGIC = b"HTF1"
_HEADER = len(_MAGIC) + 16


def seal(chunks: Iterable[bytes], target: BinaryIO, key: bytes) -> None:
    """Encrypt what the chunks hold into the target, in memory bounded by a block and a chunk."""
    identity = os.urandom(16)
    cipher = _cipher(key, identity)
    target.write(_MAGIC + identity)
    number, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > BLOCK:
            target.write(cipher.encrypt(_nonce(number), bytes(waiting[:BLOCK]), _bound(identity, number, last=False)))
            del waiting[:BLOCK]
            number += 1
    target.write(cipher.encrypt(_nonce(number), bytes(waiting), _bound(identity, number, last=True)))


class Unsealed(io.RawIOBase):
    """The plain bytes of a sealed file: reads and seeks. `Damaged` where they are not what was written."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        super().__init__()
        self._source = source
        self._position = 0
        self._open_block: tuple[int, bytes] = (-1, b"")
        header = source.read(_HEADER)
        sealed = source.seek(0, io.SEEK_END) - _HEADER
        self._last = max(sealed - _TAG - 1, 0) // (BLOCK + _TAG) if sealed > _TAG else 0
        self._size = sealed - (self._last + 1) * _TAG
        if not header.startswith(_MAGIC) or self._size < 0:
            raise _not_as_written()
        self._identity = header[len(_MAGIC) :]
        self._cipher = _cipher(key, self._identity)

    @property
    def size(self) -> int:
        """Plain bytes in all."""
        return self._size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError(f"negative position {start + offset}")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # type: ignore[override]
        if self._position >= self._size and self._size:
            return 0
        number, within = divmod(self._position, BLOCK)
        piece = self._block(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._source.close()
        super().close()

    def _block(self, number: int) -> bytes:
        if self._open_block[0] != number:
            self._source.seek(_HEADER + number * (BLOCK + _TAG))
            sealed = self._source.read(BLOCK + _TAG)
            try:
                bound = _bound(self._identity, number, last=number == self._last)
                plain = self._cipher.decrypt(_nonce(number), sealed, bound)
            except InvalidTag as error:
                raise _not_as_written() from error
            self._open_block = (number, plain)
        return self._open_block[1]


def _cipher(key: bytes, identity: bytes) -> AESGCM:
    return AESGCM(hmac.new(key, b"helptray file 1" + identity, hashlib.sha256).digest())


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(identity: bytes, number: int, *, last: bool) -> bytes:
    return identity + number.to_bytes(8, "big") + (b"last" if last else b"more")


def _not_as_written() -> Damaged:
    return Damaged("A saved file is damaged and cannot be opened. Add it again from where it came.")
