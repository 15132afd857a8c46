"""What a person has set about the windows, kept in one small file of their home."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from desktop.tickets.trouble import Trouble

DEFAULT_HOT_KEY = "Ctrl+Alt+H"


class NotKept(Trouble):
    """The file cannot be written."""

    title = "Not kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`hot_key`: as `Ctrl+Alt+H`; empty for none."""

    hot_key: str = DEFAULT_HOT_KEY


class PreferenceFile:
    """Reads and writes `Preferences`; a file that is missing or damaged means the defaults."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Preferences:
        """What was set."""
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Preferences()
        known = {field.name for field in fields(Preferences)}
        if not isinstance(told, dict):
            return Preferences()
        return Preferences(**{name: value for name, value in told.items() if name in known and isinstance(value, str)})

    def write(self, preferences: Preferences) -> None:
        """Keep it; the old file stays whole until the new one is. Raises `NotKept`."""
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(asdict(preferences), indent=2), encoding="utf-8")
            new.chmod(0o600)
            new.replace(self._path)
        except OSError as error:
            raise NotKept("This setting could not be kept: the folder cannot be written.", detail=str(error)) from error
