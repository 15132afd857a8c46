"""Pictures that are looked through before they leave, waited for by a command."""

from desktop.desk import Desk

WAIT = 60.0
"""Seconds that a command waits for them; a picture takes some."""


def wait_for_pictures(desk: Desk, ticket: str = "", seconds: float = WAIT) -> list[str]:
    """Let what is held follow its ticket, and say where that takes longer or the person has to look."""
    try:
        desk.finish_pictures().result(seconds)
    except TimeoutError:
        return ["A picture is still being looked through. It goes along with the next `helptray sync`."]
    if ticket and any(draft.ticket == ticket and draft.files for draft in desk.drafts()):
        return ["A picture could not be looked through. It waits at its ticket until you send it."]
    return []
