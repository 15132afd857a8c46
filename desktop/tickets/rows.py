"""The kinds of row that a help desk tells, and how both sides compare what they hold: a checksum for each bucket.

A ticket is in the bucket of its company, and so is what hangs on it; notices are in one of their own. Both sides can
say so of every row that they hold.
"""

import hashlib
from enum import StrEnum
from typing import Final

NOTICES: Final = "notices"
"""The bucket of the notices."""
NOWHERE: Final = "nowhere"
"""The bucket of what hangs on a ticket that is not held: empty wherever all is well."""


class RowKind(StrEnum):
    """What a row of the change feed is about."""

    TICKET = "ticket"
    NOTE = "note"
    ATTACHMENT = "attachment"
    NOTICE = "notice"


def bucket_of(company: str) -> str:
    """The bucket of a company's tickets; tickets without a company have one too."""
    return f"company/{company}"


def row_hash(kind: RowKind, row: str, version: int) -> int:
    """64-bit hash of (kind, row, version), the same on both sides (BLAKE2b, 8 bytes, big endian)."""
    return int.from_bytes(hashlib.blake2b(f"{kind}/{row}/{version}".encode(), digest_size=8).digest(), "big")
