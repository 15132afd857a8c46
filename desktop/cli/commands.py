"""Each command as a function from the desk and what was typed to an outcome."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.cli.one_pass import need_connection, pass_exit, pass_lines, pass_remarks, pass_value
from desktop.cli.outcome import Exit, Outcome
from desktop.cli.pages import computer_lines, same_error_lines, ticket_page, ticket_rows, waiting_rows
from desktop.cli.pictures import taken_in, wait_for_pictures
from desktop.cli.report import report
from desktop.cli.saved import saved
from desktop.cli.times import read_minutes, read_window
from desktop.cli.typed_status import typed_status
from desktop.cli.values import row_value, ticket_value, waiting_value
from desktop.desk import Desk
from desktop.tickets.acceptance import FIELDS
from desktop.tickets.operations import FieldChange
from desktop.tickets.outbox import OperationState
from desktop.tickets.reference import reference
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.trouble import InputRefused
from desktop.tickets.typed_values import typed_value
from desktop.tickets.view import TicketView
from desktop.ui import phrases

Command = Callable[[Desk, Namespace], Outcome]


def enrol(desk: Desk, args: Namespace) -> Outcome:
    """Connect this computer to a provider."""
    account = desk.enrol(args.url, args.code)
    value = {
        "person": account.person.email if account.person else None,
        "company": account.company,
        "server": account.server,
        "device": account.device,
    }
    who = account.person.name or account.person.email if account.person else account.company
    return Outcome(value=value, lines=[f"Connected to {account.provider} as {who}."])


def sync(desk: Desk, args: Namespace) -> Outcome:
    """One pass."""
    waited = wait_for_pictures(desk, seconds=args.timeout)
    result = desk.sync_now(args.timeout)
    return Outcome(
        value=pass_value(result),
        lines=pass_lines(result),
        remarks=[*waited, *pass_remarks(desk, result)],
        code=pass_exit(desk, result),
    )


def tickets(desk: Desk, args: Namespace) -> Outcome:
    """The list."""
    organisation = desk.organisation()
    page = desk.tickets(search=args.search, status=typed_status(desk, args.status), limit=args.limit)
    remarks = [f"There are more than these {len(page.rows)}: use --search or --limit."] if page.more else []
    lines = ticket_rows(page.rows, organisation) or ["No tickets."]
    return Outcome(value=[row_value(row) for row in page.rows], lines=lines, remarks=remarks)


def show(desk: Desk, args: Namespace) -> Outcome:
    """One ticket."""
    view = find(desk, args.reference)
    stages = desk.service_levels(view)
    same, organisation = desk.same_errors(view), desk.organisation()
    lines = ticket_page(view, organisation, stages if desk.is_provider() else ())
    lines += computer_lines(view.ticket) if desk.is_provider() else []
    lines += same_error_lines(same, organisation)
    kept_back = phrases.not_sent(desk.not_sent(view.ticket.id))
    return Outcome(value=ticket_value(view, stages, same), lines=lines, remarks=[kept_back] if kept_back else [])


def file(desk: Desk, args: Namespace) -> Outcome:
    """A ticket's file to disk."""
    view = find(desk, args.reference)
    matches = [
        shown.attachment for shown in view.attachments if args.name in (shown.attachment.id, shown.attachment.name)
    ]
    if not matches:
        raise InputRefused(f"This ticket has no file “{args.name}”.")
    if len(matches) > 1:
        raise InputRefused(f"This ticket has {len(matches)} files of that name; use the file's id.")
    target = Path(args.output).expanduser().absolute()
    if target.is_dir():
        raise InputRefused(f"{target} is a folder; name the file to write.")
    if not target.parent.is_dir():
        raise InputRefused(f"There is no folder {target.parent}.")
    path = desk.fetch_file(view.ticket.id, matches[0].id, target).result()
    value = {"path": str(path), "size": matches[0].size, "sha256": matches[0].sha256}
    return Outcome(value=value, lines=[f"Written to {path}."])


def note(desk: Desk, args: Namespace) -> Outcome:
    """Say something."""
    view = find(desk, args.reference)
    files = taken_in(desk, args.attach, as_is=args.as_is)
    outcome = saved(desk, desk.reply(view.ticket.id, args.text, files).result())
    return replace(outcome, remarks=wait_for_pictures(desk, view.ticket.id, files) if files else [])


