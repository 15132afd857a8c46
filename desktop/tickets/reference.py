"""The short reference of a ticket, for people: `HT-7F3K-Q2MX-9DWC`."""

import re
import uuid

PREFIX = "HT"
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 11
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]")
_LOOK_ALIKES = str.maketrans("OIL", "011")


def reference(ticket: str) -> str:
    """Eleven Crockford base32 symbols from the random bits of the id, and one Luhn-mod-32 check.

    The 55 lowest bits are taken: random in UUID versions 4 and 7 alike, never the time, the version or the variant.
    The check (ISO/IEC 7812-1, annex B, with 32 for 10) catches every single wrong symbol and every exchange of
    neighbours but one: `0Z` for `Z0`. Raises ValueError where `ticket` is no UUID.
    """
    bits = uuid.UUID(ticket).int
    body = "".join(_SYMBOLS[bits >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return _written(body + _SYMBOLS[-_luhn(body + "0") % 32])


def read_reference(text: str) -> str:
    """What a person typed, normalised (case, dashes, O for 0, I and L for 1); ValueError when the check fails."""
    symbols = _SEPARATORS.sub("", text).upper()
    if len(symbols) == len(PREFIX) + _LENGTH + 1 and symbols.startswith(PREFIX):
        symbols = symbols[len(PREFIX) :]
    symbols = symbols.translate(_LOOK_ALIKES)
    if len(symbols) != _LENGTH + 1 or not set(symbols) <= set(_SYMBOLS):
        raise ValueError("not a reference")
    if _luhn(symbols) % 32:
        raise ValueError("not a reference: its last symbol does not fit the others")
    return _written(symbols)


def _written(symbols: str) -> str:
    return "-".join((PREFIX, symbols[:4], symbols[4:8], symbols[8:]))


def _luhn(symbols: str) -> int:
    """The Luhn sum; the last symbol counts once, the one before it twice, and so on."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = _SYMBOLS.index(symbol) * (1 + place % 2)
        total += value // 32 + value % 32
    return total
