"""A ticket as it was typed on the command line, with the files and pictures that were asked for."""

import re
from argparse import Namespace
from dataclasses import replace

from desktop.capture.report import SCREEN, about_another_device, about_this_computer
from desktop.cli.patience import screens_within
from desktop.cli.pictures import taken_in
from desktop.cli.times import read_window
from desktop.cli.typed_error import error_text_from
from desktop.desk import Desk
from desktop.tickets.capture_policy import NO_ERROR_TEXT
from desktop.tickets.device import Device
from desktop.tickets.draft import Draft, DraftFile, Group
from desktop.tickets.filing import check_contact
from desktop.tickets.people import Contact
from desktop.tickets.ticket import TypeKey
from desktop.tickets.trouble import InputRefused, Trouble
from desktop.tickets.typed_values import typed_value
from desktop.tickets.urgency import Answers, Blocked, Impact


def typed_draft(desk: Desk, args: Namespace) -> tuple[Draft, list[str]]:
    """The draft that was typed, and what could not be taken for it, a sentence each.

    Files are imported and the screen is taken now. Raises `InputRefused` for what cannot be used; nothing is saved.
    """
    remarks: list[str] = []
    error_text = args.error_text
    if args.error_from:
        error_text = error_text_from(args.error_from, desk, remarks)
    elif error_text and not desk.capture_policy().error_text:
        remarks.append(f"Saved without the error text. {NO_ERROR_TEXT}")
    draft = replace(
        desk.new_draft(),
        summary=args.summary,
        details=args.details,
        withheld=tuple(group for group in args.withheld if group is Group.COMPUTER),
        error_text=error_text,
        type=TypeKey(typed_value(desk.organisation(), "type", args.type)),
        answers=Answers(
            security=args.security,
            impact=Impact(args.impact),
            blocked=Blocked(args.blocked),
            planned=args.planned,
        ),
        confidential=args.confidential,
        on_behalf_of=_address(args.on_behalf_of),
        contact=_contact(args.contact),
        availability=tuple(read_window(text) for text in args.available),
    )
    chosen = taken_in(desk, args.attach, as_is=args.as_is)
    pictures = _screens(desk, args.screenshot, remarks)
    draft = replace(draft, files=(*pictures, *chosen))
    here = _this_computer(desk, args, remarks)
    if args.device.strip().casefold() in ("", here.name.casefold()):
        return about_this_computer(draft, here), remarks
    asked = args.screenshot != "none"
    return about_another_device(draft, here, args.device.strip(), with_this_computer=asked), remarks


def _this_computer(desk: Desk, args: Namespace, remarks: list[str]) -> Device:
    """What it tells of itself, unless the person has switched that off in the windows."""
    if Group.COMPUTER not in args.withheld:
        return desk.this_computer()
    remarks.append("Saved without the details of this computer: you have switched them off.")
    return Device(name=desk.computer_name(), is_this_computer=True)


def _address(typed: str) -> str:
    if typed and not re.fullmatch(r"[^@\s]+@[^@\s]+", typed):
        raise InputRefused(f"“{typed}” is no e-mail address. Write --for name@example.com.")
    return typed


def _contact(values: list[str]) -> Contact:
    contact = Contact()
    for text in values:
        kind, _, value = (part.strip() for part in text.partition(":"))
        if kind == "phone" and value:
            contact = replace(contact, phone=value, prefers=kind)
        elif kind == "email" and value:
            contact = replace(contact, email=value, prefers=kind)
        else:
            raise InputRefused(f"“{text}” is no contact. Write phone:555-0100 or email:name@example.com.")
    check_contact(contact)
    return contact


def _screens(desk: Desk, which: str, remarks: list[str]) -> list[DraftFile]:
    if which == "none":
        return []
    try:
        screens = screens_within(desk.screens)
    except Trouble as trouble:
        remarks.append(f"Saved without a picture. {trouble.sentence}")
        return []
    if screens.says:
        remarks.append(screens.says)
    return [
        desk.import_picture(shot.pieces(), name=f"{shot.label}.png", origin=SCREEN, label=shot.label).result()
        for shot in screens
        if which == "all" or shot.is_active
    ]
