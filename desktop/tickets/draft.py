"""What a person is writing. Saved as they type, so that it survives anything."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.tickets.device import Device
from desktop.tickets.marks import Mark
from desktop.tickets.people import Contact
from desktop.tickets.ticket import TimeWindow, TypeKey
from desktop.tickets.urgency import Answers


class Group(StrEnum):
    """What comes by itself with a ticket, in three groups that a person can switch off."""

    PICTURES = "pictures"
    ERROR_TEXT = "error_text"
    COMPUTER = "computer"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A file or picture on a draft, already imported (encrypted, hashed).

    Attributes:
        attachment: its id, given when it was imported.
        included: ticked; what is not ticked never leaves and is deleted when the draft is saved.
        origin: `screen`, `clipboard`, `chosen` (a picture that is looked through) or `file`.
        label: such as `Screen 2`, or the file's name.
        marks: drawn or found on a picture, until it is made anew with them.
        is_bare: what a camera had written into the picture (place, time, itself) was left out when it was taken in.
        is_searched: the picture was looked through for what may be private, or needs not be.
    """

    attachment: str
    name: str
    size: int
    sha256: str
    media_type: str
    included: bool = True
    origin: str = "file"
    label: str = ""
    marks: tuple[Mark, ...] = ()
    is_searched: bool = False
    is_bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A ticket or reply being written.

    Attributes:
        id: UUIDv7. A new ticket takes it as its ticket id, so that saving twice is impossible.
        ticket: the ticket that is replied to, or empty for a new one.
        arriving: names of files that the person has chosen and that are not in our keeping yet.
        withheld: the groups that the person has switched off; what is in them stays here.
        held: nothing is written here: these pictures belong to `ticket` (and `note`), which is saved, and follow as
            soon as they have been looked through.
        note: the note that held pictures came with, or empty.
    """

    id: str
    changed_at: datetime
    ticket: str = ""
    summary: str = ""
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
    files: tuple[DraftFile, ...] = ()
    arriving: tuple[str, ...] = ()
    withheld: tuple[Group, ...] = ()
    held: bool = False
    note: str = ""
