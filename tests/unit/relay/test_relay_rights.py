"""Who sees what: two requesters of one company, its designee, another company, technicians, a dispatcher."""

import hashlib
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from desktop.sync.protocol import encode
from desktop.tickets.operations import AddNote, Assign, AttachFile, ChangeFields, FieldChange, RequestEscalation
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import NoteKind, Ticket
from desktop.tickets.trouble import InputRefused
from relay.accounts import add_company, add_person, find_person
from relay.journal import Journal, rows_where
from relay.notices import add_notice
from relay.permissions import sight_of_ticket
from relay.tables import rows

DORA = Person(email="dora@acme.test", name="Dora", company="Acme", role=Role.IT_DESIGNEE)
CONFIDENTIAL = "leaver"
"""A kind of request that the example's profile marks so."""


def sees(client: Any, ticket: str, replica: Any) -> bool:
    """By all three ways to read, which have to agree."""
    held = replica(client)
    held.pull()
    by_feed = ticket in held.ids("ticket")
    by_ticket = client.read(ticket) is not None
    by_writing = client.say(ticket).result == "applied"
    assert by_feed == by_ticket == by_writing
    return by_feed


@pytest.mark.parametrize(
    ("email", "plain", "confidential"),
    [
        ("amy@acme.test", True, True),
        ("bob@acme.test", False, False),
        ("dora@acme.test", True, False),
        ("otto@other.test", False, False),
        ("olga@other.test", False, False),
        ("tess@help.test", True, True),
        ("dina@help.test", True, True),
    ],
)
def test_each_role_sees_its_own(client: Any, replica: Any, email: str, plain: bool, confidential: bool) -> None:
    amy = client("amy@acme.test")
    ticket, secret = amy.file(), amy.file(confidential=True)
    somebody = client(email)
    assert sees(somebody, ticket, replica) is plain
    assert sees(somebody, secret, replica) is confidential


def test_what_one_may_not_see_is_answered_as_if_it_were_not_there(client: Any, world: Any) -> None:
    ticket = client("amy@acme.test").file()
    attachment = client("amy@acme.test").attach(ticket, b"bytes")
    bob = client("bob@acme.test")
    for there, absent in (
        (f"/v1/tickets/{ticket}", f"/v1/tickets/{world.id()}"),
        (f"/v1/files/{attachment}", f"/v1/files/{world.id()}"),
        (f"/v1/tickets/{ticket}", "/v1/tickets/x"),
    ):
        one, other = bob.ask("GET", there), bob.ask("GET", absent)
        assert one.status_code == other.status_code == 404
        one_body, other_body = one.json(), other.json()
        one_body.pop("request_id"), other_body.pop("request_id")
        assert one_body == other_body


def test_an_internal_note_never_leaves_the_provider(client: Any, world: Any, replica: Any) -> None:
    amy, dora, tess = client("amy@acme.test"), client("dora@acme.test"), client("tess@help.test")
    ticket = amy.file()
    before = amy.read(ticket)
    note = world.id()
    tess.push(tess.operation(ticket, add_note=AddNote(note=note, text="He is slow", kind=NoteKind.INTERNAL)))
    for client_side in (amy, dora):
        held = replica(client_side)
        assert held.agrees()
        assert note not in held.ids("note")
        assert client_side.read(ticket).state.notes == ()
    assert amy.read(ticket) == before
    assert [said.id for said in tess.read(ticket).state.notes] == [note]


def test_a_file_that_came_with_an_internal_note_stays_behind_the_counter(client: Any, world: Any, replica: Any) -> None:
    amy, dora, tess = client("amy@acme.test"), client("dora@acme.test"), client("tess@help.test")
    ticket, note, file, content = amy.file(), world.id(), world.id(), b"what we think of him"
    tess.upload(content, ticket, file)
    hung = AttachFile(
        attachment=file, name="x", size=len(content), sha256=hashlib.sha256(content).hexdigest(), note=note
    )
    said = AddNote(note=note, text="See the file", kind=NoteKind.INTERNAL)
    tess.push(tess.operation(ticket, add_note=said), tess.operation(ticket, attach_file=hung))
    for client_side in (amy, dora):
        assert client_side.read(ticket).state.attachments == ()
        assert client_side.ask("GET", f"/v1/files/{file}").status_code == 404
        held = replica(client_side)
        assert (held.agrees(), held.ids("attachment")) == (True, set())
    assert tess.ask("GET", f"/v1/files/{file}").content == content


