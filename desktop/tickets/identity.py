"""Identifiers made on the client: UUID version 7 (RFC 9562, section 5.7) as canonical text."""

import re
import uuid
from random import Random

from desktop.tickets.clock import Clock

_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id(clock: Clock, random: Random) -> str:
    """A new UUIDv7: 48 bits of milliseconds, then 74 random bits. Order is never read from it."""
    milliseconds = int(clock.now().timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | random.getrandbits(12) << 64 | 0b10 << 62 | random.getrandbits(62)
    return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """Whether the text is a canonical, lower-case UUID of 36 characters."""
    return _CANONICAL.fullmatch(text) is not None
