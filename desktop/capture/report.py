"""Two kinds of ticket: about this computer, and about another device. They carry different things."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.capture.redact.text import mask
from desktop.tickets.capture_policy import EVERYTHING, NAME, NO_ERROR_TEXT, CapturePolicy, SwitchedOff
from desktop.tickets.device import Device, Fact
from desktop.tickets.draft import Draft, DraftFile, Group
from desktop.tickets.operations import FieldChange

SCREEN = "screen"
"""`DraftFile.origin` of a picture of this computer's screen."""
CLIPBOARD = "clipboard"
"""`DraftFile.origin` of what was pasted."""
CHOSEN = "chosen"
"""`DraftFile.origin` of a picture that the person chose or dropped, where it can be looked through."""
_READABLE = frozenset({"image/png", "image/jpeg", "image/bmp", "image/x-ms-bmp", "image/webp"})
"""Media types of pictures that are looked through; what moves or has pages is not one picture."""
_ERROR_TEXT = "error_text"
"""`FieldChange.field` of the error text."""


def about_this_computer(draft: Draft, here: Device) -> Draft:
    """The draft as one about the computer that it is written on; `here` has its name and facts."""
    return replace(draft, device=here, written_on=here.name)


def about_another_device(draft: Draft, here: Device, name: str, *, with_this_computer: bool = False) -> Draft:
    """The draft as one about another device (a printer, a dead PC).

    This computer's facts stay out unless the person has switched them on; so do its pictures (`what_leaves`). The
    draft still says where it was written.
    """
    facts = here.facts if with_this_computer else ()
    return replace(draft, device=Device(name=name, is_this_computer=False, facts=facts), written_on=here.name)


def what_leaves(draft: Draft, policy: CapturePolicy = EVERYTHING) -> Draft:
    """The draft as it may be filed: without what the person has switched off and what the administrator forbids.

    About another device, with this computer's facts not switched on, its pictures are not included, whatever was
    ticked before. A file that the person has chosen stays in any case; what was pasted is a picture of the screen as
    far as the administrator is concerned.
    """
    withheld = draft.withheld
    is_told = draft.device.is_this_computer or bool(draft.device.facts) or Group.COMPUTER in withheld
    is_pictured = is_told and Group.PICTURES not in withheld
    files = tuple(
        replace(file, included=False) if file.origin == SCREEN and not is_pictured else file for file in draft.files
    )
    has_error = policy.error_text and Group.ERROR_TEXT not in withheld
    allowed = CapturePolicy(facts=False) if Group.COMPUTER in withheld else policy
    return replace(
        draft,
        files=allowed_files(files, policy),
        error_text=draft.error_text if has_error else "",
        device=_allowed_device(draft.device, allowed),
        written_on=draft.written_on if allowed.allows_fact(NAME) else "",
    )


def allowed_files(files: Sequence[DraftFile], policy: CapturePolicy) -> tuple[DraftFile, ...]:
    """The files with those unticked that the administrator forbids."""
    if policy.screenshots:
        return tuple(files)
    return tuple(replace(file, included=False) if is_screenshot(file) else file for file in files)


def is_screenshot(file: DraftFile) -> bool:
    """Whether the administrator's rules count it as a picture of the screen: what was pasted is one too."""
    return file.origin == SCREEN or (file.origin == CLIPBOARD and file.media_type.startswith("image/"))


def as_chosen(file: DraftFile) -> DraftFile:
    """A file that was chosen or dropped: a picture that can be read is looked through before it leaves."""
    return replace(file, origin=CHOSEN) if file.media_type in _READABLE else file


def allowed_facts(facts: Sequence[Fact], policy: CapturePolicy) -> tuple[Fact, ...]:
    """The facts that the administrator does not forbid."""
    return tuple(fact for fact in facts if policy.allows_fact(fact.key))


def leaving_changes(changes: Sequence[FieldChange], policy: CapturePolicy) -> tuple[FieldChange, ...]:
    """Changes of fields as they may leave: an error text masked. Raises `SwitchedOff` where no such text may leave."""
    if not policy.error_text and any(change.field == _ERROR_TEXT for change in changes):
        raise SwitchedOff(NO_ERROR_TEXT)
    return tuple(
        replace(change, value=mask(change.value).text) if change.field == _ERROR_TEXT else change for change in changes
    )


def _allowed_device(device: Device, policy: CapturePolicy) -> Device:
    is_named = policy.allows_fact(NAME) or not device.is_this_computer
    return replace(device, name=device.name if is_named else "", facts=allowed_facts(device.facts, policy))
