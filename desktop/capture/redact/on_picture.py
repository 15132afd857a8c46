"""What may be private on a picture, from the text that was read from it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.capture.redact.fields import password_fields
from desktop.capture.redact.find import find, find_sure
from desktop.capture.redact.plausible import is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind, without_overlaps
from desktop.capture.screen_text.words import TextLine, Word, around
from desktop.capture.screens.geometry import Rectangle
from desktop.tickets.marks import Mark, MarkKind

_NEXT_ROW = 1.6
"""Heights of a line between two rows of which one is read on in the other."""
_ONE_ROW = 2.5
"""Heights of a line between two pieces that are read as one row."""
_CONFUSED = str.maketrans("OoQDlI|!iSsBZzg", "000011111558229")
"""Letters that a reader takes digits for, within what is otherwise a number."""
_WIDE = str.maketrans("：；，．＝＠（）／·□", ":;,.=@()/::")
"""Signs that a reader takes for those of Chinese script, and what it takes a colon of that for."""
_PARTED = re.compile(r"(://[^\s/:@]*:(?!\d{1,5}\s)[^\s/@]{1,40})\s([^\s/@]{1,40}@)")
"""A password in an address, read as two words."""
_IN_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_]+0)+[^\W\d_]{2,}(?![^\W_])")
"""An O in the midst of a word, read as a nought: `T0KEN`."""
_POINT = re.compile(r"(?<=key|ken)\.(?= (?!0x)(?=[^\s.]*\d)(?=[^\s.]*[a-z])[^\s.]{8,}$)", re.IGNORECASE)
"""A colon behind a label, read as a point."""
_NO_SPACE = 0.1
"""Heights of a line between two words below which no space lies between them."""
_NARROW = 0.2
"""Heights of a line between two words that may be pieces of one: spaces begin at about that, and mistaken ones end."""
_NAME = re.compile(r"\W?(?=[\w.+-]*[._\d])[\w.+-]+")
_IN_ADDRESS = re.compile(r"[\w.@-]+")
_DOMAIN = re.compile(r"@(?:[^\W_][\w-]*\.)+[^\W_]{2,}")
"""The two halves of an address of mail; before a space the first has to look like one."""
_ENDING = re.compile(r"(?<=\.)(?=[^\W_]*[01])[^\W\d_][^\W_]{1,3}(?![\w.@-])")
_READ_AS_DIGITS = str.maketrans("01", "ol")
"""The end of a domain has no digits: `n1` is `nl`."""
_MOSTLY = 0.6
_USUAL_WIDTH = 10
_LETTER_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!", 5),
    **dict.fromkeys('frt()[]{}/\\-"', 7),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&=+<>#", 12),
    **dict.fromkeys("mwMW@%", 16),
}
"""Rough widths of letters in fonts whose letters are not all of one width."""


def suggest(lines: Sequence[TextLine], errors: Sequence[Rectangle] = ()) -> tuple[Mark, ...]:
    """A mark for each find: masked where it is sure, outlined where it may be.

    What lies in an error message (`errors`, in the picture's pixels) is outlined at most: the message has to stay
    readable, and the person can still mask it by a click.
    """
    marks = []
    for kind, box in _finds(lines):
        is_error = any(_lies_in(box, error) for error in errors)
        masked = kind.is_sure and not is_error
        padded = _padded(box)
        marks.append(
            Mark(
                kind=MarkKind.REDACT if masked else MarkKind.OUTLINE,
                left=padded.left,
                top=padded.top,
                right=padded.left + padded.width,
                bottom=padded.top + padded.height,
                found=kind.value,
                is_error=is_error,
            )
        )
    return tuple(dict.fromkeys(marks))


def _finds(lines: Sequence[TextLine]) -> Iterator[tuple[SecretKind, Rectangle]]:
    rows = [row for row in _rows(lines) if row]
    covered: list[Rectangle] = []
    for row in rows:
        for kind, box in _finds_in_row(row):
            if not any(_is_within(box, other) for other in covered):
                covered.append(box)
                yield kind, box
    for box in _private_keys(rows):
        covered.append(box)
        yield SecretKind.KEY, box
    for kind, boxes in _over_rows(rows):
        if not all(any(_lies_in(box, other) for other in covered) for box in boxes):
            covered += boxes
            yield from ((kind, box) for box in boxes)
    for field in password_fields(lines):
        if not any(_lies_in(field, box) for box in covered):
            yield SecretKind.PASSWORD, field


def _rows(lines: Sequence[TextLine]) -> list[list[Word]]:
    """Words that are read on: pieces at one height with little between them, left to right."""
    rows: list[list[Word]] = []
    for line in sorted((line for line in lines if line.words), key=lambda line: (line.box.left, line.box.top)):
        box = line.box
        home = next((row for row in rows if _continues(row[-1].box, box)), None)
        if home is None:
            rows.append(list(line.words))
        else:
            home.extend(line.words)
    return sorted(rows, key=lambda row: (row[0].box.top, row[0].box.left))


def _continues(last: Rectangle, box: Rectangle) -> bool:
    height = min(last.height, box.height)
    apart = abs((last.top + last.height / 2) - (box.top + box.height / 2))
    gap = box.left - (last.left + last.width)
    return apart < height / 2 and -height < gap < _ONE_ROW * height


def _finds_in_row(row: Sequence[Word]) -> Iterator[tuple[SecretKind, Rectangle]]:
    text = " ".join(word.text for word in row).translate(_WIDE)
    digits = " ".join(_as_digits(word.text) for word in row)
    words = _POINT.sub(":", _IN_WORD.sub(lambda word: word[0].replace("0", "o"), text))
    readings = dict.fromkeys((text, digits, words, _PARTED.sub(r"\1_\2", text), _addresses_closed_up(row, text)))
    for one in without_overlaps(one for reading in readings for one in find(reading)):
        yield one.kind, _box_of(row, one)
    whole = _closed_up(row)
    if len(whole) < len(row):
        closed = " ".join(word.text for word in whole).translate(_WIDE)
        for one in find_sure(closed):
            if one.kind is not SecretKind.PASSWORD or is_unlike_a_word(closed[one.start : one.end]):
                yield one.kind, _box_of(whole, one)


def _closed_up(row: Sequence[Word]) -> list[Word]:
    """The words of a row, in one where so little lies between two that it may be no space."""
    whole = list(row[:1])
    for before, word in pairwise(row):
        gap = word.box.left - before.box.left - before.box.width
        if gap <= _NARROW * word.box.height:
            whole[-1] = Word(text=whole[-1].text + word.text, box=around([whole[-1].box, word.box]))
        else:
            whole.append(word)
    return whole


def _over_rows(rows: Sequence[Sequence[Word]]) -> Iterator[tuple[SecretKind, list[Rectangle]]]:
    """What goes on in the row below, or stands in it below its label: a box in each row."""
    for column in _columns(rows):
        texts = [" ".join(word.text for word in row).translate(_WIDE) for row in column]
        for one in find_sure("\n".join(texts)):
            boxes, at = [], 0
            for row, text in zip(column, texts, strict=True):
                start, end = max(one.start - at, 0), min(one.end - at, len(text))
                if start < end:
                    boxes.append(_box_of(row, Found(start, end, one.kind)))
                at += len(text) + 1
            yield one.kind, boxes


def _columns(rows: Sequence[Sequence[Word]]) -> list[list[Sequence[Word]]]:
    """Rows that begin below each other with little between them, of two and more."""
    columns: list[list[Sequence[Word]]] = []
    for row in rows:
        home = next((column for column in columns if _is_next_row(column[-1][0].box, row[0].box)), None)
        if home is None:
            columns.append([row])
        else:
            home.append(row)
    return [column for column in columns if len(column) > 1]


def _is_next_row(above: Rectangle, below: Rectangle) -> bool:
    height = min(above.height, below.height)
    gap = below.top - above.top - above.height
    return -height / 2 < gap < _NEXT_ROW * height and abs(below.left - above.left) < 2 * height


def _addresses_closed_up(row: Sequence[Word], text: str) -> str:
    """The row with a letter in place of each space that is none within an address of mail; same length.

    Where next to nothing lies between two words there is no space, but an underscore, or nothing; and no space stands
    before or behind an @.
    """
    if "@" not in text:
        return text
    letters, at = list(text), -1
    for word, following in pairwise(row):
        at += len(word.text) + 1
        gap = following.box.left - word.box.left - word.box.width
        is_none = gap <= max(1, _NO_SPACE * word.box.height) and _IN_ADDRESS.fullmatch(text[at - 1] + text[at + 1])
        before_at = _NAME.fullmatch(word.text) and _DOMAIN.match(following.text)
        behind_at = _NAME.fullmatch(word.text.removesuffix("@")) and _DOMAIN.match(f"@{following.text}")
        if is_none or before_at or (behind_at and word.text.endswith("@")):
            letters[at] = "x"
    return _ENDING.sub(lambda found: found[0].translate(_READ_AS_DIGITS), "".join(letters))


def _as_digits(word: str) -> str:
    """A word that is mostly digits with its letters as the digits that they look like; same length."""
    count = sum(character.isdigit() for character in word)
    return word.translate(_CONFUSED) if count >= max(2, _MOSTLY * len(word)) and count < len(word) else word


def _box_of(row: Sequence[Word], found: Found) -> Rectangle:
    """Around the letters of a find; where it ends within a word its share of the word's width is taken."""
    boxes, at = [], 0
    for word in row:
        start, end = max(found.start, at), min(found.end, at + len(word.text))
        if start < end:
            left, right = _between(word, start - at, end - at)
            boxes.append(Rectangle(int(left), word.box.top, int(right - left) + 1, word.box.height))
        at += len(word.text) + 1
    return around(boxes)


def _between(word: Word, start: int, end: int) -> tuple[float, float]:
    """From where to where some letters of a word reach, in any font: with letters of one width, or of their own."""
    letter = word.box.width / max(1, len(word.text))
    own = [_LETTER_WIDTHS.get(character, _USUAL_WIDTH) for character in word.text]
    lefts = start / max(1, len(own)), sum(own[:start]) / sum(own)
    rights = end / max(1, len(own)), sum(own[:end]) / sum(own)
    left = word.box.left + word.box.width * min(lefts) - (letter / 2 if start > 0 else 0)
    right = word.box.left + word.box.width * max(rights) + (letter / 2 if end < len(own) else 0)
    return left, right


def _private_keys(rows: Sequence[Sequence[Word]]) -> Iterator[Rectangle]:
    """The rows of a private key in text form (RFC 7468)."""
    inside: list[Rectangle] = []
    is_inside = False
    for row in rows:
        text = " ".join(word.text for word in row).upper()
        if "PRIVATE KEY" in text and "-" in text:
            is_inside = "END" not in text
            if inside:
                yield around(inside)
                inside = []
        elif is_inside:
            inside.append(around([word.box for word in row]))
    if inside:
        yield around(inside)


def _padded(box: Rectangle) -> Rectangle:
    """A little more than the letters, so that nothing of them looks out."""
    pad = max(2, box.height // 8)
    left, top = max(0, box.left - pad), max(0, box.top - pad)
    return Rectangle(left, top, box.left + box.width + pad - left, box.top + box.height + pad - top)


def _is_within(box: Rectangle, other: Rectangle) -> bool:
    return other.overlap(box) == box.width * box.height


def _lies_in(box: Rectangle, other: Rectangle) -> bool:
    return other.overlap(box) * 2 > box.width * box.height
