from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from desktop.tickets.acceptance import MAX_LIST
from desktop.tickets.contact_merge import correction
from desktop.tickets.device import Device, Fact
from desktop.tickets.life_cycle import status_for, status_of
from desktop.tickets.merge import LostValue
from desktop.tickets.operations import (
    Acknowledge,
    AddNote,
    Assign,
    AttachFile,
    ChangeFields,
    ChooseTime,
    CorrectContact,
    FieldChange,
    FileTicket,
    Follow,
    LogTime,
    Operation,
    ProposeTimes,
    Reopen,
    RequestEscalation,
    SaySolved,
)
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation, Purpose, RequestType
from desktop.tickets.people import Contact, Person
from desktop.tickets.projection import Applied, apply
from desktop.tickets.ticket import MAX_TEXT, NoteKind, PriorityKey, TicketState, TimeWindow, TypeKey
from desktop.tickets.urgency import Answers

Make = Callable[..., Operation]
Edit = Callable[[str, str, str], FieldChange]
Id = Callable[[int], str]
SHA = "ab" * 32


class Desk:
    """A help desk with one ticket: what is done to it goes through `apply`."""

    def __init__(self, organisation: Organisation, at: datetime) -> None:
        self.organisation = organisation
        self.at = at
        self.state: TicketState | None = None

    def take(self, operation: Operation, by: Person) -> Applied:
        self.at += timedelta(minutes=1)
        applied = apply(self.state, operation, by=by, at=self.at, organisation=self.organisation)
        if not applied.refusal:
            self.state = applied.state
        return applied

    def put_in(self, purpose: Purpose) -> None:
        assert self.state is not None
        status = status_for(self.organisation, purpose)
        self.state = replace(self.state, ticket=replace(self.state.ticket, status=status))

    def known(self) -> TicketState:
        assert self.state is not None
        return self.state

    def purpose(self) -> Purpose:
        return status_of(self.organisation, self.known().ticket.status).purpose


@pytest.fixture
def desk(provider: Organisation, now: datetime, filing: Operation, ann: Person) -> Desk:
    made = Desk(provider, now)
    assert made.take(filing, ann).refusal == ""
    return made


def window(start: datetime, hours: int = 1) -> TimeWindow:
    return TimeWindow(start=start, end=start + timedelta(hours=hours))


# filing


def test_a_filing_makes_a_new_ticket(provider: Organisation, make: Make, ann: Person, now: datetime) -> None:
    desk = Desk(provider, now)
    operation = make(
        made_at=now - timedelta(days=2),
        file_ticket=FileTicket(
            summary="  Printer\n jams\x00 ",
            details="one\r\ntwo\u200b",
            error_text="\x1b[31mE42\x1b[0m",
            answers=Answers(security=True),
            contact=Contact(phone=" 555 0100 ", email="Ann@Client.TEST"),
            device=Device(name="pc\u202e-7", facts=(Fact(key="os", label="System", value="Debian\n13"),)),
            written_on="pc-7",
            availability=(window(now + timedelta(days=2)), window(now), window(now)),
        ),
    )
    assert desk.take(operation, ann).sentence == ""
    ticket = desk.known().ticket
    assert (ticket.summary, ticket.details, ticket.error_text) == ("Printer jams", "one\ntwo", "E42")
    assert (ticket.requester, ticket.company) == (ann, "Client")
    assert desk.purpose() is Purpose.NEW
    assert (ticket.priority, ticket.priority_reason) == ("high", "a security matter")
    assert ticket.contact == Contact(phone="555 0100", email="ann@client.test")
    assert ticket.device == Device(name="pc-7", facts=(Fact(key="os", label="System", value="Debian 13"),))
    assert ticket.availability == (window(now), window(now + timedelta(days=2)))
    assert (ticket.made_at, ticket.received_at, ticket.updated_at) == (operation.made_at, desk.at, desk.at)
    assert (ticket.number, ticket.version) == ("", 0)
    assert [(line.field, line.old, line.new) for line in ticket.history] == [("status", "", ticket.status)]


