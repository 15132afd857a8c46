"""Short phrases that several windows share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.answers import NotSent
from desktop.local_time import local
from desktop.sync.faults import SAVED_HERE
from desktop.tickets.capture_policy import NO_PICTURES
from desktop.tickets.device import Fact
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Organisation
from desktop.tickets.plain_text import one_line
from desktop.tickets.ticket import PriorityKey, StatusKey, TypeKey
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Mark, TicketView

if TYPE_CHECKING:
    from desktop.capture.computer.order import Ranked

_KIB = 1024
_WORD = re.compile(r"\w+")


def provider(organisation: Organisation) -> str:
    """What the help desk is called in a sentence."""
    return organisation.short_name or organisation.name


def opening(organisation: Organisation) -> str:
    """What the help desk is called where a sentence begins."""
    name = provider(organisation)
    return name[:1].upper() + name[1:]


def role(organisation: Organisation, key: str) -> str:
    """What the provider calls a role."""
    return next((terms.name for terms in organisation.roles if terms.role == key), key.replace("_", " "))


def person(view: TicketView, address: str) -> str:
    """Somebody by the name under which they ask or write on the ticket, else by their address."""
    people = (view.ticket.requester, *(shown.note.author for shown in view.notes))
    return next((known.name for known in people if known.email == address and known.name), address)


def holder(view: TicketView) -> str:
    """Who has taken the ticket: by name, by the address up to its @ until they have written; empty while nobody has."""
    if not view.ticket.acknowledged:
        return ""
    known = person(view, view.ticket.assignee)
    return known if known != view.ticket.assignee else known.partition("@")[0]


def field_value(organisation: Organisation, field: str, value: str, say: Callable[[datetime], str]) -> str:
    """A field's text as people read it: the provider's words for a status, priority or kind, a date as `say` has it."""
    level, kind = organisation.priority(PriorityKey(value)), organisation.request_type(TypeKey(value))
    if not value:
        return "nothing"
    if field == "status":
        return status_of(organisation, StatusKey(value)).words
    if field == "priority" and level is not None:
        return level.words or level.name
    if field == "type" and kind is not None:
        return kind.name
    return _date(value, say) if field == "due_back" else value


def _date(value: str, say: Callable[[datetime], str]) -> str:
    """What a help desk says may be anything."""
    try:
        return say(datetime.fromisoformat(value))
    except ValueError:
        return value


def moment(at: datetime, now: datetime) -> str:
    """A point in time as people say it, in the computer's zone."""
    there, today = local(at), local(now)
    clock = f"{there:%H:%M}"
    if there.date() == today.date():
        return f"today {clock}"
    if there.date() == today.date() - timedelta(days=1):
        return f"yesterday {clock}"
    if there.date() == today.date() + timedelta(days=1):
        return f"tomorrow {clock}"
    year = "" if there.year == today.year else f" {there.year}"
    return f"{there:%a} {there.day} {there:%b}{year} {clock}"


def reason(trouble: Trouble) -> str:
    """Why something did not get through, without what becomes of the things that wait: the window says that itself."""
    return trouble.sentence.partition(SAVED_HERE)[0]


def size(count: int) -> str:
    """A number of bytes as people read it."""
    if count < _KIB:
        return f"{count} bytes"
    if count < _KIB * _KIB:
        return f"{count / _KIB:.0f} KB"
    if count < _KIB**3:
        return f"{count / _KIB**2:.1f} MB"
    return f"{count / _KIB**3:.1f} GB"


def not_added(names: Sequence[str]) -> str:
    """What was chosen and had not been taken in when Helptray ended; empty where there is nothing."""
    listed = ", ".join(f"“{name}”" for name in names)
    return f"Helptray was closed before this had been added: {listed}. Please add it again." if names else ""


def not_sent(kept: Sequence[NotSent]) -> str:
    """That pictures were saved with a ticket and have not followed it; empty where there are none."""
    count = sum(len(one.pictures) for one in kept)
    why = f"{NO_PICTURES[0].lower()}{NO_PICTURES[1:]}"
    return f"{things(count, 'picture', 'pictures')} did not go along: {why}" if count else ""


def unusual(fact: Fact) -> str:
    """A fact with why it is unusual, unless that is said already: `VPN: off (Work)`, `Disk: 3 GB (almost full)`."""
    said = one_line(f"{fact.label}: {fact.value}")
    if set(_WORD.findall(fact.unusual.casefold())) <= set(_WORD.findall(said.casefold())):
        return said
    why = one_line(fact.unusual)
    return f"{said[:-1]}, {why})" if said.endswith(")") else f"{said} ({why})"


def computer(facts: Ranked) -> list[str]:
    """What is told of a computer beside what is read first: a line a fact, and one of all that nobody knows."""
    lines = [one_line(unusual(fact) if fact.unusual else f"{fact.label}: {fact.value}") for fact in facts.usual]
    names = one_line(", ".join(fact.label.lower() for fact in facts.unknown if fact.label))
    return [*lines, f"Not known: {names}"] if names else lines


def beginning(text: str, most: int) -> str:
    """A text on one line, or as much of it as so many characters hold."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def on_button(text: str, most: int) -> str:
    """The beginning of a text of others as a button shows it: an ampersand marks no key."""
    return beginning(text, most).replace("&", "&&")


def things(count: int, one: str, many: str) -> str:
    """`1 picture`, `3 pictures`."""
    return f"{count} {one if count == 1 else many}"


def mark(value: Mark, name: str) -> str:
    """How far something has come; nothing where it is with the provider, `name`."""
    return {
        Mark.CONFIRMED: "",
        Mark.WAITING: "Saved on this computer",
        Mark.ASKING: f"Checking whether {name} has it",
        Mark.REFUSED: f"Not accepted by {name}",
    }[value]
