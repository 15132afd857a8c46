"""What an operation must be like, whatever ticket it is about; nothing of it is trusted before this."""

import re
from collections.abc import Iterable
from datetime import datetime

from desktop.tickets.calendar import EARLIEST, LATEST
from desktop.tickets.device import Device
from desktop.tickets.identity import is_id
from desktop.tickets.operations import AttachFile, ChangeFields, FileTicket, Operation
from desktop.tickets.people import Contact
from desktop.tickets.plain_text import is_blank, one_line
from desktop.tickets.ticket import MAX_SUMMARY, MAX_TEXT, TimeWindow

MAX_LINE = 1_000
"""Longest name, address, number or fact in characters."""

MAX_LIST = 200
"""Most facts, files, times or changes in one operation."""

MAX_MINUTES = 24 * 60
"""Longest piece of work that is logged at once, in minutes."""

FIELDS = frozenset(("summary", "details", "error_text", "status", "priority", "assignee", "device", "type", "due_back"))
"""The fields that `change_fields` can change."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotAccepted(Exception):
    """An operation that is not applied.

    Attributes:
        code: stable and short; `sentence` is for a person.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


def check(operation: Operation) -> None:
    """Raise `NotAccepted` where the operation has no place on any ticket."""
    _check_ids((operation.id, operation.ticket))
    check_instant(operation.made_at)
    if operation.file_ticket is not None:
        _check_filing(operation.file_ticket)
    elif operation.add_note is not None:
        _check_ids((operation.add_note.note,))
        check_said(operation.add_note.text)
    elif operation.attach_file is not None:
        _check_attachment(operation.attach_file)
    elif operation.change_fields is not None:
        _check_changes(operation.change_fields)
    elif operation.reopen is not None:
        _check_ids((operation.reopen.note,))
        _check_texts((operation.reopen.text,))
    elif operation.correct_contact is not None:
        _check_lines(_contact_lines(operation.correct_contact.contact))
    elif operation.propose_times is not None:
        _check_windows(operation.propose_times.windows)
    elif operation.choose_time is not None and operation.choose_time.window is not None:
        _check_windows((operation.choose_time.window,))
    elif operation.assign is not None:
        _check_lines((operation.assign.technician,))
    elif operation.log_time is not None:
        _check_ids((operation.log_time.note,))
        _check_texts((operation.log_time.text,))
        if not 0 < operation.log_time.minutes <= MAX_MINUTES:
            raise NotAccepted("minutes-invalid", "Please give between one minute and one day.")
    elif operation.request_escalation is not None:
        check_said(operation.request_escalation.reason)


def check_summary(summary: str) -> None:
    """Raise `NotAccepted` where a summary says nothing that can be seen, or too much for one line."""
    if is_blank(one_line(summary)):
        raise NotAccepted("summary-empty", "Please say in one sentence what is wrong.")
    if len(one_line(summary)) > MAX_SUMMARY:
        raise NotAccepted("summary-too-long", f"Please say it in {MAX_SUMMARY} characters. The rest can go below.")


def check_said(text: str) -> None:
    """Raise `NotAccepted` where nothing is said that can be seen, or too much."""
    _check_texts((text,))
    if is_blank(one_line(text)):
        raise NotAccepted("text-empty", "There is nothing to read in it yet.")


def check_instant(moment: datetime) -> None:
    """Raise `NotAccepted` for a moment without a time zone, and for one that no calendar reaches."""
    if moment.utcoffset() is None:
        raise NotAccepted("time-without-zone", "A time does not say which time zone it is in.")
    if not EARLIEST <= moment <= LATEST:
        raise NotAccepted("date-invalid", "A date is too far away to be meant.")


def _check_filing(body: FileTicket) -> None:
    check_summary(body.summary)
    _check_texts((body.details, body.error_text))
    _check_lines((body.requester_name, body.requester_email, body.on_behalf_of, body.written_on, body.type))
    _check_lines(_contact_lines(body.contact))
    _check_device(body.device)
    _check_windows(body.availability)
    _check_count(body.files)
    _check_ids(file.attachment for file in body.files)
    for file in body.files:
        _check_content(file.name, file.size, file.sha256)


def _check_attachment(body: AttachFile) -> None:
    _check_ids((body.attachment,))
    if body.note:
        _check_ids((body.note,))
    _check_lines((body.media_type, body.origin))
    _check_content(body.name, body.size, body.sha256)


def _check_changes(body: ChangeFields) -> None:
    _check_count(body.changes)
    if len({change.field for change in body.changes}) < len(body.changes):
        raise NotAccepted("field-twice", "The same thing is changed twice at once.")
    for change in body.changes:
        if change.field not in FIELDS:
            raise NotAccepted("field-unknown", "This cannot be changed.")
        if change.field == "summary":
            check_summary(change.value)
        elif change.field in ("details", "error_text"):
            _check_texts((change.value,))
        else:
            _check_lines((change.value,))


def _check_content(name: str, size: int, sha256: str) -> None:
    _check_lines((name,))
    if size < 0 or _SHA256.fullmatch(sha256) is None:
        raise NotAccepted("file-invalid", "This file could not be added. Please add it again.")


def _check_device(device: Device) -> None:
    _check_lines((device.name,))
    _check_count(device.facts)
    for fact in device.facts:
        _check_lines((fact.key, fact.label, fact.value, fact.unusual))


def _check_windows(windows: Iterable[TimeWindow]) -> None:
    windows = tuple(windows)
    _check_count(windows)
    for window in windows:
        check_instant(window.start)
        check_instant(window.end)
        if window.end <= window.start:
            raise NotAccepted("times-invalid", "A time ends before it starts. Please check the times.")


def _check_ids(ids: Iterable[str]) -> None:
    if not all(is_id(text) for text in ids):
        raise NotAccepted("id-invalid", "This could not be read. Please write it again.")


def _check_texts(texts: Iterable[str]) -> None:
    if any(len(text) > MAX_TEXT for text in texts):
        raise NotAccepted("text-too-long", "This text is too long for a ticket. Please add it as a file.")


def _check_lines(lines: Iterable[str]) -> None:
    if any(len(line) > MAX_LINE for line in lines):
        raise NotAccepted("line-too-long", "A name or an address is too long. Please shorten it.")


def _check_count(values: tuple[object, ...]) -> None:
    if len(values) > MAX_LIST:
        raise NotAccepted("too-many", f"This is more than {MAX_LIST} at once. Please take some off.")


def _contact_lines(contact: Contact) -> tuple[str, ...]:
    return (contact.name, contact.phone, contact.email, contact.prefers)
