"""Fields for passwords on a picture: a label, and what stands beside or below it."""

import re
from collections.abc import Iterator, Sequence

from desktop.capture.redact.labels import is_other_label, is_password_label, may_stand_in_field
from desktop.capture.redact.plausible import is_password, is_said_of_passwords, is_secret, is_unlike_a_word
from desktop.capture.screen_text.words import TextLine
from desktop.capture.screens.geometry import Rectangle

_BESIDE = 12.0
"""Heights of a line from a label to the field beside it."""
_BELOW = 2.8
"""Heights of a line from a label to the field below it."""
_CODE_LABEL = re.compile(r"(?:[^\W\d_]+[ -])?(?:PIN|PUK|CVV2?|CVC2?)\W*", re.IGNORECASE)
_CODE = re.compile(r"\d(?:[ -]?\d){2,11}")
_KEY_LABEL = re.compile(r".*\b(?:key|token|secret)\W*", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}[ -](?:or|oder|bis|to|und|\W)?[ -]?[^\W\d_]{2,}")
"""`8 characters`, `8 or more`."""
_WORDS = 3


def password_fields(lines: Sequence[TextLine]) -> Iterator[Rectangle]:
    """What stands beside the label of a field for a password, or else below it."""
    for label in lines:
        if label.words and is_password_label(label.text):
            others = [line for line in lines if line is not label and line.words and _may_be_in(label.text, line.text)]
            beside = [line for line in others if _is_beside(label.box, line.box)]
            below = [line for line in others if _is_below(label.box, line.box)]
            if beside:
                yield min(beside, key=lambda line: line.box.left).box
                below = [line for line in below if is_unlike_a_word(line.text)]
            if below:
                yield min(below, key=lambda line: line.box.top).box


def _may_be_in(label: str, text: str) -> bool:
    """Whether a text may be what was typed into the field with that label."""
    if _CODE_LABEL.fullmatch(label):
        return _CODE.fullmatch(text.strip()) is not None
    if not may_stand_in_field(text) or is_other_label(text):
        return False
    words = text.split()
    if _KEY_LABEL.fullmatch(label):
        return len(words) == 1 and is_secret(text, "")
    is_prose = len(words) >= _WORDS and any(map(is_said_of_passwords, words)) and not any(map(str.isdigit, text))
    return is_password(words[0]) and not is_prose and not _COUNT.match(text)


def _is_beside(label: Rectangle, box: Rectangle) -> bool:
    apart = abs((label.top + label.height / 2) - (box.top + box.height / 2))
    return apart < label.height * 0.7 and 0 <= box.left - (label.left + label.width) < _BESIDE * label.height


def _is_below(label: Rectangle, box: Rectangle) -> bool:
    gap = box.top - (label.top + label.height)
    starts = abs(box.left - label.left)
    return 0 <= gap < _BELOW * label.height and starts < 2 * label.height
