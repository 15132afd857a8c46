"""What a reader of letters gets wrong, once it has learnt from words and from Chinese print."""

import re

_CODE = re.compile(r"(?<![0-9A-Za-z])[0Oo][xX×]([0-9A-Fa-fOoIl|]{8}(?:[0-9A-Fa-fOoIl|]{8})?)(?![0-9A-Za-z])")
_DIGITS = str.maketrans("OoIl|", "00111")


_NARROW = {wide: wide - 0xFF01 + ord("!") for wide in range(0xFF01, 0xFF5F)}
"""The signs of Unicode's fullwidth forms as those of ASCII."""


def mended(word: str) -> str:
    """The word with the digits of each hexadecimal code (`0x8OO7OOO5`) as only they can be meant, and narrow signs."""
    return _CODE.sub(lambda code: f"0x{code[1].translate(_DIGITS)}", word.translate(_NARROW))
