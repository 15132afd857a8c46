"""The short reference of a ticket, for people: `HT-7F3K-Q2MX-9DWC`."""

import re
import uuid
from collections.abc import Sequence

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
    values = [bits >> 5 * place & 31 for place in reversed(range(_LENGTH))]
    values.append(-_luhn([*values, 0]) % 32)
    return _written("".join([_SYMBOLS[value] for value in values]))


def read_reference(text: str) -> str:
    """What a person typed, normalised (case, dashes, O for 0, I and L for 1); ValueError when the check fails."""
    symbols = _SEPARATORS.sub("", text).upper()
    if len(symbols) == len(PREFIX) + _LENGTH + 1 and symbols.startswith(PREFIX):
        symbols = symbols[len(PREFIX) :]
    symbols = symbols.translate(_LOOK_ALIKES)
    if len(symbols) != _LENGTH + 1 or not set(symbols) <= set(_SYMBOLS):
        raise ValueError("not a reference")
    if _luhn([_SYMBOLS.index(symbol) for symbol in symbols]) % 32:
        raise ValueError("not a reference: its last symbol does not fit the others")
    return _written(symbols)


def _written(symbols: str) -> str:
    return "-".join((PREFIX, symbols[:4], symbols[4:8], symbols[8:]))


def _luhn(values: Sequence[int]) -> int:
    """The Luhn sum; the last value counts once, the one before it twice (its two digits added), and so on."""
    return sum(values[-1::-2]) + sum([2 * value if value < 16 else 2 * value - 31 for value in values[-2::-2]])
