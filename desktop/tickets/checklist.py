"""The five things that speed help up; each missing one is offered, none is ever demanded."""

from desktop.tickets.plain_text import is_blank
from desktop.tickets.ticket import Attachment
from desktop.tickets.view import Mark, TicketView

ERROR = "error"
SCREENSHOT = "screenshot"
TIMES = "times"
CONTACT = "contact"
DEVICE = "device"

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".heic", ".tif", ".tiff")


def missing(view: TicketView) -> tuple[str, ...]:
    """Which of `error`, `screenshot`, `times`, `contact` and `device` an open ticket lacks, in this order.

    What waits to go out counts as there. An agreed appointment is as good as times. A contact is there once the ticket
    itself says a number or an address.
    """
    ticket = view.ticket
    has_picture = any(_is_picture(shown.attachment) and shown.mark is not Mark.REFUSED for shown in view.attachments)
    there = {
        ERROR: not is_blank(ticket.error_text),
        SCREENSHOT: has_picture,
        TIMES: bool(ticket.availability) or ticket.appointment is not None,
        CONTACT: bool(ticket.contact.phone or ticket.contact.email),
        DEVICE: not is_blank(ticket.device.name),
    }
    return tuple(name for name, is_there in there.items() if not is_there)


def _is_picture(attachment: Attachment) -> bool:
    return attachment.media_type.lower().startswith("image/") or attachment.name.lower().endswith(_PICTURES)