def test_a_file_comes_with_words_of_its_own_ticket(client: Any, world: Any) -> None:
    amy, bob = client("amy@acme.test"), client("bob@acme.test")
    note = amy.say(amy.file()).note.id
    ticket, file = bob.file(), bob.upload(b"bytes", "")
    hung = AttachFile(attachment=file, name="x", size=5, sha256=hashlib.sha256(b"bytes").hexdigest(), note=note)
    (answer,) = bob.push(bob.operation(ticket, attach_file=hung))
    assert (answer.result, answer.problem.code) == ("rejected", "no-such-note")


def test_a_company_may_let_its_requesters_see_one_another(client: Any, world: Any, replica: Any) -> None:
    ticket = client("amy@acme.test").file()
    secret = client("amy@acme.test").file(confidential=True)
    bob = client("bob@acme.test")
    held = replica(bob)
    assert held.agrees()
    for shares, seen in ((True, {ticket}), (True, {ticket}), (False, set())):
        with world.relay.write() as connection:
            add_company(connection, "Acme", at=world.clock.now(), shares=shares)
        assert held.agrees()
        assert held.ids("ticket") == seen
    assert secret not in held.ids("ticket")


def test_adding_a_company_again_changes_nothing(world: Any, client: Any, replica: Any) -> None:
    client("amy@acme.test").file()
    with world.relay.write() as connection:
        add_company(connection, "Acme", at=world.clock.now(), shares=True)
        add_company(connection, "Acme", at=world.clock.now())
    held = replica(client("bob@acme.test"))
    held.pull()
    assert len(held.ids("ticket")) == 1


def test_rights_that_are_gained_and_lost_reach_who_reads_already(client: Any, world: Any, replica: Any) -> None:
    amy = client("amy@acme.test")
    ticket = amy.file()
    note = amy.say(ticket).note.id
    bob = client("bob@acme.test")
    own = bob.file()
    held = replica(bob)
    assert held.agrees()

    def become(role: Role, company: str = "Acme") -> None:
        person = Person(email="bob@acme.test", name="Bob", company=company, role=role)
        with world.relay.write() as connection:
            add_person(connection, person, at=world.clock.now())
        assert held.agrees()

    become(Role.IT_DESIGNEE)
    assert (held.ids("ticket"), held.ids("note")) == ({ticket, own}, {note})
    become(Role.REQUESTER)
    assert (held.ids("ticket"), held.ids("note")) == ({own}, set())
    become(Role.DISPATCHER)
    assert held.ids("ticket") == {ticket, own}
    become(Role.REQUESTER, "Other")
    assert held.ids("ticket") == set()


def test_a_ticket_that_is_given_to_one_technician_leaves_the_others(client: Any, world: Any, replica: Any) -> None:
    amy, dina = client("amy@acme.test"), client("dina@help.test")
    ticket = amy.file()
    amy.attach(ticket, b"bytes")
    note = amy.say(ticket).note.id
    tess, theo = replica(client("tess@help.test")), replica(client("theo@help.test"))
    everyone = [tess, theo, replica(dina), replica(amy)]

    def give(technician: str) -> None:
        dina.push(dina.operation(ticket, assign=Assign(technician=technician)))
        assert all(held.agrees() for held in everyone)

    assert all(held.agrees() for held in everyone)
    give("tess@help.test")
    assert note in tess.ids("note")
    assert (theo.ids("ticket"), theo.ids("note"), theo.ids("attachment")) == (set(), set(), set())
    give("theo@help.test")
    assert (tess.ids("ticket"), tess.ids("note")) == (set(), set())
    assert (theo.ids("ticket"), theo.ids("note")) == ({ticket}, {note})
    amy.say(ticket, "And now?")
    assert all(held.agrees() for held in everyone)
    assert tess.ids("note") == set()
    give("")
    assert tess.ids("ticket") == theo.ids("ticket") == {ticket}


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.REQUESTER])
def test_what_moved_just_before_the_rights_of_somebody_changed_is_not_missed(
    client: Any, relay: Any, world: Any, replica: Any, role: Role
) -> None:
    amy, dina = client("amy@acme.test"), client("dina@help.test")
    comes, goes = amy.file(), amy.file()
    notes = [amy.say(ticket).note.id for ticket in (comes, goes)]
    dina.push(dina.operation(comes, assign=Assign(technician="theo@help.test")))
    tess = replica(client("tess@help.test"))
    assert tess.agrees()
    assert (tess.ids("ticket"), tess.ids("note")) == ({goes}, {notes[1]})
    dina.push(dina.operation(comes, assign=Assign(technician="")))
    dina.push(dina.operation(goes, assign=Assign(technician="theo@help.test")))
    with relay.write() as connection:
        person = Person(email="tess@help.test", name="Tess", company="Acme", role=role)
        add_person(connection, person, at=world.clock.now())
    assert tess.agrees()
    assert tess.ids("note") == (set(notes) if role is Role.DISPATCHER else set())


