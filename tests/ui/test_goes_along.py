"""A person sees what goes along before it does, and what is off stays here."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.capture.error_text.offered import ErrorText, Origin
from desktop.tickets.capture_policy import CapturePolicy
from desktop.tickets.device import Fact
from desktop.tickets.draft import Group
from desktop.tickets.operations import FileTicket
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.questions import Questions
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.settings.preferences import Preferences
from tests.ui.provider import entries
from tests.ui.reporter import Reporter

ERROR = "Error 0x80070005: access denied"


def along(reporter: Reporter) -> GoesAlong:
    return reporter.window.findChildren(GoesAlong)[-1]


def press(reporter: Reporter, words: str) -> None:
    """Press the visible button, box or switch with these words."""
    found = [
        button
        for button in reporter.window.findChildren(QAbstractButton)
        if words in (button.text().replace("&", ""), button.accessibleName()) and button.isVisible()
    ]
    assert len(found) == 1, (words, found)
    found[0].click()


def finish(reporter: Reporter) -> FileTicket:
    sentence = reporter.window.findChildren(SentenceEdit)[-1]
    QTest.keyClicks(sentence, "It is slow")
    QTest.keyClick(sentence, Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: bool(entries(reporter.desk)))
    return next(entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket)


def test_one_line_says_it_and_opens_three_groups(reporter: Reporter) -> None:
    reporter.begin()
    reporter.qtbot.waitUntil(lambda: "1 picture, this computer." in reporter.leaves())
    assert [tile.isVisible() for tile in reporter.tiles()] == [True, False]
    assert "Debian 12" not in reporter.words()
    press(reporter, "See all")
    reporter.qtbot.waitUntil(lambda: "System: Debian 12" in reporter.words())
    for shown in ("Pict&ures of the screen", "E&rror text", "A&bout this computer"):
        assert shown in reporter.words()
    assert [tile.isVisible() for tile in reporter.tiles()] == [True, True]
    press(reporter, "See less")
    assert "Debian 12" not in reporter.words()


def test_the_keyboard_alone_opens_it_and_switches(reporter: Reporter) -> None:
    reporter.begin()
    QTest.keyClick(reporter.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    reporter.qtbot.waitUntil(lambda: "System: Debian 12" in reporter.words())
    QTest.keyClick(reporter.window, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    reporter.qtbot.waitUntil(lambda: reporter.leaves().startswith("This computer."))
    assert along(reporter).withheld == (Group.PICTURES,)


def test_what_a_key_switches_off_does_not_leave_however_soon_enter_follows(reporter: Reporter) -> None:
    reporter.begin()
    reporter.wait_for_files()
    reporter.type("It is slow")
    QTest.keyClick(reporter.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    reporter.qtbot.waitUntil(lambda: "System: Debian 12" in reporter.words())
    for key in (Qt.Key.Key_U, Qt.Key.Key_B):
        QTest.keyClick(reporter.window, key, Qt.KeyboardModifier.AltModifier)
    reporter.finish()
    body = next(entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket)
    assert (body.files, body.device.facts, body.written_on) == ((), (), "")


@pytest.mark.parametrize(
    ("switch", "line", "left"),
    [
        ("Pictures of the screen", "Error text, this computer.", ([], ERROR, "PC-17", ["os"])),
        ("Error text", "1 picture, this computer.", (["screen-1.png"], "", "PC-17", ["os"])),
        ("About this computer", "1 picture, error text.", (["screen-1.png"], ERROR, "", [])),
    ],
)
def test_what_is_switched_off_does_not_leave(
    reporter: Reporter, switch: str, line: str, left: tuple[list[str], str, str, list[str]]
) -> None:
    QGuiApplication.clipboard().setText(ERROR)
    reporter.begin()
    QGuiApplication.clipboard().clear()
    reporter.wait_for_files()
    press(reporter, "Add the error text that you copied")
    press(reporter, "See all")
    press(reporter, switch)
    assert reporter.leaves().startswith(line)
    body = finish(reporter)
    facts = [fact.key for fact in body.device.facts]
    assert ([file.name for file in body.files], body.error_text, body.written_on, facts) == left
    assert body.device.name == body.written_on


def test_a_long_error_text_is_seen_to_its_end_before_it_leaves_and_masked(reporter: Reporter) -> None:
    lines = [ERROR, "login failed, password=hunter2", *(f"at frame {number} of the stack" for number in range(2_000))]
    QGuiApplication.clipboard().setText("\n".join(lines))
    reporter.begin()
    QGuiApplication.clipboard().clear()
    reporter.qtbot.waitUntil(lambda: "Add t&he error text that you copied" in reporter.words())
    press(reporter, "Add the error text that you copied")
    press(reporter, "See all")
    assert lines[-1] not in reporter.words()
    press(reporter, "Show all of it: From the clipboard")
    assert lines[-1] in reporter.words()
    assert "password=[masked: password]" in reporter.words()
    body = finish(reporter)
    assert body.error_text == "\n".join(lines).replace("hunter2", "[masked: password]")


def test_an_off_is_remembered_and_seen_and_nothing_is_taken_then(reporter: Reporter) -> None:
    reporter.begin()
    press(reporter, "See all")
    for switch in ("Pictures of the screen", "Error text", "About this computer"):
        press(reporter, switch)
    reporter.window.close()
    reporter.machine.taken.clear()
    reporter.machine.asked.clear()
    QGuiApplication.clipboard().setText(ERROR)
    reporter.open()
    reporter.begin()
    QGuiApplication.clipboard().clear()
    for off in ("Pictures are off.", "Error text is off.", "Details of this computer are off."):
        assert off in reporter.words()
    assert reporter.leaves().startswith("Just your words.")
    body = finish(reporter)
    assert (body.files, body.error_text, body.device.facts, body.written_on) == ((), "", (), "")
    assert (reporter.machine.taken, reporter.machine.asked) == ([], [])


def test_nothing_is_taken_where_it_cannot_be_read_any_more_what_was_off(reporter: Reporter) -> None:
    reporter.machine.preferences.write(Preferences(withheld=(Group.PICTURES,)))
    reporter.machine.preferences._path.write_bytes(b"")
    reporter.begin()
    assert (reporter.machine.taken, reporter.machine.asked) == ([], [])
    assert "Pictures are off." in reporter.words()
    assert "Details of this computer are off." in reporter.words()


def test_switched_on_again_on_the_next_form(reporter: Reporter) -> None:
    reporter.machine.preferences.write(Preferences(withheld=(Group.PICTURES, Group.COMPUTER)))
    reporter.begin()
    press(reporter, "Switch on: About this computer")
    reporter.qtbot.waitUntil(lambda: reporter.machine.asked[-1] == "facts")
    press(reporter, "Switch on: Pictures of the screen")
    reporter.qtbot.waitUntil(lambda: reporter.leaves().startswith("1 picture, this computer."))
    assert reporter.machine.taken == [False]
    assert reporter.window.isVisible()
    assert reporter.machine.preferences.read().withheld == ()
    reporter.wait_for_files()
    body = finish(reporter)
    assert [file.name for file in body.files] == ["screen-1.png"]
    assert [fact.value for fact in body.device.facts] == ["Debian 12"]


def test_what_the_administrator_forbids_is_said_and_not_taken(reporter: Reporter) -> None:
    reporter.machine.policy = CapturePolicy(screenshots=False, error_text=False, facts=False)
    QGuiApplication.clipboard().setText(ERROR)
    reporter.begin()
    QGuiApplication.clipboard().clear()
    words = reporter.words()
    assert "Your administrator has switched pictures off." in words
    assert "Your administrator has switched error text off." in words
    assert "Your administrator has switched the details of this computer off." in words
    press(reporter, "See all")
    switches = [b for b in along(reporter).findChildren(QAbstractButton) if b.isVisible() and b.text() != "See less"]
    assert switches
    assert not any(switch.isEnabled() for switch in switches)
    body = finish(reporter)
    assert (body.files, body.error_text, body.device.facts) == ((), "", ())
    assert (reporter.machine.taken, reporter.machine.asked) == ([], [])


def test_facts_that_are_kept_back_are_named(reporter: Reporter) -> None:
    reporter.machine.policy = CapturePolicy(never_facts=frozenset(("os",)))
    reporter.begin()
    press(reporter, "See all")
    reporter.qtbot.waitUntil(lambda: "Your administrator keeps back: os." in reporter.words())
    assert "Debian 12" not in reporter.words()


def test_what_is_unusual_stands_on_top_with_its_reason(reporter: Reporter) -> None:
    full = Fact(key="disk", label="Disk", value="3 % free", unusual="disk almost full")
    reporter.machine.facts = (*reporter.machine.facts, full)
    reporter.begin()
    press(reporter, "See all")
    reporter.qtbot.waitUntil(lambda: "Disk: 3 % free (disk almost full)" in reporter.words())
    words = reporter.words()
    assert words.index("Disk: 3 %") < words.index("System: Debian 12")


def test_all_that_leaves_is_seen_however_much_there_is(reporter: Reporter) -> None:
    long = tuple(Fact(key=f"one{number}", label=f"One {number}", value="x" * 480) for number in range(20))
    reporter.machine.facts = (*long, Fact(key="last", label="Last", value="the end"))
    reporter.begin()
    press(reporter, "See all")
    reporter.qtbot.waitUntil(lambda: "Last: the end" in reporter.words())
    assert reporter.words().count("x" * 480) == 20


def test_no_two_controls_share_a_key_when_all_is_open(reporter: Reporter) -> None:
    QGuiApplication.clipboard().setText(ERROR)
    reporter.begin()
    QGuiApplication.clipboard().clear()
    press(reporter, "See all")
    press(reporter, "Another device")
    buttons = [one for one in reporter.window.findChildren(QAbstractButton) if one.isVisible()]
    keys = [found.group(1).lower() for one in buttons if (found := re.search(r"(?<!&)&(\w)", one.text()))]
    assert sorted(keys) == sorted(set(keys))


def test_the_systems_log_is_read_when_asked_and_offered_with_its_origin(reporter: Reporter) -> None:
    reporter.begin()
    press(reporter, "See all")
    assert "log" not in reporter.machine.asked
    press(reporter, "Look in the system's log")
    reporter.qtbot.waitUntil(lambda: "System log, 09:58, gimp" in reporter.words())
    assert "1 error of the whole system in the last 15 minutes." in reporter.words()
    assert "error text" not in reporter.leaves()
    press(reporter, "System log, 09:58, gimp")
    assert "error text" in reporter.leaves()
    assert finish(reporter).error_text == "System log, 09:58, gimp:\nsegfault at 0"


def test_all_text_on_a_picture_is_shown_on_request_or_when_it_goes_along(reporter: Reporter) -> None:
    said = "\n".join(["Error 0x80070005", *(f"cell {number}" for number in range(100))])
    short = "Error 0x80070006\nin two lines"
    now = datetime(2026, 3, 2, tzinfo=UTC)
    reporter.begin()
    press(reporter, "See all")
    offers = [("All", said), ("Found", short)]
    along(reporter).errors.texts.offer(
        [ErrorText(origin=Origin.PICTURE, label=label, text=text, at=now) for label, text in offers]
    )
    assert said not in reporter.words()
    assert short in reporter.words()
    press(reporter, "All")
    assert said in reporter.words()
    press(reporter, "All")
    assert said not in reporter.words()
    press(reporter, "Show all of it: All")
    assert said in reporter.words()


def test_nothing_moves_under_the_hand_when_results_arrive(reporter: Reporter) -> None:
    reporter.window.begin(reporter.machine.capture().take())
    reporter.qtbot.waitUntil(reporter.window.isActiveWindow)
    QApplication.processEvents()
    watched = [*reporter.window.findChildren(Questions), *reporter.window.findChildren(SentenceEdit), *reporter.tiles()]
    before = [widget.geometry() for widget in watched]
    reporter.wait_for_files()
    reporter.qtbot.waitUntil(lambda: all(not tile._picture.pixmap().isNull() for tile in reporter.tiles()))
    reporter.qtbot.waitUntil(lambda: along(reporter).computer.facts is not None)
    assert [widget.geometry() for widget in watched] == before


def test_a_draft_keeps_what_was_switched_off(reporter: Reporter) -> None:
    draft = replace(reporter.desk.new_draft(), summary="It is slow", withheld=(Group.COMPUTER,))
    reporter.desk.save_draft(draft).result()
    reporter.begin()
    assert "Details of this computer are off." in reporter.words()
    reporter.press(Qt.Key.Key_Return)
    reporter.qtbot.waitUntil(lambda: bool(entries(reporter.desk)))
    body = entries(reporter.desk)[0].operation.file_ticket
    assert body is not None
    assert body.device.facts == ()
