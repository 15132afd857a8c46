"""What a person did, as immutable operations: the only thing that ever leaves this machine.

On the wire an operation is an envelope with one optional field per kind, exactly one of them set.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from desktop.tickets.device import Device
from desktop.tickets.people import Contact
from desktop.tickets.ticket import NoteKind, StatusKey, TimeWindow, TypeKey
from desktop.tickets.urgency import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FileManifest:
    """What will follow a ticket: told with the filing, so that the help desk knows what is still to come."""

    attachment: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTicket:
    """Create the ticket.

    Attributes:
        requester_name: with `requester_email`, taken as unverified where nobody has signed in.
        on_behalf_of: address of another person whom the ticket is for, or empty.
    """

    summary: str
    details: str = ""
    error_text: str = ""
    type: TypeKey = TypeKey("")
    answers: Answers = Answers()
    confidential: bool = False
    requester_name: str = ""
    requester_email: str = ""
    on_behalf_of: str = ""
    contact: Contact = Contact()
    device: Device = Device()
    written_on: str = ""
    availability: tuple[TimeWindow, ...] = ()
    files: tuple[FileManifest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Say something; `thanks` and the like re-open nothing, the help desk decides."""

    note: str
    text: str
    kind: NoteKind = NoteKind.REPLY


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachFile:
    """Hang one's own finished upload on the ticket; the upload carries the attachment's id.

    Attributes:
        origin: `screen`, `clipboard`, `chosen` or `file` (`DraftFile.origin`), so that the rules on pictures hold for
            it once it is taken back; empty in operations that are older.
    """

    attachment: str
    name: str
    size: int
    sha256: str
    media_type: str = "application/octet-stream"
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field as it was seen and as it should be, both as text."""

    field: str
    base: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFields:
    """Change `summary`, `details`, `error_text`, `status`, `priority`, `assignee`, `device`, `type`, `due_back`."""

    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaySolved:
    """The requester says that it works again.

    Attributes:
        base: the status that the person saw; empty in operations that are older.
    """

    base: StatusKey = StatusKey("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """The requester says that it is not solved; the text becomes a note."""

    note: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectContact:
    """How to reach the person about this ticket.

    Attributes:
        base: what the person saw; without it (operations that are older) the whole contact is replaced.
    """

    contact: Contact
    base: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Start or stop hearing about the ticket."""

    following: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTimes:
    """When the person can be reached.

    Attributes:
        base: what the person saw; without it (operations that are older) `windows` replaces all that was proposed.
    """

    windows: tuple[TimeWindow, ...]
    base: tuple[TimeWindow, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTime:
    """Accept (`window` set) or cancel (`window` empty) an appointment."""

    window: TimeWindow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """The technician has the ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the ticket to a technician, by address."""

    technician: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTime:
    """Time worked, in minutes."""

    note: str
    minutes: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEscalation:
    """Ask for a faster answer; decided later, by the approvers whom the profile names."""

    reason: str


class Kind(StrEnum):
    """The kinds of operation; each names a field of `Operation`."""

    FILE_TICKET = "file_ticket"
    ADD_NOTE = "add_note"
    ATTACH_FILE = "attach_file"
    CHANGE_FIELDS = "change_fields"
    SAY_SOLVED = "say_solved"
    REOPEN = "reopen"
    CORRECT_CONTACT = "correct_contact"
    FOLLOW = "follow"
    PROPOSE_TIMES = "propose_times"
    CHOOSE_TIME = "choose_time"
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    LOG_TIME = "log_time"
    REQUEST_ESCALATION = "request_escalation"


ADDS: Final = frozenset({Kind.FILE_TICKET, Kind.ADD_NOTE, Kind.REOPEN, Kind.ATTACH_FILE, Kind.LOG_TIME})
"""Kinds that add something, so that coming twice shows; the others say what is to be, and may be said again."""

_KINDS = tuple(Kind)
_bodies = attrgetter(*_KINDS)
"""The fields of all kinds at once: asked of every operation, many times, so it is worth one call instead of many."""


class _Remembers:
    """Room for what an operation has worked out about itself, which is not a part of its value."""

    __slots__ = ("_kind",)
    _kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(_Remembers):
    """One thing that a person did to one ticket.

    Attributes:
        id: UUIDv7; the idempotency key.
        made_at: by the client's clock, for people to read; orders nothing.
    """

    id: str
    ticket: str
    made_at: datetime
    file_ticket: FileTicket | None = None
    add_note: AddNote | None = None
    attach_file: AttachFile | None = None
    change_fields: ChangeFields | None = None
    say_solved: SaySolved | None = None
    reopen: Reopen | None = None
    correct_contact: CorrectContact | None = None
    follow: Follow | None = None
    propose_times: ProposeTimes | None = None
    choose_time: ChooseTime | None = None
    acknowledge: Acknowledge | None = None
    assign: Assign | None = None
    log_time: LogTime | None = None
    request_escalation: RequestEscalation | None = None

    def __post_init__(self) -> None:
        """Refuse an envelope with no kind or with two (ValueError)."""
        present = len(_KINDS) - _bodies(self).count(None)
        if present != 1:
            raise ValueError(f"an operation has exactly one kind, this one has {present}")

    @property
    def kind(self) -> Kind:
        """Which field is set."""
        try:
            return self._kind
        except AttributeError:
            kind = _KINDS[[body is None for body in _bodies(self)].index(False)]
            object.__setattr__(self, "_kind", kind)
            return kind

    @property
    def body(self) -> Any:
        """The value of the field that is set."""
        return getattr(self, self.kind)


KIND_FIELDS = tuple(field.name for field in fields(Operation) if field.name in set(Kind))
