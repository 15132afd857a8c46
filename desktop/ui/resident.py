"""What stays in the tray and opens the windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QMessageBox

from desktop.tickets.clock import Clock
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Changed
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.hot_key.combination import read_combination
from desktop.ui.hot_key.handler import HotKey, HotKeyTaken
from desktop.ui.overlay.sign import Cue
from desktop.ui.overlay.step_aside import UNCOVER, StepAside
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.shutter import Shutter
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.tray import Tray
from desktop.ui.windows import Windows

if TYPE_CHECKING:
    from desktop.desk import Desk

NEW = "new"
TICKETS = "tickets"
WAITING = "waiting"
CONNECT = "connect"
"""What a person, a key or a later start can wish for."""

_MENU_GONE = UNCOVER
"""Milliseconds until the tray's menu, which some desktops fade out, is off the screen."""

_SHOWN = 100
"""Milliseconds in which the first window is on the screen: what talks to the help desk loads after that."""


class Resident(QObject):
    """What runs in the tray. Tells nothing to anyone until the tickets are open, but takes wishes at once."""

    def __init__(
        self,
        *,
        open_desk: Callable[[], Desk],
        capture: Capture,
        clock: Clock,
        bridge: Bridge,
        tray: Tray,
        hot_key: HotKey,
        preferences: PreferenceFile,
        demo: bool,
        has_tray: bool,
        quit_all: Callable[[], None],
    ) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._capture = capture
        self._clock = clock
        self._bridge = bridge
        self._tray = tray
        self._hot_key = hot_key
        self._preferences = preferences
        self._demo = demo
        self._has_tray = has_tray
        self._quit = quit_all
        self._desk: Desk | None = None
        self._windows: Windows | None = None
        self._settings: QObject | None = None
        self._box: QMessageBox | None = None
        self._wishes: list[tuple[str, Taken]] = []
        self._hot_key_state = ""
        self._key_taken = ""
        self._has_key = False
        self._aside = StepAside(self)
        self._shutter = Shutter(bridge, self._aside, self)
        self._cue = Cue()
        hot_key.pressed.connect(lambda: self.want(NEW))
        tray.new_wanted.connect(lambda: QTimer.singleShot(_MENU_GONE, self, lambda: self.want(NEW)))
        tray.tickets_wanted.connect(lambda: self.want(TICKETS))
        tray.waiting_wanted.connect(lambda: self.want(WAITING))
        tray.connect_wanted.connect(lambda: self.want(CONNECT))
        tray.settings_wanted.connect(self._show_settings)
        tray.quit_wanted.connect(quit_all)
        bridge.changed.connect(self._refresh)

    def start(self) -> None:
        """Show the tray, ask the system for the hot key, and open the tickets beside that."""
        if self._has_tray:
            self._tray.show()
        self._register(self._preferences.read().hot_key, aloud=True)
        self._open()

    def see_keys(self, window: QWindow | None) -> None:
        """The keys are with this window of ours now, or with none."""
        self._aside.see_keys(window)

    def want(self, wish: str) -> None:
        """Open a window; for a new ticket the screens are taken first, with no window of ours on them."""
        is_writing = self._windows is not None and self._windows.is_writing
        if wish == NEW and any(waiting == NEW for waiting, _ in self._wishes):
            return
        if wish == NEW and not is_writing:
            self._aside.run(self._take_screens, stays=True)
        else:
            self._want(wish, Taken())

    def _take_screens(self) -> None:
        self._shutter.take(self._capture, Capture.take, self._see)

    def _see(self, take: Callable[[], Taken]) -> None:
        try:
            taken = take()
        finally:
            self._aside.come_back()
        self._want(NEW, taken)  # over the windows that have come back
        if taken.pictures and self._preferences.read().cue:
            self._cue.flash()

    def _want(self, wish: str, taken: Taken) -> None:
        if self._windows is None:
            self._wishes.append((wish, taken))
        else:
            self._grant(self._windows, wish, taken)

    def stop(self) -> None:
        """Close the windows, while there still is an application for them, and give everything back."""
        if self._windows is not None:
            self._windows.close()
        for other in (self._settings, self._box):
            if other is not None:
                other.deleteLater()
        self._cue.hide()
        self._hot_key.release()
        self._tray.hide()
        self._bridge.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _open(self) -> None:
        self._bridge.run(self, self._open_desk, self._take, self._complain)

    def _take(self, desk: Desk) -> None:
        self._desk = desk
        self._capture = self._capture.under(desk.capture_policy)
        self._bridge.listen(desk)
        dialable = not (self._demo and desk.organisation().real)
        self._windows = Windows(desk, self._bridge, self._clock, self._capture, dialable=dialable)
        self._windows.new_wanted.connect(lambda: self.want(NEW))
        self._windows.settings_wanted.connect(self._show_settings)
        self._windows.say_of_key(self._key_taken)
        self._refresh(Changed(everything=True))
        wishes, self._wishes = self._wishes, []
        for wish, taken in wishes:
            self._grant(self._windows, wish, taken)
        is_wanted = bool(wishes) or self._aside.is_aside
        if not is_wanted and not self._has_tray:
            self._windows.tickets()
        if not is_wanted and desk.account() is None:
            self._windows.connect_to_provider()
        QTimer.singleShot(_SHOWN, self, lambda: self._go_on(desk))

    def _go_on(self, desk: Desk) -> None:
        """What the first window does not need: what talks to the help desk, and what sees the network come back."""
        from desktop.ui.network_hint import NetworkHint

        desk.start()
        hint = NetworkHint(self)
        hint.came_back.connect(desk.wake)

    def _complain(self, trouble: Trouble) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, trouble.title, trouble.sentence)
        again = box.addButton("&Try again", QMessageBox.ButtonRole.AcceptRole)
        quit_button = box.addButton("&Quit", QMessageBox.ButtonRole.RejectRole)
        again.clicked.connect(self._open)
        quit_button.clicked.connect(self._quit)
        box.setTextFormat(Qt.TextFormat.PlainText)
        self._box = box
        box.open()

    @staticmethod
    def _grant(windows: Windows, wish: str, taken: Taken) -> None:
        if wish == NEW:
            windows.report(taken)
        elif wish == WAITING:
            windows.waiting()
        elif wish == CONNECT:
            windows.connect_to_provider()
        else:
            windows.tickets()

    def _refresh(self, _: Changed) -> None:
        if self._desk is not None:
            self._tray.show_connection(self._desk.connection(), phrases.provider(self._desk.organisation()))

    def _show_settings(self) -> None:
        from desktop.ui.settings.window import SettingsWindow

        window = self._settings
        if not isinstance(window, SettingsWindow):
            window = self._settings = SettingsWindow()
            window.hot_key_chosen.connect(self._choose_hot_key)
            window.cue_chosen.connect(self._choose_cue)
        kept = self._preferences.read()
        if not self._has_key:
            self._register(kept.hot_key)  # the program that had it may be gone
        window.open_anew(kept.hot_key, self._hot_key_state, cue=kept.cue)

    def _choose_cue(self, on: bool) -> None:
        try:
            self._preferences.write(replace(self._preferences.read(), cue=on))
        except Trouble as trouble:
            self._show_settings_state(trouble.sentence)

    def _choose_hot_key(self, combination: str) -> None:
        if not self._register(combination):
            self._keep_hot_key(combination)
            return
        try:
            self._preferences.write(replace(self._preferences.read(), hot_key=combination))
        except Trouble as trouble:
            self._hot_key_state = trouble.sentence
        self._show_settings_state(self._hot_key_state)

    def _keep_hot_key(self, refused: str) -> None:
        """What cannot be had is told, and the key from before goes on."""
        before, why = self._preferences.read().hot_key, self._hot_key_state
        if before and before != refused and self._register(before):
            self._hot_key_state = f"{before} stays your hot key. {why}"
        self._show_settings_state(self._hot_key_state)

    def _show_settings_state(self, words: str) -> None:
        from desktop.ui.settings.window import SettingsWindow

        if isinstance(self._settings, SettingsWindow):
            self._settings.show_state(words)

    def _register(self, combination: str, *, aloud: bool = False) -> bool:
        """Whether that is the hot key now, or none where none is wanted."""
        self._hot_key.release()
        self._has_key, self._key_taken = True, ""
        if not combination:
            self._hot_key_state = "There is no hot key."
        else:
            self._ask_for_key(combination, aloud=aloud)
        if self._windows is not None:
            self._windows.say_of_key(self._key_taken)
        return self._has_key

    def _ask_for_key(self, combination: str, *, aloud: bool) -> None:
        try:
            self._hot_key.register(read_combination(combination))
        except Trouble as trouble:
            self._has_key = False
            self._hot_key_state = trouble.sentence
            self._key_taken = trouble.sentence if isinstance(trouble, HotKeyTaken) else ""
            if aloud and self._has_tray:
                self._tray.say(trouble.title, trouble.sentence)
        else:
            self._hot_key_state = f"{combination} opens a new ticket."
