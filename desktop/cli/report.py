"""`helptray report`: a ticket from a script or a terminal. It is saved first, always."""

from argparse import Namespace

from desktop.cli.one_pass import pass_exit, pass_remarks
from desktop.cli.outcome import Exit, Outcome
from desktop.cli.pictures import wait_for_pictures
from desktop.cli.typed_draft import typed_draft
from desktop.desk import Desk, Saved
from desktop.tickets.outbox import OperationState
from desktop.tickets.urgent import UrgentCall


def report(desk: Desk, args: Namespace) -> Outcome:
    """Save a ticket; with `--sync` then try to reach the help desk."""
    draft, remarks = typed_draft(desk, args)
    done = desk.file_ticket(draft).result()
    lines = [f"{done.reference}  Saved on this computer. It goes out when you are online."]
    code = Exit.DONE
    remarks += wait_for_pictures(desk, done.ticket, draft.files)
    if args.sync:
        result = desk.sync_now(args.timeout)
        code = pass_exit(desk, result)
        remarks += pass_remarks(desk, result)
    state = desk.operation_state(done.operation)
    if state is OperationState.DONE:
        lines = [_arrived(desk, done)]
    elif args.sync:
        code = max(code, Exit.NOT_REACHED)
    call = desk.urgent_call(draft.answers, draft.type)
    if call is not None:
        lines += call_lines(call, done.reference, seen=state is OperationState.DONE)
    view = desk.ticket(done.ticket)
    confirmed = view.ticket.priority if view is not None and state is OperationState.DONE else ""
    priority = confirmed or desk.suggest_priority(draft.answers, draft.type).key
    value = {"ticket": done.ticket, "reference": done.reference, "state": state, "priority": priority or None}
    return Outcome(value=value, lines=lines, remarks=remarks, code=code)


def _arrived(desk: Desk, done: Saved) -> str:
    organisation, view = desk.organisation(), desk.ticket(done.ticket)
    number = f", number {view.ticket.number}" if view and view.ticket.number else ""
    return f"{done.reference}  With {organisation.short_name or organisation.name}{number}."


def call_lines(call: UrgentCall, reference: str, *, seen: bool) -> list[str]:
    """Whom to call, which key to press, what to say; and that nobody has seen the ticket yet."""
    press = f", press {call.phone.press}" if call.phone.press else ""
    lines = [] if seen else ["Nobody has seen this yet."]
    return [*lines, call.why, f"Call {call.phone.number}{press}. {call.say} It is {reference}."]
