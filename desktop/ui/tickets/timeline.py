"""Everything that was said on a ticket, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.tickets.clock import Clock
from desktop.tickets.organisation import Organisation
from desktop.tickets.ticket import Note, NoteKind, Ticket
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.controls import clear, tool
from desktop.ui.tickets.timeline_item import TimelineItem
from desktop.ui.tokens import GAP

SHOWN = 60
"""Items shown before the earlier ones are asked for."""


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime
    who: str
    text: str
    mine: bool
    mark: str


class Timeline(QWidget):
    """The ticket's own words, then its notes, each with its mark."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: list[_Entry] = []
        self._shown = SHOWN
        self._ticket = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._earlier = tool("Show earlier ones")
        self._earlier.clicked.connect(self._show_earlier)
        self._column.addWidget(self._earlier)

    def show_ticket(self, view: TicketView, organisation: Organisation) -> None:
        """Show this ticket's words; nothing is built anew when they are the same."""
        entries = _entries(view, phrases.provider(organisation))
        if view.ticket.id != self._ticket:
            self._ticket, self._shown = view.ticket.id, SHOWN
        elif entries == self._entries:
            return
        self._entries = entries
        self._build()

    def _show_earlier(self) -> None:
        self._shown += SHOWN
        self._build()

    def _build(self) -> None:
        clear(self._column, keep=1)
        self._earlier.setVisible(len(self._entries) > self._shown)
        now = self._clock.now()
        for entry in self._entries[-self._shown :]:
            when = phrases.moment(entry.at, now)
            self._column.addWidget(TimelineItem(entry.who, when, entry.text, mine=entry.mine, mark=entry.mark))


def _entries(view: TicketView, provider: str) -> list[_Entry]:
    ticket = view.ticket
    own = ticket.requester
    words = [ticket.details, f"Error text:\n{ticket.error_text}" if ticket.error_text else ""]
    first = "\n\n".join(part for part in words if part) or _first_summary(ticket)
    mark = phrases.mark(view.mark, provider)
    entries = [_Entry(ticket.made_at, own.name or own.email or "You", first, True, mark)]
    for shown in view.notes:
        note = shown.note
        mine = note.author.email == own.email
        entries.append(_Entry(note.at, _author(note, provider), _text(note), mine, phrases.mark(shown.mark, provider)))
    return entries


def _first_summary(ticket: Ticket) -> str:
    """What the person wrote, whatever the provider has made of it."""
    return next((change.old for change in ticket.history if change.field == "summary"), ticket.summary)


def _author(note: Note, provider: str) -> str:
    if note.kind is NoteKind.SYSTEM:
        return provider
    return note.author.name or note.author.email or "You"


def _text(note: Note) -> str:
    if note.kind is NoteKind.TIME:
        return f"{note.minutes} minutes of work. {note.text}".strip()
    return note.text
