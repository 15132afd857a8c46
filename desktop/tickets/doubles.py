"""What a person is told of what the help desk had twice."""

from collections.abc import Mapping
from typing import Final

from desktop.tickets.operations import Kind
from desktop.tickets.view import TicketView

_ADDITIONS: Final[Mapping[Kind, str]] = {
    Kind.ADD_NOTE: "A note of yours was there twice. It counts once.",
    Kind.REOPEN: "What you wrote when you reopened it was there twice. It counts once.",
    Kind.ATTACH_FILE: "A file of yours was there twice. It counts once.",
    Kind.LOG_TIME: "Time that you logged was there twice. It counts once.",
}


def sentences(view: TicketView) -> tuple[str, ...]:
    """One for the ticket and one for each kind of addition that was there twice; mostly none."""
    ticket = (f"It was there twice, also as {view.twice}. It is one ticket now.",) if view.twice else ()
    return (*ticket, *(_ADDITIONS[kind] for kind in dict.fromkeys(view.repeated)))