def set_fields(desk: Desk, args: Namespace) -> Outcome:
    """Change fields, each from the value that is shown here."""
    view = find(desk, args.reference)
    organisation = desk.organisation()
    values: dict[str, str] = {}
    for pair in args.fields:
        field, equals, value = pair.partition("=")
        if not equals:
            raise InputRefused(f"“{pair}” is not FIELD=VALUE.")
        if field not in FIELDS:
            raise InputRefused(f"There is no “{field}” to set; there are: {', '.join(sorted(FIELDS))}.")
        if field in values:
            raise InputRefused(f"“{field}” is set twice.")
        values[field] = typed_value(organisation, field, value)
    changes = [FieldChange(field=field, base=field_text(view.ticket, field), value=values[field]) for field in values]
    return saved(desk, desk.change_fields(view.ticket.id, changes).result())


def log_time(desk: Desk, args: Namespace) -> Outcome:
    """Time worked."""
    view = find(desk, args.reference)
    return saved(desk, desk.log_time(view.ticket.id, read_minutes(args.duration), args.text).result())


def times(desk: Desk, args: Namespace) -> Outcome:
    """When the person can be reached."""
    view = find(desk, args.reference)
    windows = [read_window(text) for text in args.windows]
    return saved(desk, desk.propose_times(view.ticket.id, windows, view.ticket.availability).result())


def solved(desk: Desk, args: Namespace) -> Outcome:
    """It works again."""
    return saved(desk, desk.say_solved(find(desk, args.reference).ticket.id).result())


def reopen(desk: Desk, args: Namespace) -> Outcome:
    """It is not solved."""
    return saved(desk, desk.reopen(find(desk, args.reference).ticket.id, args.text).result())


def escalate(desk: Desk, args: Namespace) -> Outcome:
    """Ask for a faster answer."""
    return saved(desk, desk.request_escalation(find(desk, args.reference).ticket.id, args.reason).result())


def decide(desk: Desk, args: Namespace) -> Outcome:
    """Agree to a faster answer, or not; made online, against the state that the approver sees."""
    view = find(desk, args.reference)
    need_connection(desk)
    approve = args.decision == "approve"
    ticket = desk.decide_escalation(view, approve=approve)
    state = "approved" if approve else "declined"
    value = {
        "operation": None,
        "ticket": ticket.id,
        "reference": reference(ticket.id),
        "state": state,
        "priority": ticket.priority or None,
    }
    return Outcome(value=value, lines=[f"{reference(ticket.id)}  {state.capitalize()}."])


def waiting(desk: Desk, args: Namespace) -> Outcome:
    """What waits, after one was tried again or taken back where that was asked for."""
    remarks = _act_on_waiting(desk, args) if args.action else []
    remarks += [
        f"{reference(kept.ticket)}: {phrases.not_sent([kept])} Seen: helptray waiting cancel {kept.id}"
        for kept in desk.not_sent()
    ]
    items = desk.waiting()
    attention = bool(desk.not_sent()) or any(item.state is OperationState.REJECTED for item in items)
    return Outcome(
        value=[waiting_value(item) for item in items],
        lines=waiting_rows(items) or ["Nothing waits."],
        remarks=remarks,
        code=Exit.ATTENTION if attention else Exit.DONE,
    )


def _act_on_waiting(desk: Desk, args: Namespace) -> list[str]:
    if not args.operation:
        raise InputRefused(f"Say which: helptray waiting {args.action} ID")
    if args.action == "retry":
        desk.retry(args.operation).result()
        return ["It will be tried again."]
    if args.operation in [kept.id for kept in desk.not_sent()]:
        desk.discard_draft(args.operation).result()
        return []
    kept = desk.cancel(args.operation).result() is not None
    return ["Taken back. Its words are kept as a draft." if kept else "Taken back."]


def find(desk: Desk, reference: str) -> TicketView:
    """The ticket of a reference, id or number. Raises `InputRefused` where there is none."""
    view = desk.ticket(reference)
    if view is None:
        raise InputRefused(f"There is no ticket “{reference}” on this computer.")
    return view


COMMANDS: dict[str, Command] = {
    "enrol": enrol,
    "report": report,
    "sync": sync,
    "tickets": tickets,
    "show": show,
    "file": file,
    "note": note,
    "set": set_fields,
    "time": log_time,
    "times": times,
    "solved": solved,
    "reopen": reopen,
    "escalate": escalate,
    "decide": decide,
    "waiting": waiting,
}
