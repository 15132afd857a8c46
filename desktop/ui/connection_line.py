"""One line on whether the help desk can be reached, and what waits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.desk import ConnectionState
from desktop.ui import phrases
from desktop.ui.controls import push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, quieten


class ConnectionLine(QWidget):
    """Words on the connection, with the one button that helps.

    Signals:
        connect_wanted, waiting_wanted: the person pressed the button.
    """

    connect_wanted = Signal()
    waiting_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainText()
        quieten(self._words)
        self._connect = push("&Connect…")
        self._waiting = push("What w&aits…")
        self._connect.clicked.connect(self.connect_wanted)
        self._waiting.clicked.connect(self.waiting_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._waiting)
        row.addWidget(self._connect)

    def show_connection(self, state: ConnectionState, provider: str) -> None:
        """Show how it stands."""
        self._words.show_text(" ".join(sentences(state, provider)))
        self._connect.setVisible(state.wants_code)
        self._waiting.setVisible(state.waiting + state.attention > 0)


def sentences(state: ConnectionState, provider: str) -> tuple[str, ...]:
    """The connection in a sentence or two: why it does not work, then what waits for it."""
    told = []
    if not state.connected:
        told.append("This computer is not connected to a help desk yet.")
    elif state.trouble is not None:
        told.append(phrases.reason(state.trouble) if state.waiting else state.trouble.sentence)
    if state.attention:
        told.append(f"{phrases.things(state.attention, 'thing needs', 'things need')} your attention.")
    if state.waiting:
        told.append(
            f"{phrases.things(state.waiting, 'thing is', 'things are')} saved here and not with {provider} yet."
        )
    if not told and state.online:
        told.append(f"Everything is with {provider}.")
    return tuple(told)
