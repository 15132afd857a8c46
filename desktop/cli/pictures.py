"""Pictures that are looked through before they leave: taken in for a command, and waited for."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from desktop.capture.report import as_chosen
from desktop.desk import Desk
from desktop.pictures import NO_READER, is_looked_through
from desktop.tickets.draft import DraftFile
from desktop.ui import phrases

WAIT = 60.0
"""Seconds that a command waits for them; a picture takes some."""


def taken_in(desk: Desk, names: Sequence[str], *, as_is: bool) -> tuple[DraftFile, ...]:
    """Import files that were named; their pictures are looked through unless they are to go as they are.

    Raises a `Trouble` for the first that cannot be read.
    """
    files = [desk.import_file(Path(name)).result() for name in names]
    return tuple(files if as_is else map(as_chosen, files))


def wait_for_pictures(
    desk: Desk, ticket: str = "", files: Sequence[DraftFile] = (), seconds: float = WAIT
) -> list[str]:
    """Let what is held follow its ticket, and say where that takes longer or the person has to look.

    `files` went along with the ticket: what was covered on them is said too.
    """
    looked_through = [file for file in files if file.included and is_looked_through(file)]
    if any(not desk.must_be_searched(file) for file in looked_through):
        return [NO_READER]
    before = desk.not_sent(ticket)
    try:
        desk.finish_pictures().result(seconds)
    except TimeoutError:
        return ["A picture is still being looked through. It goes along with the next `helptray sync`."]
    if kept_back := phrases.not_sent([kept for kept in desk.not_sent(ticket) if kept not in before]):
        return [kept_back]
    if ticket and any(draft.ticket == ticket and draft.files for draft in desk.drafts()):
        return ["A picture could not be looked through. It waits at its ticket until you send it."]
    covered = _covered(desk, ticket, looked_through)
    return [f"Private things were covered on {', '.join(covered)}."] if covered else []


def _covered(desk: Desk, ticket: str, files: Sequence[DraftFile]) -> list[str]:
    """The names of the pictures that were made anew because something private was on them."""
    view = desk.ticket(ticket) if files else None
    there = [shown.attachment for shown in view.attachments] if view else []
    ids = {attachment.id for attachment in there}
    names = {attachment.name for attachment in there if attachment.id not in {file.attachment for file in files}}
    return [file.name for file in files if file.attachment not in ids and f"{PurePath(file.name).stem}.png" in names]
