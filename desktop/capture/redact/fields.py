"""Fields for passwords on a picture: a label, and what stands beside or below it."""

import re
from collections.abc import Iterator, Sequence

from desktop.capture.redact.field_labels import FieldKind, field_kind, is_other_label, may_stand_in_field
from desktop.capture.redact.plausible import is_password, is_said_of_passwords, is_secret, is_unlike_a_word
from desktop.capture.screen_text.words import TextLine
from desktop.capture.screens.geometry import Rectangle

_BESIDE = 20.0
"""Heights of a line from a label to the field beside it."""
_BELOW = 2.8
"""Heights of a line from a label to the field below it, and from row to row of a table."""
_LEFT_OF, _RIGHT_OF = 2.0, 3.5
"""Heights of a line by which a field's text may begin before or behind its label above: there may be an icon."""
_CODE = re.compile(r"\d(?:[ -]?\d){2,11}")
_COUNT = re.compile(r"\d{1,3}[ -](?:or|oder|bis|to|und|\W)?[ -]?[^\W\d_]{2,}")
"""`8 characters`, `8 or more`."""
_WORDS = 3
_LONG_KEY = 16


def password_fields(lines: Sequence[TextLine]) -> Iterator[Rectangle]:
    """What stands beside the label of a field for a password, or else below it."""
    for label in lines:
        kind = field_kind(label.text) if label.words else None
        if kind is None:
            continue
        others = [line for line in lines if line is not label and line.words and _may_be_in(kind, label, line.text)]
        beside = [line for line in others if _is_beside(label.box, line.box)]
        below = [line for line in others if _is_below(label.box, line.box)]
        if beside:
            yield min(beside, key=lambda line: line.box.left).box
            below = [line for line in below if is_unlike_a_word(line.text) and " " not in line.text.strip()]
        if below:
            first = min(below, key=lambda line: line.box.top)
            yield first.box
            if _heads_a_column(label, lines):
                yield from _further_down(first, [line for line in others if is_unlike_a_word(line.text)])


def _may_be_in(kind: FieldKind, label: TextLine, text: str) -> bool:
    """Whether a text may be what was typed into the field with that label."""
    if kind is FieldKind.CODE:
        return _CODE.fullmatch(text.strip()) is not None
    if not may_stand_in_field(text) or is_other_label(text):
        return False
    words = text.split()
    if kind is not FieldKind.PASSWORD:
        return len(words) == 1 and is_secret(text, "") and (kind is FieldKind.NAMED_KEY or len(text) >= _LONG_KEY)
    said = sum(map(is_said_of_passwords, words))
    if "phrase" in label.text.lower() and len(words) > _WORDS:
        return said <= 1
    is_prose = len(words) >= _WORDS and said and not any(map(str.isdigit, text))
    return is_password(words[0]) and not is_prose and not _COUNT.match(text)


def _heads_a_column(label: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether another label stands at its height: `User name` and `Password` over the columns of a table."""
    return any(is_other_label(line.text) and _is_level(label.box, line.box) for line in lines if line.words)


def _further_down(first: TextLine, others: Sequence[TextLine]) -> Iterator[Rectangle]:
    above = first.box
    for line in sorted(others, key=lambda line: line.box.top):
        if line is not first and _is_below(above, line.box):
            above = line.box
            yield above


def _is_level(label: Rectangle, box: Rectangle) -> bool:
    return abs((label.top + label.height / 2) - (box.top + box.height / 2)) < label.height * 0.7


def _is_beside(label: Rectangle, box: Rectangle) -> bool:
    return _is_level(label, box) and 0 <= box.left - (label.left + label.width) < _BESIDE * label.height


def _is_below(label: Rectangle, box: Rectangle) -> bool:
    gap = box.top - (label.top + label.height)
    starts = box.left - label.left
    return 0 <= gap < _BELOW * label.height and -_LEFT_OF * label.height < starts < _RIGHT_OF * label.height
