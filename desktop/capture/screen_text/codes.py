"""Codes that a reader of letters gets wrong: it has learnt from words, where an O is likelier than a zero."""

import re

_CODE = re.compile(r"(?<![0-9A-Za-z])[0Oo][xX×]([0-9A-Fa-fOoIl|]{8}(?:[0-9A-Fa-fOoIl|]{8})?)(?![0-9A-Za-z])")
_DIGITS = str.maketrans("OoIl|", "00111")


def mended(word: str) -> str:
    """The word with the digits of each hexadecimal code (`0x8OO7OOO5`) as only they can be meant."""
    return _CODE.sub(lambda code: f"0x{code[1].translate(_DIGITS)}", word)
