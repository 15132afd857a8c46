"""A ticket that is over is read by every technician, whoever has had it, and changed by nobody new."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete

from desktop.tickets.operations import (
    Acknowledge,
    AddNote,
    Assign,
    AttachFile,
    ChangeFields,
    FieldChange,
    LogTime,
    Reopen,
    SaySolved,
)
from desktop.tickets.people import Person, Role
from desktop.tickets.rights import ONLY_TO_READ
from desktop.tickets.ticket import NoteKind, Ticket
from relay.accounts import add_person
from relay.core import Relay
from relay.journal import Journal, rows_where
from relay.profile import read_profile
from relay.tables import rows, values

TESS, THEO = "tess@help.test", "theo@help.test"
CONTENT = b"what was on the screen"
FINISHED = """
[[statuses]]
key = "finished"
name = "Finished"
purpose = "completed"
stage = "resolved"
runs = false
actor = "nobody"
words = "Finished"
"""


@pytest.fixture
def set_field(client: Any) -> Callable[..., Any]:
    """The dispatcher changes a field of a ticket."""
    dina = client("dina@help.test")

    def change(ticket: str, **fields: str) -> Any:
        before = dina.read(ticket).state.ticket
        changes = [
            FieldChange(field=name, base=str(getattr(before, name)), value=value) for name, value in fields.items()
        ]
        (answer,) = dina.push(dina.operation(ticket, change_fields=ChangeFields(changes=tuple(changes))))
        assert answer.result == "applied", answer
        return answer

    return change


@pytest.fixture
def resolved(client: Any, world: Any, set_field: Callable[..., Any]) -> Callable[..., str]:
    """A ticket of Amy's with a file, which Tess has worked on and which is over."""
    amy, tess = client("amy@acme.test"), client(TESS)

    def make(status: str = "completed", **more: Any) -> str:
        ticket: str = amy.file(**more)
        amy.attach(ticket, CONTENT)
        tess.push(tess.operation(ticket, acknowledge=Acknowledge()))
        tess.push(tess.operation(ticket, add_note=AddNote(note=world.id(), text="Hm", kind=NoteKind.INTERNAL)))
        tess.say(ticket, "Removed the old version first.")
        set_field(ticket, status=status)
        return ticket

    return make


def held_by(client: Any, replica: Any, *emails: str, limit: int = 500) -> Iterator[Any]:
    for email in emails:
        yield replica(client(email), limit=limit)


@pytest.mark.parametrize("status", ["completed", "closed"])
@pytest.mark.parametrize("limit", [1, 3, 500])
def test_a_colleague_reads_all_of_it_and_loses_it_when_it_is_opened_again(
    client: Any, replica: Any, world: Any, resolved: Callable[..., str], status: str, limit: int
) -> None:
    ticket, amy, theo = resolved(status), client("amy@acme.test"), client(THEO)
    held = {name: replica(client(name), limit=limit) for name in (TESS, THEO, "dina@help.test", "amy@acme.test")}
    assert all(one.agrees() for one in held.values())
    assert held[THEO].rows == held[TESS].rows == held["dina@help.test"].rows
    assert (len(held[THEO].ids("note")), len(held[THEO].ids("attachment"))) == (2, 1)
    assert [note.text for note in theo.read(ticket).state.notes] == ["Hm", "Removed the old version first."]
    file = theo.read(ticket).state.attachments[0].id
    assert theo.ask("GET", f"/v1/files/{file}").content == CONTENT
    amy.push(amy.operation(ticket, reopen=Reopen(note=world.id(), text="It is back")))
    assert all(one.agrees() for one in held.values())
    assert held[THEO].rows == {}
    assert held[TESS].rows == held["dina@help.test"].rows
    assert len(held[TESS].ids("note")) == 3
    assert theo.read(ticket) is None
    assert theo.ask("GET", f"/v1/files/{file}").status_code == 404
    amy.say(ticket, "And again")
    assert held[THEO].agrees()
    assert held[THEO].rows == {}


def test_who_reads_along_hears_the_moment_it_is_over(
    client: Any, replica: Any, resolved: Callable[..., str], set_field: Callable[..., Any]
) -> None:
    held = list(held_by(client, replica, TESS, THEO, "dina@help.test", limit=2))
    ticket = resolved()
    for status in ("working", "closed", "on_hold", "completed", "closed", "pending_closure"):
        set_field(ticket, status=status)
        assert all(one.agrees() for one in held)
        assert (ticket in held[1].ids("ticket")) is (status in ("completed", "closed"))
        assert ticket in held[0].ids("ticket")
        assert ticket in held[2].ids("ticket")


