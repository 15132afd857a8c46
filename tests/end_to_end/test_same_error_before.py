"""A technician is told of the same error before, on this device or in this company, and how it was resolved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.cli.pages import computer_lines
from desktop.same_error import MOST_TOLD
from desktop.tickets.device import Device, Fact
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import Ticket
from tests.conftest import HelpDesk
from tests.end_to_end.conftest import Answer, Terminal

ONE = "Error 1603: A fatal error occurred during installation of C:\\Users\\robin\\setup.msi at 10:03:22"
AGAIN = "ERROR 1603: A fatal error occurred during installation of\n  D:\\New one\\setup.msi at 23:59:01"
OTHER = "Error 1618: A fatal error occurred during installation of C:\\Users\\robin\\setup.msi at 10:03:22"

Command = Callable[..., Answer]


def file(terminal: Terminal, summary: str, *words: str) -> str:
    """The ticket's id, once the help desk has it."""
    ticket = terminal.json("report", "--summary", summary, "--screenshot", "none", *words, "--sync")["ticket"]
    assert isinstance(ticket, str)
    return ticket


def before(terminal: Terminal, ticket: str) -> list[Any]:
    """What a person is told of earlier tickets with the same error."""
    terminal("sync")
    found = terminal.json("show", ticket)["same_error"]
    assert isinstance(found, list)
    return found


def test_the_same_error_is_told_with_what_resolved_it(robin: Terminal, sam: Terminal, relay_command: Command) -> None:
    first = file(robin, "Setup fails", "--error-text", ONE, "--device", "PC-7")
    relay_command("note", first, "Have you tried again?", "--as", "sam@example.com")
    relay_command("note", first, "Removed the old version first.", "--as", "sam@example.com")
    relay_command("set", first, "status=completed")
    file(robin, "Setup fails with another error", "--error-text", OTHER, "--device", "PC-7")
    second = file(robin, "Cannot install", "--error-text", AGAIN, "--device", "pc-7")
    (same,) = before(sam, second)
    assert (same["ticket"], same["number"], same["summary"]) == (first, "1", "Setup fails")
    assert (same["on"], same["resolved"], same["status"]) == ("this device", True, "completed")
    assert (same["resolution"], same["resolved_by"]) == ("Removed the old version first.", "Sam")
    shown = sam("show", second).out
    assert "The same error before:\n  1, on this device" in shown
    assert "Removed the old version first." in shown


def test_what_the_computer_tells_is_shown_to_who_helps_what_is_unusual_first(robin: Terminal, sam: Terminal) -> None:
    ticket = file(robin, "Setup fails")
    facts = robin.json("show", ticket)["facts"]
    sam("sync")
    shown = sam("show", ticket).out
    told = {fact["key"]: fact["value"] for fact in facts}
    heading = f"\nAbout {told['computer']}:\n"
    assert f"System: {told['os']}" in shown.partition(heading)[2]
    unknown = [fact["label"].lower() for fact in facts if fact["value"] == "unknown"]
    assert f"  Not known: {', '.join(unknown)}\n" in shown
    assert shown.partition(heading)[2].count("\n") == len(facts) - len(unknown) + 1
    assert heading not in robin("show", ticket).out


def test_what_is_unusual_of_a_computer_is_marked_and_told_first() -> None:
    facts = (
        Fact(key="os", label="System", value="Debian 12"),
        Fact(key="vpn", label="VPN", value="off (Work)", unusual="VPN off"),
    )
    robin = Person(email="robin@example.com", name="Robin", role=Role.REQUESTER)
    day = datetime(2026, 3, 2, tzinfo=UTC)
    device = Device(name="PC-7", facts=facts)
    ticket = Ticket(id="t", requester=robin, summary="x", made_at=day, updated_at=day, device=device)
    assert computer_lines(ticket) == ["", "About PC-7:", "! VPN: off (Work)", "  System: Debian 12"]
    assert computer_lines(replace(ticket, device=Device(name="PC-7"))) == []


def test_what_was_said_after_it_was_over_resolved_nothing(
    robin: Terminal, sam: Terminal, relay_command: Command
) -> None:
    first = file(robin, "Setup fails", "--error-text", ONE)
    relay_command("note", first, "Removed the old version.", "--as", "sam@example.com")
    relay_command("set", first, "status=completed")
    relay_command("note", first, "You are welcome.", "--as", "sam@example.com")
    (same,) = before(sam, file(robin, "Again", "--error-text", AGAIN))
    assert same["resolution"] == "Removed the old version."


def test_an_open_ticket_is_told_without_a_resolution(robin: Terminal, sam: Terminal, relay_command: Command) -> None:
    first = file(robin, "Setup fails", "--error-text", ONE, "--device", "PC-7")
    relay_command("note", first, "Looking at it.", "--as", "sam@example.com")
    second = file(robin, "Again", "--error-text", AGAIN, "--device", "PC-8")
    (same,) = before(sam, second)
    assert (same["on"], same["resolved"], same["resolution"]) == ("this company", False, None)
    assert before(sam, first) == []


