"""Everything private in a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.capture.redact.credentials import credentials
from desktop.capture.redact.numbers import accounts, cards, phones
from desktop.capture.redact.secret import Found, SecretKind, without_overlaps
from desktop.capture.redact.social import social_security

_EMAIL = re.compile(
    r"(?<![\w.+%-])(?!git@)[\w.+%'-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@-]|\.\w)",
    re.UNICODE,
)
_REST_OF_LETTER = re.compile(
    r"(?:[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\udc00-\udfff]|\u200d\S?)+"
)
"""Marks over and below a letter, what is joined to it, and the second half of one that was cut (Unicode, annex 29)."""
_PLAIN: dict[int, int | str] = {
    **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF), " "),
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
}
"""Blanks of other widths, as French and word processors set them, and letters as wide as Chinese ones."""


def find(text: str) -> tuple[Found, ...]:
    """What may be private, in order of place; nothing overlaps."""
    text = text.translate(_PLAIN)
    emails = [Found(match.start(), match.end(), SecretKind.EMAIL) for match in _EMAIL.finditer(text)]
    return without_overlaps(_whole(text, [*_sure(text), *social_security(text), *phones(text), *emails]))


def find_sure(text: str) -> tuple[Found, ...]:
    """What is certainly private, in order of place; nothing overlaps. Quicker than `find`."""
    text = text.translate(_PLAIN)
    return without_overlaps(_whole(text, _sure(text)))


def _sure(text: str) -> list[Found]:
    return [*credentials(text), *cards(text), *accounts(text)]


def _whole(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """The finds up to the end of their last letter, so that no mark of it is left."""
    for one in found:
        rest = _REST_OF_LETTER.match(text, one.end)
        yield replace(one, end=rest.end()) if rest else one
