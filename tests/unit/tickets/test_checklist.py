from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.tickets.checklist import missing
from desktop.tickets.device import Device
from desktop.tickets.people import Contact, Person
from desktop.tickets.ticket import Appointment, Attachment, Ticket, TimeWindow
from desktop.tickets.view import Mark, ShownAttachment, TicketView

DAY = datetime.fromisoformat("2026-11-20T10:00:00+00:00")
ALL = ("error", "screenshot", "times", "contact", "device")


@pytest.fixture
def bare(ann: Person) -> TicketView:
    ticket = Ticket(id="t", requester=ann, summary="x", made_at=DAY, updated_at=DAY)
    return TicketView(ticket=ticket, mark=Mark.WAITING)


def shown(name: str, media_type: str, mark: Mark, author: Person) -> ShownAttachment:
    attachment = Attachment(
        id="a", ticket="t", name=name, size=1, sha256="", media_type=media_type, at=DAY, author=author
    )
    return ShownAttachment(attachment=attachment, mark=mark)


def test_a_bare_sentence_lacks_all_five(bare: TicketView) -> None:
    assert missing(bare) == ALL


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ({"error_text": "E42"}, "error"),
        ({"availability": (TimeWindow(start=DAY, end=DAY + timedelta(hours=1)),)}, "times"),
        ({"appointment": Appointment(start=DAY, end=DAY)}, "times"),
        ({"contact": Contact(phone="555 0100")}, "contact"),
        ({"contact": Contact(email="ann@client.test")}, "contact"),
        ({"device": Device(name="Printer 2.14", is_this_computer=False)}, "device"),
        ({"error_text": " \n"}, ""),
        ({"contact": Contact(prefers="phone")}, ""),
        ({"details": "E42"}, ""),
    ],
)
def test_what_is_there_is_not_asked_for(bare: TicketView, given: dict[str, Any], there: str) -> None:
    view = replace(bare, ticket=replace(bare.ticket, **given))
    assert missing(view) == tuple(name for name in ALL if name != there)


@pytest.mark.parametrize(
    ("name", "media_type", "mark", "is_there"),
    [
        ("Screen 1", "image/png", Mark.WAITING, True),
        ("photo.JPG", "application/octet-stream", Mark.CONFIRMED, True),
        ("screen.png", "image/png", Mark.REFUSED, False),
        ("error.log", "text/plain", Mark.CONFIRMED, False),
    ],
)
def test_a_picture_is_a_screenshot_even_while_it_waits(
    bare: TicketView, ann: Person, name: str, media_type: str, mark: Mark, is_there: bool
) -> None:
    view = replace(bare, attachments=(shown(name, media_type, mark, ann),))
    assert ("screenshot" not in missing(view)) is is_there
