"""Tickets and what waits, as lines for people."""

from collections.abc import Iterable, Sequence

from desktop.capture.computer.order import ranked
from desktop.cli.table import table
from desktop.cli.times import say_time
from desktop.cli.words import KINDS, MARKS, state_words
from desktop.same_error import SameError
from desktop.tickets import doubles
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Organisation
from desktop.tickets.plain_text import one_line
from desktop.tickets.reference import reference
from desktop.tickets.service_level import StageLevel
from desktop.tickets.ticket import Ticket
from desktop.tickets.view import KeptValue, Mark, ShownAttachment, ShownNote, TicketRow, TicketView, WaitingItem
from desktop.ui import phrases


def ticket_rows(rows: Sequence[TicketRow], organisation: Organisation) -> list[str]:
    """The list: reference, number, last change, how it stands, what it is about."""
    return table(
        [
            [row.reference, row.number or "-", say_time(row.updated), _stands(row, organisation), one_line(row.summary)]
            for row in rows
        ]
    )


def _stands(row: TicketRow, organisation: Organisation) -> str:
    """While something waits, the status is our guess and no word of the provider's."""
    if row.pending and row.mark is Mark.CONFIRMED:
        return f"{row.pending} saved here"
    return MARKS[row.mark] or status_of(organisation, row.status).words


def ticket_page(view: TicketView, organisation: Organisation, stages: Iterable[StageLevel]) -> list[str]:
    """One ticket; `stages` are the service-level stages where whoever reads is told of them."""
    ticket = view.ticket
    lines = [f"{reference(ticket.id)}  {one_line(ticket.summary)}", *_where(view, organisation)]
    lines += table([fact for fact in _facts(ticket, organisation, stages) if fact[1]])
    for heading, text in (("Details", ticket.details), ("Error text", ticket.error_text)):
        if text:
            lines += ["", f"{heading}:", *_indented(text)]
    for kept in view.kept:
        lines += ["", _kept(kept, organisation)]
    for note in view.notes:
        lines += ["", _author(note), *_indented(note.note.text)]
    if view.attachments:
        lines += ["", "Files:", *(_file(file) for file in view.attachments)]
    return lines


def _where(view: TicketView, organisation: Organisation) -> list[str]:
    provider = organisation.short_name or organisation.name
    ticket = view.ticket
    if view.lost:
        return [f"{provider} no longer has this ticket."]
    if view.mark is not Mark.CONFIRMED:
        return [
            {
                Mark.WAITING: "Saved on this computer",
                Mark.ASKING: f"Saved on this computer; checking whether {provider} has it",
                Mark.REFUSED: f"Not accepted by {provider}. See why: helptray waiting",
            }[view.mark]
        ]
    number = f", number {ticket.number}" if ticket.number else ""
    if any(entry.state.is_pending for entry in view.pending):
        later = f"What you did last is saved on this computer. {provider} gets it once this computer is connected."
        return [f"With {provider}{number}", later]
    status = status_of(organisation, ticket.status)
    told = (status.words, status.next, *doubles.sentences(view))
    sentences = [f"{words.rstrip('.')}." for words in told if words]
    return [f"With {provider}{number}", *([" ".join(sentences)] if sentences else [])]


def _facts(ticket: Ticket, organisation: Organisation, stages: Iterable[StageLevel]) -> list[tuple[str, str]]:
    level = organisation.priority(ticket.priority)
    stretches = [f"{say_time(window.start)} to {say_time(window.end)}" for window in ticket.availability]
    return [
        ("Urgency", level.words if level else ""),
        ("About", one_line(ticket.device.name)),
        ("Technician", one_line(ticket.assignee)),
        ("Expected", say_time(ticket.due_back) if ticket.due_back else ""),
        ("Reach", ", ".join(one_line(text) for text in (ticket.contact.phone, ticket.contact.email) if text)),
        ("Times", "; ".join(stretches)),
        *((stage.stage.capitalize(), _stage(stage)) for stage in stages),
    ]


def _stage(stage: StageLevel) -> str:
    due = f" by {say_time(stage.due)}" if stage.due else ""
    return f"{stage.state}{due}{' (estimate)' if stage.estimate else ''}"


def _kept(kept: KeptValue, organisation: Organisation) -> str:
    mine, theirs = (
        one_line(phrases.field_value(organisation, kept.field, text, say_time)) for text in (kept.mine, kept.theirs)
    )
    return f"Your {kept.field.replace('_', ' ')} “{mine}” was not taken: it is “{theirs}”."


def _author(shown: ShownNote) -> str:
    author = one_line(shown.note.author.name or shown.note.author.email) or "You"
    return f"{author}, {say_time(shown.note.at)}{_marked(shown.mark)}"


def _file(shown: ShownAttachment) -> str:
    return f"  {one_line(shown.attachment.name)}  {shown.attachment.size:,} bytes{_marked(shown.mark)}"


def _marked(mark: Mark) -> str:
    return f" ({MARKS[mark]})" if MARKS[mark] else ""


def _indented(text: str) -> list[str]:
    """So that no line of a stranger's can pass for one of ours."""
    return [f"  {line}" for line in text.splitlines()]


def computer_lines(ticket: Ticket) -> list[str]:
    """What the ticket's computer tells of itself, what is unusual first; for technicians."""
    device = ticket.device
    name = device.name if device.is_this_computer else ticket.written_on
    facts = ranked(device.facts)
    told = [f"! {phrases.unusual(fact)}" for fact in facts.unusual]
    told += [f"  {line}" for line in phrases.computer(facts)]
    return ["", f"About {one_line(name) or 'the computer'}:", *told] if told else []


def same_error_lines(found: Sequence[SameError], organisation: Organisation) -> list[str]:
    """Earlier tickets with the same error, each with how it ended; for technicians."""
    lines = ["", "The same error before:"] if found else []
    for one in found:
        where = "on this device" if one.is_this_device else "in this company"
        status = status_of(organisation, one.status).name
        lines.append(
            f"  {one.number or one.reference}, {where}, {say_time(one.made_at)}, {status}: {one_line(one.summary)}"
        )
        if one.resolution:
            lines += [f"    {one_line(one.resolved_by)}:", *(f"    {line}" for line in _indented(one.resolution))]
    return lines


def waiting_rows(items: Sequence[WaitingItem]) -> list[str]:
    """What waits: its id, its ticket, what it is, why it is still here."""
    return table(
        [
            [item.id, item.reference, KINDS[item.kind], state_words(item), one_line(item.last_error or item.summary)]
            for item in items
        ]
    )
