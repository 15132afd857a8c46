"""Tickets and notes as people write them: made up, of a vocabulary of some thousand words, the same in each run."""

from collections.abc import Iterator
from random import Random

from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, FileTicket, Operation

_COMMON = """
the printer mail screen password network drive is slow does not open since this morning again after update keyboard
monitor invoice folder share office remote connection lost error message cannot sign in please help
"""
_SYLLABLES = "ba ko ri ten lum vas do pir sen mal tor ne qui fa gro lin"


class Words:
    """Writes tickets and notes."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._common = _COMMON.split()
        syllables = _SYLLABLES.split()
        self.rare = [first + second + third for first in syllables for second in syllables for third in syllables]

    def text(self, words: int) -> str:
        """So many words, every third of them seldom used."""
        chosen = (self._random.choice(self.rare if place % 3 == 2 else self._common) for place in range(words))
        return " ".join(chosen).capitalize() + "."

    def filing(self) -> Operation:
        """A new ticket of about 300 letters."""
        return Operation(
            id=self._id(),
            ticket=self._id(),
            made_at=self._clock.now(),
            file_ticket=FileTicket(summary=self.text(7), details=self.text(40)),
        )

    def draft(self) -> Draft:
        """What somebody is writing."""
        return Draft(id=self._id(), changed_at=self._clock.now(), summary=self.text(7), details=self.text(40))

    def note(self, ticket: str) -> Operation:
        """A note of about 130 letters."""
        note = AddNote(note=self._id(), text=self.text(20))
        return Operation(id=self._id(), ticket=ticket, made_at=self._clock.now(), add_note=note)

    def tickets(self, count: int, notes: int) -> Iterator[Operation]:
        """So many tickets, each with so many notes behind it."""
        for _ in range(count):
            filing = self.filing()
            yield filing
            for _ in range(notes):
                yield self.note(filing.ticket)

    def _id(self) -> str:
        return new_id(self._clock, self._random)
