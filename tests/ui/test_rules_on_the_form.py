"""Rules that an administrator makes are seen on a form that is open, and hold for what is pasted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from desktop.capture.report import CLIPBOARD
from desktop.tickets.capture_policy import CapturePolicy
from desktop.tickets.device import Fact
from desktop.tickets.operations import FileTicket
from desktop.tickets.view import Changed
from desktop.ui.annotate.window import AnnotateWindow
from desktop.ui.bridge import Bridge
from desktop.ui.pasted_picture import pasted_picture
from desktop.ui.report.error_texts import ErrorTexts
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.sentence_edit import SentenceEdit
from tests.ui.provider import entries
from tests.ui.reporter import Reporter

NONE = CapturePolicy(screenshots=False, error_text=False, facts=False)
FORBIDDEN = (
    "Your administrator has switched pictures off.",
    "Your administrator has switched error text off.",
    "Your administrator has switched the details of this computer off.",
)

JUST = "Your administrator has just switched off:"


def filed(reporter: Reporter) -> FileTicket:
    reporter.window.findChildren(SentenceEdit)[-1].setFocus()
    reporter.type("It is slow")
    reporter.finish()
    return next(entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket)


def paste_picture(reporter: Reporter) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    reporter.window.findChildren(SentenceEdit)[-1].paste()
    QGuiApplication.clipboard().clear()


def test_rules_that_come_while_the_form_is_open_are_seen_on_it_and_obeyed(reporter: Reporter, bridge: Bridge) -> None:
    reporter.begin()
    reporter.wait_for_files()
    paste_picture(reporter)
    reporter.wait_for_files()
    reporter.qtbot.waitUntil(lambda: reporter.leaves().startswith("2 pictures, this computer."))
    reporter.machine.policy = NONE
    bridge.changed.emit(Changed(organisation=True))
    assert reporter.leaves().startswith("Just your words.")
    assert [words for words in FORBIDDEN if words in reporter.words()] == list(FORBIDDEN)
    assert not any(tile.isVisible() for tile in reporter.tiles())
    body = filed(reporter)
    assert (body.files, body.error_text, body.device.facts, body.written_on) == ((), "", (), "")


def test_rules_that_end_while_the_form_is_open_are_seen_to_end(reporter: Reporter, bridge: Bridge) -> None:
    reporter.begin()
    reporter.wait_for_files()
    reporter.machine.policy = NONE
    bridge.changed.emit(Changed(organisation=True))
    reporter.machine.policy = CapturePolicy()
    bridge.changed.emit(Changed(organisation=True))
    assert reporter.leaves().startswith("1 picture, this computer.")
    assert not any(words in reporter.words() for words in FORBIDDEN)


def test_a_fact_that_is_forbidden_while_the_form_is_open_is_not_shown_any_more(
    reporter: Reporter, bridge: Bridge
) -> None:
    reporter.machine.facts = (*reporter.machine.facts, Fact(key="serial", label="Serial", value="5CD0"))
    reporter.begin()
    reporter.window.findChildren(GoesAlong)[0].open(True)
    reporter.qtbot.waitUntil(lambda: "5CD0" in reporter.words())
    reporter.machine.policy = CapturePolicy(never_facts=frozenset(("serial",)))
    bridge.changed.emit(Changed(organisation=True))
    assert "5CD0" not in reporter.words()
    assert "Your administrator keeps back: serial." in reporter.words()
    assert [fact.key for fact in filed(reporter).device.facts] == ["os"]


def test_a_picture_cannot_be_pasted_where_pictures_are_forbidden(reporter: Reporter) -> None:
    reporter.machine.policy = CapturePolicy(screenshots=False)
    reporter.begin()
    before = reporter.words().count(FORBIDDEN[0])
    paste_picture(reporter)
    assert reporter.tiles() == []
    assert reporter.words().count(FORBIDDEN[0]) > before


@pytest.mark.parametrize("is_forbidden", [True, False])
def test_a_picture_that_was_pasted_before_the_rule_stays_here(reporter: Reporter, is_forbidden: bool) -> None:
    desk = reporter.desk
    pieces = pasted_picture(QImage(40, 30, QImage.Format.Format_RGB32)).pieces()
    pasted = desk.import_picture(pieces, name="p.png", origin=CLIPBOARD, label="Pasted").result()
    desk.save_draft(replace(desk.new_draft(), summary="It is slow", files=(pasted,))).result()
    reporter.machine.policy = CapturePolicy(screenshots=not is_forbidden)
    reporter.machine.screens = ()
    reporter.begin()
    assert ("1 picture" in reporter.leaves()) is not is_forbidden
    assert [tile.isVisible() for tile in reporter.tiles()] == [not is_forbidden]
    assert len(filed(reporter).files) == (0 if is_forbidden else 1)


def test_a_rule_that_nothing_tells_of_is_said_before_anything_is_saved(reporter: Reporter) -> None:
    """The computer's own rules are in a file: no one tells when it changes."""
    reporter.begin()
    reporter.type("It is slow")
    reporter.wait_for_files()
    reporter.qtbot.waitUntil(lambda: reporter.leaves().startswith("1 picture, this computer."))
    reporter.machine.policy = CapturePolicy(screenshots=False)
    reporter.press(Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: f"{JUST} pictures. Save again to go on without." in reporter.words())
    assert reporter.leaves().startswith("This computer.")
    assert entries(reporter.desk) == []
    reporter.finish()
    (body,) = [entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket]
    assert body.files == ()


def test_a_rule_that_takes_nothing_away_stops_nobody(reporter: Reporter) -> None:
    reporter.machine.screens = ()
    reporter.begin()
    reporter.type("It is slow")
    reporter.machine.policy = CapturePolicy(screenshots=False, error_text=False)
    reporter.finish()
    assert len(entries(reporter.desk)) == 1


@pytest.mark.parametrize(
    ("policy", "what"),
    [
        (NONE, "pictures, error text, the details of this computer."),
        (CapturePolicy(never_facts=frozenset(("serial", "computer"))), "Serial, the name of this computer."),
    ],
)
def test_what_a_late_rule_takes_away_is_said_until_the_person_goes_on(
    reporter: Reporter, bridge: Bridge, policy: CapturePolicy, what: str
) -> None:
    reporter.machine.facts = (*reporter.machine.facts, Fact(key="serial", label="Serial", value="5CD0"))
    QGuiApplication.clipboard().setText("Error 0x80070005")
    reporter.begin()
    QGuiApplication.clipboard().clear()
    reporter.window.findChildren(ErrorTexts)[0]._rows[0].tick(True)
    reporter.wait_for_files()
    reporter.qtbot.waitUntil(lambda: reporter.leaves().startswith("1 picture, error text, this computer."))
    reporter.machine.policy = policy
    bridge.changed.emit(Changed(organisation=True))
    assert f"{JUST} {what}" in reporter.words()
    reporter.type("It")
    assert JUST not in reporter.words()


def test_a_picture_that_is_open_closes_when_pictures_are_forbidden(reporter: Reporter, bridge: Bridge) -> None:
    reporter.begin()
    reporter.wait_for_files()
    reporter.tiles()[0].edit_wanted.emit()
    reporter.qtbot.waitUntil(lambda: any(one.isVisible() for one in reporter.window.findChildren(AnnotateWindow)))
    reporter.machine.policy = CapturePolicy(screenshots=False)
    bridge.changed.emit(Changed(organisation=True))
    assert not any(one.isVisible() for one in reporter.window.findChildren(AnnotateWindow))
