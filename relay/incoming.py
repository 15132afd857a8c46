"""Operations as they come in: bytes of somebody else's making, until they have been read."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from desktop.sync.protocol import decode_operation
from desktop.tickets.operations import Operation
from relay.problems import malformed

UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError)
"""What reading bytes that are no JSON of ours can raise."""

_LARGEST_FILE: Final = 1 << 53
_YEARS: Final = range(1970, 2200)


class _Envelope(msgspec.Struct, frozen=True):
    """As much of an operation as is needed to refuse it by name."""

    id: str
    ticket: str = ""


_envelopes: Final = msgspec.json.Decoder(_Envelope)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An operation as it came; `hash` is of its bytes, `operation` is None where the rest of it could not be read."""

    id: str
    ticket: str
    hash: bytes
    operation: Operation | None

    @property
    def creates(self) -> tuple[str, ...]:
        """The id of the note or attachment that it makes, if it makes one."""
        return created(self.operation) if self.operation else ()


def read(wire: bytes) -> Incoming:
    """The operation in the bytes; raises `Refusal` (400) where they have not even an id."""
    hashed = hashlib.sha256(wire).digest()
    try:
        operation = decode_operation(wire)
    except UNREADABLE:
        operation = None
    if operation is not None:
        return Incoming(operation.id, operation.ticket, hashed, operation if _is_sane(operation) else None)
    try:
        envelope = _envelopes.decode(wire)
    except UNREADABLE as error:
        raise malformed("One of the things that were sent could not be read.") from error
    return Incoming(envelope.id, envelope.ticket, hashed, None)


def created(operation: Operation) -> tuple[str, ...]:
    """The id of the note or attachment that an operation makes, if it makes one."""
    if operation.attach_file is not None:
        return (operation.attach_file.attachment,)
    for body in (operation.add_note, operation.reopen, operation.log_time):
        if body is not None:
            return (body.note,)
    return ()


def _is_sane(operation: Operation) -> bool:
    """Whether every number fits a database and every time a calendar."""
    filing, attaching = operation.file_ticket, operation.attach_file
    sizes = [file.size for file in filing.files] if filing else [attaching.size] if attaching else []
    return all(size <= _LARGEST_FILE for size in sizes) and all(at.year in _YEARS for at in _times(operation))


def _times(operation: Operation) -> Iterator[datetime]:
    yield operation.made_at
    windows = operation.file_ticket.availability if operation.file_ticket else ()
    if operation.propose_times:
        windows = operation.propose_times.windows
    if operation.choose_time and operation.choose_time.window:
        windows = (operation.choose_time.window,)
    for window in windows:
        yield window.start
        yield window.end
