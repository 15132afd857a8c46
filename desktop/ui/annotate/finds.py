"""What was found on a picture, in one line of words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from desktop.tickets.marks import Mark, MarkKind


def in_words(marks: Sequence[Mark]) -> str:
    """Such as `Covered: 1 password. Outlined: 2 e-mail addresses.`; empty where nothing was found."""
    found = [mark for mark in marks if mark.found]
    covered = counted(mark.found for mark in found if mark.kind is MarkKind.REDACT)
    outlined = counted(mark.found for mark in found if mark.kind is MarkKind.OUTLINE)
    return " ".join(f"{word}: {what}." for word, what in (("Covered", covered), ("Outlined", outlined)) if what)


def about(mark: Mark) -> str:
    """What can be done about a mark that is chosen, in one sentence or two."""
    if mark.found and mark.kind is MarkKind.REDACT:
        return f"Covered: {mark.found}. Click it or press Space to show it."
    if mark.found and mark.is_error:
        return f"Outlined: {mark.found}, part of an error message. Click it or press Space to cover it."
    if mark.found:
        return f"Outlined: {mark.found}. Click it or press Space to cover it."
    if mark.kind is MarkKind.TEXT:
        return "Click it once more or press Space to change the words. Delete removes it."
    return "Drag it, or move it with the arrow keys; with Shift they change its size. Delete removes it."


def counted(kinds: Iterable[str]) -> str:
    """Such as `1 password, 2 e-mail addresses`."""
    return ", ".join(f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in Counter(kinds).items())


def _plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"