def test_before_anyone_signed_in_the_name_given_is_unverified(
    provider: Organisation, make: Make, now: datetime
) -> None:
    desk = Desk(provider, now)
    body = FileTicket(summary="x", requester_name="Bob", requester_email=" Bob@Client.test")
    desk.take(make(file_ticket=body), Person(email="", company="Client"))
    bob = Person(email="bob@client.test", name="Bob", company="Client", verified=False)
    assert desk.known().ticket.requester == bob
    desk.take(make(add_note=AddNote(note="019ab3c4-0000-7000-8000-00000000ffff", text="me again")), Person(email=""))
    assert desk.known().notes[0].author == bob


def test_nobody_who_signed_in_can_name_another_as_the_requester(
    provider: Organisation, make: Make, ann: Person, now: datetime
) -> None:
    desk = Desk(provider, now)
    body = FileTicket(summary="x", requester_name="Boss", requester_email="boss@client.test")
    desk.take(make(file_ticket=body), ann)
    assert desk.known().ticket.requester == ann


def test_whom_it_is_for_is_whom_the_technician_contacts(
    provider: Organisation, make: Make, ann: Person, now: datetime
) -> None:
    desk = Desk(provider, now)
    body = FileTicket(summary="x", on_behalf_of="Joe@Client.test ", contact=Contact(phone="555 0101"))
    desk.take(make(file_ticket=body), ann)
    assert desk.known().ticket.contact == Contact(phone="555 0101", email="joe@client.test")
    assert desk.known().ticket.requester == ann


def test_an_address_to_write_to_stays_beside_the_person_whom_the_ticket_is_for(
    provider: Organisation, make: Make, ann: Person, now: datetime
) -> None:
    desk = Desk(provider, now)
    body = FileTicket(summary="x", on_behalf_of="joe@client.test", contact=Contact(email="front@client.test"))
    desk.take(make(file_ticket=body), ann)
    assert desk.known().ticket.contact == Contact(email="front@client.test", name="joe@client.test")


@pytest.mark.parametrize("organisation", [UNKNOWN_ORGANISATION, Organisation(key="bare", name="Bare")])
def test_a_provider_who_has_published_nothing_can_be_written_to(
    organisation: Organisation, filing: Operation, ann: Person, now: datetime
) -> None:
    desk = Desk(organisation, now)
    desk.take(filing, ann)
    assert (desk.known().ticket.priority, desk.purpose()) == ("", Purpose.NEW)


def test_a_confidential_kind_of_request_is_confidential(
    provider: Organisation, make: Make, ann: Person, now: datetime
) -> None:
    leaver = RequestType(key=TypeKey("leaver"), name="Someone leaves", confidential=True)
    desk = Desk(replace(provider, request_types=(leaver,)), now)
    desk.take(make(file_ticket=FileTicket(summary="x", type=TypeKey("leaver"))), ann)
    assert desk.known().ticket.confidential


def test_a_ticket_is_filed_once(desk: Desk, make: Make, ann: Person) -> None:
    before = desk.state
    refused = desk.take(make(file_ticket=FileTicket(summary="Again")), ann)
    assert (refused.refusal, refused.state) == ("ticket-exists", before)


def test_nothing_can_be_done_to_a_ticket_that_is_not_there(
    provider: Organisation, make: Make, ann: Person, now: datetime
) -> None:
    refused = Desk(provider, now).take(make(say_solved=SaySolved()), ann)
    assert refused.refusal == "no-such-ticket"
    assert refused.state.ticket.summary == ""


def test_an_operation_of_another_ticket_has_no_effect(desk: Desk, make: Make, ann: Person, some_id: Id) -> None:
    assert desk.take(make(ticket=some_id(7), say_solved=SaySolved()), ann).refusal == "no-such-ticket"
    assert desk.purpose() is Purpose.NEW


# talking


