"""What is taken back comes home with all that belongs to it, and nothing of it leaves: real relay, real store."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.desk import Desk, Saved
from desktop.tickets.device import Device, Fact
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.operations import FieldChange
from desktop.tickets.outbox import OperationState
from desktop.tickets.people import Role
from desktop.tickets.ticket import MAX_TEXT, TypeKey
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import Mark, TicketView
from tests.conftest import HelpDesk

TIMEOUT = 30.0
SUMMARY = "The till does not take cards"


@pytest.fixture
def robin(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Desk:
    """A requester, connected."""
    desk = desk_at("robin")
    desk.enrol(help_desk.url, help_desk.code("robin@example.com"))
    assert desk.sync_now(TIMEOUT).online
    return desk


def filed(desk: Desk, **more: Any) -> Saved:
    return desk.file_ticket(replace(desk.new_draft(), summary=SUMMARY, **more)).result()


def change(desk: Desk, ticket: str, field: str, base: str, value: str) -> Saved:
    return desk.change_fields(ticket, [FieldChange(field=field, base=base, value=value)]).result()


def taken_back(desk: Desk, saved: Saved) -> Draft:
    draft = desk.cancel(saved.operation).result()
    assert draft is not None
    assert desk.drafts() == (draft,)
    return draft


def seen(desk: Desk, ticket: str) -> TicketView:
    view = desk.ticket(ticket)
    assert view is not None
    return view


def text_file(desk: Desk, content: bytes = b"hello") -> DraftFile:
    return desk.import_bytes(content, name="a.txt", media_type="text/plain", origin="file", label="a.txt").result()


def test_what_was_changed_on_a_ticket_that_is_taken_back_is_in_the_draft(help_desk: HelpDesk, robin: Desk) -> None:
    help_desk.stop()
    key = robin.organisation().request_types[0].key
    here = Device(name="TILL-1", facts=(Fact(key="os", label="System", value="Windows 11"),))
    saved = filed(robin, details="It says no.", device=here, written_on="TILL-1")
    change(robin, saved.ticket, "error_text", "", "Error 0x80070005 at the till")
    change(robin, saved.ticket, "summary", SUMMARY, "The till is slow")
    change(robin, saved.ticket, "details", "It says no.", "It says nothing.")
    change(robin, saved.ticket, "type", "", key)
    change(robin, saved.ticket, "device", "TILL-1", "TILL-2")
    robin.reply(saved.ticket, "And it beeps.").result()
    change(robin, saved.ticket, "summary", "The till is slow", "The till is dead")
    draft = taken_back(robin, saved)
    assert (draft.summary, draft.details) == ("The till is dead", "It says nothing.\n\nAnd it beeps.")
    assert (draft.error_text, draft.type) == ("Error 0x80070005 at the till", TypeKey(key))
    assert draft.device == Device(name="TILL-2", is_this_computer=False, facts=here.facts)
    again = robin.file_ticket(draft).result()
    help_desk.start()
    robin.wake()
    assert robin.sync_now(TIMEOUT).pending == 0
    assert seen(robin, again.ticket).ticket.summary == "The till is dead"


def test_the_reason_for_a_faster_answer_and_the_words_of_time_worked_come_home_too(
    help_desk: HelpDesk, desk_at: Callable[[str], Desk]
) -> None:
    sam = desk_at("sam")
    sam.enrol(help_desk.url, help_desk.code("sam@provider.example", Role.TECHNICIAN, company=""))
    assert sam.sync_now(TIMEOUT).online
    saved = filed(sam, details="It says no.")
    sam.request_escalation(saved.ticket, "The shop is full.").result()
    sam.log_time(saved.ticket, 15, "Changed the cable.").result()
    sam.log_time(saved.ticket, 5, "").result()
    assert taken_back(sam, saved).details == ("It says no.\n\nThe shop is full.\n\n15 min: Changed the cable.\n\n5 min")


def test_a_reply_that_is_taken_back_comes_home_with_its_file(help_desk: HelpDesk, robin: Desk) -> None:
    saved, file, other = filed(robin), text_file(robin), text_file(robin, b"stays")
    help_desk.stop()
    robin.attach(saved.ticket, [other]).result()
    draft = taken_back(robin, robin.reply(saved.ticket, "Here it is", [file]).result())
    assert (draft.ticket, draft.details) == (saved.ticket, "Here it is")
    assert [one.attachment for one in draft.files] == [file.attachment]
    assert [one.attachment.id for one in seen(robin, saved.ticket).attachments] == [other.attachment]
    robin.reply(saved.ticket, draft.details, draft.files, draft=draft.id).result()
    help_desk.start()
    robin.wake()
    assert robin.sync_now(TIMEOUT).pending == 0
    there = seen(robin, saved.ticket)
    assert {one.attachment.id for one in there.attachments} == {file.attachment, other.attachment}
    assert [one.note.text for one in there.notes] == ["Here it is"]


def test_a_long_reply_that_is_taken_back_comes_home_whole(robin: Desk) -> None:
    saved, text = filed(robin), "word " * MAX_TEXT
    draft = taken_back(robin, robin.reply(saved.ticket, text).result())
    [file] = draft.files
    with robin.open_content(file.attachment) as content:
        assert content.read().decode() == text


def test_what_has_arrived_meanwhile_is_not_tried_again(robin: Desk) -> None:
    saved = filed(robin)
    assert robin.sync_now(TIMEOUT).pending == 0
    with pytest.raises(InputRefused, match="taken care of"):
        robin.retry(saved.operation).result()
    assert robin.operation_state(saved.operation) is OperationState.DONE


def test_what_was_taken_back_meanwhile_is_not_tried_again(help_desk: HelpDesk, robin: Desk) -> None:
    help_desk.stop()
    saved = filed(robin)
    taken_back(robin, saved)
    with pytest.raises(InputRefused, match="taken care of"):
        robin.retry(saved.operation).result()
    assert robin.waiting() == ()


@pytest.fixture
def asked(help_desk: HelpDesk, robin: Desk) -> str:
    """A ticket that the help desk has; it cannot be reached now."""
    saved = filed(robin)
    assert robin.sync_now(TIMEOUT).pending == 0
    help_desk.stop()
    return saved.ticket


def arrive(help_desk: HelpDesk, desk: Desk) -> None:
    help_desk.start()
    desk.wake()
    assert desk.sync_now(TIMEOUT).pending == 0


def test_an_edit_on_top_of_one_that_is_taken_back_loses_against_nobody(
    help_desk: HelpDesk, robin: Desk, asked: str
) -> None:
    first = change(robin, asked, "summary", SUMMARY, " The till is slow ")
    change(robin, asked, "summary", seen(robin, asked).ticket.summary, "The till is dead")
    change(robin, asked, "summary", "The till is dead", "The till is slow")
    change(robin, asked, "summary", "The till is slow", "The till burns")
    robin.cancel(first.operation).result()
    assert seen(robin, asked).ticket.summary == "The till burns"
    arrive(help_desk, robin)
    there = seen(robin, asked)
    assert (there.ticket.summary, there.kept, there.mark) == ("The till burns", (), Mark.CONFIRMED)


def test_an_edit_on_top_of_one_that_is_taken_back_still_loses_against_somebody_else(
    help_desk: HelpDesk, desk_at: Callable[[str], Desk], robin: Desk
) -> None:
    sam = desk_at("sam")
    sam.enrol(help_desk.url, help_desk.code("sam@provider.example", Role.TECHNICIAN, company=""))
    ticket = filed(robin).ticket
    for desk in (robin, sam):
        assert desk.sync_now(TIMEOUT).pending == 0
    late = change(sam, ticket, "due_back", "", "next week")
    assert sam.cancel(late.operation).result() is None, "what is no date is taken back like anything"
    first = change(robin, ticket, "summary", SUMMARY, "The till is slow")
    change(robin, ticket, "summary", "The till is slow", "The till is dead")
    robin.cancel(first.operation).result()
    change(sam, ticket, "summary", SUMMARY, "Till 2")
    for desk in (sam, robin):
        assert desk.sync_now(TIMEOUT).pending == 0
    [kept] = seen(robin, ticket).kept
    assert (kept.mine, kept.theirs) == ("The till is dead", "Till 2")
