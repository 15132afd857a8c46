"""A ticket on which others have said something stands out until the person has had it open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.tickets.list_model import TicketListModel
from tests.ui.provider import Provider, deliver
from tests.ui.reader import Reader


def unread(reader: Reader) -> dict[str, bool]:
    return {row.ticket: row.unread for row in reader.desk.tickets().rows}


def spoken(model: TicketListModel, ticket: str) -> str:
    index = model.index(model.row_of(ticket), 0)
    return str(model.data(index, int(Qt.ItemDataRole.AccessibleTextRole)))


def test_an_answer_is_news_until_the_ticket_is_open(reader: Reader, provider: Provider) -> None:
    first, second = reader.file("The printer jams"), reader.file("The beamer is dark")
    assert unread(reader) == {first: False, second: False}
    provider.say(first, "Please restart it.")
    provider.say(second, "Is the lamp on?")
    deliver(reader.desk)
    assert unread(reader) == {first: True, second: True}
    reader.open(first)
    reader.qtbot.waitUntil(reader.window.isActiveWindow)
    reader.qtbot.waitUntil(lambda: not unread(reader)[first])
    model = reader.list()._model
    reader.qtbot.waitUntil(lambda: not spoken(model, first).startswith("New answer"))


def test_it_is_said_aloud_and_stays_while_another_window_is_in_front(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    reader.open(ticket)
    reader.qtbot.waitUntil(reader.window.isActiveWindow)
    other = QWidget()
    reader.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    reader.qtbot.waitUntil(lambda: other.isActiveWindow() and not reader.window.isActiveWindow())
    provider.say(ticket, "Please restart it.")
    deliver(reader.desk)
    reader.settle()
    assert "Please restart it." in reader.words()
    assert spoken(reader.list()._model, ticket).startswith("New answer: The printer jams")
    assert unread(reader)[ticket]
    reader.window.activateWindow()
    reader.qtbot.waitUntil(lambda: not unread(reader)[ticket])


def test_ones_own_words_are_no_news_and_the_next_answer_is(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.say(ticket, "Please restart it.")
    deliver(reader.desk)
    reader.desk.have_open(ticket).result()
    reader.desk.reply(ticket, "I have.").result()
    deliver(reader.desk)
    assert not unread(reader)[ticket]
    provider.say(ticket, "And now?")
    deliver(reader.desk)
    assert unread(reader)[ticket]


def test_what_was_said_before_this_computer_was_connected_is_no_news(reader: Reader, provider: Provider) -> None:
    ticket = reader.file("The printer jams")
    provider.say(ticket, "Please restart it.")
    deliver(reader.desk)
    reader.desk._store.write(lambda tx: tx.settings.save_value("seen since", "")).result()
    assert unread(reader)[ticket]
    reader.desk._store.write(lambda tx: tx.seen.begin()).result()
    assert not unread(reader)[ticket]