def test_a_reply_of_the_client_is_a_response_and_one_of_the_technician_is_not(
    desk: Desk, make: Make, ann: Person, sam: Person, some_id: Id
) -> None:
    desk.put_in(Purpose.WORKING)
    desk.take(make(add_note=AddNote(note=some_id(1), text="Which printer?")), sam)
    assert desk.purpose() is Purpose.WORKING
    desk.take(make(add_note=AddNote(note=some_id(2), text="The one\r\nupstairs")), ann)
    assert desk.purpose() is Purpose.CLIENT_RESPONDED
    assert [(note.author, note.text) for note in desk.known().notes] == [
        (sam, "Which printer?"),
        (ann, "The one\nupstairs"),
    ]
    assert desk.known().ticket.updated_at == desk.known().notes[-1].at == desk.at


def test_a_technician_on_a_ticket_of_their_own_speaks_as_its_client(
    provider: Organisation, now: datetime, filing: Operation, make: Make, sam: Person, some_id: Id
) -> None:
    desk = Desk(provider, now)
    desk.take(filing, sam)
    desk.take(make(add_note=AddNote(note=some_id(1), text="any news?")), sam)
    assert desk.purpose() is Purpose.CLIENT_RESPONDED


def test_thanks_are_kept_and_change_nothing(desk: Desk, make: Make, ann: Person, some_id: Id) -> None:
    desk.put_in(Purpose.COMPLETED)
    desk.take(make(add_note=AddNote(note=some_id(1), text="Thank you!")), ann)
    assert desk.purpose() is Purpose.COMPLETED
    assert desk.known().notes[0].text == "Thank you!"


def test_not_solved_reopens_with_its_words(desk: Desk, make: Make, ann: Person, sam: Person, some_id: Id) -> None:
    desk.take(make(assign=Assign(technician=sam.email)), sam)
    desk.take(make(acknowledge=Acknowledge()), sam)
    desk.put_in(Purpose.CLOSED)
    desk.take(make(reopen=Reopen(note=some_id(1), text="Jams again")), ann)
    assert desk.purpose() is Purpose.REOPENED
    assert desk.known().notes[0].text == "Jams again"
    assert (desk.known().ticket.assignee, desk.known().ticket.acknowledged) == (sam.email, False)


def test_nobody_completes_what_was_reopened_since_they_looked(
    desk: Desk, make: Make, ann: Person, sam: Person, some_id: Id
) -> None:
    seen = desk.known().ticket.status
    desk.take(make(say_solved=SaySolved(base=seen)), ann)
    desk.take(make(reopen=Reopen(note=some_id(60), text="No, again!")), ann)
    reopened = desk.known().ticket.status
    for who in (ann, sam):
        (lost,) = desk.take(make(say_solved=SaySolved(base=seen)), who).lost
        assert (lost.field, lost.theirs) == ("status", reopened)
        assert desk.known().ticket.status == reopened
    assert not desk.take(make(say_solved=SaySolved(base=reopened)), ann).lost
    assert status_of(desk.organisation, desk.known().ticket.status).purpose is Purpose.COMPLETED


def test_that_it_works_counts_whatever_the_provider_did_since_but_among_themselves_it_is_an_edit(
    desk: Desk, make: Make, ann: Person, sam: Person
) -> None:
    seen = desk.known().ticket.status
    desk.put_in(Purpose.WORKING)
    (lost,) = desk.take(make(say_solved=SaySolved(base=seen)), sam).lost
    assert lost.theirs == desk.known().ticket.status
    assert status_of(desk.organisation, desk.known().ticket.status).purpose is Purpose.WORKING
    assert not desk.take(make(say_solved=SaySolved(base=seen)), ann).lost
    assert status_of(desk.organisation, desk.known().ticket.status).purpose is Purpose.COMPLETED


def test_not_solved_needs_no_words(desk: Desk, make: Make, ann: Person, some_id: Id) -> None:
    desk.put_in(Purpose.COMPLETED)
    desk.take(make(reopen=Reopen(note=some_id(1), text=" ")), ann)
    assert (desk.purpose(), desk.known().notes) == (Purpose.REOPENED, ())


