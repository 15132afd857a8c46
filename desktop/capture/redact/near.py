"""Only the stretches of a text are looked through that hold a word of what is looked for, which takes less time."""

import re
from collections.abc import Iterator, Sequence


def lowered(text: str) -> str:
    """In small letters, each at its place."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small


def stretches(small: str, words: Sequence[str], before: int, behind: int) -> Iterator[tuple[int, int]]:
    """From where to where a text in small letters has one of the words near, in order, none touching the next."""
    found = (match.start() for word in words if word in small for match in re.finditer(re.escape(word), small))
    start = end = 0
    for place in sorted(found):
        if place - before > end:
            if end:
                yield start, end
            start = max(0, place - before)
        end = place + behind
    if end:
        yield start, end


def matches_near(
    form: re.Pattern[str], text: str, words: Sequence[str], before: int, behind: int
) -> Iterator[re.Match[str]]:
    """Matches of a form that begin at most `before` letters before one of its words and end `behind` letters on."""
    done = 0
    for start, end in stretches(lowered(text), words, before, behind):
        for match in form.finditer(text, max(start, done), end):
            done = match.end()
            yield match
