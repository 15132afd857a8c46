"""The kinds of row that a help desk tells, and the hash by which both sides compare what they hold."""

import hashlib
from enum import StrEnum


class RowKind(StrEnum):
    """What a row of the change feed is about."""

    TICKET = "ticket"
    NOTE = "note"
    ATTACHMENT = "attachment"
    NOTICE = "notice"


def row_hash(kind: RowKind, row: str, version: int) -> int:
    """64-bit hash of (kind, row, version), the same on both sides (BLAKE2b, 8 bytes, big endian)."""
    return int.from_bytes(hashlib.blake2b(f"{kind}/{row}/{version}".encode(), digest_size=8).digest(), "big")
