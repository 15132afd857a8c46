"""What a help desk of the simulation knows: everything that a backup of it would hold."""

from dataclasses import dataclass, field, replace

from desktop.sync.protocol import OperationAnswer, RowKind
from desktop.tickets.ticket import Attachment, Note, Ticket

Row = Ticket | Note | Attachment


@dataclass
class Books:
    """Everything that a backup of the help desk would hold.

    Attributes:
        applied: operations in the order in which their effects came about, with a line for each time.
        created: tickets, with a line for each that was made.
        committed: when each operation was, in seconds.
        links: single-use URLs that are still good, with the moment until which they are.
        united: tickets that were there more than once and were made one.
    """

    rows: dict[tuple[RowKind, str], Row] = field(default_factory=dict)
    answers: dict[str, OperationAnswer] = field(default_factory=dict)
    applied: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    committed: dict[str, float] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, float] = field(default_factory=dict)
    united: list[str] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    gone: dict[str, dict[tuple[RowKind, str], int]] = field(default_factory=dict)
    version: int = 0
    floor: int = 0

    def copy(self) -> "Books":
        """The same in containers of their own; what is in them is never changed."""
        copied = replace(self, gone={email: dict(rows) for email, rows in self.gone.items()})
        for name in ("rows", "answers", "applied", "created", "committed", "uploads", "links", "united", "hidden"):
            setattr(copied, name, getattr(self, name).copy())
        return copied
