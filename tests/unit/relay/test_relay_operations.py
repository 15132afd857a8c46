"""Operations at the relay: each exactly once, in order, and no further than its own right goes."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.sync.protocol import encode_batch, encode_operation
from desktop.tickets.operations import (
    AddNote,
    Assign,
    AttachFile,
    ChangeFields,
    FieldChange,
    FileTicket,
    Reopen,
    RequestEscalation,
    SaySolved,
)
from desktop.tickets.ticket import NoteKind
from relay.accounts import add_company
from relay.tickets import counts


def set_to(field: str, base: str, value: str) -> ChangeFields:
    return ChangeFields(changes=(FieldChange(field=field, base=base, value=value),))


def test_a_batch_files_and_says_in_order(client: Callable[..., Any], world: Any) -> None:
    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    note = amy.operation(filing.ticket, add_note=AddNote(note=world.id(), text="More"))
    first, second = amy.push(filing, note)
    assert (first.result, second.result) == ("applied", "applied")
    assert first.ticket.number == "1"
    assert first.ticket.company == "Acme"
    assert first.ticket.requester.email == "amy@acme.test"
    assert first.ticket.received_at == world.clock.now()
    assert second.note.text == "More"
    assert second.note.version > first.ticket.version


def test_the_same_bytes_again_are_a_duplicate_with_the_ticket_as_it_stands(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    amy.push(filing)
    said = amy.operation(filing.ticket, add_note=AddNote(note=world.id(), text="More"))
    (noted,) = amy.push(said)
    again, noted_again = amy.push(filing, said)
    assert (again.result, noted_again.result) == ("duplicate", "duplicate")
    assert again.ticket == noted.ticket
    assert noted_again.note == noted.note
    with world.relay.read() as connection:
        assert counts(connection).tickets == counts(connection).notes == 1


def test_the_same_operation_twice_in_one_batch_is_applied_once(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    said = amy.operation(filing.ticket, add_note=AddNote(note=world.id(), text="More"))
    assert [answer.result for answer in amy.push(filing, said, filing, said)] == [
        "applied",
        "applied",
        "duplicate",
        "duplicate",
    ]


def test_the_same_id_with_other_bytes_is_refused(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    amy.push(filing)
    (answer,) = amy.push(replace(filing, file_ticket=FileTicket(summary="Another thing")))
    assert (answer.result, answer.problem.code) == ("rejected", "id-reused")
    assert amy.read(filing.ticket).state.ticket.summary == "It broke"


def test_somebody_elses_operation_id_tells_nothing(client: Any, world: Any) -> None:
    amy, otto = client("amy@acme.test"), client("otto@other.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    amy.push(filing)
    (answer,) = otto.push(filing)
    assert (answer.result, answer.problem.code, answer.ticket) == ("rejected", "id-reused", None)


def test_after_a_refusal_the_rest_of_that_ticket_is_skipped_and_others_go_on(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    bad = amy.operation(world.id(), file_ticket=FileTicket(summary="  "))
    follows = amy.operation(bad.ticket, add_note=AddNote(note=world.id(), text="More"))
    other = amy.operation(world.id(), file_ticket=FileTicket(summary="Fine"))
    refused, skipped, applied = amy.push(bad, follows, other)
    assert (refused.result, skipped.result, applied.result) == ("rejected", "skipped", "applied")
    assert refused.problem.code == "summary-empty"
    again, skipped_again = amy.push(bad, follows)
    assert (again.result, again.problem.code) == ("rejected", "summary-empty")
    assert skipped_again.result == "skipped"


def test_an_operation_of_another_shape_is_refused_by_name(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    wires = [
        b'{"id":"%b","ticket":"%b","made_at":"2026-01-01T00:00:00Z"}' % (world.id().encode(), world.id().encode()),
        b'{"id":"%b","ticket":"%b","file_ticket":{"summary":7}}' % (world.id().encode(), world.id().encode()),
        b'{"id":"not-an-id","ticket":"x","made_at":"2026-01-01T00:00:00Z","say_solved":{}}',
        encode_operation(amy.operation(world.id(), file_ticket=FileTicket(summary="Fine"))),
    ]
    answer = amy.ask("POST", "/v1/operations", data=encode_batch(wires))
    told = [(one["result"], (one.get("problem") or {}).get("code")) for one in answer.json()["answers"]]
    assert told == [
        ("rejected", "malformed"),
        ("rejected", "malformed"),
        ("rejected", "id-invalid"),
        ("applied", None),
    ]


def test_one_without_an_id_fails_the_whole_batch_and_leaves_nothing(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    good = encode_operation(amy.operation(world.id(), file_ticket=FileTicket(summary="Fine")))
    answer = amy.ask("POST", "/v1/operations", data=encode_batch([good, b'{"ticket":"x"}']))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    with world.relay.read() as connection:
        assert counts(connection).tickets == 0


@pytest.mark.parametrize("year", ["0001", "9999", "1969"])
def test_times_that_no_calendar_takes_are_refused(client: Any, world: Any, year: str) -> None:
    amy = client("amy@acme.test")
    wire = b'{"id":"%b","ticket":"%b","made_at":"%b-01-01T00:00:00+23:59","file_ticket":{"summary":"x"}}' % (
        world.id().encode(),
        world.id().encode(),
        year.encode(),
    )
    (answer,) = amy.ask("POST", "/v1/operations", data=encode_batch([wire])).json()["answers"]
    assert answer["problem"]["code"] == "malformed"


def test_a_date_at_the_end_of_time_is_refused(client: Any, world: Any) -> None:
    dina = client("dina@help.test")
    ticket = dina.file()
    (answer,) = dina.push(dina.operation(ticket, change_fields=set_to("due_back", "", "0001-01-01T00:00:00+23:00")))
    assert answer.result == "rejected"


def test_two_who_change_the_same_field_the_second_hears_of_it(client: Any, world: Any) -> None:
    dina, tess = client("dina@help.test"), client("tess@help.test")
    ticket = client("amy@acme.test").file()
    dina.push(dina.operation(ticket, change_fields=set_to("summary", "The printer smokes", "Printer")))
    mine = tess.operation(ticket, change_fields=set_to("summary", "The printer smokes", "Fire"))
    for answer in (*tess.push(mine), *tess.push(mine)):
        assert answer.result == "conflict"
        assert [(lost.mine, lost.theirs) for lost in answer.conflicts] == [("Fire", "Printer")]
        assert answer.ticket.summary == "Printer"


def test_ids_are_unique_at_the_relay_and_a_guess_learns_nothing(client: Any, world: Any) -> None:
    amy, otto = client("amy@acme.test"), client("otto@other.test")
    ticket = amy.file()
    note = world.id()
    amy.push(amy.operation(ticket, add_note=AddNote(note=note, text="Mine")))
    (filed,) = otto.push(otto.operation(ticket, file_ticket=FileTicket(summary="Mine now")))
    assert (filed.problem.code, filed.ticket) == ("id-taken", None)
    (said,) = otto.push(otto.operation(otto.file(), add_note=AddNote(note=note, text="Mine now")))
    assert said.problem.code == "id-taken"
    (guessed,) = otto.push(otto.operation(ticket, add_note=AddNote(note=world.id(), text="Let me in")))
    (nothing,) = otto.push(otto.operation(world.id(), add_note=AddNote(note=world.id(), text="Let me in")))
    assert guessed.problem == replace(nothing.problem)
    assert guessed.problem.code == "no-such-ticket"


def test_an_operation_is_found_by_its_own_device_and_person_only(client: Any, world: Any) -> None:
    amy, again, otto = client("amy@acme.test"), client("amy@acme.test"), client("otto@other.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    amy.push(filing)
    for mine in (amy, again):
        found = mine.ask("GET", f"/v1/operations/{filing.id}")
        assert (found.status_code, found.json()["id"]) == (200, filing.id)
        assert found.json()["ticket"]["number"] == "1"
    for path in (filing.id, world.id(), "nonsense"):
        absent = otto.ask("GET", f"/v1/operations/{path}")
        assert (absent.status_code, absent.json()["code"]) == (404, "no-such-operation")


def test_a_reply_to_a_completed_ticket_changes_nothing_and_not_solved_reopens_it(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    ticket = amy.file()
    (solved,) = amy.push(amy.operation(ticket, say_solved=SaySolved()))
    thanked = amy.say(ticket, "Thank you!")
    assert thanked.ticket.status == solved.ticket.status
    (reopened,) = amy.push(amy.operation(ticket, reopen=Reopen(note=world.id(), text="It is back")))
    assert reopened.ticket.status != solved.ticket.status
    assert reopened.note.text == "It is back"


def test_a_ticket_goes_to_technicians_only(client: Any, world: Any) -> None:
    dina = client("dina@help.test")
    ticket = dina.file()
    (nobody,) = dina.push(dina.operation(ticket, assign=Assign(technician="amy@acme.test")))
    assert nobody.problem.code == "no-such-technician"
    (given,) = dina.push(dina.operation(ticket, assign=Assign(technician="tess@help.test")))
    assert given.ticket.assignee == "tess@help.test"


def test_a_requester_may_not_do_the_providers_work(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    ticket = amy.file()
    for kind in (
        {"change_fields": set_to("priority", "p3", "p1")},
        {"assign": Assign(technician="tess@help.test")},
        {"add_note": AddNote(note=world.id(), text="x", kind=NoteKind.INTERNAL)},
    ):
        (answer,) = amy.push(amy.operation(ticket, **kind))
        assert answer.problem.code == "not-allowed"


def test_filed_for_a_client_by_the_provider_it_is_the_clients_ticket(client: Any, world: Any) -> None:
    tess, amy = client("tess@help.test"), client("amy@acme.test")
    ticket = tess.file(on_behalf_of="amy@acme.test")
    assert amy.read(ticket).state.ticket.requester.email == "amy@acme.test"
    assert amy.read(ticket).state.ticket.company == "Acme"


def test_a_faster_answer_is_decided_by_who_may_against_what_they_saw(client: Any, world: Any) -> None:
    dora, bob = client("dora@acme.test"), client("bob@acme.test")
    ticket = client("amy@acme.test").file()

    def decide(by: Any, version: int, approve: bool = True) -> tuple[int, str]:
        body = {"approve": approve, "version": version}
        answer = by.ask("POST", f"/v1/tickets/{ticket}/escalation", json=body)
        return answer.status_code, answer.json().get("code", "")

    version = dora.read(ticket).state.ticket.version
    assert decide(bob, version) == (404, "not-found")
    assert decide(client(company="Acme"), version) == (404, "not-found")
    assert decide(dora, version) == (422, "nothing-asked")
    assert decide(dora, version + 1) == (412, "changed")
    amy = client("amy@acme.test")
    amy.push(amy.operation(ticket, request_escalation=RequestEscalation(reason="The shop is full")))
    version = dora.read(ticket).state.ticket.version
    assert decide(amy, version) == (403, "not-allowed")
    before = dora.read(ticket).state.ticket.priority
    assert decide(dora, version) == (200, "")
    assert dora.read(ticket).state.ticket.priority != before


class TestBeforeSigningIn:
    """A device enrolled for a company may file before anybody has signed in, and reads nothing back."""

    def test_it_files_says_and_attaches_on_its_own_tickets(self, client: Any, world: Any) -> None:
        device = client(company="Acme")
        ticket = device.file(requester_name="Amy", requester_email="Amy@Acme.test")
        said = device.say(ticket)
        assert (said.result, said.ticket) == ("applied", None)
        assert said.note.author.verified is False
        device.attach(ticket, b"a picture")
        amys = client("amy@acme.test").read(ticket).state
        assert amys.ticket.requester.email == "amy@acme.test"
        assert amys.ticket.requester.verified is False
        assert [len(amys.notes), len(amys.attachments)] == [1, 1]

    def test_it_reads_nothing_back(self, client: Any, world: Any) -> None:
        device = client(company="Acme")
        ticket = device.file(requester_email="amy@acme.test")
        attachment = device.attach(ticket, b"a picture")
        assert device.page().rows == ()
        assert device.page().checksums == ()
        assert device.read(ticket) is None
        assert device.ask("GET", f"/v1/files/{attachment}").status_code == 404

    def test_it_does_nothing_else_and_touches_no_other_ticket(self, client: Any, world: Any) -> None:
        device, other = client(company="Acme"), client(company="Acme")
        ticket = device.file()
        (solved,) = device.push(device.operation(ticket, say_solved=SaySolved()))
        assert solved.problem.code == "not-allowed"
        assert other.say(ticket).problem.code == "no-such-ticket"
        assert device.say(client("amy@acme.test").file()).problem.code == "no-such-ticket"

    def test_a_name_given_elsewhere_shows_it_to_nobody_there(self, client: Any, world: Any) -> None:
        ticket = client(company="Acme").file(requester_email="otto@other.test")
        assert client("otto@other.test").read(ticket) is None
        assert client("dora@acme.test").read(ticket) is not None

    def test_the_person_who_signs_in_on_it_goes_on(self, client: Any, world: Any) -> None:
        device = client(company="Acme")
        filing = device.operation(world.id(), file_ticket=FileTicket(summary="x", requester_email="amy@acme.test"))
        device.push(filing)
        assert device.enrol(world.code("amy@acme.test")).person.email == "amy@acme.test"
        assert device.push(filing)[0].result == "duplicate"
        assert device.read(filing.ticket) is not None

    def test_what_it_filed_without_an_address_is_the_persons_who_signs_in_on_it(self, client: Any, world: Any) -> None:
        device = client(company="Acme")
        ticket, other = device.file(), client(company="Acme").file()
        said = device.say(ticket).note.id
        device.enrol(world.code("amy@acme.test"))
        seen = device.read(ticket).state
        assert (seen.ticket.requester.email, seen.ticket.requester.verified) == ("amy@acme.test", False)
        assert [note.id for note in seen.notes] == [said]
        assert {row.id for row in device.page().rows} == {ticket, said}
        assert device.read(other) is None
        assert device.say(ticket).result == "applied"

    def test_a_person_of_another_company_is_given_nothing(self, client: Any, world: Any) -> None:
        device = client(company="Acme")
        ticket = device.file()
        device.enrol(world.code("otto@other.test"))
        assert device.read(ticket) is None


class TestFilesOnTickets:
    """An operation names one's own finished upload."""

    def body(self, attachment: str, content: bytes) -> AttachFile:
        sha256 = hashlib.sha256(content).hexdigest()
        return AttachFile(attachment=attachment, name="a.png", size=len(content), sha256=sha256)

    def test_one_that_has_not_arrived_is_welcome_later(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        ticket, attachment = amy.file(), world.id()
        operation = amy.operation(ticket, attach_file=self.body(attachment, b"bytes"))
        assert amy.push(operation)[0].problem.code == "upload-missing"
        amy.upload(b"bytes", ticket, attachment)
        assert amy.push(operation)[0].result == "applied"
        assert amy.push(operation)[0].attachment.id == attachment

    def test_another_devices_upload_or_another_content_is_refused(self, client: Any, world: Any) -> None:
        amy, bob = client("amy@acme.test"), client("bob@acme.test")
        ticket = bob.file()
        attachment = amy.upload(b"bytes", ticket)
        stolen = bob.operation(ticket, attach_file=self.body(attachment, b"bytes"))
        assert bob.push(stolen)[0].problem.code == "upload-missing"
        own = bob.upload(b"bytes", ticket)
        wrong = bob.operation(ticket, attach_file=self.body(own, b"others"))
        assert bob.push(wrong)[0].problem.code == "upload-differs"

    def test_a_name_with_a_path_is_a_name_alone(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        ticket = amy.file()
        amy.attach(ticket, b"bytes", name="../../etc/passwd\0")
        (attachment,) = amy.read(ticket).state.attachments
        assert attachment.name == "passwd"


def test_many_devices_at_once_each_operation_once(client: Any, world: Any) -> None:
    devices = [client("amy@acme.test") for _ in range(4)]
    filings = [devices[0].operation(world.id(), file_ticket=FileTicket(summary=f"{n}")) for n in range(25)]
    threads = [threading.Thread(target=device.push, args=filings) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with world.relay.read() as connection:
        assert counts(connection).tickets == counts(connection).operations == 25
    numbers = {devices[0].read(filing.ticket).state.ticket.number for filing in filings}
    assert numbers == {str(number) for number in range(1, 26)}


def test_the_clock_of_a_client_orders_nothing(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    early = replace(
        amy.operation(world.id(), file_ticket=FileTicket(summary="x")), made_at=world.clock.now() - timedelta(days=9)
    )
    (answer,) = amy.push(early)
    assert answer.ticket.made_at == early.made_at
    assert answer.ticket.received_at == answer.ticket.updated_at == world.clock.now()


def test_what_was_said_on_a_ticket_that_is_not_there_is_welcome_once_it_is(client: Any, world: Any) -> None:
    """A help desk that was restored from a backup hears the words before it hears of their ticket again."""
    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="It broke"))
    said = amy.operation(filing.ticket, add_note=AddNote(note=world.id(), text="More"))
    (refused,) = amy.push(said)
    assert refused.problem.code == "no-such-ticket"
    assert [answer.result for answer in amy.push(filing, said)] == ["applied", "applied"]


def test_what_was_refused_for_lack_of_a_right_stays_so_when_the_same_bytes_come_late(client: Any, world: Any) -> None:
    """Its sender has shown it as refused: it is theirs to try again, in other bytes."""
    ticket, bob = client("amy@acme.test").file(), client("bob@acme.test")
    note = AddNote(note=world.id(), text="Mine too")
    said = bob.operation(ticket, add_note=note)
    (refused,) = bob.push(said)
    assert refused.problem.code == "no-such-ticket"
    with world.relay.write() as connection:
        add_company(connection, "Acme", at=world.clock.now(), shares=True)
    (late,) = bob.push(said)
    assert late.problem.code == "no-such-ticket"
    (again,) = bob.push(bob.operation(ticket, add_note=note))
    assert again.result == "applied"
