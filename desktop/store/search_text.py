"""What a person typed into the search, and the words in which it is looked for."""

import re
import unicodedata

from desktop.tickets.ticket import Ticket
from desktop.tickets.view import Mark, TicketView

_WORDS = re.compile(r"[^\W_]+")
_SEPARATE = re.compile(r"[\s\x00-\x1f]+")


def index_query(search: str) -> str:
    """The search as an FTS5 query, all of whose words must occur; empty when there is nothing to look for.

    Every word is a quoted string, so nothing that a person types is syntax (sqlite.org/fts5.html, section 3.1). The
    words may go on, from two letters; with one letter that would walk half the index.
    """
    terms = []
    for typed in _SEPARATE.split(_encodable(search)):
        if letters := "".join(_WORDS.findall(typed)):
            quoted = '"' + typed.replace('"', '""') + '"'
            terms.append(quoted + "*" if len(letters) > 1 else quoted)
    return " AND ".join(terms)


def folded_words(text: str) -> list[str]:
    """The words of a text without case and accents, much as the index sees them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORDS.findall("".join(character for character in plain if not unicodedata.combining(character)))


def matches(search: list[str], text: str) -> bool:
    """Whether each folded word of the search begins some word of the text."""
    words = folded_words(text)
    return all(any(word.startswith(wanted) for word in words) for wanted in search)


def text_of(ticket: Ticket, reference: str) -> str:
    """What a ticket is found by, its notes apart."""
    return "\n".join(
        (
            ticket.summary,
            ticket.number,
            reference,
            reference.replace("-", ""),
            ticket.requester.name,
            ticket.device.name,
            ticket.details,
            ticket.error_text,
        )
    )


def text_of_view(view: TicketView, reference: str) -> str:
    """The same for a ticket on which something waits: with the notes that the help desk does not have yet."""
    waiting = (shown.note.text for shown in view.notes if shown.mark is not Mark.CONFIRMED)
    return "\n".join((text_of(view.ticket, reference), *waiting))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
