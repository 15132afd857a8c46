"""What stays in the tray, with all its parts but the system's hot keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.hot_key.combination import Combination
from desktop.ui.hot_key.handler import HotKey, HotKeyTaken
from desktop.ui.resident import Resident
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.settings.window import SettingsWindow
from desktop.ui.tray import Tray
from tests.ui.machine import Machine, MondayMorning


class KeyOfTests(HotKey):
    """A key that another program has when it is `taken`."""

    taken = ""

    def __init__(self) -> None:
        super().__init__()
        self.registered: list[str] = []

    def register(self, combination: Combination) -> None:
        if str(combination) == self.taken:
            raise HotKeyTaken(f"Another program already uses {combination}.")
        self.registered = [str(combination)]

    def release(self) -> None:
        self.registered = []


class House:
    """A resident with all its parts."""

    def __init__(self, desk: Desk, clock: MondayMorning, machine: Machine, home: Path) -> None:
        self.key = KeyOfTests()
        self.machine = machine
        self.quits: list[bool] = []
        self.tray = Tray()
        self.preferences = PreferenceFile(home / "windows.json")
        self.open_desk: Callable[[], Desk] = lambda: desk
        self.has_tray = True
        self._clock = clock
        self.resident: Resident | None = None

    def _open(self) -> Desk:
        return self.open_desk()

    def settings(self) -> SettingsWindow:
        """Open the settings, as the tray does."""
        self.tray.settings_wanted.emit()
        return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, SettingsWindow))

    def start(self) -> Resident:
        self.resident = Resident(
            open_desk=self._open,
            capture=self.machine.capture(),
            clock=self._clock,
            bridge=Bridge(),
            tray=self.tray,
            hot_key=self.key,
            preferences=self.preferences,
            demo=False,
            has_tray=self.has_tray,
            quit_all=lambda: self.quits.append(True),
        )
        self.resident.start()
        return self.resident


def shown(kind: type) -> bool:
    return any(isinstance(widget, kind) and widget.isVisible() for widget in QApplication.topLevelWidgets())
