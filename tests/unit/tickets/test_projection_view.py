from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.tickets.doubles import sentences
from desktop.tickets.life_cycle import status_for
from desktop.tickets.operations import (
    ADDS,
    AddNote,
    Assign,
    AttachFile,
    ChangeFields,
    FieldChange,
    FileTicket,
    Kind,
    LogTime,
    Operation,
    Reopen,
    SaySolved,
)
from desktop.tickets.organisation import Organisation, Purpose
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.projection import apply, project
from desktop.tickets.ticket import NoteKind, TicketState
from desktop.tickets.view import REPEATED, TWICE, KeptValue, Mark, TicketView

Make = Callable[..., Operation]
Id = Callable[[int], str]
Edit = Callable[[str, str, str], FieldChange]
View = Callable[..., TicketView]
SHA = "ab" * 32
PENDING = [OperationState.QUEUED, OperationState.SENT, OperationState.UNKNOWN]


def entry(operation: Operation, state: OperationState = OperationState.QUEUED) -> OutboxEntry:
    return OutboxEntry(seq=1, operation=operation, wire=b"", state=state)


@pytest.fixture
def confirmed(filing: Operation, ann: Person, now: datetime, provider: Organisation) -> TicketState:
    state = apply(None, filing, by=ann, at=now, organisation=provider).state
    return replace(state, ticket=replace(state.ticket, number="4711", version=1))


@pytest.fixture
def view(ann: Person, provider: Organisation) -> View:
    def shown(confirmed: TicketState | None, *entries: OutboxEntry, **given: object) -> TicketView:
        found = project(confirmed, entries, me=ann, organisation=provider, **given)  # type: ignore[arg-type]
        assert found is not None
        return found

    return shown


def test_nothing_is_nothing(make: Make, ann: Person, provider: Organisation) -> None:
    assert project(None, [], me=ann, organisation=provider) is None
    gone = entry(make(say_solved=SaySolved()), OperationState.CANCELLED)
    assert project(None, [gone], me=ann, organisation=provider) is None


def test_an_untouched_ticket_is_shown_as_it_was_told(
    confirmed: TicketState, view: View, make: Make, ann: Person, now: datetime, provider: Organisation, some_id: Id
) -> None:
    for body in (
        {"add_note": AddNote(note=some_id(1), text="hello")},
        {"attach_file": AttachFile(attachment=some_id(2), name="a", size=1, sha256=SHA)},
    ):
        confirmed = apply(confirmed, make(**body), by=ann, at=now, organisation=provider).state
    shown = view(confirmed)
    assert shown.ticket is confirmed.ticket
    assert (shown.mark, shown.pending, shown.kept, shown.lost) == (Mark.CONFIRMED, (), (), False)
    assert [(line.note, line.mark) for line in shown.notes] == [(confirmed.notes[0], Mark.CONFIRMED)]
    assert [(file.attachment, file.mark, file.is_local) for file in shown.attachments] == [
        (confirmed.attachments[0], Mark.CONFIRMED, False)
    ]


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (OperationState.QUEUED, Mark.WAITING),
        (OperationState.SENT, Mark.WAITING),
        (OperationState.UNKNOWN, Mark.ASKING),
        (OperationState.REJECTED, Mark.REFUSED),
        (OperationState.DONE, Mark.CONFIRMED),
    ],
)
def test_a_filing_alone_is_a_ticket_with_its_mark(
    filing: Operation, view: View, state: OperationState, mark: Mark, provider: Organisation
) -> None:
    shown = view(None, entry(filing, state))
    assert (shown.mark, shown.ticket.summary) == (mark, "Printer jams")
    assert (shown.ticket.number, shown.ticket.received_at) == ("", None)
    assert shown.ticket.status == status_for(provider, Purpose.NEW)
    assert len(shown.pending) == (mark is not Mark.CONFIRMED)


def test_a_filing_that_was_answered_is_the_help_desk_s_ticket(
    confirmed: TicketState, filing: Operation, view: View
) -> None:
    shown = view(confirmed, entry(filing, OperationState.UNKNOWN))
    assert (shown.ticket, shown.mark) == (confirmed.ticket, Mark.CONFIRMED)
    assert len(shown.pending) == 1


