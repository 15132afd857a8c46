"""A person looks after their tickets."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.operations import FieldChange, Kind
from desktop.tickets.people import Role
from desktop.tickets.ticket import MAX_SUMMARY
from desktop.ui.additions.files_form import FilesForm
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.additions.times_form import TimesForm
from desktop.ui.additions.words_form import WordsForm
from desktop.ui.bridge import Bridge
from desktop.ui.plain_text import PlainText
from desktop.ui.tickets.escalation_card import EscalationCard
from desktop.ui.tickets.file_list import FileList
from desktop.ui.tickets.list_model import PAGE, TicketListModel
from desktop.ui.tickets.reply_box import ReplyBox
from desktop.ui.tickets.ticket_list import TicketList
from desktop.ui.tickets.window import TicketsWindow
from tests.ui.conftest import Join, Machine, MondayMorning
from tests.ui.provider import TIMEOUT, Provider, deliver, entries
from tests.ui.shown_words import shown_words


class Reader:
    """What a person does with the window."""

    def __init__(self, qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> None:
        self.qtbot = qtbot
        self.desk, self.bridge, self.clock, self.take = desk, bridge, clock, machine.capture().take
        self.window = TicketsWindow(desk, bridge, clock, self.take)
        self.window.resize(1000, 700)
        qtbot.addWidget(self.window)

    def use(self, desk: Desk, ticket: str) -> None:
        """From now on another person's desk, with this ticket open."""
        self.desk = desk
        deliver(desk)
        desk.on_change(self.bridge._told.emit)
        self.window = TicketsWindow(desk, self.bridge, self.clock, self.take)
        self.qtbot.addWidget(self.window)
        self.open(ticket)

    def file(self, summary: str, *, delivered: bool = True) -> str:
        saved = self.desk.file_ticket(replace(self.desk.new_draft(), summary=summary)).result()
        if delivered:
            deliver(self.desk)
        return saved.ticket

    def open(self, ticket: str = "") -> None:
        self.qtbot.waitUntil(lambda: ticket == "" or self.list()._model.row_of(ticket) >= 0)
        self.window.open(ticket)

    def list(self) -> TicketList:
        found = self.window.findChild(TicketList)
        assert found is not None
        return found

    def reply_box(self) -> ReplyBox:
        found = self.window.findChild(ReplyBox)
        assert found is not None
        return found

    def words(self) -> str:
        return "\n".join(shown_words(self.window))

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.words())

    def press(self, words: str) -> None:
        def found() -> list[QPushButton]:
            buttons = self.window.findChildren(QPushButton)
            return [b for b in buttons if b.text().replace("&", "") == words and b.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        found()[0].click()


@pytest.fixture
def reader(qtbot: QtBot, desk: Desk, bridge: Bridge, clock: MondayMorning, machine: Machine) -> Reader:
    return Reader(qtbot, desk, bridge, clock, machine)


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


def test_a_reply_is_marked_until_the_help_desk_has_it(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("Reply")
    QTest.keyClicks(reader.reply_box()._words, "It shows E-13")
    reader.press("Save reply")
    reader.wait_for("Your answer is saved on this computer.")
    assert "Your answer is with" not in reader.words()
    assert reader.reply_box()._words.toPlainText() == ""
    deliver(reader.desk)
    reader.wait_for("Your answer is with the help desk")


def test_a_half_written_reply_is_kept_for_its_ticket(reader: Reader) -> None:
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    QTest.keyClicks(reader.reply_box()._words, "It sho")
    reader.open(second)
    assert reader.reply_box()._words.toPlainText() == ""
    reader.qtbot.waitUntil(lambda: [draft.details for draft in reader.desk.drafts()] == ["It sho"])
    reader.open(first)
    assert reader.reply_box()._words.toPlainText() == "It sho"


def test_saying_that_it_is_not_solved_reopens(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, status="completed")
    deliver(reader.desk)
    reader.open(ticket)
    reader.wait_for("Solved")
    reader.press("It is not solved")
    QTest.keyClicks(reader.reply_box()._words, "It jams again")
    reader.press("Save: it is not solved")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.REOPEN])


def test_saying_that_it_works_again(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("It works again")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.SAY_SOLVED])


def test_what_is_missing_is_a_button_that_adds_it(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("When you can be reached")
    form = reader.window.findChild(TimesForm)
    assert form is not None
    form._boxes[0][0].click()
    reader.press("Add these times")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.PROPOSE_TIMES])
    panel = reader.window.findChild(AdditionPanel)
    assert panel is not None
    reader.qtbot.waitUntil(lambda: not panel._buttons["times"].isVisible())


def test_a_lost_value_is_one_click_from_being_used(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    change = FieldChange(field="summary", base="The printer jams", value="It jams")
    reader.desk.change_fields(ticket, [change]).result()
    provider.change(ticket, summary="Printer fault")
    deliver(reader.desk)
    reader.wait_for("The sentence was changed meanwhile by IT Care: Printer fault")
    reader.press("Use mine")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.CHANGE_FIELDS])
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert view.ticket.summary == "It jams"


