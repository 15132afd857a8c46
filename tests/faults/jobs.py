"""What is asked of a desk in another process. Each may be asked again after a crash; nothing is done twice."""

from dataclasses import replace

from desktop.desk import Desk
from desktop.sync.faults import SyncFault
from desktop.tickets.draft import DraftFile
from desktop.tickets.operations import FieldChange
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.view import TicketView

A_PASS = 1.0
"""Seconds for one pass of sending and reading; the next one waits for nothing again."""


def connect(desk: Desk, url: str, code: str) -> bool:
    """Whether the desk is connected now."""
    try:
        if desk.account() is None:
            desk.enrol(url, code)
    except SyncFault:
        return False
    return True


def new_ticket(desk: Desk) -> str:
    """An id for a ticket."""
    return desk.new_draft().id


def add(desk: Desk, content: bytes) -> DraftFile:
    """A file, taken in."""
    return desk.import_bytes(content, name="a.png", media_type="image/png", origin="file", label="a").result()


def file_ticket(desk: Desk, ticket: str, summary: str, content: bytes = b"") -> str:
    """A ticket, with a file where there is a content; the operation that files it."""
    files = (add(desk, content),) if content else ()
    return desk.file_ticket(replace(desk.new_draft(), id=ticket, summary=summary, files=files)).result().operation


def say(desk: Desk, ticket: str, text: str) -> None:
    """A note."""
    if text not in [shown.note.text for shown in known(desk, ticket).notes]:
        desk.reply(ticket, text).result()


def change(desk: Desk, ticket: str, field: str, value: str) -> None:
    """A field of a ticket as the person sees it now."""
    base = field_text(known(desk, ticket).ticket, field)
    if base != value:
        desk.change_fields(ticket, [FieldChange(field=field, base=base, value=value)]).result()


def known(desk: Desk, ticket: str) -> TicketView:
    """The ticket as it is shown."""
    view = desk.ticket(ticket)
    assert view is not None, f"{ticket} is not here"
    return view


def has_settled(desk: Desk) -> bool:
    """Whether one pass got through and nothing waits any more."""
    done = desk.sync_now(A_PASS)
    return done.online and done.pending == 0


def has_said(desk: Desk, ticket: str, text: str) -> bool:
    """Whether the note is shown once everything new has been read."""
    desk.sync_now(A_PASS)
    return text in [shown.note.text for shown in known(desk, ticket).notes]


def content_of(desk: Desk, attachment: str) -> bytes:
    """The bytes of a file that was added here."""
    with desk.open_content(attachment) as file:
        return file.read()


def has_tidied(desk: Desk) -> bool:
    """Whether the store has done what it does when nobody waits: the index is made, what nothing needs is deleted."""
    return desk._store.idle()