def test_it_works_again(desk: Desk, make: Make, ann: Person) -> None:
    desk.take(make(say_solved=SaySolved()), ann)
    assert desk.purpose() is Purpose.COMPLETED
    assert desk.known().ticket.history[-1].who == ann.email


def test_an_answer_cancels_the_closure(
    desk: Desk, make: Make, ann: Person, sam: Person, edit: Edit, some_id: Id
) -> None:
    closing = status_for(desk.organisation, Purpose.PENDING_CLOSURE)
    desk.take(make(change_fields=ChangeFields(changes=(edit("status", desk.known().ticket.status, closing),))), sam)
    assert desk.known().ticket.due_back is not None
    desk.take(make(add_note=AddNote(note=some_id(1), text="Still here")), ann)
    assert (desk.purpose(), desk.known().ticket.due_back) == (Purpose.CLIENT_RESPONDED, None)


def test_an_internal_note_leaves_no_trace_on_the_ticket(desk: Desk, make: Make, sam: Person, some_id: Id) -> None:
    before = desk.known().ticket
    desk.take(make(add_note=AddNote(note=some_id(1), text="old model", kind=NoteKind.INTERNAL)), sam)
    assert desk.known().ticket == before
    assert desk.known().notes[0].kind is NoteKind.INTERNAL


def test_the_same_note_or_file_is_not_added_twice(desk: Desk, make: Make, ann: Person, some_id: Id) -> None:
    desk.take(make(add_note=AddNote(note=some_id(1), text="once")), ann)
    assert desk.take(make(reopen=Reopen(note=some_id(1), text="twice")), ann).refusal == "id-reused"
    file = AttachFile(attachment=some_id(2), name="a.png", size=1, sha256=SHA)
    desk.take(make(attach_file=file), ann)
    assert desk.take(make(attach_file=file), ann).refusal == "id-reused"
    assert (len(desk.known().notes), len(desk.known().attachments)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("screen 1.png", "screen 1.png"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ann\secret.txt", "secret.txt"),
        ("a/..", "file"),
        ("\x00\u202e", "file"),
        ("CON", "CON"),
        ("bill\u202egpj.exe", "billgpj.exe"),
    ],
)
def test_a_file_has_a_name_and_no_folder(
    desk: Desk, make: Make, ann: Person, some_id: Id, name: str, kept: str
) -> None:
    body = AttachFile(attachment=some_id(1), name=name, size=0, sha256=SHA, media_type="text/plain")
    assert desk.take(make(attach_file=body), ann).refusal == ""
    assert desk.known().attachments[0].name == kept
    assert desk.purpose() is Purpose.NEW


def test_a_file_for_a_provider_who_waits_is_an_answer(
    desk: Desk, make: Make, ann: Person, sam: Person, some_id: Id
) -> None:
    desk.put_in(Purpose.WAITING_CLIENT)
    desk.take(make(attach_file=AttachFile(attachment=some_id(1), name="a", size=1, sha256=SHA)), sam)
    assert desk.purpose() is Purpose.WAITING_CLIENT
    desk.take(make(attach_file=AttachFile(attachment=some_id(2), name="b", size=1, sha256=SHA)), ann)
    assert desk.purpose() is Purpose.CLIENT_RESPONDED


# fields


def test_each_field_can_be_changed_and_is_in_the_history(desk: Desk, make: Make, sam: Person, edit: Edit) -> None:
    new = status_for(desk.organisation, Purpose.WAITING_PARTS)
    changes = (
        edit("due_back", "", "2026-11-25T10:00:00+01:00"),
        edit("summary", "Printer jams", "Printer in 2.14 jams"),
        edit("details", "", "daily"),
        edit("error_text", "", "E42"),
        edit("status", desk.known().ticket.status, new),
        edit("priority", "low", "high"),
        edit("assignee", "", "Sam@Desk.test"),
        edit("device", "", "prn-2"),
        edit("type", "", "printing"),
    )
    applied = desk.take(make(change_fields=ChangeFields(changes=changes)), sam)
    assert (applied.refusal, applied.lost) == ("", ())
    ticket = desk.known().ticket
    assert (ticket.summary, ticket.details, ticket.error_text) == ("Printer in 2.14 jams", "daily", "E42")
    assert (ticket.status, ticket.priority, ticket.priority_reason) == (new, "high", "")
    assert (ticket.assignee, ticket.type, ticket.device.name) == ("sam@desk.test", "printing", "prn-2")
    assert ticket.due_back == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert {line.field for line in ticket.history} == {change.field for change in changes}
    assert {line.who for line in ticket.history[1:]} == {sam.email}


