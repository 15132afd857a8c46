"""Faster help: what is free comes first, and what costs is decided by whose turn it is."""

from pytestqt.qtbot import QtBot

from desktop.tickets.people import Role
from desktop.ui.tickets.escalation_card import EscalationCard
from tests.ui.conftest import Join
from tests.ui.machine import Machine, MondayMorning
from tests.ui.provider import Provider, deliver, entries
from tests.ui.reader import Reader


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
    assert not any("agree" in words for words in reader.offered())

    alternate, designee = join("Ben Hall", Role.ALTERNATE), join("Cleo Marsh", Role.IT_DESIGNEE)
    reader.use(alternate, ticket)
    assert "asked for faster help" in reader.words()
    assert not any("agree" in words for words in reader.offered())
    reader.use(designee, ticket)
    reader.press("Agree to $150")
    reader.wait_for("agreed to faster help")
    view = designee.ticket(ticket)
    assert view is not None
    assert view.ticket.priority == "p2"
