"""Lines that a terminal or a mail program has broken within a token, closed up again."""

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass

from desktop.capture.redact.secret import Found

_BREAK = re.compile(
    r"(?P<last>[A-Za-z0-9+/_.~%=-]{4,512}+)(?P<break>\r?\n(?:[ \t]{0,8}(?:[>|][ \t]?){0,4}))(?=[A-Za-z0-9+/_.~%=-])"
)
_FIRST = re.compile(
    r"(?P<first>[A-Za-z0-9+/_.~%=-]{1,512}+)(?=[\s\"',;)\]}&<\\]|\Z)"
    r"(?P<alone>(?=[\"',;)\]}\\]{0,3}[ \t]{0,4}(?:\r?\n|\Z)))?"
)
_OF_ITS_OWN = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,3}|0x[0-9a-fA-F]{1,16}|--?[a-z].*|[\w.-]{2,40}=[^=].*")
_WORD = re.compile(r"[A-Z]?[a-z]{1,40}[.]?|[A-Z]{1,20}[.]?|[A-Za-z]?[a-z]{1,20}(?:[-_/.][A-Za-z]?[a-z]{1,20}){1,9}[.]?")
_WIDE = 60
"""Columns of a line that may have been broken for want of room."""
_LONG = 16
_SOFT = range(70, 79)
"""Columns of a line that ends with the = of a soft break (RFC 2045, section 6.7)."""


@dataclass(frozen=True, slots=True)
class ClosedUp:
    """A text without the breaks that lie within tokens.

    Attributes:
        text: shorter by those.
        joints: places in it where a break was, in order.
        lengths: how many characters were left out up to each of them.
    """

    text: str
    joints: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    def opened(self, found: Found) -> Found | None:
        """The find in the text as it was, when a break lies in it; else None."""
        first, last = bisect_right(self.joints, found.start), bisect_right(self.joints, found.end - 1)
        if first == last:
            return None
        return Found(self._before(found.start), self._before(found.end - 1) + 1, found.kind)

    def _before(self, at: int) -> int:
        index = bisect_right(self.joints, at)
        return at + (self.lengths[index - 1] if index else 0)


def closed_up(text: str) -> ClosedUp:
    """The text with its tokens in one piece."""
    pieces: list[str] = []
    joints: list[int] = []
    lengths: list[int] = []
    done = kept = 0
    for match in _BREAK.finditer(text):
        begin, end = match.span("break")
        columns = begin - (text.rfind("\n", max(0, begin - 512), begin) + 1 or max(0, begin - 512))
        if not _is_within_token(text, match["last"], end, columns):
            continue
        if match["last"].endswith("=") and columns in _SOFT:
            begin -= 1
        pieces.append(text[done:begin])
        kept += begin - done
        joints.append(kept)
        lengths.append(end - kept)
        done = end
    return ClosedUp("".join((*pieces, text[done:])), tuple(joints), tuple(lengths)) if joints else ClosedUp(text)


def _is_within_token(text: str, last: str, end: int, columns: int) -> bool:
    """Whether what stands before and behind a break are pieces of one token rather than words."""
    following = _FIRST.match(text, end)
    if following is None:
        return False
    first, is_alone = following["first"], following["alone"] is not None
    if _OF_ITS_OWN.fullmatch(first):
        return False
    is_random = _is_random(first)
    if columns >= _WIDE:
        return is_random or (is_alone and len(last) >= _LONG)
    return is_alone and is_random and len(last) >= _LONG and _is_random(last)


def _is_random(piece: str) -> bool:
    """Whether a piece has letters among digits, or capital letters within, as words have not."""
    if _WORD.fullmatch(piece):
        return False
    has_digit = any(character.isdigit() for character in piece)
    has_letter = any(character.isalpha() for character in piece)
    humps = any(low.islower() and high.isupper() for low, high in itertools.pairwise(piece))
    return (has_digit and has_letter) or humps