def test_nobody_completes_what_the_client_has_just_answered(
    desk: Desk, make: Make, ann: Person, sam: Person, edit: Edit, some_id: Id
) -> None:
    desk.put_in(Purpose.WORKING)
    seen = desk.known().ticket.status
    done = status_for(desk.organisation, Purpose.COMPLETED)
    desk.take(make(add_note=AddNote(note=some_id(1), text="It is back")), ann)
    complete = ChangeFields(changes=(edit("status", seen, done), edit("summary", "Printer jams", "Fuser")))
    applied = desk.take(make(change_fields=complete), sam)
    now = status_for(desk.organisation, Purpose.CLIENT_RESPONDED)
    assert applied.lost == (LostValue(field="status", mine=done, theirs=now),)
    assert (desk.purpose(), desk.known().ticket.summary) == (Purpose.CLIENT_RESPONDED, "Fuser")


def test_nobody_completes_what_the_client_has_just_reopened(
    desk: Desk, make: Make, ann: Person, sam: Person, edit: Edit, some_id: Id
) -> None:
    desk.put_in(Purpose.COMPLETED)
    seen = desk.known().ticket.status
    desk.take(make(reopen=Reopen(note=some_id(1), text="no")), ann)
    close = edit("status", seen, status_for(desk.organisation, Purpose.CLOSED))
    assert desk.take(make(change_fields=ChangeFields(changes=(close,))), sam).lost
    assert desk.purpose() is Purpose.REOPENED


def test_a_date_given_with_a_status_is_that_status_s_date(
    desk: Desk, make: Make, sam: Person, edit: Edit, now: datetime
) -> None:
    def put(*changes: FieldChange) -> None:
        assert desk.take(make(change_fields=ChangeFields(changes=changes)), sam).lost == ()

    parts, hold = (status_for(desk.organisation, purpose) for purpose in (Purpose.WAITING_PARTS, Purpose.ON_HOLD))
    date = "2026-11-30T09:00:00+00:00"
    put(edit("status", desk.known().ticket.status, parts), edit("due_back", "", date))
    put(edit("status", parts, hold), edit("due_back", date, date))
    assert desk.known().ticket.due_back == datetime(2026, 11, 30, 9, tzinfo=UTC)
    put(edit("status", hold, parts))
    assert desk.known().ticket.due_back is None
    put(edit("due_back", "", date))
    put(edit("due_back", date.replace("+00:00", "Z"), ""))
    assert desk.known().ticket.due_back is None


def test_renaming_the_device_tells_whether_it_is_this_computer(
    provider: Organisation, make: Make, ann: Person, now: datetime, edit: Edit
) -> None:
    desk = Desk(provider, now)
    desk.take(make(file_ticket=FileTicket(summary="x", device=Device(name="pc-7"), written_on="pc-7")), ann)
    desk.take(make(change_fields=ChangeFields(changes=(edit("device", "pc-7", "printer"),))), ann)
    assert not desk.known().ticket.device.is_this_computer
    desk.take(make(change_fields=ChangeFields(changes=(edit("device", "printer", "PC-7"),))), ann)
    assert desk.known().ticket.device.is_this_computer


