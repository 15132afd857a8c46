"""Whether an open ticket says the same already, so that a person can add to it instead of writing it twice."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    _WORD.findall(
        "a about after again all also am an and any are as at be been but by can cannot cant could did do does "
        "doesn don dont for from get gets getting had has have he help her his how i if in into is isn isnt it its "
        "just me more my new no not now of off on or our out please s she since so some still t that the their "
        "them then there these they this to today too up us very was we were what when where which who why will "
        "with won wont would you your"
    )
)
_SHARED = 2
"""Fewest words in common, unless both say exactly the same."""
_ALIKE = 0.6
"""Least part of the shorter one's words that the other must have too."""


def look_alike(summary: str, open_tickets: Iterable[tuple[T, str]]) -> T | None:
    """Of open tickets, as (anything, summary), the one that looks most like this summary, or None.

    Words are compared without case, width and the commonest words of English; of equals the first
    wins, so give the newest first.
    """
    mine = _words(summary)
    best, best_score = None, 0.0
    for ticket, text in open_tickets:
        score = _likeness(mine, _words(text))
        if score > best_score:
            best, best_score = ticket, score
    return best


def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Zero for different matters, up to one for the same words (Dice)."""
    shared = len(mine & theirs)
    if not shared or (mine != theirs and (shared < _SHARED or shared < _ALIKE * min(len(mine), len(theirs)))):
        return 0.0
    return 2 * shared / (len(mine) + len(theirs))


def _words(text: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
    return words - _COMMON or words
