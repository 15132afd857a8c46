"""A relay with two companies, its people, a clock that is set by hand, and clients that speak plain HTTP."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
import requests

from desktop.sync.protocol import (
    ChangePage,
    Enrolled,
    EnrolRequest,
    OperationAnswer,
    OperationsAnswer,
    TicketAnswer,
    encode,
    encode_batch,
    encode_operation,
)
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, AttachFile, FileTicket, Operation
from desktop.tickets.people import Person, Role
from desktop.tickets.rows import row_hash
from relay.accounts import add_company, add_person
from relay.codes import make_code
from relay.core import Relay
from relay.serve import RelayServer

PEOPLE = (
    Person(email="amy@acme.test", name="Amy", company="Acme"),
    Person(email="bob@acme.test", name="Bob", company="Acme"),
    Person(email="dora@acme.test", name="Dora", company="Acme", role=Role.IT_DESIGNEE),
    Person(email="otto@other.test", name="Otto", company="Other"),
    Person(email="olga@other.test", name="Olga", company="Other", role=Role.IT_DESIGNEE),
    Person(email="tess@help.test", name="Tess", role=Role.TECHNICIAN),
    Person(email="theo@help.test", name="Theo", role=Role.TECHNICIAN),
    Person(email="dina@help.test", name="Dina", role=Role.DISPATCHER),
)


class HandClock:
    """A clock that stands still until it is moved. It begins on a Wednesday noon."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class World:
    """A relay in this process, served over HTTP."""

    relay: Relay
    server: RelayServer
    url: str
    clock: HandClock
    random: Random = field(default_factory=Random)

    def id(self) -> str:
        return new_id(self.clock, self.random)

    def code(self, email: str = "", company: str = "", **more: Any) -> str:
        with self.relay.write() as connection:
            return make_code(connection, at=self.clock.now(), email=email, company=company, **more)

    def client(self, email: str = "", company: str = "") -> "Client":
        client = Client(self)
        client.enrol(self.code(email, company))
        return client


class Client:
    """One device, as far as HTTP goes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.device = world.id()
        self.secret = secrets.token_hex(16)
        self.access = self.refresh = ""

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.access}"} if self.access else {}
        headers |= more.pop("headers", {})
        return requests.request(method, self.world.url + path, headers=headers, timeout=30, **more)

    def try_to_enrol(self, code: str, secret: str = "") -> requests.Response:
        request = EnrolRequest(code=code, device=self.device, device_secret=secret or self.secret, device_name="PC-1")
        return self.ask("POST", "/v1/enrol", data=encode(request))

    def enrol(self, code: str) -> Enrolled:
        answer = self.try_to_enrol(code)
        assert answer.status_code == 200, answer.text
        enrolled = msgspec.json.decode(answer.content, type=Enrolled)
        self.access, self.refresh = enrolled.tokens.access, enrolled.tokens.refresh
        return enrolled

    def operation(self, ticket: str, **kind: Any) -> Operation:
        return Operation(id=self.world.id(), ticket=ticket, made_at=self.world.clock.now(), **kind)

    def push(self, *operations: Operation) -> tuple[OperationAnswer, ...]:
        body = encode_batch([encode_operation(operation) for operation in operations])
        answer = self.ask("POST", "/v1/operations", data=body)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=OperationsAnswer).answers

    def file(self, summary: str = "The printer smokes", **more: Any) -> str:
        operation = self.operation(self.world.id(), file_ticket=FileTicket(summary=summary, **more))
        (answer,) = self.push(operation)
        assert answer.result == "applied", answer
        return operation.ticket

    def say(self, ticket: str, text: str = "Still broken", **more: Any) -> OperationAnswer:
        (answer,) = self.push(self.operation(ticket, add_note=AddNote(note=self.world.id(), text=text, **more)))
        return answer

    def upload(self, content: bytes, ticket: str, attachment: str = "") -> str:
        attachment = attachment or self.world.id()
        created = self.announce(content, ticket, attachment)
        assert created.status_code == 201, created.text
        if content:
            sent = self.send(created.headers["Location"], content, 0)
            assert sent.status_code == 204, sent.text
        return attachment

    def announce(self, content: bytes, ticket: str, attachment: str, **told: str) -> requests.Response:
        told = {"attachment": attachment, "ticket": ticket, "sha256": hashlib.sha256(content).hexdigest()} | told
        metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
        return self.ask("POST", "/v1/files", headers=headers)

    def send(self, location: str, piece: Any, offset: int, **headers: str) -> requests.Response:
        headers = {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("PATCH", location, data=piece, headers=headers)

    def attach(self, ticket: str, content: bytes, name: str = "screen.png") -> str:
        attachment = self.upload(content, ticket)
        body = AttachFile(
            attachment=attachment, name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest()
        )
        (answer,) = self.push(self.operation(ticket, attach_file=body))
        assert answer.result == "applied", answer
        return attachment

    def page(self, since: str = "", limit: int = 500, **only: str) -> ChangePage:
        answer = self.ask("GET", "/v1/changes", params={"since": since, "limit": limit, **only})
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=ChangePage)

    def read(self, ticket: str) -> TicketAnswer | None:
        answer = self.ask("GET", f"/v1/tickets/{ticket}")
        if answer.status_code == 404:
            return None
        return msgspec.json.decode(answer.content, type=TicketAnswer)


class Replica:
    """What a client holds after reading the feed, by the rules that a client keeps."""

    def __init__(self, client: Client, limit: int = 500) -> None:
        self.client = client
        self.limit = limit
        self.cursor = ""
        self.rows: dict[tuple[str, str], int] = {}

    def pull(self) -> ChangePage:
        while True:
            page = self.client.page(self.cursor, self.limit)
            self.take(page)
            if not page.more:
                return page

    def take(self, page: ChangePage) -> None:
        for row in page.rows:
            key = (row.kind, row.id)
            if row.gone:
                self.rows.pop(key, None)
            elif row.version > self.rows.get(key, 0):
                self.rows[key] = row.version
        self.cursor = page.cursor

    def agrees(self) -> bool:
        """Whether the checksums of the last page are those of what is held."""
        page = self.pull()
        theirs = ours = 0
        for bucket in page.checksums:
            theirs ^= int(bucket.checksum, 16)
        for (kind, row), version in self.rows.items():
            ours ^= row_hash(kind, row, version)  # type: ignore[arg-type]
        return (theirs, sum(bucket.rows for bucket in page.checksums)) == (ours, len(self.rows))

    def ids(self, kind: str) -> set[str]:
        return {row for known, row in self.rows if known == kind}


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def relay(tmp_path: Path, clock: HandClock) -> Iterator[Relay]:
    """A relay's data with companies and people."""
    opened = Relay(tmp_path / "relay", clock=clock)
    with opened.write() as connection:
        for company in ("Acme", "Other"):
            add_company(connection, company, at=clock.now())
        for person in PEOPLE:
            add_person(connection, person, at=clock.now())
    yield opened
    opened.close()


@pytest.fixture
def world(relay: Relay, clock: HandClock) -> Iterator[World]:
    """The same, served."""
    server = RelayServer(relay.folder, None, clock=clock)
    yield World(relay, server, server.start(), clock)
    server.stop()


@pytest.fixture
def client(world: World) -> Callable[..., Client]:
    """A connected device of a person."""
    return world.client


@pytest.fixture
def replica() -> Callable[..., Replica]:
    """What a client holds after reading the feed."""
    return Replica


@pytest.fixture
def new_client(world: World) -> Callable[[], Client]:
    """A device that is not connected yet."""
    return lambda: Client(world)
