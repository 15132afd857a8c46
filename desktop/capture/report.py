"""What belongs to a new ticket, and what of it stays out when the ticket is about another device."""

from dataclasses import dataclass, replace

from desktop.capture.error_text.recognise import looks_like_error
from desktop.capture.screens.screenshot import Screenshot
from desktop.tickets.device import Device, Fact
from desktop.tickets.draft import Draft

SCREEN = "screen"
"""`DraftFile.origin` of a picture of this computer's screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What this computer has told for one ticket.

    Attributes:
        screens: pictures taken before any window of ours showed; only the active one starts ticked.
        screens_missing: why there is none, as a sentence for a person, or empty.
        facts: about this computer; empty until they have been read.
        error_text: what was in the clipboard, where that looked like an error.
    """

    computer_name: str
    screens: tuple[Screenshot, ...] = ()
    screens_missing: str = ""
    facts: tuple[Fact, ...] = ()
    error_text: str = ""


def error_in(clipboard: str) -> str:
    """The clipboard's text where it looks like an error, else empty: nothing else in it is anybody's business."""
    return clipboard.strip() if looks_like_error(clipboard) else ""


def about_this_computer(draft: Draft, gathered: Gathered) -> Draft:
    """The draft as one about the computer that it is written on."""
    device = Device(name=gathered.computer_name, is_this_computer=True, facts=gathered.facts)
    return replace(draft, device=device, written_on=gathered.computer_name)


def about_another_device(draft: Draft, gathered: Gathered, name: str, *, with_this_computer: bool = False) -> Draft:
    """The draft as one about another device (a printer, a dead PC).

    This computer's facts stay out unless the person has switched them on; so do its pictures (`what_leaves`). The
    draft still says where it was written.
    """
    facts = gathered.facts if with_this_computer else ()
    device = Device(name=name, is_this_computer=False, facts=facts)
    return replace(draft, device=device, written_on=gathered.computer_name)


def what_leaves(draft: Draft) -> Draft:
    """The draft as it may be filed.

    About another device, with this computer's facts not switched on, its pictures are not included, whatever was
    ticked before. A file that the person has chosen or pasted stays.
    """
    if draft.device.is_this_computer or draft.device.facts:
        return draft
    files = tuple(replace(file, included=False) if file.origin == SCREEN else file for file in draft.files)
    return replace(draft, files=files)
