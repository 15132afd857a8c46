"""What a technician reads first: the same error before, and what the computer tells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.tickets.device import Device, Fact
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import Ticket
from desktop.tickets.view import Mark, TicketView
from desktop.ui import phrases
from desktop.ui.plain_text import PlainText
from desktop.ui.tickets.facts_panel import FactsPanel
from desktop.ui.tickets.same_error_card import SameErrorCard
from tests.ui.provider import Provider, deliver
from tests.ui.reader import Reader

ONE = "Error 1603: A fatal error occurred during installation of C:\\Users\\ada\\setup.msi at 10:03:22"
AGAIN = "ERROR 1603: A fatal error occurred during installation of\nD:\\New one\\setup.msi at 23:59:01"
FULL = Fact(key="memory", label="Memory", value="0.2 GB free of 8.0 GB", unusual="memory nearly used up")
PC = Device(
    name="PC-7",
    facts=(Fact(key="os", label="System", value="Debian 12"), Fact(key="disk", label="Free disk", value="1 GB"), FULL),
)


def file(desk: Desk, summary: str, error: str) -> str:
    draft = replace(desk.new_draft(), summary=summary, error_text=error, device=PC, written_on=PC.name)
    ticket = desk.file_ticket(draft).result().ticket
    deliver(desk)
    return ticket


@pytest.fixture
def technician(join: Callable[..., Desk]) -> Desk:
    return join("Tess Novak", Role.TECHNICIAN)


def test_the_same_error_before_with_what_resolved_it_is_one_click_away(
    reader: Reader, provider: Provider, technician: Desk
) -> None:
    first = file(reader.desk, "Setup fails", ONE)
    provider.say(first, "Removed the old version first.")
    provider.change(first, status="completed")
    second = file(reader.desk, "Cannot install", AGAIN)
    reader.use(technician, second)
    reader.wait_for("The same error before")
    assert "On this device" in reader.words()
    assert "Sam Ortiz: Removed the old version first." in reader.words()
    view = technician.ticket(first)
    assert view is not None
    reader.press(f"Open {view.ticket.number}")
    reader.wait_for(f"Number {view.ticket.number}")
    card = reader.window.findChild(SameErrorCard)
    assert card is not None
    reader.qtbot.waitUntil(lambda: not card.isVisible())


def test_many_words_of_earlier_tickets_leave_room_for_what_is_unusual(
    reader: Reader, provider: Provider, technician: Desk
) -> None:
    long = "Rindfleischetikettierung " * 7
    first = file(reader.desk, long, ONE)
    provider.say(first, f"Removed the old version. {long * 8}")
    provider.change(first, status="completed")
    reader.use(technician, file(reader.desk, "Cannot install", AGAIN))
    reader.wait_for("The same error before")
    card, facts = reader.window.findChild(SameErrorCard), reader.window.findChild(FactsPanel)
    assert card is not None
    assert facts is not None
    assert "Sam Ortiz: Removed the old version." in reader.words()
    reader.qtbot.waitUntil(lambda: 0 < card.height() <= 14 * card.fontMetrics().lineSpacing())
    assert facts.y() < card.y(), "what comes later moves nothing"


def test_what_is_unusual_is_read_first(reader: Reader, technician: Desk) -> None:
    reader.use(technician, file(reader.desk, "Setup fails", ONE))
    reader.wait_for("Memory: 0.2 GB free of 8.0 GB (memory nearly used up)")
    assert "Debian 12" not in reader.words()


@pytest.mark.parametrize(
    ("label", "value", "why", "read"),
    [
        ("VPN", "off (Work)", "VPN off", "VPN: off (Work)"),
        ("Help desk", "not reached (refused)", "help desk not reached", "Help desk: not reached (refused)"),
        ("Free disk", "3 GB (3% free)", "disk almost full", "Free disk: 3 GB (3% free, disk almost full)"),
        ("Restart", "needed by libc6", "restart pending", "Restart: needed by libc6 (restart pending)"),
        ("Gateway", "none", "no way out of the network", "Gateway: none (no way out of the network)"),
    ],
)
def test_why_a_fact_is_unusual_is_said_once(label: str, value: str, why: str, read: str) -> None:
    assert phrases.unusual(Fact(key="one", label=label, value=value, unusual=why)) == read


def test_what_the_computer_tells_is_folded_until_asked_for(reader: Reader, technician: Desk) -> None:
    reader.use(technician, file(reader.desk, "Setup fails", ONE))
    reader.wait_for("Setup fails")
    assert "Free disk: 1 GB" not in reader.words()
    reader.press("About PC-7")
    reader.wait_for("System: Debian 12\nFree disk: 1 GB")


def panel(qtbot: QtBot, *facts: Fact, name: str = "PC-7") -> FactsPanel:
    """The facts of a ticket as any program may have told them, open."""
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    ticket = Ticket(
        id="t",
        requester=Person(email="a@b.example"),
        summary="x",
        made_at=now,
        updated_at=now,
        device=Device(name=name, facts=facts),
    )
    shown = FactsPanel()
    qtbot.addWidget(shown)
    shown.show_ticket(TicketView(ticket=ticket, mark=Mark.CONFIRMED))
    shown.resize(600, 400)
    shown.show()
    shown.findChildren(QPushButton)[0].click()
    return shown


def words(shown: FactsPanel) -> list[str]:
    return [one.toPlainText() for one in shown.findChildren(PlainText) if one.isVisible()]


def fact(key: str, value: str, unusual: str = "", label: str = "") -> Fact:
    return Fact(key=key, label=label or key, value=value, unusual=unusual)


def test_facts_stand_in_one_order_whoever_told_them(qtbot: QtBot) -> None:
    told = (
        fact("toner", "2 %", "almost empty"),
        fact("os", "Debian"),
        fact("vpn", "off", "VPN off"),
        fact("computer", "PC-7"),
        fact("serial", "unknown", label="Serial number"),
        fact("disk", "1 GB", "disk almost full"),
        fact("domain", "", label="Domain"),
        fact("coffee", "cold"),
        fact("uptime", "41 days", "not restarted for over a month"),
    )
    assert words(panel(qtbot, *told)) == [
        "disk: 1 GB (disk almost full)\nuptime: 41 days (not restarted for over a month)\n"
        "vpn: off\ntoner: 2 % (almost empty)",
        "computer: PC-7\nos: Debian\ncoffee: cold\nNot known: domain, serial number",
    ]


def test_what_other_programs_tell_of_a_computer_stays_within_its_place(qtbot: QtBot) -> None:
    """Long, many, of several lines: each fact is one line, the first twelve are read first, and all can be read."""
    many = [fact(f"one{number}", "x" * 900, "because") for number in range(40)]
    shown = panel(qtbot, fact("two", "a\nSerial number: FORGED"), *many, name="R&D" * 300)
    first, rest = words(shown)
    assert first.count("\n") == 11
    assert all(len(line) <= 200 for line in first.splitlines())
    assert rest.count("x" * 900) == 40, "the whole of each is unfolded"
    assert "two: a Serial number: FORGED" in rest.splitlines()
    assert shown.minimumSizeHint().width() < 700
    assert "About R&&DR&&D" in shown.findChildren(QPushButton)[0].text(), "no letter becomes a key"


def test_a_requester_reads_neither(reader: Reader) -> None:
    file(reader.desk, "Setup fails", ONE)
    reader.open(file(reader.desk, "Cannot install", AGAIN))
    reader.wait_for("Number ")
    card = reader.window.findChild(SameErrorCard)
    assert card is not None
    assert card._ticket is None, "nothing is looked for"
    assert "about pc-7" not in reader.offered()


def test_somebody_elses_open_ticket_is_not_taken_for_ones_own(reader: Reader, technician: Desk) -> None:
    theirs = file(reader.desk, "Setup fails on the counter", ONE)
    deliver(technician)
    assert technician.ticket(theirs) is not None
    assert technician.look_alike("Cannot install", AGAIN) is None
    assert technician.look_alike("Setup fails on the counter") is None
    mine = file(technician, "Mine fails too", AGAIN)
    found = technician.look_alike("Cannot install", ONE)
    assert found is not None
    assert found.ticket.id == mine
