"""Operations, tickets and notes for tests, made in order."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from desktop.tickets.clock import SystemClock
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, AttachFile, FileTicket, Operation
from desktop.tickets.people import Person
from desktop.tickets.ticket import Attachment, Note, StatusKey, Ticket

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA = Person(email="ana@example.com", name="Ana")
SAM = Person(email="sam@example.net", name="Sam")


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


class Acts:
    """Makes things with ids that never repeat within a test."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._clock = SystemClock()

    def id(self) -> str:
        return new_id(self._clock, self._random)

    def operation(self, ticket: str, **kind: Any) -> Operation:
        return Operation(id=self.id(), ticket=ticket, made_at=START, **kind)

    def filing(self, summary: str = "The printer is on fire", ticket: str = "", **more: Any) -> Operation:
        return self.operation(ticket or self.id(), file_ticket=FileTicket(summary=summary, **more))

    def note(self, ticket: str, text: str = "It burns on.") -> Operation:
        return self.operation(ticket, add_note=AddNote(note=self.id(), text=text))

    def attaching(self, ticket: str, attachment: str = "", note: str = "") -> Operation:
        attachment = attachment or self.id()
        return self.operation(
            ticket,
            attach_file=AttachFile(attachment=attachment, name="a.png", size=3, sha256="0" * 64, note=note),
        )

    def ticket(self, version: int, ticket: str = "", summary: str = "Mail is slow", **more: Any) -> Ticket:
        values = {"status": StatusKey("new"), "updated_at": after(version), **more}
        return Ticket(id=ticket or self.id(), version=version, requester=ANA, summary=summary, made_at=START, **values)

    def said(self, ticket: str, version: int, text: str = "We are on it.", note: str = "") -> Note:
        return Note(id=note or self.id(), ticket=ticket, author=SAM, text=text, at=after(version), version=version)

    def attached(self, ticket: str, version: int, attachment: str = "") -> Attachment:
        return Attachment(
            id=attachment or self.id(),
            ticket=ticket,
            name="a.png",
            size=3,
            sha256="0" * 64,
            media_type="image/png",
            at=after(version),
            author=ANA,
            version=version,
        )


def wire(operation: Operation) -> bytes:
    return f"the bytes of {operation.id}".encode()
