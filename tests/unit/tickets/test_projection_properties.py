"""Whatever a person does in whatever order, the client's guess is the help desk's decision, and nothing shows twice."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

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
from desktop.tickets.organisation import UNKNOWN_ORGANISATION
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Contact, Person, Role
from desktop.tickets.projection import apply, project
from desktop.tickets.ticket import NoteKind, TicketState, TimeWindow
from desktop.tickets.view import mark_of

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHA = "ab" * 32


def made_id(number: int) -> str:
    return str(uuid.UUID(int=0x019AB3C4_0000_7000_8000_000000000000 + number))


ids = st.integers(1, 12).map(made_id)
words = st.sampled_from(["", "new", "working", "completed", "Printer jams", "x", "2026-11-23T09:00:00+00:00"])
windows = st.integers(0, 3).map(lambda day: TimeWindow(start=AT.replace(day=20 + day), end=AT.replace(day=21 + day)))
changes = st.builds(
    FieldChange,
    field=st.sampled_from(["summary", "details", "status", "assignee", "device", "due_back", "nonsense"]),
    base=words,
    value=words,
)
bodies: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"add_note": st.builds(AddNote, note=ids, text=words, kind=st.sampled_from(NoteKind))}),
    st.fixed_dictionaries(
        {"attach_file": st.builds(AttachFile, attachment=ids, name=words, size=st.just(1), sha256=st.just(SHA))}
    ),
    st.fixed_dictionaries({"change_fields": st.builds(ChangeFields, changes=st.lists(changes, max_size=3).map(tuple))}),
    st.fixed_dictionaries({"say_solved": st.just(SaySolved())}),
    st.fixed_dictionaries({"reopen": st.builds(Reopen, note=ids, text=words)}),
    st.fixed_dictionaries({"correct_contact": st.builds(CorrectContact, contact=st.builds(Contact, phone=words))}),
    st.fixed_dictionaries({"follow": st.builds(Follow, following=st.booleans())}),
    st.fixed_dictionaries({"propose_times": st.builds(ProposeTimes, windows=st.lists(windows, max_size=2).map(tuple))}),
    st.fixed_dictionaries({"choose_time": st.builds(ChooseTime, window=st.none() | windows)}),
    st.fixed_dictionaries({"acknowledge": st.just(Acknowledge())}),
    st.fixed_dictionaries({"assign": st.builds(Assign, technician=words)}),
    st.fixed_dictionaries({"log_time": st.builds(LogTime, note=ids, minutes=st.integers(0, 2), text=words)}),
    st.fixed_dictionaries({"request_escalation": st.builds(RequestEscalation, reason=words)}),
    st.fixed_dictionaries({"file_ticket": st.builds(FileTicket, summary=words)}),
)
people = st.sampled_from(
    [Person(email="ann@client.test"), Person(email="sam@desk.test", role=Role.TECHNICIAN), Person(email="")]
)
bodies_lists = st.lists(bodies, max_size=8)
states = st.sampled_from(OperationState)

FILING = Operation(id=made_id(99), ticket=made_id(0), made_at=AT, file_ticket=FileTicket(summary="Printer jams"))


def operations(given: list[dict[str, Any]]) -> list[Operation]:
    return [Operation(id=made_id(100 + n), ticket=made_id(0), made_at=AT, **body) for n, body in enumerate(given)]


def with_own_ids(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notes with ids of their own, as every client makes them."""
    makes_note = ("add_note", "reopen", "log_time")
    return [
        {kind: replace(body, note=made_id(500 + n)) if kind in makes_note else body for kind, body in one.items()}
        for n, one in enumerate(given)
    ]


def entries(given: list[Operation], in_states: list[OperationState]) -> list[OutboxEntry]:
    return [
        OutboxEntry(seq=n, operation=operation, wire=b"", state=state)
        for n, (operation, state) in enumerate(zip(given, in_states, strict=False))
    ]


def decided(given: list[Operation], by: Person) -> TicketState:
    state = apply(None, FILING, by=by, at=AT, organisation=UNKNOWN_ORGANISATION).state
    for operation in given:
        state = apply(state, operation, by=by, at=AT, organisation=UNKNOWN_ORGANISATION).state
    return state


@given(bodies_lists, people)
def test_the_guess_is_the_decision(given: list[dict[str, Any]], by: Person) -> None:
    doing = operations(with_own_ids(given))
    waiting = entries([FILING, *doing], [OperationState.QUEUED] * (len(doing) + 1))
    shown = project(None, waiting, me=by, organisation=UNKNOWN_ORGANISATION)
    expected = decided(doing, by)
    assert shown is not None
    guessed = shown.ticket
    assert (guessed.status, guessed.summary, guessed.history) == (
        expected.ticket.status,
        expected.ticket.summary,
        expected.ticket.history,
    )
    assert {note.id for note in expected.notes} <= {line.note.id for line in shown.notes}


@given(bodies_lists, people, st.lists(states, min_size=8, max_size=8))
def test_everything_pending_is_listed_in_order_and_shown_once(
    given: list[dict[str, Any]], by: Person, in_states: list[OperationState]
) -> None:
    waiting = entries(operations(given), in_states)
    shown = project(decided([], by), waiting, me=by, organisation=UNKNOWN_ORGANISATION)
    assert shown is not None
    assert list(shown.pending) == [entry for entry in waiting if entry.state.is_projected]
    notes = [line.note.id for line in shown.notes]
    files = [file.attachment.id for file in shown.attachments]
    assert len(notes) == len(set(notes))
    assert len(files) == len(set(files))
    marks = {mark_of(entry.state) for entry in shown.pending}
    assert {line.mark for line in shown.notes} | {file.mark for file in shown.attachments} <= marks


@given(bodies_lists, people)
def test_the_same_entry_twice_is_the_same_entry(given: list[dict[str, Any]], by: Person) -> None:
    waiting = entries(operations(given), [OperationState.QUEUED] * len(given))
    confirmed = decided([], by)
    once = project(confirmed, waiting, me=by, organisation=UNKNOWN_ORGANISATION)
    assert project(confirmed, [*waiting, *waiting], me=by, organisation=UNKNOWN_ORGANISATION) == once


@given(bodies_lists, people)
def test_words_that_arrived_meanwhile_do_not_show_twice(given: list[dict[str, Any]], by: Person) -> None:
    doing = operations(given)
    confirmed = decided(doing, by)
    shown = project(
        confirmed, entries(doing, [OperationState.UNKNOWN] * len(doing)), me=by, organisation=UNKNOWN_ORGANISATION
    )
    assert shown is not None
    assert [line.note for line in shown.notes][: len(confirmed.notes)] == list(confirmed.notes)
    ids_shown = [line.note.id for line in shown.notes]
    assert len(ids_shown) == len(set(ids_shown))


@given(bodies_lists, people)
def test_a_refusal_changes_nothing_and_has_a_sentence(given: list[dict[str, Any]], by: Person) -> None:
    state = decided([], by)
    for operation in operations(given):
        applied = apply(state, operation, by=by, at=AT, organisation=UNKNOWN_ORGANISATION)
        if applied.refusal:
            assert applied.state is state
            assert applied.sentence
        assert len(applied.state.notes) - len(state.notes) in (0, 1)
        assert applied.state.ticket.history[: len(state.ticket.history)] == state.ticket.history
        state = applied.state
