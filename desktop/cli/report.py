"""`helptray report`: a ticket from a script or a terminal. It is saved first, always."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from desktop.cli.outcome import Exit, Outcome
from desktop.cli.times import read_window
from desktop.desk import Desk, Saved
from desktop.tickets.device import Device
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.outbox import OperationState
from desktop.tickets.people import Contact
from desktop.tickets.ticket import TypeKey
from desktop.tickets.trouble import InputRefused
from desktop.tickets.urgency import Answers, Blocked, Impact
from desktop.tickets.urgent import UrgentCall


def report(desk: Desk, args: Namespace) -> Outcome:
    """Save a ticket; with `--sync` then try to reach the help desk."""
    draft = written(desk, args)
    done = desk.file_ticket(draft).result()
    lines = [f"{done.reference}  Saved on this computer. It will be sent when you are online."]
    code = Exit.DONE
    if args.sync:
        code, lines = _sent(desk, args, done)
    suggestion = desk.suggest_priority(draft.answers, draft.type)
    call = desk.urgent_call(draft.answers, draft.type)
    if call is not None:
        lines += call_lines(call, done.reference, seen=desk.operation_state(done.operation) is OperationState.DONE)
    value = {
        "ticket": done.ticket,
        "reference": done.reference,
        "state": desk.operation_state(done.operation),
        "priority": suggestion.key or None,
    }
    return Outcome(value=value, lines=lines, code=code)


def call_lines(call: UrgentCall, reference: str, *, seen: bool) -> list[str]:
    """Whom to call, which key to press, what to say; and that nobody has seen the ticket yet."""
    press = f", press {call.phone.press}" if call.phone.press else ""
    lines = [] if seen else ["Nobody has seen this yet."]
    return [*lines, call.why, f"Call {call.phone.number}{press}. {call.say} It is {reference}."]


def _sent(desk: Desk, args: Namespace, done: Saved) -> tuple[Exit, list[str]]:
    from desktop.cli.commands import sync_exit

    result = desk.sync_now(args.timeout)
    provider = desk.organisation().short_name or desk.organisation().name
    if desk.operation_state(done.operation) is OperationState.DONE:
        view = desk.ticket(done.ticket)
        number = f", number {view.ticket.number}" if view and view.ticket.number else ""
        return sync_exit(result), [f"{done.reference}  With {provider}{number}."]
    lines = [f"{done.reference}  Saved on this computer. It will be sent when you are online."]
    if result.trouble is not None:
        lines.append(result.trouble.sentence)
    return max(Exit.NOT_REACHED, sync_exit(result)), lines


def written(desk: Desk, args: Namespace) -> Draft:
    """The draft that was typed; files are imported and the screen is taken now."""
    about_this = not args.device or args.device.casefold() == desk.computer_name().casefold()
    files = [desk.import_file(Path(name)).result() for name in args.attach]
    return replace(
        desk.new_draft(),
        summary=args.summary,
        details=args.details,
        error_text=_error_text(desk, args),
        type=TypeKey(args.type),
        answers=Answers(
            security=args.security,
            impact=Impact(args.impact),
            blocked=Blocked(args.blocked),
            planned=args.planned,
        ),
        confidential=args.confidential,
        on_behalf_of=args.on_behalf_of,
        contact=_contact(args.contact),
        device=desk.this_computer() if about_this else Device(name=args.device, is_this_computer=False),
        written_on=desk.computer_name(),
        availability=tuple(read_window(text) for text in args.available),
        files=(*_screens(desk, args.screenshot), *files),
    )


def _error_text(desk: Desk, args: Namespace) -> str:
    if args.error_from == "clipboard":
        return desk.clipboard()
    return str(args.error_text)


def _contact(values: list[str]) -> Contact:
    contact = Contact()
    for text in values:
        kind, colon, value = text.partition(":")
        if not colon or kind not in ("phone", "email") or not value.strip():
            raise InputRefused(f"“{text}” is no contact. Write phone:555-0100 or email:name@example.com.")
        contact = (
            replace(contact, phone=value.strip(), prefers="phone")
            if kind == "phone"
            else replace(contact, email=value.strip(), prefers="email")
        )
    return contact


def _screens(desk: Desk, which: str) -> list[DraftFile]:
    if which == "none":
        return []
    shots = [shot for shot in desk.screens() if which == "all" or shot.is_active]
    return [
        desk.import_bytes(
            shot.png(), name=f"{shot.label}.png", media_type="image/png", origin="screen", label=shot.label
        ).result()
        for shot in shots
    ]
