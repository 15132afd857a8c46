"""What a person is told after saving."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from shiboken6 import Shiboken

from desktop.ui.additions.files_form import FilesForm
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.additions.words_form import WordsForm
from desktop.ui.connection_line import ConnectionLine
from desktop.ui.plain_text import PlainText
from desktop.ui.report.questions import Questions
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.conftest import Join
from tests.ui.machine import MondayMorning, PaintedScreen
from tests.ui.provider import Provider, deliver, entries
from tests.ui.reporter import Reporter


def test_the_receipt_says_saved_and_then_with_the_provider(reporter: Reporter, provider: Provider) -> None:
    ticket = reporter.save()
    assert "Saved on this computer." in reporter.words()
    assert "With IT Care." not in reporter.words()

    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "With IT Care." in reporter.words())
    view = reporter.desk.ticket(ticket)
    assert view is not None
    assert f"Number {view.ticket.number}" in reporter.words()

    provider.take(ticket)
    provider.say(ticket, "I am looking at it.")
    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Sam Ortiz has it." in reporter.words())


def test_a_computer_that_must_connect_anew_is_told_so_on_the_receipt(reporter: Reporter, provider: Provider) -> None:
    account = reporter.desk.account()
    assert account is not None
    provider.disconnect(account.device)
    reporter.save()
    reporter.desk.sync_now(10.0)
    assert reporter.desk.connection().wants_code
    reporter.qtbot.waitUntil(lambda: "It is kept here until you connect this computer" in reporter.words())
    line = ConnectionLine()
    reporter.qtbot.addWidget(line)
    line.show_connection(reporter.desk.connection(), "IT Care")
    assert not line._connect.isHidden()


def test_a_refused_ticket_says_so_on_the_receipt(reporter: Reporter, join: Join) -> None:
    other = join("Ben Hall")
    theirs = other.file_ticket(replace(other.new_draft(), summary="The lamp is dark")).result()
    deliver(other)
    taken = replace(reporter.desk.new_draft(), id=theirs.ticket, summary="The printer jams")
    reporter.desk.save_draft(taken).result()
    reporter.begin()
    reporter.finish()
    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Not accepted by IT Care." in reporter.words())
    assert "Please write it again." in reporter.words()


def test_urgent_says_whom_to_call_and_that_nobody_has_seen_it(reporter: Reporter) -> None:
    reporter.begin()
    reporter.type("Somebody is in my mailbox")
    questions = reporter.window.findChild(Questions)
    assert questions is not None
    questions._security.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.finish()

    assert reporter.card().isVisible()
    assert "Nobody has seen this yet." in reporter.words()
    assert "(312) 555-014" in reporter.words()
    assert "My ticket is HT-" in reporter.words()
    assert any(label.pixmap() and not label.pixmap().isNull() for label in reporter.card().findChildren(QLabel))

    deliver(reporter.desk)
    reporter.qtbot.waitUntil(lambda: "Nobody has seen this yet." not in reporter.words())


@pytest.fixture
def real_provider(tmp_path: Path, clock: MondayMorning, request: pytest.FixtureRequest) -> Iterator[Provider]:
    made = Provider(tmp_path / "real", clock, request.param)
    yield made
    made.close()


@pytest.mark.parametrize("real_provider", ["hts"], indirect=True)
def test_where_there_are_no_priorities_none_can_be_wrong(
    reporter: Reporter, real_provider: Provider, join: Join
) -> None:
    reporter.use(join("Cleo Marsh", at=real_provider, of=real_provider.new_company()))
    reporter.open()
    ticket = reporter.save()
    assert "Not &right?" not in reporter.words()
    deliver(reporter.desk)
    reporter.window.show_receipt(ticket)
    assert "With HTS." in reporter.words()
    assert all(label.text() for label in reporter.window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("real_provider", ["ecs"], indirect=True)
def test_a_real_provider_in_a_demo_is_text_alone(reporter: Reporter, real_provider: Provider, join: Join) -> None:
    reporter.use(join("Cleo Marsh", at=real_provider, of=real_provider.new_company()))
    reporter.open(dialable=False)
    reporter.begin()
    questions = reporter.window.findChild(Questions)
    assert questions is not None
    questions._security.click()
    reporter.window.findChildren(SentenceEdit)[0].setFocus()
    reporter.type("Somebody is in my mailbox")
    reporter.finish()
    assert "Call " in reporter.words()
    assert all(label.pixmap().isNull() for label in reporter.card().findChildren(QLabel))
    assert "tel:" not in reporter.words()


def test_an_ordinary_ticket_asks_for_no_call(reporter: Reporter) -> None:
    reporter.save()
    assert not reporter.card().isVisible()


def test_details_added_on_the_receipt_belong_to_the_same_ticket(reporter: Reporter) -> None:
    ticket = reporter.save()
    panel = reporter.window.findChild(AdditionPanel)
    assert panel is not None
    panel.open("details")
    form = panel.findChild(WordsForm)
    assert form is not None
    form._words.setPlainText("It began this morning")
    with reporter.qtbot.waitSignal(panel.added):
        form._give()
    last = entries(reporter.desk)[-1].operation
    assert (last.ticket, last.add_note and last.add_note.text) == (ticket, "It began this morning")


def test_words_of_others_are_plain_text(reporter: Reporter) -> None:
    reporter.save("<b>bold</b> <img src=x>")
    shown = [text for text in reporter.window.findChildren(PlainText) if "<b>bold</b>" in text.toPlainText()]
    assert shown


def begun(reporter: Reporter, name: str) -> AdditionPanel:
    reporter.save()
    panel = reporter.window.findChild(AdditionPanel)
    assert panel is not None
    panel.open(name)
    return panel


@pytest.mark.parametrize("end", ["Escape", "another addition", "a new ticket"])
def test_words_that_were_typed_and_not_added_are_kept_as_a_reply(reporter: Reporter, end: str) -> None:
    panel = begun(reporter, "details")
    reporter.type("It began on Monday")
    if end == "Escape":
        reporter.press(Qt.Key.Key_Escape)
        assert not reporter.window.isVisible()
    elif end == "another addition":
        panel.open("times")
        assert "What you wrote is kept as a reply to this ticket. It waits for you." in reporter.words()
    else:
        reporter.window._form = None
        reporter.window.begin(reporter.machine.capture().take())
    ticket = entries(reporter.desk)[0].ticket
    reporter.qtbot.waitUntil(
        lambda: (
            [(draft.ticket, draft.details) for draft in reporter.desk.drafts() if draft.ticket]
            == [(ticket, "It began on Monday")]
        )
    )


def test_words_that_were_added_are_kept_once(reporter: Reporter) -> None:
    panel = begun(reporter, "details")
    reporter.type("It began on Monday")
    panel.findChildren(WordsForm)[-1]._give()
    reporter.qtbot.waitUntil(lambda: "Saved on this computer with your ticket." in reporter.words())
    reporter.window.close()
    reporter.desk.save_draft(marker := reporter.desk.new_draft()).result()
    assert [draft.id for draft in reporter.desk.drafts()] == [marker.id]


def test_a_picture_that_was_taken_and_not_added_is_forgotten(reporter: Reporter, tmp_path: Path) -> None:
    reporter.machine.screens = ()
    panel = begun(reporter, "screenshot")
    form = panel.findChildren(FilesForm)[-1]
    form._strip.add_screens([PaintedScreen("Screen 1", is_active=True)], tick_active=True)
    panel.open("times")
    reporter.qtbot.waitUntil(lambda: not Shiboken.isValid(form))
    reporter.qtbot.waitUntil(lambda: list((tmp_path / "ada" / "files").iterdir()) == [])


def test_a_picture_is_added_once_however_often_the_button_is_pressed(reporter: Reporter) -> None:
    reporter.machine.screens = ()
    panel = begun(reporter, "screenshot")
    form = panel.findChildren(FilesForm)[-1]
    form._strip.add_screens([PaintedScreen("Screen 1", is_active=True)], tick_active=True)
    reporter.qtbot.waitUntil(form._add.isEnabled)
    form._add.click()
    form._add.click()
    reporter.qtbot.waitUntil(lambda: "Saved on this computer with your ticket." in reporter.words())
    view = reporter.desk.ticket(entries(reporter.desk)[0].ticket)
    assert view is not None
    assert len([entry for entry in view.pending if entry.operation.attach_file]) == 1


def test_an_error_text_that_is_added_is_shown_as_masked(reporter: Reporter) -> None:
    panel = begun(reporter, "error")
    reporter.type("Error 5: password=hunter2 is wrong")
    panel.findChildren(WordsForm)[-1]._give()
    reporter.qtbot.waitUntil(lambda: "Saved on this computer with your ticket." in reporter.words())
    view = reporter.desk.ticket(entries(reporter.desk)[0].ticket)
    assert view is not None
    assert view.ticket.error_text == "Error 5: password=[masked: password] is wrong"
