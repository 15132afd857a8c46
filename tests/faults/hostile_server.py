"""A server that speaks the relay's language and means harm: what it does is put together by each test."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.sync.protocol import (
    ChangedRow,
    ChangePage,
    Enrolled,
    OperationAnswer,
    OperationsAnswer,
    Result,
    RowKind,
    TokenPair,
    encode,
)
from desktop.tickets.people import Person
from desktop.tickets.ticket import Attachment, Note, StatusKey, Ticket
from tests.unit.sync.small_server import JSON, Handler, SmallServer

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MALLORY = Person(email="mallory@example.com", name="Mallory")
TICKET = "01a20000-0000-7000-8000-000000000001"
NOTE = "01a20000-0000-7000-8000-000000000002"
FILE = "01a20000-0000-7000-8000-000000000003"

Answer = tuple[int, dict[str, str], bytes] | None
Part = Callable[[Handler, bytes], Answer]


def ticket(**more: Any) -> ChangedRow:
    """A ticket of the feed."""
    plain = Ticket(
        id=TICKET, requester=MALLORY, summary="Look", made_at=AT, updated_at=AT, status=StatusKey("new"), version=1
    )
    value = replace(plain, **more)
    return ChangedRow(kind=RowKind.TICKET, id=value.id, version=value.version, ticket=value)


def note(text: str, **more: Any) -> ChangedRow:
    """A note on it."""
    value = replace(Note(id=NOTE, ticket=TICKET, author=MALLORY, text=text, at=AT, version=2), **more)
    return ChangedRow(kind=RowKind.NOTE, id=value.id, version=value.version, note=value)


def file(name: str, **more: Any) -> ChangedRow:
    """A file on it."""
    plain = Attachment(
        id=FILE,
        ticket=TICKET,
        name=name,
        size=4,
        sha256="88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589",
        media_type="text/plain",
        at=AT,
        author=MALLORY,
        version=3,
    )
    value = replace(plain, **more)
    return ChangedRow(kind=RowKind.ATTACHMENT, id=value.id, version=value.version, attachment=value)


def page(*rows: ChangedRow, cursor: str = "end", more: bool = False) -> Answer:
    """A page of the feed."""
    return 200, JSON, encode(ChangePage(rows=rows, cursor=cursor, epoch="e", more=more))


class HostileServer:
    """Connects whoever comes and accepts what they send; `parts` are asked first, by the beginning of the path."""

    def __init__(self, **parts: Part) -> None:
        self._parts = {f"/v1/{path}": part for path, part in parts.items()}

    def __call__(self, handler: Handler, body: bytes) -> Answer:
        for path, part in self._parts.items():
            if handler.path.startswith(path):
                return part(handler, body)
        if handler.path == "/v1/enrol":
            tokens = TokenPair(access="a", refresh="r", expires_in=3600)
            device = json.loads(body)["device"]
            who = Person(email="robin@example.com", name="Robin", company="Harbour Bakery")
            return (
                200,
                JSON,
                encode(Enrolled(tokens=tokens, device=device, company="Bakery", provider="Us", person=who)),
            )
        if handler.path == "/v1/operations":
            ids = [operation["id"] for operation in json.loads(body)["operations"]]
            answers = tuple(OperationAnswer(id=one, result=Result.APPLIED) for one in ids)
            return 200, JSON, encode(OperationsAnswer(answers=answers, epoch="e"))
        if handler.path.startswith("/v1/changes"):
            return page()
        return 404, JSON, b"{}"


def serving(**parts: Part) -> SmallServer:
    """The server, to be entered."""
    return SmallServer(HostileServer(**parts))


def always(answer: Answer) -> Part:
    """The same to everybody."""
    return lambda _handler, _body: answer
