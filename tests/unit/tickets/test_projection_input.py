"""Input as it may come from a broken or a hostile client: refused with a sentence, never a crash, never kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from desktop.tickets.device import Device, Fact
from desktop.tickets.operations import (
    AddNote,
    Assign,
    AttachFile,
    ChooseTime,
    CorrectContact,
    FileManifest,
    FileTicket,
    LogTime,
    Operation,
    ProposeTimes,
    Reopen,
    RequestEscalation,
    SaySolved,
)
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Contact, Person
from desktop.tickets.projection import apply
from desktop.tickets.ticket import TicketState, TimeWindow, TypeKey

Make = Callable[..., Operation]
SHA = "0" * 64
ID = "019ab3c4-0000-7000-8000-00000000abcd"
DAY = datetime.fromisoformat("2026-11-20T10:00:00+00:00")
NAIVE = DAY.replace(tzinfo=None)
BACKWARDS = TimeWindow(start=DAY, end=DAY)
UNZONED = TimeWindow(start=NAIVE, end=NAIVE + timedelta(hours=1))
FAR = datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))
LONG = "x" * 1_001
ENDLESS = "x" * 200_001


def file(**given: Any) -> AttachFile:
    return replace(AttachFile(attachment=ID, name="a", size=1, sha256=SHA), **given)


def filed(**given: Any) -> dict[str, FileTicket]:
    return {"file_ticket": replace(FileTicket(summary="x"), **given)}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"id": "../../etc/passwd", "say_solved": SaySolved()}, "id-invalid"),
    ({"id": ID.upper(), "say_solved": SaySolved()}, "id-invalid"),
    ({"ticket": "", "say_solved": SaySolved()}, "id-invalid"),
    ({"made_at": NAIVE, "say_solved": SaySolved()}, "time-without-zone"),
    ({"made_at": FAR, "say_solved": SaySolved()}, "date-invalid"),
    ({"propose_times": ProposeTimes(windows=(TimeWindow(start=DAY, end=FAR),))}, "date-invalid"),
    ({"choose_time": ChooseTime(window=TimeWindow(start=datetime.min.replace(tzinfo=UTC), end=DAY))}, "date-invalid"),
    ({"add_note": AddNote(note="1", text="x")}, "id-invalid"),
    ({"add_note": AddNote(note=ID, text="\u200b\n")}, "text-empty"),
    ({"add_note": AddNote(note=ID, text=ENDLESS)}, "text-too-long"),
    ({"reopen": Reopen(note="1", text="x")}, "id-invalid"),
    ({"reopen": Reopen(note=ID, text=ENDLESS)}, "text-too-long"),
    ({"attach_file": file(attachment="1")}, "id-invalid"),
    ({"attach_file": file(note="1")}, "id-invalid"),
    ({"attach_file": file(size=-1)}, "file-invalid"),
    ({"attach_file": file(sha256="z" * 64)}, "file-invalid"),
    ({"attach_file": file(name=LONG)}, "line-too-long"),
    ({"attach_file": file(media_type=LONG)}, "line-too-long"),
    ({"correct_contact": CorrectContact(contact=Contact(phone=LONG))}, "line-too-long"),
    ({"propose_times": ProposeTimes(windows=(BACKWARDS,))}, "times-invalid"),
    ({"propose_times": ProposeTimes(windows=(UNZONED,))}, "time-without-zone"),
    ({"propose_times": ProposeTimes(windows=(TimeWindow(start=DAY, end=NAIVE),))}, "time-without-zone"),
    ({"propose_times": ProposeTimes(windows=(BACKWARDS,) * 201)}, "too-many"),
    ({"choose_time": ChooseTime(window=BACKWARDS)}, "times-invalid"),
    ({"assign": Assign(technician=LONG)}, "line-too-long"),
    ({"log_time": LogTime(note="1", minutes=1)}, "id-invalid"),
    ({"log_time": LogTime(note=ID, minutes=0)}, "minutes-invalid"),
    ({"log_time": LogTime(note=ID, minutes=1_441)}, "minutes-invalid"),
    ({"log_time": LogTime(note=ID, minutes=1, text=ENDLESS)}, "text-too-long"),
    ({"request_escalation": RequestEscalation(reason=" ")}, "text-empty"),
]

FILINGS_REFUSED: list[tuple[dict[str, Any], str]] = [
    (filed(summary=""), "summary-empty"),
    (filed(summary=" \x00\u200b\u202e\u3164\u2800"), "summary-empty"),
    (filed(summary="x" * 301), "summary-too-long"),
    (filed(details=ENDLESS), "text-too-long"),
    (filed(error_text=ENDLESS), "text-too-long"),
    (filed(requester_name=LONG), "line-too-long"),
    (filed(type=TypeKey(LONG)), "line-too-long"),
    (filed(contact=Contact(email=LONG)), "line-too-long"),
    (filed(device=Device(name=LONG)), "line-too-long"),
    (filed(device=Device(facts=(Fact(key="os", label="", value=LONG),))), "line-too-long"),
    (filed(device=Device(facts=(Fact(key="", label="", value=""),) * 201)), "too-many"),
    (filed(availability=(BACKWARDS,)), "times-invalid"),
    (filed(files=(FileManifest(attachment="1", name="a", size=1, sha256=SHA),)), "id-invalid"),
    (filed(files=(FileManifest(attachment=ID, name="a", size=1, sha256=""),)), "file-invalid"),
    (filed(files=(FileManifest(attachment=ID, name="a", size=1, sha256=SHA),) * 201), "too-many"),
]


@pytest.mark.parametrize(("given", "refusal"), REFUSED, ids=[f"{n}-{code}" for n, (_, code) in enumerate(REFUSED)])
def test_what_no_ticket_can_take_is_refused(
    given: dict[str, Any],
    refusal: str,
    make: Make,
    filing: Operation,
    sam: Person,
    now: datetime,
    provider: Organisation,
) -> None:
    state = apply(None, filing, by=sam, at=now, organisation=provider).state
    applied = apply(state, make(**given), by=sam, at=now, organisation=provider)
    assert (applied.refusal, applied.state) == (refusal, state)
    assert applied.sentence.endswith(".")


@pytest.mark.parametrize(
    ("given", "refusal"), FILINGS_REFUSED, ids=[f"{n}-{code}" for n, (_, code) in enumerate(FILINGS_REFUSED)]
)
def test_a_filing_that_no_ticket_can_be_made_of_is_refused(
    given: dict[str, Any], refusal: str, make: Make, ann: Person, now: datetime, provider: Organisation
) -> None:
    assert apply(None, make(**given), by=ann, at=now, organisation=provider).refusal == refusal


@pytest.mark.parametrize(
    "summary",
    ["x", "x" * 300, "🖨️🔥", "המדפסת תקועה", "👩‍👩‍👧‍👦", "?", "x\u202e" + "y" * 299, f"{'x' * 300}\n"],
)
def test_a_summary_of_anything_that_shows_is_taken(
    summary: str, make: Make, ann: Person, now: datetime, provider: Organisation
) -> None:
    applied = apply(None, make(file_ticket=FileTicket(summary=summary)), by=ann, at=now, organisation=provider)
    assert applied.refusal == ""
    assert applied.state.ticket.summary == summary.replace("\u202e", "").strip()


def test_the_longest_text_is_taken_whole(make: Make, ann: Person, now: datetime, provider: Organisation) -> None:
    body = FileTicket(summary="x", details="é\n" * 100_000)
    state: TicketState = apply(None, make(file_ticket=body), by=ann, at=now, organisation=provider).state
    assert state.ticket.details == body.details
