"""Tickets, notes and attachments as a help desk tells them, and as the wire carries them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from desktop.tickets.device import Device
from desktop.tickets.people import Contact, Person
from desktop.tickets.urgency import Answers

StatusKey = NewType("StatusKey", str)
"""A status as a provider names it; looked up in the organisation, which has an answer for unknown ones."""

PriorityKey = NewType("PriorityKey", str)
"""A priority as a provider names it; empty where the provider has none."""

TypeKey = NewType("TypeKey", str)
"""A request type as a provider names it; empty for a plain request."""

MAX_SUMMARY = 300
"""Longest summary in characters."""

MAX_TEXT = 200_000
"""Longest details, error text or note in characters; what is longer becomes an attachment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """A stretch of time in which the person can be reached; both ends aware."""

    start: datetime
    end: datetime


class NoteKind(StrEnum):
    """What a note is for. `internal` never leaves the provider."""

    REPLY = "reply"
    INTERNAL = "internal"
    TIME = "time"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something said on a ticket; append-only.

    Attributes:
        id: UUIDv7 made by whoever wrote it; unique at the help desk.
        version: the help desk's change number, 0 while it is only here.
        at: when the help desk received it (when it was written, while it is only here).
        minutes: time worked, for notes of kind `time`.
    """

    id: str
    ticket: str
    author: Person
    text: str
    at: datetime
    kind: NoteKind = NoteKind.REPLY
    minutes: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file on a ticket.

    Attributes:
        id: UUIDv7 made by whoever added it.
        size: bytes.
        sha256: of the whole content, 64 lower-case hexadecimal digits.
        note: the note that it came with, or empty.
    """

    id: str
    ticket: str
    name: str
    size: int
    sha256: str
    media_type: str
    at: datetime
    author: Person
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a ticket's history; values as text."""

    at: datetime
    who: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A visit or call that has been agreed."""

    start: datetime
    end: datetime
    technician: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One request for help.

    Attributes:
        id: UUIDv7 made by the client that wrote it.
        version: the help desk's change number, 0 while the ticket is only here.
        number: the help desk's own number as text, empty until it has answered.
        requester: who asks; `contact` may be another person.
        written_on: name of the computer at which it was written.
        made_at: when it was written, by the client's clock.
        received_at: when the help desk received it; service levels start here.
        updated_at: last change at the help desk (when written, while it is only here).
        due_back: when it closes, the parts come or the next visit is, as the status says.
        history: oldest first; status changes among them drive the service levels.
    """

    id: str
    requester: Person
    summary: str
    made_at: datetime
    updated_at: datetime
    status: StatusKey = StatusKey("")
    version: int = 0
    number: str = ""
    company: str = ""
    contact: Contact = Contact()
    details: str = ""
    error_text: str = ""
    type: TypeKey = TypeKey("")
    priority: PriorityKey = PriorityKey("")
    priority_reason: str = ""
    answers: Answers = Answers()
    confidential: bool = False
    device: Device = Device()
    written_on: str = ""
    assignee: str = ""
    acknowledged: bool = False
    availability: tuple[TimeWindow, ...] = ()
    appointment: Appointment | None = None
    followers: tuple[str, ...] = ()
    received_at: datetime | None = None
    due_back: datetime | None = None
    history: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """A ticket with everything on it; notes and attachments oldest first."""

    ticket: Ticket
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
