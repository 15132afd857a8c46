"""Does a text look like an error message? Then it is offered for the ticket; prose and passwords are left alone.

Judged by signs that programs leave and people do not write. A text without any sign is prose.
"""

import re

from desktop.capture.error_text.signs import EXACT, NUMBERS, PERSONAL, PHRASES

_LOOKED_AT = 4 * 1024
"""Characters looked at from either end: a stack trace names its error first or last."""

_EXACT = re.compile("|".join(EXACT), re.MULTILINE)
_NUMBERS = re.compile("|".join(NUMBERS), re.IGNORECASE | re.MULTILINE)
_PHRASES = re.compile("|".join(PHRASES), re.IGNORECASE)
_PERSONAL = re.compile(PERSONAL, re.IGNORECASE)


def looks_like_error(text: str) -> bool:
    """Whether the text bears a sign of an error message. Cost is bounded whatever the text's length."""
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    if _EXACT.search(text) or _NUMBERS.search(text):
        return True
    return any(_PHRASES.search(line) and not _PERSONAL.search(line) for line in text.splitlines())
