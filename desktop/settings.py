"""Where one person's Helptray keeps its things."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Told on the command line or by the environment.

    Attributes:
        home: folder that holds everything of one person.
        key_file: file with the database's key where there is no keyring; None: the keyring.
    """

    home: Path
    key_file: Path | None = None

    @classmethod
    def read(cls, *, home: str | None, key_file: str | None, environment: Mapping[str, str]) -> "Settings":
        """An argument wins over `HELPTRAY_HOME` and `HELPTRAY_KEY_FILE`, those over the platform's usual folder."""
        folder = home or environment.get("HELPTRAY_HOME")
        key = key_file or environment.get("HELPTRAY_KEY_FILE")
        return cls(
            home=Path(folder).expanduser().absolute() if folder else usual_home(),
            key_file=Path(key).expanduser().absolute() if key else None,
        )


def usual_home() -> Path:
    """The platform's folder for a person's own data, the local one where it could roam."""
    from platformdirs import user_data_path

    return user_data_path("Helptray", appauthor=False, roaming=False)
