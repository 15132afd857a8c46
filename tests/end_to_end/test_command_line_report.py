"""`helptray report`: what goes along, what is refused, and what only costs a sentence."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from desktop.capture.active_program import Program
from desktop.capture.error_text.offered import ErrorText, Origin, RecentErrors
from desktop.capture.report import SCREEN
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.cli.arguments import build_parser
from desktop.cli.report import report
from desktop.desk import Desk
from desktop.store.store import Store
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Device
from desktop.tickets.draft import Group
from desktop.tickets.operations import Kind
from desktop.tickets.profile import parse_profile
from desktop.tickets.view import TicketView
from desktop.ui.settings.preferences import PreferenceFile, Preferences
from tests.conftest import HelpDesk
from tests.end_to_end.conftest import Answer, Terminal
from tests.reading.drawn import Drawn

ERROR = "Fatal error: 0x80070035"


class TwoScreens(ThisComputer):
    """This computer, with two small screens and an error on its clipboard."""

    copied = ERROR
    shots: tuple[Screenshot, ...] = ()
    logged = RecentErrors(says="Not asked.")

    def recent_errors(self, program: Program | None) -> RecentErrors:
        return self.logged

    def screens(self) -> Screens:
        drawn = tuple(
            Screenshot(
                label=f"Screen {place}",
                pixels=memoryview(bytes((place, 0, 0, 0)) * 4),
                width=2,
                height=2,
                monitor=Monitor(area=Rectangle(0, 0, 2, 2)),
                is_active=place == 2,
            )
            for place in (1, 2)
        )
        return Screens(self.shots or drawn)

    def clipboard(self) -> str:
        return self.copied


@pytest.fixture
def computer() -> TwoScreens:
    return TwoScreens(Surroundings.here(), SystemClock())


@pytest.fixture
def desk(tmp_path: Path, computer: TwoScreens) -> Iterator[Desk]:
    clock, random = SystemClock(), Random()
    store = Store.open(tmp_path / "home", bytes(32), clock=clock, random=random, parse=parse_profile)
    worker = Worker(store, tmp_path / "home", clock=clock, random=random)
    desk = Desk(store, worker, computer, clock, random)
    yield desk
    worker.stop()
    desk.close()
    store.close()


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["report", "--summary", "No sound", *words])


def written(desk: Desk, *words: str) -> TicketView:
    """The ticket that a report with these words makes."""
    view = desk.ticket(report(desk, typed(*words)).value["ticket"])
    assert view is not None
    return view


def files(view: TicketView) -> list[str]:
    return [shown.attachment.name for shown in view.attachments]


def test_pictures_go_along_only_when_they_are_asked_for(desk: Desk) -> None:
    assert files(written(desk)) == []
    assert files(written(desk, "--screenshot", "active")) == ["Screen 2.png"]
    assert files(written(desk, "--screenshot", "all")) == ["Screen 1.png", "Screen 2.png"]


@pytest.mark.parametrize("is_off", [True, False])
def test_what_was_switched_off_in_the_windows_is_off_here_too(terminal: Terminal, is_off: bool) -> None:
    withheld = (Group.COMPUTER,) if is_off else ()
    terminal.home.mkdir()
    PreferenceFile.of(terminal.home).write(Preferences(withheld=withheld))
    answer = terminal("report", "--summary", "No sound", "--error-text", ERROR)
    assert ("Saved without the details of this computer: you have switched them off." in answer.err) is is_off
    reference = terminal.json("tickets")[0]["reference"]
    shown = terminal.json("show", reference)
    assert shown["error_text"] == ERROR, "it was typed for this ticket"
    assert bool(shown["device"]) is not is_off
    assert bool(shown["written_on"]) is not is_off


def test_no_fact_is_even_read_when_they_are_switched_off(desk: Desk, computer: TwoScreens) -> None:
    args = typed()
    args.withheld = (Group.COMPUTER,)
    computer.facts = pytest.fail  # type: ignore[method-assign]  # whoever reads them fails
    view = desk.ticket(report(desk, args).value["ticket"])
    assert view is not None
    assert (view.ticket.device.name, view.ticket.device.facts, view.ticket.written_on) == ("", (), "")


def test_another_device_leaves_this_computer_out(desk: Desk, computer: TwoScreens) -> None:
    view = written(desk, "--device", "PRN-7")
    assert (view.ticket.device.name, view.ticket.device.is_this_computer) == ("PRN-7", False)
    assert view.ticket.device.facts == ()
    assert view.ticket.written_on == computer.name()


def test_another_device_with_the_pictures_that_were_asked_for(desk: Desk) -> None:
    view = written(desk, "--device", "PRN-7", "--screenshot", "all")
    assert not view.ticket.device.is_this_computer
    assert files(view) == ["Screen 1.png", "Screen 2.png"]


def test_pictures_that_were_ticked_before_do_not_leave_for_another_device(desk: Desk) -> None:
    picture, chosen = (
        desk.import_bytes(b"x", name=f"{origin}.png", media_type="image/png", origin=origin, label=origin).result()
        for origin in (SCREEN, "file")
    )
    other = Device(name="PRN-7", is_this_computer=False)
    draft = replace(desk.new_draft(), summary="It eats paper", device=other, files=(picture, chosen))
    view = desk.ticket(desk.file_ticket(draft).result().ticket)
    assert view is not None
    assert files(view) == ["file.png"]


@pytest.mark.parametrize("name", ["", "  ", "this"])
def test_this_computer_by_its_name_or_by_none(desk: Desk, computer: TwoScreens, name: str) -> None:
    view = written(desk, "--device", computer.name().upper() if name == "this" else name)
    assert view.ticket.device.is_this_computer
    assert view.ticket.device.name == computer.name()
    assert view.ticket.device.facts


def test_an_error_is_taken_from_the_clipboard(desk: Desk) -> None:
    assert written(desk, "--error-from", "clipboard").ticket.error_text == ERROR


def test_prose_and_passwords_are_left_on_the_clipboard(desk: Desk, computer: TwoScreens) -> None:
    computer.copied = "correct horse battery staple"
    outcome = report(desk, typed("--error-from", "clipboard"))
    assert outcome.code == 0
    assert outcome.remarks == ["Saved without the clipboard: what is on it does not look like an error message."]
    view = desk.ticket(outcome.value["ticket"])
    assert view is not None
    assert view.ticket.error_text == ""


def test_an_error_is_read_from_the_screen_and_the_rest_of_it_stays_there(desk: Desk, computer: TwoScreens) -> None:
    drawn = Drawn(700, 300)
    drawn.text(20, 20, "Dear anna.schmidt@example.com,")
    drawn.dialog(60, 80, "Microsoft Outlook", ["Cannot open the set of folders.", "Error 0x8004010F"])
    computer.shots = (drawn.screenshot("Screen 1"),)
    view = written(desk, "--error-from", "picture")
    assert view.ticket.error_text == "Microsoft Outlook\nCannot open the set of folders.\nError 0x8004010F"
    assert files(view) == []


def test_a_screen_without_an_error_is_left_alone(desk: Desk, computer: TwoScreens) -> None:
    drawn = Drawn(300, 100)
    drawn.text(20, 20, "Kind regards, Anna")
    computer.shots = (drawn.screenshot("Screen 1"),)
    outcome = report(desk, typed("--error-from", "picture"))
    assert (outcome.code, outcome.value["state"]) == (0, "queued")
    assert outcome.remarks == [
        "Saved without error text from the screen: nothing on it looks like an error message.",
    ]


def test_errors_are_taken_from_the_system_log_with_their_time_and_source(desk: Desk, computer: TwoScreens) -> None:
    at = datetime(2026, 11, 24, 13, 3, tzinfo=UTC)
    logged = ErrorText(origin=Origin.LOG, label="System log, 14:03, disk", text="Bad block", at=at)
    computer.logged = RecentErrors(texts=(logged,), says="1 error of the whole system in the last 15 minutes.")
    assert written(desk, "--error-from", "log").ticket.error_text == "System log, 14:03, disk\nBad block"
    computer.logged = RecentErrors(says="No error of the whole system in the last 15 minutes.")
    outcome = report(desk, typed("--error-from", "log"))
    assert outcome.remarks == [
        "Saved without error text from the system log. No error of the whole system in the last 15 minutes."
    ]


def test_without_a_screen_the_ticket_is_saved_and_says_why_there_is_no_picture(terminal: Terminal) -> None:
    answer = terminal("report", "--summary", "No sound", "--screenshot", "all", "--error-from", "clipboard", "--json")
    assert (answer.code, answer.value["state"]) == (0, "queued")
    assert "Saved without a picture. There is no screen here" in answer.err
    assert "Saved without the clipboard. There is no clipboard here" in answer.err
    assert terminal.json("show", answer.value["reference"])["files"] == []


def test_everything_that_can_be_said_is_on_the_ticket(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Chicago")
    time.tzset()
    (tmp_path / "log.txt").write_text("one\n")
    (tmp_path / "two.txt").write_text("two\n")
    words = ["report", "--summary", "No sound", "--details", "Since nine", "--error-text", "E-42", "--security"]
    words += ["--attach", str(tmp_path / "log.txt"), "--attach", str(tmp_path / "two.txt"), "--device", "PRN-7"]
    words += ["--contact", "phone:555-0100", "--contact", "email: rob@example.com"]
    words += ["--available", "2090-01-24 09:00/12:00", "--available", "2090-07-24T09:00+02:00/2090-07-24T10:00+02:00"]
    words += ["--confidential", "--impact", "group", "--blocked", "workaround", "--planned", "--type", "Printing"]
    try:
        value = terminal.json("show", terminal.json(*words)["reference"])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (value["summary"], value["details"], value["error_text"]) == ("No sound", "Since nine", "E-42")
    assert [file["name"] for file in value["files"]] == ["log.txt", "two.txt"]
    assert value["contact"] == {"phone": "555-0100", "email": "rob@example.com"}
    assert value["available"] == [
        "2090-01-24T15:00:00Z/2090-01-24T18:00:00Z",
        "2090-07-24T07:00:00Z/2090-07-24T08:00:00Z",
    ]
    assert value["device"] == "PRN-7"


def test_what_was_answered_goes_with_it(desk: Desk) -> None:
    words = ["--confidential", "--impact", "group", "--blocked", "workaround", "--planned", "--for", "ann@example.com"]
    done = report(desk, typed(*words))
    [item] = [item for item in desk.waiting() if item.kind is Kind.FILE_TICKET]
    view = desk.ticket(done.value["ticket"])
    assert view is not None
    [entry] = [entry for entry in view.pending if entry.id == item.id]
    filing = entry.operation.file_ticket
    assert filing is not None
    assert (filing.confidential, filing.on_behalf_of) == (True, "ann@example.com")
    assert (filing.answers.impact, filing.answers.blocked, filing.answers.planned) == ("group", "workaround", True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--summary", ""], "one sentence"),
        (["--summary", "\u200b"], "one sentence"),
        (["--attach", "gone.txt"], "no longer there"),
        (["--attach", "."], "Choose a file"),
        (["--attach", "good.txt", "--attach", "gone.txt"], "no longer there"),
        (["--contact", "fax:1"], "is no contact"),
        (["--contact", "phone:"], "is no contact"),
        (["--contact", "email:nobody"], "does not look complete"),
        (["--for", "ann"], "is no e-mail address"),
        (["--available", "tomorrow"], "is no stretch of time"),
        (["--available", "2090-11-24 12:00/09:00"], "ends before it starts"),
        (["--available", "2001-11-24 09:00/12:00"], "already passed"),
        (["--available", "0001-01-01 00:00/00:01"], "stretch of time"),
        (["--device", "x" * 2000], "too long"),
        (["--impact", "all"], "invalid choice"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_saved(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text("good")
    answer = terminal("report", "--summary", "No sound", *words, "--json")
    assert answer.code == 2
    assert says in answer.sentence
    assert terminal.json("tickets") == []
    assert terminal.json("waiting") == []


@pytest.mark.parametrize(
    "summary", ["Bücher 📚", "مشكلة", "bad \udcff byte", "\x1b[31mred\x00", "a\nb\rc", "w" * 300, "e" * 1_000_000]
)
def test_any_text_can_be_reported(terminal: Terminal, summary: str) -> None:
    value = terminal.json("report", "--summary", summary, "--details", summary)
    [row] = terminal.json("tickets")
    assert row["reference"] == value["reference"]
    assert not set(row["summary"]) & {"\n", "\r", "\x00", "\x1b", "\udcff"}


def test_an_emergency_also_says_whom_to_call(robin: Terminal, help_desk: HelpDesk) -> None:
    help_desk.stop()
    told = robin("report", "--summary", "Somebody is in our mail", "--security").out
    assert (
        "Nobody has seen this yet.\nThis may be a matter of security: please call as well.\nCall (312) 555-01" in told
    )
    help_desk.start()
    told = robin("report", "--summary", "Somebody is in our mail again", "--security", "--sync").out
    assert "Nobody has seen" not in told
    assert "Call (312) 555-01" in told


def test_the_priority_is_the_help_desks_once_it_has_answered(
    robin: Terminal, relay_command: Callable[..., Answer]
) -> None:
    value = robin.json("report", "--summary", "Mail is down", "--impact", "everyone", "--blocked", "yes", "--sync")
    assert (value["state"], value["priority"]) == ("done", "p1")
    [line] = relay_command("tickets", "--json").value
    assert (line["ticket"], line["priority"]) == (value["ticket"], "p1")