@pytest.mark.parametrize("state", PENDING)
def test_words_and_their_effect_show_before_the_help_desk_has_them(
    confirmed: TicketState, view: View, make: Make, some_id: Id, state: OperationState, provider: Organisation
) -> None:
    note = entry(make(add_note=AddNote(note=some_id(1), text="still")), state)
    file = entry(make(attach_file=AttachFile(attachment=some_id(2), name="a", size=1, sha256=SHA)), state)
    shown = view(confirmed, note, file)
    mark = Mark.ASKING if state is OperationState.UNKNOWN else Mark.WAITING
    assert [(line.note.text, line.mark) for line in shown.notes] == [("still", mark)]
    assert [(one.mark, one.is_local) for one in shown.attachments] == [(mark, True)]
    assert shown.ticket.status == status_for(provider, Purpose.CLIENT_RESPONDED)
    assert shown.pending == (note, file)


@pytest.mark.parametrize("state", [OperationState.DONE, OperationState.CANCELLED, OperationState.REPLACED])
def test_what_is_settled_is_not_laid_over_again(
    confirmed: TicketState, view: View, make: Make, some_id: Id, state: OperationState
) -> None:
    shown = view(confirmed, entry(make(add_note=AddNote(note=some_id(1), text="x")), state))
    assert shown == view(confirmed)


def test_refused_words_show_and_change_nothing_else(
    confirmed: TicketState, view: View, make: Make, some_id: Id
) -> None:
    shown = view(
        confirmed,
        entry(make(add_note=AddNote(note=some_id(1), text="x")), OperationState.REJECTED),
        entry(make(say_solved=SaySolved()), OperationState.REJECTED),
        entry(
            make(attach_file=AttachFile(attachment=some_id(2), name="a", size=1, sha256=SHA)), OperationState.REJECTED
        ),
    )
    assert shown.ticket == confirmed.ticket
    assert [line.mark for line in shown.notes] == [Mark.REFUSED]
    assert [file.mark for file in shown.attachments] == [Mark.REFUSED]
    assert len(shown.pending) == 3


def test_what_the_help_desk_has_told_already_shows_once(
    confirmed: TicketState, view: View, make: Make, some_id: Id, ann: Person, now: datetime, provider: Organisation
) -> None:
    note = make(add_note=AddNote(note=some_id(1), text="x"))
    file = make(attach_file=AttachFile(attachment=some_id(2), name="a", size=1, sha256=SHA))
    told = confirmed
    for operation in (note, file):
        told = apply(told, operation, by=ann, at=now, organisation=provider).state
    told = replace(told, ticket=replace(told.ticket, status=status_for(provider, Purpose.WORKING)))
    shown = view(told, entry(note, OperationState.UNKNOWN), entry(file, OperationState.SENT))
    assert [line.mark for line in shown.notes] == [Mark.CONFIRMED]
    assert [(one.mark, one.is_local) for one in shown.attachments] == [(Mark.CONFIRMED, True)]
    assert shown.ticket.status == status_for(provider, Purpose.WORKING)


def test_what_follows_a_refused_filing_waits_on_the_visible_ticket(
    filing: Operation, view: View, make: Make, some_id: Id
) -> None:
    shown = view(
        None,
        entry(filing, OperationState.REJECTED),
        entry(make(add_note=AddNote(note=some_id(1), text="and it smells"))),
    )
    assert (shown.mark, shown.ticket.summary) == (Mark.REFUSED, "Printer jams")
    assert [(line.note.text, line.mark) for line in shown.notes] == [("and it smells", Mark.WAITING)]


def test_words_on_a_ticket_that_is_gone_stay_visible(view: View, make: Make, some_id: Id, ann: Person) -> None:
    reply = make(add_note=AddNote(note=some_id(1), text="any news?"))
    shown = view(None, entry(reply), lost=True)
    assert (shown.mark, shown.lost, shown.ticket.id) == (Mark.REFUSED, True, reply.ticket)
    assert shown.notes[0].note.text == "any news?"


def test_a_ticket_that_the_help_desk_lost_is_shown_from_its_filing(filing: Operation, view: View) -> None:
    shown = view(None, entry(filing, OperationState.DONE), lost=True)
    assert (shown.ticket.summary, shown.lost) == ("Printer jams", True)


@pytest.mark.parametrize(
    "body",
    [
        {"log_time": LogTime(note="019ab3c4-0000-7000-8000-00000000ffff", minutes=0, text="words")},
        {"add_note": AddNote(note="019ab3c4-0000-7000-8000-00000000ffff", text="words", kind=NoteKind.INTERNAL)},
    ],
)
def test_words_show_even_where_the_help_desk_will_refuse_them(
    confirmed: TicketState, view: View, make: Make, body: dict[str, object]
) -> None:
    shown = view(confirmed, entry(make(**body)))
    assert [line.note.text for line in shown.notes] == ["words"]
    assert (shown.ticket, len(shown.pending)) == (confirmed.ticket, 1)