def test_asking_for_faster_help_says_first_what_is_free(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, priority="p3")
    deliver(reader.desk)
    reader.open(ticket)
    reader.press("Ask for faster help")
    assert "Answer again: that is free." in reader.words()
    assert "costs" not in reader.words()
    reader.press("Go on")
    words = reader.words()
    assert words.index("that is free too") < words.index("faster help costs $150")
    assert "It is decided by your IT contact, then your Second IT contact." in words
    reader.press("Ask for it")
    assert "Please write why it cannot wait." in reader.words()


def test_what_has_become_worse_is_looked_at_again_free_of_charge(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, priority="p3")
    deliver(reader.desk)
    reader.open(ticket)
    reader.press("Ask for faster help")
    card = reader.window.findChild(EscalationCard)
    assert card is not None
    card._questions._impact.button(2).click()
    card._questions._blocked.button(0).click()
    reader.press("Go on")
    reader.wait_for("looks at it again, free of charge.")
    (entry,) = entries(reader.desk)
    assert entry.operation.add_note is not None
    assert entry.operation.add_note.text == "About how urgent this is: It concerns everyone. We cannot work."
    assert "costs" not in reader.words()


def test_faster_help_is_decided_by_whose_turn_it_is(
    qtbot: QtBot, reader: Reader, provider: Provider, join: Join, clock: MondayMorning, machine: Machine
) -> None:
    ticket = reader.file("The printer jams")
    provider.change(ticket, priority="p3")
    deliver(reader.desk)
    reader.desk.request_escalation(ticket, "The board meets at noon").result()
    reader.open(ticket)
    reader.wait_for("Your wish for faster help is saved on this computer: “The board meets at noon”")
    deliver(reader.desk)
    reader.wait_for("It is decided by the IT contact, then the Second IT contact.")
    assert "Agree" not in reader.words()

    alternate, designee = join("Ben Hall", Role.ALTERNATE), join("Cleo Marsh", Role.IT_DESIGNEE)
    reader.use(alternate, ticket)
    assert "asked for faster help" in reader.words()
    assert "Agree" not in reader.words()
    reader.use(designee, ticket)
    reader.press("Agree to $150")
    reader.wait_for("agreed to faster help")
    view = designee.ticket(ticket)
    assert view is not None
    assert view.ticket.priority == "p2"


def test_an_error_text_that_is_added_later_is_the_tickets(reader: Reader) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("The error text")
    form = reader.window.findChild(WordsForm)
    assert form is not None
    form._words.setPlainText("E-13: paper path")
    reader.press("Add the error text")
    panel = reader.window.findChild(AdditionPanel)
    assert panel is not None
    reader.qtbot.waitUntil(lambda: not panel._buttons["error"].isVisible())
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert view.ticket.error_text == "E-13: paper path"


def test_a_picture_of_the_screen_can_be_added_without_our_window_on_it(reader: Reader, machine: Machine) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.press("A picture")
    reader.press("Take the screen now")
    assert not reader.window.isVisible()
    reader.qtbot.waitUntil(lambda: machine.taken == [False])
    assert reader.window.isVisible()
    form = reader.window.findChild(FilesForm)
    assert form is not None
    reader.qtbot.waitUntil(form._add.isEnabled)
    reader.press("Add what is ticked")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.ATTACH_FILE])
    deliver(reader.desk)
    view = reader.desk.ticket(ticket)
    assert view is not None
    assert [shown.attachment.name for shown in view.attachments] == ["screen-1.png"]


def test_a_file_that_is_still_taken_in_stays_with_its_ticket(reader: Reader, tmp_path: Path) -> None:
    source = tmp_path / "log.txt"
    source.write_text("what happened")
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reader.reply_box()._words.insertFromMimeData(data)
    reader.open(second)
    assert "log.txt" not in reader.words()
    reader.qtbot.waitUntil(lambda: [[f.name for f in draft.files] for draft in reader.desk.drafts()] == [["log.txt"]])
    reader.open(first)
    reader.wait_for("log.txt")
    reader.press("Save reply")
    reader.qtbot.waitUntil(lambda: [entry.kind for entry in entries(reader.desk)] == [Kind.ATTACH_FILE])
    reader.qtbot.waitUntil(lambda: reader.desk.drafts() == ())


def test_a_reply_that_waits_for_its_file_is_saved_although_another_ticket_is_shown(
    reader: Reader, tmp_path: Path
) -> None:
    source = tmp_path / "log.txt"
    source.write_text("what happened")
    first = reader.file("The printer jams")
    second = reader.file("The beamer is dark")
    reader.open(first)
    QTest.keyClicks(reader.reply_box()._words, "See the log")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    reader.reply_box()._words.insertFromMimeData(data)
    QTest.keyClick(reader.reply_box()._words, Qt.Key.Key_Return)
    reader.open(second)
    reader.qtbot.waitUntil(lambda: {entry.ticket for entry in entries(reader.desk)} == {first})
    assert [entry.kind for entry in entries(reader.desk)] == [Kind.ADD_NOTE, Kind.ATTACH_FILE]


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
    model.refresh()
    assert model.ticket_at(0) == newest
    assert model.row_of(tickets[3]) == place + 1
    assert removed == []
