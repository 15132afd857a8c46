"""From what a person wrote to the operations that say it: pure, so that windows and command line do the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desktop.tickets.contact_merge import merge_contact
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.operations import AttachFile, FileManifest, FileTicket, Kind, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Contact
from desktop.tickets.ticket import MAX_SUMMARY, MAX_TEXT, TimeWindow, TypeKey
from desktop.tickets.trouble import InputRefused

MAX_FILES = 50
"""Most files on one ticket or reply."""


def tidy(draft: Draft, now: datetime) -> Draft:
    """The draft as it can be filed: a long first sentence goes on in the details; nothing typed is dropped.

    Raises `InputRefused` where there is no sentence or a time has passed.
    """
    summary = " ".join(draft.summary.split())
    if not any(character.isalnum() or ord(character) > 0x2190 for character in summary):
        raise InputRefused("Please say in one sentence what is wrong.")
    details = draft.details.strip("\n")
    if len(summary) > MAX_SUMMARY:
        details = f"{draft.summary.strip()}\n\n{details}".strip()
        summary = shorten(summary)
    check_windows(draft.availability, now)
    check_contact(draft.contact)
    check_contact(Contact(email=draft.on_behalf_of))
    if sum(file.included for file in draft.files) > MAX_FILES:
        raise InputRefused(f"A ticket can carry {MAX_FILES} files. Please take some off, or put them in one archive.")
    return replace(draft, summary=summary, details=details)


def shorten(text: str) -> str:
    """At most `MAX_SUMMARY` characters, ended at a word where there is one, with an ellipsis."""
    head = text[: MAX_SUMMARY - 1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > MAX_SUMMARY // 2 else head) + "…"


def too_long(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The texts of a tidy draft that a ticket cannot hold, as (file name, text): they go along as files."""
    texts = (("details.txt", draft.details), ("error.txt", draft.error_text))
    return tuple((name, text) for name, text in texts if len(text) > MAX_TEXT)


def with_texts_as_files(draft: Draft, files: Sequence[DraftFile]) -> Draft:
    """The draft with its long texts cut to what a ticket holds and the whole of each beside it as a file."""
    return replace(
        draft,
        details=cut(draft.details),
        error_text=cut(draft.error_text),
        files=(*draft.files, *files),
    )


def cut(text: str) -> str:
    """At most `MAX_TEXT` characters; what was cut off is said."""
    said = "\n… (all of it is in the attached file)"
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(said)] + said


def check_windows(windows: Sequence[TimeWindow], now: datetime) -> None:
    """Refuse (`InputRefused`) times that have passed or that end before they start."""
    for window in windows:
        if window.end <= window.start:
            raise InputRefused("A time ends before it starts. Please check the times.")
        if window.end <= now:
            raise InputRefused("A time has already passed. Please choose times from now on.")


def check_type(key: TypeKey, organisation: Organisation) -> None:
    """Refuse (`InputRefused`) a request type that the provider does not have; before it is known any will do."""
    known = [kind.key for kind in organisation.request_types]
    if key and known and key not in known:
        raise InputRefused(f"There is no request type “{key}”. There are: {', '.join(known)}.")


def check_contact(contact: Contact) -> None:
    """Refuse (`InputRefused`) an address or a number that cannot be one."""
    if contact.email and (contact.email.count("@") != 1 or " " in contact.email.strip()):
        raise InputRefused("This e-mail address does not look complete. Please check it.")
    if contact.phone and not any(character.isdigit() for character in contact.phone):
        raise InputRefused("This telephone number has no digits. Please check it.")


def filing(draft: Draft, *, operation: str, at: datetime) -> Operation:
    """The filing of a tidy draft; the ticket's id is the draft's, so that filing twice is the same ticket."""
    included = [file for file in draft.files if file.included]
    return Operation(
        id=operation,
        ticket=draft.id,
        made_at=at,
        file_ticket=FileTicket(
            summary=draft.summary,
            details=draft.details,
            error_text=draft.error_text,
            type=draft.type,
            answers=draft.answers,
            confidential=draft.confidential,
            requester_name=draft.requester_name,
            requester_email=draft.requester_email,
            on_behalf_of=draft.on_behalf_of,
            contact=draft.contact,
            device=draft.device,
            written_on=draft.written_on,
            availability=draft.availability,
            files=tuple(
                FileManifest(attachment=file.attachment, name=file.name, size=file.size, sha256=file.sha256)
                for file in included
            ),
        ),
    )


def attaching(file: DraftFile, *, operation: str, ticket: str, at: datetime, note: str = "") -> Operation:
    """The operation that hangs one imported file on a ticket."""
    return Operation(
        id=operation,
        ticket=ticket,
        made_at=at,
        attach_file=AttachFile(
            attachment=file.attachment,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            media_type=file.media_type,
            note=note,
            origin=file.origin,
        ),
    )


def draft_of(taken_back: Sequence[Operation], *, draft: str, at: datetime) -> Draft:
    """A filing with what followed it, as one draft with a new id: all their words and files.

    The filing comes first; ValueError where it does not. Of a field that was changed since, the last value counts.
    """
    body = taken_back[0].file_ticket if taken_back else None
    if body is None:
        raise ValueError("only a filing becomes a draft of a ticket again")
    changes = [change for one in taken_back if one.change_fields for change in one.change_fields.changes]
    now = {change.field: change.value for change in changes}
    proposed = [one.propose_times.windows for one in taken_back if one.propose_times]
    contact = body.contact
    for corrected in [one.correct_contact for one in taken_back if one.correct_contact]:
        contact, _ = merge_contact(contact, corrected)
    return Draft(
        id=draft,
        changed_at=at,
        summary=now.get("summary", body.summary),
        details="\n\n".join(filter(None, (now.get("details", body.details), *map(_words, taken_back)))),
        error_text=now.get("error_text", body.error_text),
        type=TypeKey(now.get("type", body.type)),
        answers=body.answers,
        confidential=body.confidential,
        requester_name=body.requester_name,
        requester_email=body.requester_email,
        on_behalf_of=body.on_behalf_of,
        contact=contact,
        device=body.device.renamed(now["device"], body.written_on) if "device" in now else body.device,
        written_on=body.written_on,
        availability=proposed[-1] if proposed else body.availability,
        files=files_of(taken_back),
    )


def files_of(taken_back: Sequence[Operation]) -> tuple[DraftFile, ...]:
    """The files that the operations hang on a ticket, as they are on a draft."""
    return tuple(
        DraftFile(
            attachment=file.attachment,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            media_type=file.media_type,
            origin=file.origin or "file",
            label=file.name,
        )
        for file in (one.attach_file for one in taken_back)
        if file
    )


def _words(operation: Operation) -> str:
    """What the operation says beside the ticket's own fields, as a draft of the ticket says it in its details."""
    match operation.kind:
        case Kind.ADD_NOTE | Kind.REOPEN:
            return str(operation.body.text)
        case Kind.REQUEST_ESCALATION:
            return str(operation.body.reason)
        case Kind.LOG_TIME:
            minutes = f"{operation.body.minutes} min"
            return f"{minutes}: {operation.body.text}" if operation.body.text else minutes
        case _:
            return ""
