"""Which of the words on a ticket that is over tell how it was resolved."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.tickets.life_cycle import ENDED, status_of
from desktop.tickets.organisation import Purpose
from desktop.tickets.ticket import NoteKind, StatusKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desktop.tickets.organisation import Organisation
    from desktop.tickets.ticket import Note, Ticket

_WITH_IT = timedelta(minutes=30)
"""Words that were said so shortly before a ticket was over are about its end."""
_SAME_ACT = timedelta(seconds=2)
"""A help desk that is told words and status at once may put either first."""
_WRITTEN_UP = timedelta(days=1)
"""So long after it, what was done is still written up."""
_SAYS_SO = re.compile(
    r"^\W*(?:(?:re)?solution|resolved|fix(?:ed)?|(?:root )?cause|lösung|behoben|ursache|résolution|solución"
    r"|soluzione|oplossing) ?:",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that calls itself the resolution."""
_COURTESY = re.compile(
    r"\W*(?:you(?:'|’| a)re (?:very )?welcome|no problem|my pleasure|(?:many )?thank|glad|happy to|anytime"
    r"|gerne?\b|vielen dank|danke|de rien|avec plaisir|merci|de nada|gracias|prego|grazie|graag|bedankt)",
    re.IGNORECASE,
)
_ONLY_CLOSES = re.compile(
    r"\W*(?:(?:i(?:'m|’m| am|'ll|’ll| will)? |we(?:'re|’re| are)? )?(?:now )?clos(?:e|ed|ing)"
    r"(?:\W*$| (?:it|this|the (?:ticket|case|request|call)|ticket|case|as|since|because|due|for|now)\b)"
    r"|(?:as |since )?(?:i |we |there (?:is|was) )?(?:have )?(?:heard |had |got )?(?:no|nothing)\b.{0,60}\bclos"
    r"|(?:ich |wir )?(?:schließen?|geschlossen)\b|(?:ticket|anfrage|vorgang) (?:wird )?(?:geschlossen|erledigt)"
    r"|(?:je|nous) (?:ferm|cl[oô])|(?:ticket|demande) (?:fermée?|close?|clôturée?)\b)",
    re.IGNORECASE,
)
_ONLY_ASKS = re.compile(
    r"\W*(?:(?:hi|hello|dear|good \w+|hallo|guten \w+|bonjour|hola|ciao)\b[^.!?\n]{0,40}[,!.\n]\s*)?"
    r"(?:(?:and|so|but|ok|now)\W+)?"
    r"(?:(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will|may|shall|should|when|what|which|who|where"
    r"|why|how|any|anything|still|funktioniert|geht|klappt|läuft|kann|kannst|können|könnten|haben|hast|hat|ist|sind"
    r"|wann|welche[rs]?|wie|wo|warum|gibt|est-ce|pouvez|pourriez|avez|fonctionne|marche|quand|quel(?:le)?|comment"
    r"|funciona|puede|cuándo|qué|funziona|può|quando|werkt|kunt|kun)\b[^.!]*\?"
    r"|(?:please|bitte|merci de|por favor) (?:tell|let|confirm|reply|answer|sagen|melden|confirmer|confirme)\b"
    r"[^.!?]*[.!?]?)\W*",
    re.IGNORECASE,
)
"""A question, or a please, and nothing beside it: how it ended is in the words before."""
_FEW_WORDS, _SOME_WORDS, _SHORT = 7, 16, 300
"""Words of a courtesy; of what only asks, or says only that a ticket is closed and why; characters of either. What is
longer tells more."""


def resolution_of(organisation: Organisation, ticket: Ticket, notes: Sequence[Note]) -> Note | None:
    """The note that tells how a ticket was resolved, or None: it is open, or nobody said anything.

    A provider's note that calls itself so, since it was last open; else their last words before the provider took it
    for solved, unless those are old and what was done was written up right after, with no word of the client between
    (then the client has answered to the words before). Courtesies, mere questions, and that it is closed,
    count only where nothing else was said.

    The notes are all of the ticket's, oldest first.
    """
    if status_of(organisation, ticket.status).purpose not in ENDED:
        return None
    said = [note for note in notes if note.kind is not NoteKind.SYSTEM and note.text.strip()]
    told = [note for note in said if note.author.role.is_provider]
    telling = [note for note in told if not _tells_nothing(note)] or told or said
    solved = _solved_at(organisation, ticket)
    if solved is None or not telling:
        return telling[-1] if telling else None
    opened, since = solved
    named = [note for note in telling if note.at >= opened and _SAYS_SO.search(note.text)]
    before = [note for note in telling if note.at <= since + _SAME_ACT]
    after = [note for note in telling if since + _SAME_ACT < note.at <= since + _WRITTEN_UP]
    if named:
        return named[-1]
    if not before:
        return (after or telling)[0]
    if after and before[-1].at < since - _WITH_IT:
        between = [note for note in said if before[-1].at < note.at < after[0].at]
        if all(note.author.role.is_provider for note in between):
            return after[0]
    return before[-1]


def gist(words: str, most: int) -> str:
    """As much of a resolution on one line as so many characters hold: from the line that calls itself so, if any.

    What stands before it is left out only where it would not fit.
    """
    named = list(_SAYS_SO.finditer(words))
    if named and len(" ".join(words.split())) > most:
        words = words[named[-1].start() :]
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _tells_nothing(note: Note) -> bool:
    if len(note.text) > _SHORT:
        return False
    words = len(note.text.split())
    return (words <= _FEW_WORDS and _COURTESY.match(note.text) is not None) or (
        words <= _SOME_WORDS
        and (_ONLY_CLOSES.match(note.text) is not None or _ONLY_ASKS.fullmatch(note.text) is not None)
    )


def _solved_at(organisation: Organisation, ticket: Ticket) -> tuple[datetime, datetime] | None:
    """When it was last opened, and when the provider then took it for solved; None where no history tells.

    A ticket that waits to be closed is taken for solved already.
    """
    opened = since = None
    for change in ticket.history:
        if change.field != "status":
            continue
        purpose = status_of(organisation, StatusKey(change.new)).purpose
        if purpose is not Purpose.PENDING_CLOSURE and purpose not in ENDED:
            if opened is None or since is not None:
                opened = change.at
            since = None
        elif since is None:
            since = change.at
    return (opened or ticket.made_at, since) if since is not None else None