def test_notices_reach_whom_they_are_for(client: Any, world: Any, replica: Any) -> None:
    with world.relay.write() as connection:
        everyone = add_notice(connection, world.clock, "E-mail is down").id
        acme = add_notice(connection, world.clock, "Visit at ten", company="Acme").id
    for who, seen in (
        (client("amy@acme.test"), {everyone, acme}),
        (client(company="Acme"), {everyone, acme}),
        (client("olga@other.test"), {everyone}),
        (client("tess@help.test"), {everyone, acme}),
        (client("dina@help.test"), {everyone, acme}),
    ):
        held = replica(who)
        held.pull()
        assert held.ids("notice") == seen


@pytest.mark.parametrize(
    "person",
    [
        Person(email="nobody", company="Acme"),
        Person(email="@acme.test", company="Acme"),
        Person(email="a b@acme.test", company="Acme"),
        Person(email="zoe@acme.test", company=""),
        Person(email="zoe@acme.test", company="Nowhere"),
    ],
)
def test_people_who_cannot_be_are_refused(relay: Any, person: Person) -> None:
    with pytest.raises(InputRefused), relay.write() as connection:
        add_person(connection, person, at=relay.clock.now())


def test_adding_is_idempotent_and_the_providers_people_have_no_company(relay: Any) -> None:
    person = Person(email=" Zoe@Help.test ", name="Zoe", company="Acme", role=Role.TECHNICIAN)
    with relay.write() as connection:
        first = add_person(connection, person, at=relay.clock.now())
        assert add_person(connection, person, at=relay.clock.now()) == first
        assert find_person(connection, "ZOE@help.test") == first
    assert (first.email, first.company) == ("zoe@help.test", "")
    with pytest.raises(InputRefused), relay.write() as connection:
        add_company(connection, " \n", at=relay.clock.now())


@pytest.fixture
def approver(relay: Any, world: Any, client: Any) -> Any:
    """Somebody at Acme who agrees to what costs money, and has no other duty there."""
    with relay.write() as connection:
        person = Person(email="ada@acme.test", name="Ada", company="Acme", role=Role.APPROVER)
        add_person(connection, person, at=world.clock.now())
    return client("ada@acme.test")


def ask_for_more(client: Any, ticket: str) -> Any:
    body = RequestEscalation(reason="The shop is closed until then")
    return client.push(client.operation(ticket, request_escalation=body))[0]


def test_an_approver_sees_what_there_is_to_agree_to_and_their_own(client: Any, replica: Any, approver: Any) -> None:
    amy, held = client("amy@acme.test"), replica(approver)
    before, asked, secret = amy.file(), amy.file(), amy.file(confidential=True)
    note = amy.say(asked, "Since Monday").note.id
    mine, mine_asked = approver.file(), approver.file()
    designee, bob = replica(client("dora@acme.test")), replica(client("bob@acme.test"))
    for one in (held, designee, bob):
        assert one.agrees()
    assert held.ids("ticket") == {mine, mine_asked}
    assert ask_for_more(amy, asked).result == ask_for_more(amy, secret).result == "applied"
    assert ask_for_more(approver, mine_asked).result == "applied"
    for one in (held, designee, bob, replica(approver), replica(amy)):
        assert one.agrees()
    assert held.ids("ticket") == {mine, mine_asked, asked}
    assert held.ids("note") == {note}
    assert designee.ids("ticket") == {before, asked, mine, mine_asked}
    assert bob.ids("ticket") == set()