def test_this_device_comes_first_and_not_all_are_told(robin: Terminal, sam: Terminal) -> None:
    here = file(robin, "First", "--error-text", ONE, "--device", "PC-7")
    for number in range(MOST_TOLD + 1):
        file(robin, f"Elsewhere {number}", "--error-text", ONE, "--device", f"PC-9{number}")
    found = before(sam, file(robin, "Again", "--error-text", AGAIN, "--device", "PC-7"))
    assert len(found) == MOST_TOLD
    assert found[0]["ticket"] == here


def test_an_error_among_the_details_counts_and_prose_does_not(robin: Terminal, sam: Terminal) -> None:
    first = file(robin, "Setup fails", "--details", f"I wanted to install it and then\n{ONE}\nWhat now?")
    file(robin, "Something", "--details", "It will not install and I do not know why")
    assert [one["ticket"] for one in before(sam, file(robin, "Again", "--error-text", AGAIN))] == [first]
    assert before(sam, file(robin, "Thing", "--details", "It will not install and I do not know why")) == []


def test_the_same_code_is_found_however_it_was_written(robin: Terminal, sam: Terminal) -> None:
    first = file(robin, "Denied", "--error-text", "Access is denied. HRESULT: -2147024891")
    second = file(robin, "Again", "--error-text", "Access is denied. HRESULT: 0x80070005")
    assert [one["ticket"] for one in before(sam, second)] == [first]


@pytest.mark.parametrize("origin", ["Read from the picture Screen 2", "System log, 14:03, setup.exe"])
def test_the_same_error_is_found_wherever_it_was_taken_from(robin: Terminal, sam: Terminal, origin: str) -> None:
    copied = file(robin, "Setup fails", "--error-text", ONE)
    taken = file(robin, "Again", "--error-text", f"{origin}:\n{AGAIN}")
    assert [one["ticket"] for one in before(sam, taken)] == [copied]
    last = file(robin, "And again", "--error-text", ONE)
    assert {one["ticket"] for one in before(sam, last)} == {copied, taken}


def test_what_an_error_is_called_above_its_words_tells_it_from_others(robin: Terminal, sam: Terminal) -> None:
    file(robin, "Reports", "--error-text", "Could not load the module reports:\nAccess is denied. HRESULT: 0x80070005")
    other = file(
        robin, "Bills", "--error-text", "Could not load the module bills:\nAccess is denied. HRESULT: 0x80070005"
    )
    assert before(sam, other) == []


def test_requesters_are_not_told(robin: Terminal) -> None:
    file(robin, "Setup fails", "--error-text", ONE)
    assert before(robin, file(robin, "Again", "--error-text", AGAIN)) == []


@pytest.mark.parametrize("extra", [(), ("--confidential",)])
def test_nothing_of_another_company_is_told(
    robin: Terminal,
    sam: Terminal,
    help_desk: HelpDesk,
    relay_command: Command,
    terminal_at: Callable[[str], Terminal],
    extra: tuple[str, ...],
) -> None:
    assert relay_command("company", "add", "Other Ltd").code == 0
    code = help_desk.code("olga@other.example", Role.REQUESTER, "Other Ltd")
    other = terminal_at("olga")
    assert other("enrol", help_desk.url, code).code == 0
    file(other, "Setup fails", "--error-text", ONE, "--device", "PC-7", *extra)
    assert before(sam, file(robin, "Again", "--error-text", AGAIN, "--device", "PC-7")) == []


def test_what_a_colleague_resolved_is_told_until_it_is_opened_again(
    robin: Terminal,
    sam: Terminal,
    help_desk: HelpDesk,
    relay_command: Command,
    terminal_at: Callable[[str], Terminal],
) -> None:
    theo = terminal_at("theo")
    assert theo("enrol", help_desk.url, help_desk.code("theo@example.com", Role.TECHNICIAN, "")).code == 0
    first = file(robin, "Setup fails", "--error-text", ONE, "--device", "PC-7")
    relay_command("set", first, "assignee=sam@example.com")
    second = file(robin, "Cannot install", "--error-text", AGAIN, "--device", "PC-7")
    assert before(theo, second) == [], "what Sam works on is not Theo's to read"
    sam("sync")
    assert sam("note", first, "Removed the old version first.").code == 0
    assert sam("set", first, "status=completed").code == 0
    sam("sync")
    (same,) = before(theo, second)
    assert (same["ticket"], same["on"], same["resolved"]) == (first, "this device", True)
    assert (same["resolution"], same["resolved_by"]) == ("Removed the old version first.", "Sam")
    assert [row["ticket"] for row in theo.json("tickets")] == [second]
    assert first in [row["ticket"] for row in theo.json("tickets", "--search", "setup")]
    refused = theo("note", first, "And?")
    assert (refused.code, "colleague" in refused.err) == (2, True)
    assert robin("reopen", first, "It is back").code == 0
    robin("sync")
    assert before(theo, second) == []
    assert theo("show", first).code == 2
    assert [same["ticket"] for same in before(sam, second)] == [first]
