"""The icon in the tray: how it stands, and the way to every window."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.ui import phrases
from desktop.ui.icons import icon

if TYPE_CHECKING:
    from desktop.desk import ConnectionState

_LONGEST = 120
"""Characters of a tool tip that every system shows (NOTIFYICONDATA has room for 127)."""


class TrayState(StrEnum):
    """What the icon shows; each is the name of a drawing after `tray-`."""

    IDLE = "idle"
    WAITING = "waiting"
    ATTENTION = "attention"
    OFFLINE = "offline"


def tray_state(state: ConnectionState | None) -> TrayState:
    """What needs the person's eye comes first; before the tickets are open (None) there is nothing to say."""
    if state is None:
        return TrayState.IDLE
    if state.attention:
        return TrayState.ATTENTION
    if not state.connected or state.trouble is not None or not state.online:
        return TrayState.OFFLINE
    return TrayState.WAITING if state.waiting else TrayState.IDLE


class Tray(QObject):
    """The icon with its menu.

    Signals:
        new_wanted, tickets_wanted, waiting_wanted, connect_wanted, settings_wanted, quit_wanted.
    """

    new_wanted = Signal()
    tickets_wanted = Signal()
    waiting_wanted = Signal()
    connect_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(self)
        self._menu = QMenu()
        self._state: TrayState | None = None
        new = self._entry("&New ticket", self.new_wanted)
        self._entry("&My tickets", self.tickets_wanted)
        self._waiting = self._entry("What &waits", self.waiting_wanted)
        self._menu.addSeparator()
        self._entry("&Connect…", self.connect_wanted)
        self._entry("&Settings…", self.settings_wanted)
        self._menu.addSeparator()
        self._entry("&Quit", self.quit_wanted)
        self._menu.setDefaultAction(new)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._open)
        self.show_connection(None, "")

    @staticmethod
    def is_available() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def tool_tip(self) -> str:
        """What is read beside the icon."""
        return self._icon.toolTip()

    def show(self) -> None:
        """Put the icon into the tray."""
        self._icon.show()

    def hide(self) -> None:
        """Take the icon out of the tray."""
        self._icon.hide()

    def show_connection(self, state: ConnectionState | None, provider: str) -> None:
        """Show how it stands."""
        shown = tray_state(state)
        if shown is not self._state:
            self._state = shown
            self._icon.setIcon(icon(f"tray-{shown.value}"))
        words = _words(state, provider)
        self._icon.setToolTip(f"Helptray: {words}"[:_LONGEST])
        count = state.waiting + state.attention if state is not None else 0
        self._waiting.setText(f"What &waits ({count})" if count else "What &waits")

    def say(self, title: str, sentence: str) -> None:
        """Show a passing message at the icon."""
        self._icon.showMessage(title, sentence)

    def _entry(self, words: str, wanted: SignalInstance) -> QAction:
        action = self._menu.addAction(words)
        action.triggered.connect(wanted)
        return action

    def _open(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.new_wanted.emit()


def _words(state: ConnectionState | None, provider: str) -> str:
    if state is None:
        return "starting"
    if state.attention:
        return f"{phrases.things(state.attention, 'thing needs', 'things need')} your attention"
    waiting = phrases.things(state.waiting, "thing waits", "things wait") if state.waiting else ""
    if not state.connected or state.trouble is not None:
        why = "not connected to a help desk" if state.trouble is None else state.trouble.title.lower()
        return f"{why}, {waiting}" if waiting else why
    return waiting or f"everything is with {provider}"