def test_it_is_there_to_be_read_alone(client: Any, world: Any, resolved: Callable[..., str]) -> None:
    ticket, theo, tess = resolved(), client(THEO), client(TESS)
    before = tess.read(ticket)
    status = FieldChange(field="status", base="completed", value="working")
    file = theo.upload(b"bytes", ticket)
    for kind in (
        {"add_note": AddNote(note=world.id(), text="And?")},
        {"add_note": AddNote(note=world.id(), text="And?", kind=NoteKind.INTERNAL)},
        {"change_fields": ChangeFields(changes=(status,))},
        {"assign": Assign(technician=THEO)},
        {"acknowledge": Acknowledge()},
        {"log_time": LogTime(note=world.id(), minutes=5, text="Read it")},
        {"reopen": Reopen(note=world.id(), text="Not solved")},
        {"say_solved": SaySolved()},
        {"attach_file": AttachFile(attachment=file, name="x", size=5, sha256=hashlib.sha256(b"bytes").hexdigest())},
    ):
        (answer,) = theo.push(theo.operation(ticket, **kind))
        assert (answer.result, answer.problem.code, answer.problem.detail) == ("rejected", "not-allowed", ONLY_TO_READ)
    assert tess.read(ticket) == before
    (answer,) = tess.push(tess.operation(ticket, log_time=LogTime(note=world.id(), minutes=5, text="Wrote it up")))
    assert answer.result == "applied"
    (answer,) = tess.push(tess.operation(ticket, change_fields=ChangeFields(changes=(status,))))
    assert answer.result == "applied"


def test_whoever_it_is_given_to_may_change_it_from_then_on(
    client: Any, replica: Any, resolved: Callable[..., str], set_field: Callable[..., Any]
) -> None:
    ticket = resolved()
    held = list(held_by(client, replica, TESS, THEO))
    set_field(ticket, assignee=THEO)
    assert all(one.agrees() for one in held)
    assert held[0].rows == held[1].rows != {}
    assert client(THEO).say(ticket).result == "applied"
    assert client(TESS).say(ticket).problem.code == "not-allowed"
    set_field(ticket, assignee="")
    assert all(one.agrees() for one in held)
    assert client(TESS).say(ticket).result == "applied"


def test_what_is_confidential_stays_with_its_technician(
    client: Any, replica: Any, resolved: Callable[..., str], set_field: Callable[..., Any]
) -> None:
    secret, other = resolved(confidential=True), resolved()
    held = list(held_by(client, replica, TESS, THEO, "dina@help.test"))
    assert all(one.agrees() for one in held)
    assert [one.ids("ticket") for one in held] == [{secret, other}, {other}, {secret, other}]
    assert client(THEO).read(secret) is None
    assert client(THEO).say(secret).problem.code == "no-such-ticket"
    set_field(other, type="leaver")
    assert all(one.agrees() for one in held)
    assert [one.ids("ticket") for one in held] == [{secret, other}, set(), {secret, other}]
    assert held[1].rows == {}


def test_clients_read_what_they_read_before(client: Any, replica: Any, resolved: Callable[..., str]) -> None:
    ticket = resolved()
    seen = {
        email: replica(client(email))
        for email in ("amy@acme.test", "bob@acme.test", "dora@acme.test", "olga@other.test")
    }
    assert all(one.agrees() for one in seen.values())
    assert [ticket in one.ids("ticket") for one in seen.values()] == [True, False, True, False]
    assert len(seen["amy@acme.test"].ids("note")) == 1


def as_before(relay: Relay) -> None:
    """The database as the relay left it when an ended ticket was its technician's alone."""
    with relay.write() as connection:
        journal = Journal(connection, relay.clock.now())
        for told in rows_where(connection, rows.c.kind == "ticket", rows.c.provider == "ended"):
            technician = f"technician/{msgspec.json.decode(told.body, type=Ticket).assignee}"
            for row in rows_where(connection, rows.c.ticket == told.ticket):
                journal.move(row, replace(row.sight, provider=technician))
        journal.flush()
        connection.execute(delete(values).where(values.c.name == "ended"))


