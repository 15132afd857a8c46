"""The types on the wire between client and relay, and their bytes (JSON). Shared by both sides."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from desktop.tickets.notice import Notice
from desktop.tickets.operations import KIND_FIELDS, Operation
from desktop.tickets.people import Person
from desktop.tickets.plain_text import whole_characters
from desktop.tickets.rows import RowKind as RowKind  # noqa: PLC0414  (told on: the wire speaks of it)
from desktop.tickets.rows import row_hash as row_hash  # noqa: PLC0414
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState

MEDIA_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
MAX_BATCH = 500
"""Most operations in one request."""
MAX_BODY = 16 * 1024 * 1024
"""Longest JSON body in bytes that either side reads."""
MAX_DEPTH = 32
"""Deepest JSON nesting that either side reads."""


class Result(StrEnum):
    """What the help desk did with one operation."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Problem details (RFC 9457). `code` is stable and short; `detail` is a sentence for a person."""

    title: str
    status: int
    code: str
    type: str = "about:blank"
    detail: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """A field that someone else changed meanwhile: theirs stands, mine is kept at the client."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationAnswer:
    """The answer to one operation; `id` is echoed so that nobody else's page is taken for it.

    `skipped`: something before it in the batch, of the same ticket, was not applied. `ticket` is the ticket as it
    now stands, without notes and files; those that the operation made come in `note` and `attachment`. `head`: as of
    `OperationsAnswer`, where this one alone was asked for.
    """

    id: str
    result: Result
    ticket: Ticket | None = None
    note: Note | None = None
    attachment: Attachment | None = None
    problem: Problem | None = None
    conflicts: tuple[FieldConflict, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsAnswer:
    """Answers in the order of the batch. `durable_until`: commits up to then are in a verified backup.

    `head`: how far the server's history had come, a number and a name (`12-0f3a…`); empty where it names none.
    `forgot`: the history never went through the head that the batch named: the server was put back from a backup.
    """

    answers: tuple[OperationAnswer, ...]
    epoch: str
    durable_until: datetime | None = None
    head: str = ""
    forgot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """One row of the feed: exactly one of the values, or none when `gone` (a tombstone)."""

    kind: RowKind
    id: str
    version: int
    gone: bool = False
    ticket: Ticket | None = None
    note: Note | None = None
    attachment: Attachment | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketChecksum:
    """XOR of `row_hash` over the rows of a bucket, as 16 hexadecimal digits, and how many rows there are."""

    bucket: str
    checksum: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A page of the change feed in commit order. `cursor` is opaque; `checksums` come on the last page only.

    `head`: as of `OperationsAnswer`.
    """

    rows: tuple[ChangedRow, ...]
    cursor: str
    epoch: str
    more: bool
    checksums: tuple[BucketChecksum, ...] = ()
    organisation_etag: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolRequest:
    """One-time code with an id and a secret made by the client, so that a lost answer can be asked for again."""

    code: str
    device: str
    device_secret: str
    device_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """Ask for the next token pair. The secret helps where the server was restored from before the token was made."""

    device: str
    refresh: str
    device_secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """Bearer tokens; `expires_in` is the access token's life in seconds. `person` is whose they are, as known now."""

    access: str
    refresh: str
    expires_in: int
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Who and what the device now is. `person` is None for a device of a company before anyone signed in."""

    tokens: TokenPair
    device: str
    company: str
    provider: str
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAnswer:
    """The provider's profile as TOML text (see `desktop.tickets.organisation`) with its key."""

    key: str
    toml: str


_encoder = msgspec.json.Encoder()
_operation_decoder = msgspec.json.Decoder(Operation)
_PLAIN = tuple(field.name for field in fields(Operation) if field.name not in KIND_FIELDS)


def encode(value: Any) -> bytes:
    """Any of these types as JSON bytes."""
    return _encoder.encode(value)


def encode_operation(operation: Operation) -> bytes:
    """The bytes of an operation, made once and sent ever after; absent kinds are left out."""
    kind = operation.kind
    told = {**{name: getattr(operation, name) for name in _PLAIN}, kind.value: operation.body}
    try:
        return _encoder.encode(told)
    except UnicodeEncodeError:
        return _encoder.encode(whole_characters(msgspec.to_builtins(told)))


def decode_operation(wire: bytes) -> Operation:
    """The operation in the bytes; msgspec.ValidationError or DecodeError where they hold none."""
    return _operation_decoder.decode(wire)


def encode_batch(wires: list[bytes], seen: str = "") -> bytes:
    """A batch for `POST /v1/operations`: a JSON array of operations already encoded, and what `seen` is below."""
    return b'{"seen":' + msgspec.json.encode(seen) + b',"operations":[' + b",".join(wires) + b"]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationBatch:
    """The body of `POST /v1/operations`; raw, because the bytes of each are hashed as they came.

    `seen`: the last heads (`OperationsAnswer.head`, `ChangePage.head`) that the client was told of, a comma between.
    """

    operations: list[msgspec.Raw]
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAnswer:
    """A ticket with all on it, as `GET /v1/tickets/{id}` gives it."""

    state: TicketState


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationDecision:
    """The body of `POST /v1/tickets/{id}/escalation`. `version` is the ticket's as the approver sees it."""

    approve: bool
    version: int