def test_what_will_be_refused_is_not_guessed(confirmed: TicketState, view: View, make: Make) -> None:
    shown = view(confirmed, entry(make(assign=Assign(technician="me@client.test"))))
    assert shown.ticket == confirmed.ticket
    assert len(shown.pending) == 1


def test_edits_follow_one_another_and_give_way_to_the_help_desk(
    confirmed: TicketState, view: View, make: Make, edit: Edit
) -> None:
    first = entry(make(change_fields=ChangeFields(changes=(edit("summary", "Printer jams", "Printer burns"),))))
    second = entry(make(change_fields=ChangeFields(changes=(edit("summary", "Printer burns", "All burns"),))))
    assert view(confirmed, first, second).ticket.summary == "All burns"
    theirs = replace(confirmed, ticket=replace(confirmed.ticket, summary="Fuser"))
    assert view(theirs, first, second).ticket.summary == "Fuser"


def test_kept_values_are_offered_until_they_stand(confirmed: TicketState, view: View) -> None:
    kept = KeptValue(operation="o", field="summary", mine="Printer burns", theirs="Fuser")
    other = replace(kept, mine="Printer jams")
    hostile = replace(kept, field="__class__")
    assert view(confirmed, kept=[kept, other, hostile]).kept == (kept,)


def test_what_was_there_twice_is_said_and_offers_no_value(confirmed: TicketState, view: View) -> None:
    ticket = KeptValue(operation="o", field=TWICE, mine="4712", theirs="4711")
    notes = [KeptValue(operation=o, field=REPEATED, mine=Kind.ADD_NOTE, theirs="1") for o in ("p", "q")]
    shown = view(confirmed, kept=[ticket, *notes])
    assert shown.kept == ()
    assert sentences(shown) == (
        "It was there twice, also as 4712. It is one ticket now.",
        "A note of yours was there twice. It counts once.",
    )
    assert sentences(view(confirmed)) == ()


@pytest.mark.parametrize("kind", sorted(ADDS - {Kind.FILE_TICKET}))
def test_every_addition_that_came_twice_has_its_sentence(confirmed: TicketState, view: View, kind: Kind) -> None:
    told = sentences(view(confirmed, kept=[KeptValue(operation="o", field=REPEATED, mine=kind, theirs="1")]))
    assert [sentence.endswith("It counts once.") for sentence in told] == [True]


@pytest.mark.parametrize(
    "moment", [datetime.fromisoformat(text) for text in ("2026-11-20T15:00:00", "0001-01-01T00:00:00+14:00")]
)
def test_a_strange_time_from_the_help_desk_does_no_harm(
    confirmed: TicketState, view: View, make: Make, some_id: Id, now: datetime, moment: datetime
) -> None:
    foreign = replace(confirmed, ticket=replace(confirmed.ticket, updated_at=moment, due_back=moment))
    shown = view(foreign, entry(make(add_note=AddNote(note=some_id(1), text="x"))))
    assert (shown.ticket.updated_at, shown.ticket.due_back) == (now, None)


def test_a_technician_guesses_with_a_technician_s_rights(
    confirmed: TicketState, make: Make, sam: Person, provider: Organisation, edit: Edit
) -> None:
    working = status_for(provider, Purpose.WORKING)
    change = ChangeFields(changes=(edit("status", confirmed.ticket.status, working),))
    shown = project(confirmed, [entry(make(change_fields=change))], me=sam, organisation=provider)
    assert shown is not None
    assert shown.ticket.status == working


def test_a_reopening_shows_at_once(
    confirmed: TicketState,
    view: View,
    make: Make,
    some_id: Id,
    provider: Organisation,
) -> None:
    ended = replace(confirmed, ticket=replace(confirmed.ticket, status=status_for(provider, Purpose.COMPLETED)))
    shown = view(ended, entry(make(reopen=Reopen(note=some_id(1), text="no"))))
    assert shown.ticket.status == status_for(provider, Purpose.REOPENED)
    assert shown.notes[0].note.text == "no"


def test_a_filing_that_is_itself_unusable_still_shows_its_words(view: View, make: Make, now: datetime) -> None:
    shown = view(None, entry(make(made_at=now - timedelta(days=1), file_ticket=FileTicket(summary="x" * 400))))
    assert shown.ticket.summary == "x" * 400