def test_a_faster_answer_is_asked_for_once_at_a_time(client: Any) -> None:
    amy, dora = client("amy@acme.test"), client("dora@acme.test")
    ticket = amy.file()
    assert ask_for_more(amy, ticket).result == "applied"
    refused = ask_for_more(amy, ticket)
    assert (refused.result, refused.problem.code) == ("rejected", "already-asked")
    version = dora.read(ticket).state.ticket.version
    answer = dora.ask("POST", f"/v1/tickets/{ticket}/escalation", data=b'{"approve":false,"version":%d}' % version)
    assert answer.status_code == 200, answer.text
    assert ask_for_more(amy, ticket).result == "applied"


def test_a_ticket_that_becomes_confidential_goes_from_everybody_else(client: Any, replica: Any) -> None:
    amy, dina = client("amy@acme.test"), client("dina@help.test")
    ticket = amy.file()
    amy.attach(ticket, b"the list")
    dina.push(dina.operation(ticket, add_note=AddNote(note=amy.world.id(), text="Hush", kind=NoteKind.INTERNAL)))
    held = {name: replica(client(f"{name}@acme.test")) for name in ("amy", "dora")} | {"dina": replica(dina)}
    for one in held.values():
        assert one.agrees()
    assert len(held["dora"].rows) == 2
    change = FieldChange(field="type", base="", value=CONFIDENTIAL)
    assert dina.push(dina.operation(ticket, change_fields=ChangeFields(changes=(change,))))[0].result == "applied"
    for one in held.values():
        assert one.agrees()
    assert held["dora"].rows == {}
    assert (len(held["amy"].rows), len(held["dina"].rows)) == (2, 3)


def moved(relay: Any, ticket: str, company: str, at: Any) -> None:
    """The provider says that the ticket is another company's."""
    with relay.write() as connection:
        journal = Journal(connection, at)
        (row,) = rows_where(connection, rows.c.kind == "ticket", rows.c.row == ticket)
        version = journal.version()
        told = replace(msgspec.json.decode(row.body, type=Ticket), company=company, version=version)
        journal.put(
            replace(
                row, version=version, sight=sight_of_ticket(told, relay.organisation(connection)), body=encode(told)
            ),
            row,
        )
        journal.flush()


def test_a_ticket_that_moves_to_another_company_takes_all_that_is_on_it(
    client: Any, relay: Any, world: Any, replica: Any
) -> None:
    amy, dina = client("amy@acme.test"), client("dina@help.test")
    ticket, stays = amy.file(), amy.file()
    for one in (ticket, stays):
        amy.say(one)
        dina.push(dina.operation(one, add_note=AddNote(note=world.id(), text="Hush", kind=NoteKind.INTERNAL)))
    names = ("amy@acme.test", "dora@acme.test", "olga@other.test", "tess@help.test", "dina@help.test")
    held = {name: replica(client(name), limit=2) for name in names}
    for one in held.values():
        assert one.agrees()
    moved(relay, ticket, "Other", world.clock.now())
    for one in held.values():
        assert one.agrees()
    assert held["dora@acme.test"].ids("ticket") == held["amy@acme.test"].ids("ticket") == {stays}
    assert held["olga@other.test"].ids("ticket") == {ticket}
    assert len(held["olga@other.test"].ids("note")) == 1
    assert len(held["tess@help.test"].ids("note")) == 4
    assert {line.bucket: line.rows for line in dina.page().checksums} == {"company/Acme": 3, "company/Other": 3}


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_right_that_goes_and_comes_back_between_two_pages(
    client: Any, relay: Any, world: Any, replica: Any, limit: int
) -> None:
    amy = client("amy@acme.test")
    for number in range(4):
        amy.say(amy.file(f"{number}"))
    held = replica(client("dora@acme.test"), limit=limit)
    for role in (Role.REQUESTER, Role.IT_DESIGNEE, Role.REQUESTER, Role.IT_DESIGNEE):
        page = held.client.page(held.cursor, limit)
        held.take(page)
        with relay.write() as connection:
            add_person(connection, replace(DORA, role=role), at=world.clock.now())
        amy.say(amy.file("Meanwhile"))
    assert held.agrees()
    assert len(held.ids("ticket")) == 8
