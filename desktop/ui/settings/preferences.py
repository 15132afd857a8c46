"""What a person has set about the windows, kept in one small file of their home."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.tickets.draft import Group
from desktop.tickets.trouble import Trouble

DEFAULT_HOT_KEY = "Ctrl+Alt+H"


class NotKept(Trouble):
    """The file cannot be written."""

    title = "Not kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What was set.

    Attributes:
        hot_key: as `Ctrl+Alt+H`; empty for none.
        withheld: the groups that do not go along with new tickets.
        cue: a frame shows for a moment around the screen once its picture has been taken.
    """

    hot_key: str = DEFAULT_HOT_KEY
    withheld: tuple[Group, ...] = ()
    cue: bool = True


_UNKNOWN = Preferences(withheld=tuple(Group))
"""What was set cannot be read: what may have been switched off stays off, and the form offers to switch it on."""


class PreferenceFile:
    """Reads and writes `Preferences`; a file that is missing means the defaults."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, home: Path) -> "PreferenceFile":
        """The file of a home."""
        return cls(home / "windows.json")

    def read(self) -> Preferences:
        """What was set."""
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Preferences()
        except (OSError, ValueError):
            return _UNKNOWN
        if not isinstance(told, dict):
            return _UNKNOWN
        hot_key, withheld = told.get("hot_key"), told.get("withheld", [])
        return Preferences(
            hot_key=hot_key if isinstance(hot_key, str) else DEFAULT_HOT_KEY,
            withheld=tuple(group for group in Group if not isinstance(withheld, list) or group.value in withheld),
            cue=told.get("cue") is not False,
        )

    def write(self, preferences: Preferences) -> None:
        """Keep it; the old file stays whole until the new one is. Raises `NotKept`."""
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(asdict(preferences), indent=2), encoding="utf-8")
            new.chmod(0o600)
            new.replace(self._path)
        except OSError as error:
            raise NotKept("This setting could not be kept: the folder cannot be written.", detail=str(error)) from error