def test_adding_what_was_asked_for_is_an_answer(desk: Desk, make: Make, ann: Person, edit: Edit) -> None:
    desk.put_in(Purpose.PENDING_CLOSURE)
    desk.take(make(change_fields=ChangeFields(changes=(edit("error_text", "", "E42"),))), ann)
    assert desk.purpose() is Purpose.CLIENT_RESPONDED


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("status", "working", "status-unknown"),
        ("status", "", "status-unknown"),
        ("priority", "urgent", "priority-unknown"),
        ("priority", "", "priority-unknown"),
        ("type", "cake", "type-unknown"),
        ("due_back", "tomorrow", "date-invalid"),
        ("due_back", "2026-11-25T10:00:00", "time-without-zone"),
        ("due_back", "9999-12-31T23:59:59-14:00", "date-invalid"),
        ("summary", "\u200b ", "summary-empty"),
        ("summary", "x" * 301, "summary-too-long"),
        ("details", "x" * 200_001, "text-too-long"),
        ("assignee", "x" * 1_001, "line-too-long"),
        ("requester", "boss@client.test", "field-unknown"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(
    desk: Desk, make: Make, sam: Person, edit: Edit, field: str, value: str, refusal: str
) -> None:
    kind = RequestType(key=TypeKey("leaver"), name="Someone leaves")
    desk.organisation = replace(desk.organisation, request_types=(kind,))
    base = {"status": desk.known().ticket.status, "priority": "low", "summary": "Printer jams"}.get(field, "")
    changes = (edit("device", "", "pc-8"), edit(field, base, value))
    before = desk.state
    applied = desk.take(make(change_fields=ChangeFields(changes=changes)), sam)
    assert (applied.refusal, desk.state) == (refusal, before)
    assert applied.sentence.endswith(".")


def test_one_field_is_changed_once_in_one_operation(desk: Desk, make: Make, sam: Person, edit: Edit) -> None:
    changes = (edit("device", "", "a"), edit("device", "a", "b"))
    assert desk.take(make(change_fields=ChangeFields(changes=changes)), sam).refusal == "field-twice"


def test_a_ticket_does_not_grow_with_each_change_of_a_long_text(
    desk: Desk, make: Make, sam: Person, edit: Edit
) -> None:
    """It travels whole with each change, so a hundred of 200,000 characters would be more than anybody reads."""
    texts = [letter * MAX_TEXT for letter in "abcd"]
    for old, new in pairwise(["", *texts]):
        assert not desk.take(make(change_fields=ChangeFields(changes=(edit("details", old, new),))), sam).lost
    ticket = desk.known().ticket
    assert ticket.details == texts[-1]
    assert [line.new[0] for line in ticket.history[1:]] == ["a", "b", "c", "d"]
    assert sum(len(line.old) + len(line.new) for line in ticket.history) < MAX_TEXT


# contact, times, followers


def test_a_corrected_contact_is_kept_and_in_the_history(desk: Desk, make: Make, ann: Person) -> None:
    correct = CorrectContact(contact=Contact(name="Ann", phone="555 0100"))
    desk.take(make(correct_contact=correct), ann)
    assert desk.known().ticket.contact == correct.contact
    line = desk.known().ticket.history[-1]
    assert (line.field, line.old, line.new) == ("contact", "", "Ann, 555 0100")
    desk.take(make(correct_contact=correct), ann)
    assert desk.known().ticket.history[-1] is line


def test_corrections_of_different_parts_of_a_contact_merge(desk: Desk, make: Make, ann: Person, sam: Person) -> None:
    seen = desk.known().ticket.contact
    phone = CorrectContact(contact=replace(seen, phone="555 0100"), base=seen)
    mail = CorrectContact(contact=replace(seen, email="front@client.test"), base=seen)
    assert not desk.take(make(correct_contact=phone), ann).lost
    assert not desk.take(make(correct_contact=mail), sam).lost
    assert desk.known().ticket.contact == replace(seen, phone="555 0100", email="front@client.test")


def test_of_two_corrections_of_one_number_the_first_stands_and_the_other_is_kept(
    desk: Desk, make: Make, ann: Person, sam: Person
) -> None:
    seen = desk.known().ticket.contact
    desk.take(make(correct_contact=CorrectContact(contact=replace(seen, phone="555 0100"), base=seen)), ann)
    late = CorrectContact(contact=replace(seen, phone="555 0199", name="Front desk"), base=seen)
    assert desk.take(make(correct_contact=late), sam).lost == (
        LostValue(field="contact_phone", mine="555 0199", theirs="555 0100"),
    )
    assert desk.known().ticket.contact == replace(seen, phone="555 0100", name="Front desk")
    again = correction("contact_phone", "555 0100", "555 0199")
    assert not desk.take(make(correct_contact=again), sam).lost
    assert desk.known().ticket.contact == replace(seen, phone="555 0199", name="Front desk")


def test_times_that_two_people_proposed_are_all_there(
    desk: Desk, make: Make, ann: Person, sam: Person, now: datetime
) -> None:
    first, second, third = (window(now + timedelta(days=days)) for days in range(3))
    desk.take(make(propose_times=ProposeTimes(windows=(first, second), base=())), ann)
    seen = desk.known().ticket.availability
    desk.take(make(propose_times=ProposeTimes(windows=(second,), base=seen)), ann)
    desk.take(make(propose_times=ProposeTimes(windows=(*seen, third), base=seen)), sam)
    assert desk.known().ticket.availability == (second, third)


def test_merged_times_have_the_limit_of_any_list(
    desk: Desk, make: Make, ann: Person, sam: Person, now: datetime
) -> None:
    many = tuple(window(now + timedelta(days=days)) for days in range(MAX_LIST))
    desk.take(make(propose_times=ProposeTimes(windows=many, base=())), ann)
    one_more = window(now + timedelta(days=MAX_LIST))
    assert desk.take(make(propose_times=ProposeTimes(windows=(one_more,), base=())), sam).refusal == "too-many"
    assert desk.known().ticket.availability == many


def test_proposed_times_replace_those_before(desk: Desk, make: Make, ann: Person, now: datetime) -> None:
    early, late = window(now), window(now + timedelta(days=1))
    desk.take(make(propose_times=ProposeTimes(windows=(late, early))), ann)
    assert desk.known().ticket.availability == (early, late)
    desk.take(make(propose_times=ProposeTimes(windows=(late,))), ann)
    assert desk.known().ticket.availability == (late,)
    steps = len(desk.known().ticket.history)
    desk.take(make(propose_times=ProposeTimes(windows=(late,))), ann)
    assert len(desk.known().ticket.history) == steps


def test_an_appointment_is_made_accepted_moved_and_cancelled(
    desk: Desk, make: Make, ann: Person, sam: Person, now: datetime
) -> None:
    at, later = window(now + timedelta(days=3)), window(now + timedelta(days=4))
    assert desk.take(make(choose_time=ChooseTime(window=at)), ann).refusal == "no-appointment"
    desk.take(make(assign=Assign(technician=sam.email)), sam)
    desk.take(make(choose_time=ChooseTime(window=at)), sam)
    made = desk.known().ticket.appointment
    assert made is not None
    assert (made.start, made.end, made.technician, desk.purpose()) == (at.start, at.end, sam.email, Purpose.SCHEDULED)
    desk.take(make(choose_time=ChooseTime(window=at)), ann)
    assert (desk.known().ticket.appointment, desk.purpose()) == (made, Purpose.SCHEDULED)
    desk.take(make(choose_time=ChooseTime(window=later)), ann)
    assert desk.known().ticket.appointment == replace(made, start=later.start, end=later.end)
    assert desk.purpose() is Purpose.CLIENT_RESPONDED
    desk.take(make(choose_time=ChooseTime(window=later)), sam)
    desk.take(make(choose_time=ChooseTime()), ann)
    assert (desk.known().ticket.appointment, desk.purpose()) == (None, Purpose.NEEDS_SCHEDULING)


def test_following_is_a_set(desk: Desk, make: Make, ann: Person, sam: Person) -> None:
    for by, following in ((sam, True), (ann, True), (ann, True), (sam, False), (sam, False)):
        desk.take(make(follow=Follow(following=following)), by)
    assert desk.known().ticket.followers == (ann.email,)
    assert desk.take(make(follow=Follow(following=True)), Person(email="")).refusal == "not-allowed"


# the provider's work


def test_a_technician_is_given_the_ticket_and_takes_it(desk: Desk, make: Make, sam: Person) -> None:
    desk.take(make(assign=Assign(technician=" Sam@Desk.test")), sam)
    assert (desk.known().ticket.assignee, desk.known().ticket.acknowledged) == (sam.email, False)
    desk.take(make(acknowledge=Acknowledge()), sam)
    assert desk.known().ticket.acknowledged
    steps = desk.known().ticket.history
    assert [line.field for line in steps] == ["status", "assignee", "acknowledged"]
    desk.take(make(acknowledge=Acknowledge()), sam)
    assert desk.known().ticket.history == steps


def test_a_technician_takes_a_ticket_that_nobody_has_but_not_another_s(desk: Desk, make: Make, sam: Person) -> None:
    desk.take(make(acknowledge=Acknowledge()), sam)
    assert (desk.known().ticket.assignee, desk.known().ticket.acknowledged) == (sam.email, True)
    kim = replace(sam, email="kim@desk.test")
    assert desk.take(make(acknowledge=Acknowledge()), kim).refusal == "not-yours"
    desk.take(make(assign=Assign(technician=kim.email)), sam)
    assert not desk.known().ticket.acknowledged


def test_time_is_logged_as_a_note(desk: Desk, make: Make, sam: Person, some_id: Id) -> None:
    desk.take(make(log_time=LogTime(note=some_id(1), minutes=45, text="new fuser")), sam)
    note = desk.known().notes[0]
    assert (note.kind, note.minutes, note.text) == (NoteKind.TIME, 45, "new fuser")


def test_an_escalation_is_asked_for_and_changes_no_priority(desk: Desk, make: Make, ann: Person) -> None:
    desk.take(make(request_escalation=RequestEscalation(reason="pay day")), ann)
    assert desk.known().ticket.priority == PriorityKey("low")
    assert (desk.known().ticket.history[-1].field, desk.known().ticket.history[-1].new) == ("escalation", "pay day")
    desk.put_in(Purpose.COMPLETED)
    assert desk.take(make(request_escalation=RequestEscalation(reason="x")), ann).refusal == "not-offered"


REQUESTERS_MAY_NOT = [
    {"assign": Assign(technician="sam@desk.test")},
    {"acknowledge": Acknowledge()},
    {"log_time": LogTime(note="019ab3c4-0000-7000-8000-00000000ffff", minutes=1)},
    {"add_note": AddNote(note="019ab3c4-0000-7000-8000-00000000ffff", text="x", kind=NoteKind.INTERNAL)},
    {"add_note": AddNote(note="019ab3c4-0000-7000-8000-00000000ffff", text="x", kind=NoteKind.TIME)},
    {"add_note": AddNote(note="019ab3c4-0000-7000-8000-00000000ffff", text="x", kind=NoteKind.SYSTEM)},
    *(
        {"change_fields": ChangeFields(changes=(FieldChange(field=field, base="", value="x"),))}
        for field in ("status", "priority", "assignee", "due_back")
    ),
]


@pytest.mark.parametrize("body", REQUESTERS_MAY_NOT, ids=str)
def test_the_provider_s_work_is_not_for_requesters(
    desk: Desk, make: Make, ann: Person, body: dict[str, object]
) -> None:
    before = desk.state
    assert desk.take(make(**body), ann).refusal == "not-allowed"
    assert desk.state == before


def test_nobody_speaks_as_the_system(desk: Desk, make: Make, sam: Person, some_id: Id) -> None:
    note = AddNote(note=some_id(1), text="closed by itself", kind=NoteKind.SYSTEM)
    assert desk.take(make(add_note=note), sam).refusal == "not-allowed"
