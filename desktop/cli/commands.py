"""Each command as a function from the desk and what was typed to an outcome."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from desktop.cli import show
from desktop.cli.outcome import Exit, Outcome, exit_of
from desktop.cli.report import report
from desktop.cli.saved import saved
from desktop.cli.times import read_minutes, read_window
from desktop.desk import Desk, SyncResult
from desktop.tickets.operations import FieldChange
from desktop.tickets.outbox import OperationState
from desktop.tickets.reference import reference
from desktop.tickets.ticket import Ticket
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import TicketView

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
    result = desk.sync_now(args.timeout)
    return Outcome(value=sync_value(result), lines=sync_lines(result), code=sync_exit(result))


def sync_value(result: SyncResult) -> dict[str, int | bool]:
    """A pass as JSON."""
    return {
        "pushed": result.pushed,
        "pulled": result.pulled,
        "pending": result.pending,
        "needs_attention": result.needs_attention,
        "online": result.online,
    }


def sync_lines(result: SyncResult) -> list[str]:
    """A pass for people."""
    lines = [f"Sent {result.pushed}, read {result.pulled}, {result.pending} waiting."]
    if result.needs_attention:
        lines.append(f"{result.needs_attention} not accepted: helptray waiting shows why.")
    if result.trouble is not None:
        lines.append(result.trouble.sentence)
    return lines


def sync_exit(result: SyncResult) -> Exit:
    """The highest exit code that applies to a pass."""
    codes = [Exit.DONE]
    if result.trouble is not None:
        codes.append(exit_of(result.trouble))
    elif result.pending and not result.online:
        codes.append(Exit.NOT_REACHED)
    if result.needs_attention:
        codes.append(Exit.ATTENTION)
    return max(codes)


def tickets(desk: Desk, args: Namespace) -> Outcome:
    """The list."""
    page = desk.tickets(search=args.search, status=args.status, limit=args.limit)
    organisation = desk.organisation()
    lines = [show.row_line(row, organisation) for row in page.rows]
    if page.more:
        lines.append(f"There are more than {len(page.rows)}; use --limit or --search.")
    return Outcome(value=[show.row_value(row) for row in page.rows], lines=lines or ["No tickets."])


def show_ticket(desk: Desk, args: Namespace) -> Outcome:
    """One ticket."""
    view = find(desk, args.reference)
    value = show.ticket_value(view, desk.service_levels(view))
    return Outcome(value=value, lines=show.ticket_lines(view, desk.organisation()))


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
    target = Path(args.output).expanduser()
    if target.is_dir():
        raise InputRefused(f"{target} is a folder; name the file to write.")
    path = desk.fetch_file(view.ticket.id, matches[0].id, target).result()
    value = {"path": str(path), "size": matches[0].size, "sha256": matches[0].sha256}
    return Outcome(value=value, lines=[f"Written to {path}."])


def note(desk: Desk, args: Namespace) -> Outcome:
    """Say something."""
    view = find(desk, args.reference)
    files = tuple(desk.import_file(Path(name)).result() for name in args.attach)
    return saved(desk, desk.reply(view.ticket.id, args.text, files).result())


def set_fields(desk: Desk, args: Namespace) -> Outcome:
    """Change fields."""
    view = find(desk, args.reference)
    changes = []
    for pair in args.fields:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InputRefused(f"“{pair}” is not FIELD=VALUE.")
        changes.append(FieldChange(field=name, base=field_text(view.ticket, name), value=value))
    return saved(desk, desk.change_fields(view.ticket.id, changes).result())


def field_text(ticket: Ticket, name: str) -> str:
    """A field's present value as text, which is what an edit is based on. Raises `InputRefused`."""
    match name:
        case "summary" | "details" | "status" | "priority" | "assignee" | "type":
            return str(getattr(ticket, name))
        case "device":
            return ticket.device.name
        case "due_back":
            return ticket.due_back.isoformat() if ticket.due_back else ""
    raise InputRefused(
        f"“{name}” cannot be set; these can: summary, details, status, priority, assignee, type, device, due_back."
    )


def log_time(desk: Desk, args: Namespace) -> Outcome:
    """Time worked."""
    view = find(desk, args.reference)
    return saved(desk, desk.log_time(view.ticket.id, read_minutes(args.duration), args.text).result())


def times(desk: Desk, args: Namespace) -> Outcome:
    """When the person can be reached."""
    view = find(desk, args.reference)
    return saved(desk, desk.propose_times(view.ticket.id, [read_window(text) for text in args.windows]).result())


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
    """What waits; or try one again, or take it back."""
    if args.action is None:
        items = desk.waiting()
        attention = any(item.state is OperationState.REJECTED for item in items)
        return Outcome(
            value=[show.waiting_value(item) for item in items],
            lines=[show.waiting_line(item) for item in items] or ["Nothing waits."],
            code=Exit.ATTENTION if attention else Exit.DONE,
        )
    if not args.operation:
        raise InputRefused(f"Say which: helptray waiting {args.action} ID.")
    if args.action == "retry":
        return saved(desk, desk.retry(args.operation).result())
    draft = desk.cancel(args.operation).result()
    value = {"operation": args.operation, "state": "cancelled", "draft": draft.id if draft else None}
    kept = " Its words are kept as a draft." if draft else ""
    return Outcome(value=value, lines=[f"Taken back.{kept}"])


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
    "show": show_ticket,
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
