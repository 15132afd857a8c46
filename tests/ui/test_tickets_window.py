"""A person looks after their tickets."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.operations import FieldChange, Kind
from desktop.tickets.ticket import MAX_SUMMARY
from desktop.tickets.view import Changed, KeptValue, TicketRow
from desktop.ui.plain_text import PlainText
from desktop.ui.tickets.file_list import FileList
from desktop.ui.tickets.list_model import PAGE, TicketListModel
from desktop.ui.tickets.timeline_item import TimelineItem
from tests.ui.provider import TIMEOUT, Provider, deliver, entries
from tests.ui.reader import Reader
from tests.ui.shown_words import shown_words


def test_without_tickets_it_says_so(reader: Reader) -> None:
    reader.open()
    assert "You have no tickets yet." in reader.words()
    assert "Everything is with IT Care." in reader.words()


def test_a_ticket_says_where_it_stands_and_who_has_it(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams", delivered=False)
    reader.open(ticket)
    reader.wait_for("Saved on this computer.")
    deliver(reader.desk)
    reader.wait_for("Number ")
    provider.take(ticket)
    provider.change(ticket, status="working")
    provider.say(ticket, "I am looking at it.")
    deliver(reader.desk)
    reader.wait_for("A technician is working on it")
    assert "Sam Ortiz has it." in reader.words()


def test_an_answer_comes_home_while_the_window_is_open(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    provider.say(ticket, "Please restart it.")
    deliver(reader.desk)
    reader.wait_for("Please restart it.")
    assert "Sam Ortiz" in reader.words()


def test_html_from_the_help_desk_is_shown_as_it_is(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    provider.say(ticket, "<img src='http://127.0.0.1:9/x.png'><b>hi</b>")
    deliver(reader.desk)
    hostile = "<img src='http://127.0.0.1:9/x.png'><b>hi</b>"
    reader.wait_for(hostile)
    assert hostile in [text.toPlainText() for text in reader.window.findChildren(PlainText)]


def test_a_lost_value_is_one_click_from_being_used(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    change = FieldChange(field="summary", base="The printer jams", value="It jams")
    reader.desk.change_fields(ticket, [change]).result()
    provider.change(ticket, summary="Printer fault")
    deliver(reader.desk)
    reader.wait_for("The sentence was changed meanwhile: Printer fault")
    reader.press("Use mine")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.CHANGE_FIELDS])
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert view.ticket.summary == "It jams"


def test_what_only_the_provider_can_change_is_not_offered(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.settle()
    view = reader.desk.ticket(ticket)
    assert view is not None
    for field, offered in (("status", False), ("summary", True)):
        kept = KeptValue(operation="o", field=field, mine=f"my {field}", theirs="theirs")
        reader.window._detail.show_ticket(replace(view, kept=(kept,)))
        reader.wait_for(f"Yours is kept: my {field}")
        assert ("use mine" in reader.offered()) is offered


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "words", "own"),
    [
        ("status", "reopened", "completed", "Open again", "Solved"),
        ("status", "elsewhere", "working", "elsewhere", "A technician is working on it"),
        ("due_back", "2026-03-04T16:00:00Z", "", "Wed 4 Mar", "nothing"),
        ("due_back", "soon", "", "soon", "nothing"),
        ("priority", "p2", "p9", "Urgent", "p9"),
        ("type", "new_user", "leaver", "A new colleague", "Someone has to lose their access at once"),
    ],
)
def test_what_was_changed_meanwhile_is_told_in_the_providers_words(
    reader: Reader, field: str, theirs: str, mine: str, words: str, own: str
) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.settle()
    view = reader.desk.ticket(ticket)
    assert view is not None
    kept = KeptValue(operation="o", field=field, mine=mine, theirs=theirs)
    reader.window._detail.show_ticket(replace(view, kept=(kept,)))
    reader.wait_for(f"changed meanwhile: {words}")
    assert f"Yours is kept: {own}" in reader.words()


def test_who_has_taken_it_is_told_before_they_have_written(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.take(ticket)
    deliver(reader.desk)
    reader.open(ticket)
    reader.wait_for("sam has it.")
    provider.say(ticket, "I am looking at it.")
    deliver(reader.desk)
    reader.wait_for("Sam Ortiz has it.")


def test_nobody_is_shown_to_have_written_what_the_provider_has_made_of_it(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, summary="Printer fault")
    deliver(reader.desk)
    reader.open(ticket)
    (first, *_) = reader.window.findChildren(TimelineItem)
    assert "The printer jams" in shown_words(first)


def test_files_are_saved_where_the_person_says_and_nowhere_else(reader: Reader, tmp_path: Path) -> None:
    file = reader.desk.import_bytes(
        b"\x89PNG", name="../../etc/passwd", media_type="image/png", origin="file", label=""
    ).result()
    draft = replace(reader.desk.new_draft(), summary="A picture", files=(file,))
    ticket = reader.desk.file_ticket(draft).result().ticket
    reader.open(ticket)
    reader.wait_for("passwd · 4 bytes")
    files = reader.window.findChild(FileList)
    assert files is not None
    target = tmp_path / "picture.png"
    files.save(ticket, file.attachment, target)
    reader.wait_for("Saved as picture.png.")
    assert target.read_bytes() == b"\x89PNG"


def test_search_as_you_type(reader: Reader) -> None:
    reader.file("The printer jams")
    reader.file("The beamer is dark")
    reader.open()
    search = reader.list().findChild(QLineEdit)
    assert search is not None
    QTest.keyClicks(search, "beam")
    reader.qtbot.waitUntil(lambda: reader.list()._model.rowCount() == 1)
    QTest.keyClicks(search, "zzz")
    reader.wait_for("Nothing matches.")


def test_the_connection_is_told_in_words(reader: Reader, provider: Provider, company: str) -> None:
    provider.tell("E-mail is down.", company)
    deliver(reader.desk)
    reader.file("The printer jams", delivered=False)
    reader.open()
    reader.wait_for("IT Care: E-mail is down.")
    provider.server.stop()
    assert not reader.desk.sync_now(TIMEOUT).online
    provider.server.start()
    reader.wait_for("The help desk cannot be reached.")
    assert "1 thing is saved here and not with IT Care yet." in reader.words()


def test_a_ticket_that_the_help_desk_lost_says_so(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.settle()
    view = reader.desk.ticket(ticket)
    assert view is not None
    reader.window._detail.show_ticket(replace(view, lost=True))
    assert "IT Care no longer has this ticket" in reader.words()


def test_a_word_of_300_characters_is_never_cut_off(reader: Reader) -> None:
    ticket = reader.file("W" * MAX_SUMMARY)
    reader.open(ticket)
    summary = reader.window._detail._summary
    reader.qtbot.waitUntil(lambda: summary.height() >= summary.document().size().height() > 0)
    assert summary.width() <= reader.window.width()
    assert reader.window._detail._scroll.horizontalScrollBar().maximum() == 0


def test_very_long_notes_are_shown_in_part_until_asked_for(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.say(ticket, "x" * 100_000)
    deliver(reader.desk)
    reader.open(ticket)
    reader.wait_for("Show all of it")
    assert "x" * 100_000 not in reader.words()


def test_the_list_reads_page_by_page_and_keeps_its_place(qtbot: QtBot, desk: Desk) -> None:
    tickets = []
    for number in range(PAGE + 20):
        draft = replace(desk.new_draft(), summary=f"Ticket {number}")
        tickets.append(desk.file_ticket(draft).result().ticket)
    model = TicketListModel(desk)
    model.search("")
    assert (model.rowCount(), model.canFetchMore()) == (PAGE, True)
    model.fetchMore()
    assert (model.rowCount(), model.canFetchMore()) == (PAGE + 20, False)
    place = model.row_of(tickets[3])
    removed: list[int] = []
    model.rowsRemoved.connect(lambda *_: removed.append(1))
    newest = desk.file_ticket(replace(desk.new_draft(), summary="Newest")).result().ticket
    model.refresh(Changed(tickets=frozenset({newest})))
    assert model.ticket_at(0) == newest
    assert model.row_of(tickets[3]) == place + 1
    assert removed == []


def test_only_what_has_changed_is_read_and_each_ticket_finds_its_place(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [
        desk.file_ticket(replace(desk.new_draft(), summary=f"Ticket {number}")).result().ticket
        for number in range(PAGE + 20)
    ]
    deliver(desk)
    model = TicketListModel(desk)
    model.search("")
    *shown, _ = (row.ticket for row in desk.tickets(limit=PAGE + 1).rows)
    above, below, unloaded = shown[30], *sorted(set(tickets) - set(shown))[:2]
    read: list[frozenset[str]] = []
    lines = desk.lines

    def read_lines(named: frozenset[str]) -> tuple[TicketRow, ...]:
        read.append(named)
        return lines(named)

    monkeypatch.setattr(desk, "lines", read_lines)
    monkeypatch.setattr(desk, "tickets", lambda **_: pytest.fail("everything was read again"))
    for ticket in (above, below):
        provider.change(ticket, summary="Changed")
    deliver(desk)
    for named in ((), (above, below), (unloaded,), ("nobody",)):
        model.refresh(Changed(tickets=frozenset(named), outbox=True))
    assert read == [frozenset({above, below}), frozenset({unloaded}), frozenset({"nobody"})]
    monkeypatch.undo()
    shown.remove(above)
    assert _tickets(model) == [below, above, *shown]
    model.fetchMore()
    assert _tickets(model) == [row.ticket for row in desk.tickets(limit=100).rows]


def _tickets(model: TicketListModel) -> list[str]:
    return [model.ticket_at(row) for row in range(model.rowCount())]
