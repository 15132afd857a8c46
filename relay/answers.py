"""Answers to operations as they are put together: bodies stay the bytes that are stored, encoded once."""

from collections.abc import Sequence
from typing import Final

import msgspec

from desktop.sync.protocol import FieldConflict, Problem, Result

MOST_BYTES: Final = 8 * 1024 * 1024
"""Once the tickets in one answer take more than this, the rest come with the change feed alone."""


class Answer(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """`desktop.sync.protocol.OperationAnswer` with bodies as bytes; the same on the wire."""

    id: str
    result: Result
    ticket: msgspec.Raw | None = None
    note: msgspec.Raw | None = None
    attachment: msgspec.Raw | None = None
    problem: Problem | None = None
    conflicts: tuple[FieldConflict, ...] = ()
    head: str = ""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """`desktop.sync.protocol.OperationsAnswer`, the same on the wire."""

    answers: Sequence[Answer]
    epoch: str
    head: str
    forgot: bool
    durable_until: None = None


class Refused(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """What is kept of an answer beside the rows that it made."""

    problem: Problem | None = None
    conflicts: tuple[FieldConflict, ...] = ()


_encoder = msgspec.json.Encoder()
_refused = msgspec.json.Decoder(Refused)


def raw(body: bytes | None) -> msgspec.Raw | None:
    """Stored bytes for an answer, or None."""
    return None if body is None else msgspec.Raw(body)


def encode_kept(problem: Problem | None, conflicts: tuple[FieldConflict, ...]) -> bytes:
    """What is kept of an answer; empty where there is nothing to keep."""
    return _encoder.encode(Refused(problem=problem, conflicts=conflicts)) if problem or conflicts else b""


def decode_kept(kept: bytes) -> Refused:
    """The same, read again."""
    return _refused.decode(kept) if kept else Refused()


def refused(operation: str, code: str, sentence: str, *, status: int = 422) -> Answer:
    """The answer `rejected`, with a stable code and a sentence for a person."""
    problem = Problem(title="Not accepted", status=status, code=code, detail=sentence)
    return Answer(id=operation, result=Result.REJECTED, problem=problem)


def bounded(answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers with no more tickets than a client reads in one body."""
    room, kept = MOST_BYTES, []
    for answer in answers:
        room -= sum(len(bytes(body)) for body in (answer.ticket, answer.note, answer.attachment) if body is not None)
        kept.append(answer if room >= 0 else msgspec.structs.replace(answer, ticket=None, note=None, attachment=None))
    return kept