def test_an_older_database_lets_technicians_hear_of_what_was_over_already(
    client: Any, replica: Any, relay: Relay, clock: Any, resolved: Callable[..., str], set_field: Callable[..., Any]
) -> None:
    over, secret, working = resolved(), resolved(confidential=True), resolved()
    set_field(working, status="working")
    as_before(relay)
    emails = (TESS, THEO, "dina@help.test", "amy@acme.test", "dora@acme.test")
    held = list(held_by(client, replica, *emails, limit=2))
    assert all(one.agrees() for one in held)
    before = [dict(one.rows) for one in held]
    assert held[1].rows == {}
    for _ in range(2):
        Relay(relay.folder, clock=clock).close()
        assert all(one.agrees() for one in held)
        assert held[1].ids("ticket") == {over}
        assert (len(held[1].ids("note")), len(held[1].ids("attachment"))) == (2, 1)
        assert [one.rows for one in (held[0], *held[2:])] == [before[0], *before[2:]]
    fresh = list(held_by(client, replica, *emails))
    assert all(one.agrees() for one in fresh)
    assert [one.rows for one in fresh] == [one.rows for one in held]
    assert {secret, working} <= held[0].ids("ticket")


def test_another_profile_says_anew_what_is_over(
    client: Any, replica: Any, relay: Relay, clock: Any, tmp_path: Any, resolved: Callable[..., str]
) -> None:
    closed, completed = resolved("closed"), resolved("completed")
    held = list(held_by(client, replica, TESS, THEO, limit=2))
    assert all(one.agrees() for one in held)
    profile = tmp_path / "provider.toml"
    text = read_profile("example")
    over = 'purpose = "completed"\nstage = "resolved"'
    instead = text.replace(over, 'purpose = "working"\nstage = "resolve"') + FINISHED
    assert over in text
    for words, seen in (
        (instead, {closed}),
        (text, {closed, completed}),
    ):
        profile.write_text(words)
        Relay(relay.folder, organisation=str(profile), clock=clock).close()
        assert all(one.agrees() for one in held)
        assert held[0].ids("ticket") == {closed, completed}
        assert held[1].ids("ticket") == seen


def read_by(email: str, ticket: Ticket) -> bool:
    """Whether a technician reads a ticket, in the words of the decision."""
    is_over = ticket.status in ("completed", "closed") and not ticket.confidential
    return ticket.assignee in ("", email) or is_over


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_whatever_happens_each_technician_holds_what_is_theirs_to_read(
    client: Any, world: Any, relay: Relay, clock: Any, replica: Any, seed: int
) -> None:
    random = Random(seed)
    names = ("amy@acme.test", "dora@acme.test", TESS, THEO, "dina@help.test")
    clients = {name: client(name) for name in names}
    held = {name: replica(one, limit=random.choice((1, 2, 7, 500))) for name, one in clients.items()}
    amy, dina = clients["amy@acme.test"], clients["dina@help.test"]
    tickets = [amy.file(f"{number}", confidential=number == 0) for number in range(4)]
    for step in range(70):
        ticket, who = random.choice(tickets), clients[random.choice(names)]
        seen = dina.read(ticket).state.ticket
        match random.randrange(8):
            case 0 | 1 | 2:
                status = random.choice(("working", "completed", "closed", "pending_closure"))
                change = FieldChange(field="status", base=seen.status, value=status)
                dina.push(dina.operation(ticket, change_fields=ChangeFields(changes=(change,))))
            case 3 | 4:
                dina.push(dina.operation(ticket, assign=Assign(technician=random.choice(("", TESS, THEO)))))
            case 5:
                kind = NoteKind.REPLY if who in (amy, clients["dora@acme.test"]) else NoteKind.INTERNAL
                who.push(who.operation(ticket, add_note=AddNote(note=world.id(), text=f"{step}", kind=kind)))
            case 6:
                amy.push(amy.operation(ticket, reopen=Reopen(note=world.id(), text="Not solved")))
            case _:
                role = random.choice((Role.TECHNICIAN, Role.DISPATCHER))
                with relay.write() as connection:
                    add_person(connection, Person(email=TESS, name="Tess", role=role), at=clock.now())
        if random.random() < 0.4:
            assert random.choice(list(held.values())).agrees()
    with relay.write() as connection:
        add_person(connection, Person(email=TESS, name="Tess", role=Role.TECHNICIAN), at=clock.now())
    for _ in range(2):
        assert all(one.agrees() for one in held.values())
        stand = {ticket: dina.read(ticket).state for ticket in tickets}
        for name in (TESS, THEO):
            seen = {ticket for ticket, state in stand.items() if read_by(name, state.ticket)}
            assert held[name].ids("ticket") == seen
            assert held[name].ids("note") == {note.id for ticket in seen for note in stand[ticket].notes}
        as_before(relay)
        assert all(one.agrees() for one in held.values())
        Relay(relay.folder, clock=clock).close()
