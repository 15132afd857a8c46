"""The life of one operation between the person and the help desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.tickets.operations import Kind, Operation


class OperationState(StrEnum):
    """Where an operation stands. `sent` is durable before its first byte leaves."""

    QUEUED = "queued"
    SENT = "sent"
    UNKNOWN = "unknown"
    DONE = "done"
    REJECTED = "rejected"
    REPLACED = "replaced"
    CANCELLED = "cancelled"

    @property
    def is_pending(self) -> bool:
        """Whether the engine still has work to do on it."""
        return self in (OperationState.QUEUED, OperationState.SENT, OperationState.UNKNOWN)

    @property
    def is_projected(self) -> bool:
        """Whether the view shows its effect on top of what the help desk has told."""
        return self.is_pending or self is OperationState.REJECTED


TRANSITIONS: dict[OperationState, frozenset[OperationState]] = {
    OperationState.QUEUED: frozenset({OperationState.SENT, OperationState.REPLACED, OperationState.CANCELLED}),
    OperationState.SENT: frozenset(
        {OperationState.QUEUED, OperationState.DONE, OperationState.REJECTED, OperationState.UNKNOWN}
    ),
    OperationState.UNKNOWN: frozenset({OperationState.QUEUED, OperationState.DONE, OperationState.REJECTED}),
    OperationState.DONE: frozenset({OperationState.UNKNOWN}),
    OperationState.REJECTED: frozenset({OperationState.REPLACED, OperationState.CANCELLED}),
    OperationState.REPLACED: frozenset(),
    OperationState.CANCELLED: frozenset(),
}
"""Allowed steps. `sent -> queued`: skipped by the help desk, or no byte left. `done -> unknown`: the help desk
was restored from a backup that is older than the operation."""


class Lane(StrEnum):
    """Three lanes, so that text never waits for files and reading never waits for either."""

    OPERATIONS = "operations"
    PULL = "pull"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One operation in the outbox, as stored.

    Attributes:
        seq: the order, given by the store; never a clock.
        wire: the bytes that are sent, encoded once when it was made.
        after: id of the operation that must be done first, or empty.
        replaces: id of the operation in whose place it stands, or empty.
        not_before: earliest next try, wall clock, clamped at start; None for at once.
        request_id: of the last request that carried it, for finding it in the help desk's log.
        last_error: sentence for a person.
        upload_done: for `attach_file`: the bytes are at the help desk and verified.
        link: the single-use URL that it is to be posted to, where the help desk guards creation so; empty once used.
        audits: how often it was looked, after it was done, whether the help desk has it twice.
    """

    seq: int
    operation: Operation
    wire: bytes
    state: OperationState = OperationState.QUEUED
    after: str = ""
    replaces: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    last_error: str = ""
    request_id: str = ""
    upload_done: bool = False
    link: str = ""
    audits: int = 0
    sent_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def id(self) -> str:
        """The operation's id."""
        return self.operation.id

    @property
    def ticket(self) -> str:
        """The ticket that it belongs to."""
        return self.operation.ticket

    @property
    def kind(self) -> Kind:
        """The operation's kind."""
        return self.operation.kind
