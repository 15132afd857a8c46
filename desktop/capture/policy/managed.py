"""macOS: preferences that device management has laid down, for the machine and for the person."""

import getpass
from collections.abc import Iterator
from pathlib import Path

from desktop.capture.policy.place import Rules, RulesUnreadable
from desktop.capture.surroundings import Surroundings, System

FOLDER = Path("/Library/Managed Preferences")
"""Written by the system from installed profiles (payload type `DOMAIN`); nobody else can write there."""

DOMAIN = "com.helptray.helptray"


class ManagedPreferences:
    """Property lists with the names of `CapturePolicy` as their keys."""

    def __init__(self, folder: Path = FOLDER, user: str = "") -> None:
        self._folder = folder
        self._user = user

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.MACOS

    def rules(self) -> Iterator[Rules]:
        import plistlib
        from xml.parsers.expat import ExpatError

        file = f"{DOMAIN}.plist"
        for path in (self._folder / file, self._folder / (self._user or getpass.getuser()) / file):
            try:
                told = plistlib.loads(path.read_bytes())
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (OSError, ValueError, ExpatError, plistlib.InvalidFileException) as error:
                raise RulesUnreadable(f"{path} cannot be read.", detail=repr(error)) from error
            if not isinstance(told, dict):
                raise RulesUnreadable(f"{path} holds no preferences.")
            yield Rules(str(path), {name: value for name, value in told.items() if not name.startswith("Payload")})
