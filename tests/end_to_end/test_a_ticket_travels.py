"""A ticket from a dead network to thanks, on a real relay, a real store and real HTTP."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.desk import Desk, Saved
from desktop.sync.faults import Offline
from desktop.tickets.draft import Draft
from desktop.tickets.life_cycle import status_for
from desktop.tickets.operations import FieldChange
from desktop.tickets.organisation import Purpose
from desktop.tickets.outbox import OperationState
from desktop.tickets.people import Role
from desktop.tickets.ticket import MAX_SUMMARY, MAX_TEXT, TypeKey
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import Mark, TicketView
from tests.conftest import HelpDesk

TIMEOUT = 30.0
ROBIN = "robin@example.com"
SAM = "sam@example.com"


@pytest.fixture
def robin(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Desk:
    """A requester, connected."""
    desk = desk_at("robin")
    desk.enrol(help_desk.url, help_desk.code(ROBIN))
    assert desk.sync_now(TIMEOUT).online
    return desk


@pytest.fixture
def sam(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> Desk:
    """A technician, connected."""
    desk = desk_at("sam")
    desk.enrol(help_desk.url, help_desk.code(SAM, Role.TECHNICIAN, ""))
    return desk


def written(desk: Desk, summary: str = "The printer eats paper") -> Draft:
    return replace(desk.new_draft(), summary=summary)


def seen(desk: Desk, saved: Saved) -> TicketView:
    view = desk.ticket(saved.ticket)
    assert view is not None
    return view


def test_a_ticket_written_offline_arrives_once_with_its_file_and_the_answer_comes_home(
    help_desk: HelpDesk, robin: Desk, sam: Desk, tmp_path: Path
) -> None:
    help_desk.stop()
    content = b"\x89PNG a picture" * 50_000
    picture = robin.import_bytes(
        content, name="Screen 1.png", media_type="image/png", origin="file", label="Screen 1"
    ).result()
    saved = robin.file_ticket(replace(written(robin), error_text="Error 0x80070035", files=(picture,))).result()
    assert seen(robin, saved).mark is Mark.WAITING
    offline = robin.sync_now(TIMEOUT)
    assert isinstance(offline.trouble, Offline)
    assert offline.pending == 2

    help_desk.start()
    robin.wake()
    online = robin.sync_now(TIMEOUT)
    assert online.online
    assert online.pending == 0
    view = seen(robin, saved)
    assert view.mark is Mark.CONFIRMED
    assert view.ticket.number
    assert view.ticket.received_at is not None

    sam.sync_now(TIMEOUT)
    theirs = seen(sam, saved)
    assert theirs.ticket.error_text == "Error 0x80070035"
    assert [file.attachment.sha256 for file in theirs.attachments] == [hashlib.sha256(content).hexdigest()]
    target = tmp_path / "saved.png"
    assert sam.fetch_file(saved.ticket, picture.attachment, target).result().read_bytes() == content

    working = status_for(sam.organisation(), Purpose.WORKING)
    sam.reply(saved.ticket, "I am on it.").result()
    sam.change_fields(saved.ticket, [FieldChange(field="status", base=theirs.ticket.status, value=working)]).result()
    assert sam.sync_now(TIMEOUT).needs_attention == 0
    robin.sync_now(TIMEOUT)
    view = seen(robin, saved)
    assert view.ticket.status == working
    assert [shown.note.text for shown in view.notes] == ["I am on it."]
    assert view.notes[0].note.author.email == SAM


def test_thanks_do_not_open_a_completed_ticket_and_not_solved_does(robin: Desk, sam: Desk) -> None:
    saved = robin.file_ticket(written(robin)).result()
    robin.sync_now(TIMEOUT)
    sam.sync_now(TIMEOUT)
    completed = status_for(sam.organisation(), Purpose.COMPLETED)
    base = seen(sam, saved).ticket.status
    sam.change_fields(saved.ticket, [FieldChange(field="status", base=base, value=completed)]).result()
    sam.sync_now(TIMEOUT)
    robin.sync_now(TIMEOUT)
    robin.reply(saved.ticket, "Thank you!").result()
    robin.sync_now(TIMEOUT)
    assert seen(robin, saved).ticket.status == completed
    robin.reopen(saved.ticket, "It is broken again.").result()
    robin.sync_now(TIMEOUT)
    view = seen(robin, saved)
    assert view.ticket.status == status_for(robin.organisation(), Purpose.REOPENED)
    assert [shown.note.text for shown in view.notes] == ["Thank you!", "It is broken again."]


def test_saving_the_same_draft_twice_is_one_ticket(robin: Desk) -> None:
    draft = written(robin)
    first, second = robin.file_ticket(draft), robin.file_ticket(draft)
    assert first.result() == second.result()
    assert robin.sync_now(TIMEOUT).pushed == 1
    assert len(robin.tickets().rows) == 1


def test_a_note_on_a_ticket_that_waits_goes_after_it(help_desk: HelpDesk, robin: Desk) -> None:
    help_desk.stop()
    saved = robin.file_ticket(written(robin)).result()
    robin.reply(saved.ticket, "It also smells.").result()
    help_desk.start()
    robin.wake()
    assert robin.sync_now(TIMEOUT).pending == 0
    assert [(shown.note.text, shown.mark) for shown in seen(robin, saved).notes] == [
        ("It also smells.", Mark.CONFIRMED)
    ]


def test_a_long_text_goes_along_as_a_file_and_nothing_is_lost(robin: Desk, sam: Desk, tmp_path: Path) -> None:
    text = "paper jam " * 100_000
    saved = robin.file_ticket(replace(written(robin), details=text)).result()
    robin.sync_now(TIMEOUT)
    sam.sync_now(TIMEOUT)
    view = seen(sam, saved)
    assert len(view.ticket.details) <= MAX_TEXT
    [file] = view.attachments
    assert file.attachment.name == "details.txt"
    fetched = sam.fetch_file(saved.ticket, file.attachment.id, tmp_path / "details.txt").result()
    assert fetched.read_text() == text.strip("\n")


def test_a_summary_of_one_long_word_is_shortened_and_kept_whole_in_the_details(robin: Desk) -> None:
    word = "Donaudampfschifffahrt" * 20
    saved = robin.file_ticket(written(robin, word)).result()
    view = seen(robin, saved)
    assert len(view.ticket.summary) <= MAX_SUMMARY
    assert word in view.ticket.details


@pytest.mark.parametrize("summary", ["", "   ", "\u200b\u200d", "\n\t", "…"])
def test_a_ticket_needs_a_sentence(robin: Desk, summary: str) -> None:
    with pytest.raises(InputRefused, match="one sentence"):
        robin.file_ticket(written(robin, summary)).result()
    assert robin.tickets().rows == ()


def test_a_filing_that_is_taken_back_comes_home_as_a_draft_with_its_files(help_desk: HelpDesk, robin: Desk) -> None:
    help_desk.stop()
    file = robin.import_bytes(b"abc", name="a.txt", media_type="text/plain", origin="file", label="a.txt").result()
    saved = robin.file_ticket(replace(written(robin), details="All of it", files=(file,))).result()
    robin.reply(saved.ticket, "One more thing").result()
    draft = robin.cancel(saved.operation).result()
    assert draft is not None
    assert (draft.summary, draft.details) == ("The printer eats paper", "All of it\n\nOne more thing")
    assert [kept.attachment for kept in draft.files] == [file.attachment]
    assert robin.drafts() == (draft,)
    assert robin.waiting() == ()
    again = robin.file_ticket(draft).result()
    help_desk.start()
    robin.wake()
    assert robin.sync_now(TIMEOUT).pending == 0
    assert [row.ticket for row in robin.tickets().rows] == [again.ticket]


def test_what_is_tried_again_goes_at_once(help_desk: HelpDesk, robin: Desk) -> None:
    help_desk.stop()
    saved = robin.file_ticket(written(robin)).result()
    robin.sync_now(TIMEOUT)
    help_desk.start()
    assert robin.retry(saved.operation).result() == saved
    robin.sync_now(TIMEOUT)
    assert robin.operation_state(saved.operation) is OperationState.DONE


def test_a_request_type_that_the_provider_does_not_have_is_refused(robin: Desk) -> None:
    with pytest.raises(InputRefused, match="no request type “nonsense”"):
        robin.file_ticket(replace(written(robin), type=TypeKey("nonsense"))).result()
    known = robin.organisation().request_types[0].key
    assert robin.file_ticket(replace(written(robin), type=known)).result().reference
