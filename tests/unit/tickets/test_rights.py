"""Who may do what, and when the client knows it for certain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.tickets.connection import Account
from desktop.tickets.operations import AddNote, ChangeFields, FieldChange, LogTime, Operation, SaySolved
from desktop.tickets.organisation import UNKNOWN_ORGANISATION
from desktop.tickets.people import Person, Role
from desktop.tickets.projection import apply
from desktop.tickets.rights import ONLY_TO_READ, may, may_change, surely_may_not
from desktop.tickets.ticket import NoteKind, StatusKey, Ticket, TicketState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROBIN = Person(email="robin@example.com")
SAM = Person(email="sam@example.net", role=Role.TECHNICIAN)
CONNECTED = Account(
    server="https://help.example.test",
    device="d",
    device_secret="s",
    person=ROBIN,
    access_until=NOW + timedelta(hours=1),
)


def change(field: str) -> Operation:
    changes = (FieldChange(field=field, base="", value="x"),)
    return Operation(id="o", ticket="t", made_at=NOW, change_fields=ChangeFields(changes=changes))


INTERNAL = Operation(id="o", ticket="t", made_at=NOW, add_note=AddNote(note="n", text="x", kind=NoteKind.INTERNAL))
SYSTEM = Operation(id="o", ticket="t", made_at=NOW, add_note=AddNote(note="n", text="x", kind=NoteKind.SYSTEM))
TIME = Operation(id="o", ticket="t", made_at=NOW, log_time=LogTime(note="n", minutes=5, text="x"))
SOLVED = Operation(id="o", ticket="t", made_at=NOW, say_solved=SaySolved())


@pytest.mark.parametrize(
    ("operation", "robin", "sam"),
    [
        (change("summary"), True, True),
        (change("status"), False, True),
        (change("priority"), False, True),
        (change("assignee"), False, True),
        (change("due_back"), False, True),
        (INTERNAL, False, True),
        (SYSTEM, False, False),
        (TIME, False, True),
        (SOLVED, True, True),
    ],
)
def test_work_on_a_ticket_is_the_providers(operation: Operation, *, robin: bool, sam: bool) -> None:
    assert (may(ROBIN, operation), may(SAM, operation)) == (robin, sam)
    assert surely_may_not(CONNECTED, operation, NOW) is not robin
    assert surely_may_not(replace(CONNECTED, person=SAM), operation, NOW) is not sam


@pytest.mark.parametrize(
    "account",
    [
        None,
        replace(CONNECTED, person=None),
        replace(CONNECTED, access_until=None),
        replace(CONNECTED, access_until=NOW),
    ],
    ids=["not connected", "nobody signed in", "never told", "told too long ago"],
)
def test_what_is_not_known_now_is_asked_of_the_help_desk(account: Account | None) -> None:
    assert not surely_may_not(account, change("status"), NOW)


THEO = replace(SAM, email="theo@example.net")
DINA = replace(SAM, email="dina@example.net", role=Role.DISPATCHER)


def ticket(status: str, assignee: str, requester: Person = ROBIN) -> Ticket:
    return Ticket(
        id="t",
        requester=requester,
        summary="x",
        made_at=NOW,
        updated_at=NOW,
        status=StatusKey(status),
        assignee=assignee,
    )


@pytest.mark.parametrize(
    ("by", "about", "allowed"),
    [
        (THEO, ticket("completed", SAM.email), False),
        (THEO, ticket("closed", SAM.email), False),
        (THEO, ticket("working", SAM.email), True),
        (THEO, ticket("pending_closure", SAM.email), True),
        (THEO, ticket("of another provider", SAM.email), True),
        (THEO, ticket("completed", ""), True),
        (THEO, ticket("completed", THEO.email), True),
        (THEO, ticket("completed", SAM.email, requester=THEO), True),
        (DINA, ticket("completed", SAM.email), True),
        (ROBIN, ticket("completed", SAM.email), True),
    ],
)
def test_what_is_over_stays_its_technicians(by: Person, about: Ticket, *, allowed: bool) -> None:
    assert may_change(by, about, UNKNOWN_ORGANISATION) is allowed
    said = Operation(
        id="019caf10-3901-7080-a7bd-003aedf92704",
        ticket="019caf10-3901-7080-a7bd-003aedf92705",
        made_at=NOW,
        add_note=AddNote(note="019caf10-3901-7080-a7bd-003aedf92706", text="And?"),
    )
    state = TicketState(ticket=replace(about, id=said.ticket))
    applied = apply(state, said, by=by, at=NOW, organisation=UNKNOWN_ORGANISATION)
    assert applied.sentence == ("" if allowed else ONLY_TO_READ)
    assert (applied.state == state) is not allowed
