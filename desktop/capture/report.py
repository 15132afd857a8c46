"""Two kinds of ticket: about this computer, and about another device. They carry different things."""

from dataclasses import replace

from desktop.tickets.device import Device
from desktop.tickets.draft import Draft

SCREEN = "screen"
"""`DraftFile.origin` of a picture of this computer's screen."""


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


def what_leaves(draft: Draft) -> Draft:
    """The draft as it may be filed.

    About another device, with this computer's facts not switched on, its pictures are not included, whatever was
    ticked before. A file that the person has chosen or pasted stays.
    """
    if draft.device.is_this_computer or draft.device.facts:
        return draft
    files = tuple(replace(file, included=False) if file.origin == SCREEN else file for file in draft.files)
    return replace(draft, files=files)
