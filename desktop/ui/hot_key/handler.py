"""The one shape of all hot keys."""

from PySide6.QtCore import QObject, Signal

from desktop.tickets.trouble import Trouble
from desktop.ui.hot_key.combination import Combination


class HotKeyTaken(Trouble):
    """Another program has the combination."""

    title = "Key already used"


class HotKeyUnavailable(Trouble):
    """This system has no way to register a key."""

    title = "No hot key here"


class HotKey(QObject):
    """One key registered with the system; other keys are never seen.

    Abstract in all but name: Qt's metaclass leaves no room for Python's.

    Signals:
        pressed: the person pressed it, in whatever program.
    """

    pressed = Signal()

    def register(self, combination: Combination) -> None:
        """Ask the system for the key, in place of the one before. Raises `HotKeyTaken` or `HotKeyUnavailable`."""
        raise NotImplementedError  # each system's own

    def release(self) -> None:
        """Give the key back; harmless when there is none."""
        raise NotImplementedError  # each system's own


class NoHotKey(HotKey):
    """Where no key can be registered; says why."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._why = why

    def register(self, combination: Combination) -> None:
        raise HotKeyUnavailable(self._why, detail=str(combination))

    def release(self) -> None:
        return None
