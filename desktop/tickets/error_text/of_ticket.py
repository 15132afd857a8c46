"""The errors that a ticket is about."""

from collections.abc import Iterator

from desktop.tickets.error_text.fingerprint import fingerprint
from desktop.tickets.error_text.recognise import looks_like_error
from desktop.tickets.ticket import Ticket

_LOOKED_AT = 2 * 1024
"""Characters of the details looked at from either end."""
_MOST_PIECES = 40
_MOST_TRIED = 4 * 1024
"""Pieces of a text, and characters of them, that are tried: no ticket takes longer than some milliseconds."""
_LONGEST_ORIGIN = 200
"""Characters of a line that tells where an error is from."""


def errors_of(ticket: Ticket) -> tuple[str, ...]:
    """What a ticket is about: its error text and the errors it is made of, or what looks like one in its details.

    People write around an error: the whole of the details, a paragraph and a line are tried, the shortest last.
    """
    if ticket.error_text:
        return errors_in(ticket.error_text)
    text = ticket.details
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    if not looks_like_error(text):
        return ()
    return (text, *_errors_among(*text.split("\n\n"), *text.splitlines()))


def errors_in(text: str) -> tuple[str, ...]:
    """An error text, the errors it is made of, and each without the line above it that tells where it is from."""
    pieces = text.split("\n\n")
    below = (told for piece in pieces[:_MOST_PIECES] if (told := _below_origin(piece)))
    return (text, *_errors_among(*pieces), *_errors_among(*below))


def fingerprints_of(ticket: Ticket) -> frozenset[str]:
    """The fingerprints of its errors; empty where nothing tells them apart."""
    return frozenset(filter(None, map(fingerprint, dict.fromkeys(errors_of(ticket)))))


def _below_origin(piece: str) -> str:
    """What stands below a first line that names where it is from (`Read from the picture Screen 2:`), if one does."""
    first, _, rest = piece.strip().partition("\n")
    return rest if first.endswith(":") and len(first) <= _LONGEST_ORIGIN and not looks_like_error(first) else ""


def _errors_among(*pieces: str) -> Iterator[str]:
    left = _MOST_TRIED
    for piece in pieces[:_MOST_PIECES]:
        if len(piece) <= left:
            left -= len(piece)
            if looks_like_error(piece):
                yield piece
