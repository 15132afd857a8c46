"""What an operation creates: the ticket, a note, an attachment; all of its text as it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.tickets import life_cycle
from desktop.tickets.device import Device, Fact
from desktop.tickets.operations import Operation
from desktop.tickets.organisation import Organisation, Purpose
from desktop.tickets.people import Contact, Person
from desktop.tickets.plain_text import is_blank, one_line, tidy
from desktop.tickets.priority import suggest
from desktop.tickets.ticket import Attachment, Change, Note, NoteKind, Ticket, TimeWindow, TypeKey


@dataclass(frozen=True, slots=True)
class Act:
    """One operation and its circumstances."""

    operation: Operation
    by: Person
    at: datetime
    organisation: Organisation

    @property
    def body(self) -> Any:
        """What the operation says, of its kind's own type."""
        return self.operation.body

    @property
    def who(self) -> str:
        """The person as the history names them."""
        return self.by.email or self.by.name

    def is_client(self, ticket: Ticket) -> bool:
        """Whether this is the asking side speaking, and not the provider."""
        return not self.by.role.is_provider or self.by.email == ticket.requester.email


def filed(act: Act) -> Ticket:
    """The ticket that a filing makes. Where nobody has signed in, the name given is the requester, unverified."""
    body = act.operation.file_ticket
    if body is None:
        raise ValueError("only a filing makes a ticket")
    status = life_cycle.status_for(act.organisation, Purpose.NEW)
    suggestion = suggest(act.organisation, body.answers, body.type)
    kind = act.organisation.request_type(body.type)
    contact = clean_contact(body.contact)
    requester = act.by
    if not requester.email:
        requester = Person(
            email=one_line(body.requester_email).lower(),
            name=one_line(body.requester_name),
            company=act.by.company,
            verified=False,
        )
    if body.on_behalf_of:
        other = one_line(body.on_behalf_of).lower()
        contact = replace(contact, email=contact.email or other, name=contact.name or (other if contact.email else ""))
    born = Change(at=act.at, who=requester.email or requester.name, field="status", old="", new=status)
    return Ticket(
        id=act.operation.ticket,
        requester=requester,
        summary=one_line(body.summary),
        made_at=act.operation.made_at,
        updated_at=act.at,
        received_at=act.at,
        status=status,
        company=requester.company,
        contact=contact,
        details=tidy(body.details),
        error_text=tidy(body.error_text),
        type=TypeKey(one_line(body.type)),
        priority=suggestion.key,
        priority_reason=suggestion.reason,
        answers=body.answers,
        confidential=body.confidential or (kind is not None and kind.confidential),
        device=_device(body.device),
        written_on=one_line(body.written_on),
        availability=in_order(body.availability),
        history=(born,),
    )


def note_of(operation: Operation, *, author: Person, at: datetime) -> Note | None:
    """The note that an operation adds, or None; a re-opening without words adds none."""
    if operation.add_note is not None:
        note, text, kind, minutes = operation.add_note.note, operation.add_note.text, operation.add_note.kind, 0
    elif operation.reopen is not None and not is_blank(operation.reopen.text):
        note, text, kind, minutes = operation.reopen.note, operation.reopen.text, NoteKind.REPLY, 0
    elif operation.log_time is not None:
        body = operation.log_time
        note, text, kind, minutes = body.note, body.text, NoteKind.TIME, body.minutes
    else:
        return None
    return Note(id=note, ticket=operation.ticket, author=author, text=tidy(text), at=at, kind=kind, minutes=minutes)


def attachment_of(operation: Operation, *, author: Person, at: datetime) -> Attachment | None:
    """The attachment that an operation adds, or None. Of its name only the last part is kept, never a folder."""
    body = operation.attach_file
    if body is None:
        return None
    return Attachment(
        id=body.attachment,
        ticket=operation.ticket,
        name=_file_name(body.name),
        size=body.size,
        sha256=body.sha256,
        media_type=one_line(body.media_type),
        at=at,
        author=author,
        note=body.note,
    )


def clean_contact(contact: Contact) -> Contact:
    """How to reach someone, as it is kept."""
    return Contact(
        name=one_line(contact.name),
        phone=one_line(contact.phone),
        email=one_line(contact.email).lower(),
        prefers=one_line(contact.prefers),
    )


def in_order(windows: tuple[TimeWindow, ...]) -> tuple[TimeWindow, ...]:
    """Each time once, the earliest first."""
    return tuple(sorted(set(windows), key=lambda window: (window.start, window.end)))


def _device(device: Device) -> Device:
    facts = tuple(
        Fact(
            key=one_line(fact.key),
            label=one_line(fact.label),
            value=one_line(fact.value),
            unusual=one_line(fact.unusual),
        )
        for fact in device.facts
    )
    return Device(name=one_line(device.name), is_this_computer=device.is_this_computer, facts=facts)


def _file_name(name: str) -> str:
    last = one_line(name).replace("\\", "/").rpartition("/")[2].strip()
    return last if last.strip(".") else "file"
