"""Linux: a file that only an administrator can write."""

from collections.abc import Iterator
from pathlib import Path

from desktop.capture.policy.place import Rules, RulesUnreadable
from desktop.capture.surroundings import Surroundings, System
from desktop.tickets.typed_toml import Unreadable, as_table

FILE = Path("/etc/helptray/policy.toml")


class PolicyFile:
    """A TOML file with the section `[capture]`, the same as a provider's profile may have."""

    def __init__(self, path: Path = FILE) -> None:
        self._path = path

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system in (System.LINUX, System.OTHER)

    def rules(self) -> Iterator[Rules]:
        try:
            text = self._path.read_text(encoding="utf-8")
            import tomllib

            table = tomllib.loads(text)
            for name in table:
                if name != "capture":
                    raise Unreadable(name, "is not known")
            yield Rules(str(self._path), as_table(table.get("capture", {}), "capture"))
        except (FileNotFoundError, NotADirectoryError):
            return
        except (OSError, ValueError, RecursionError) as error:
            raise RulesUnreadable(f"{self._path} cannot be used: {error}.", detail=repr(error)) from error
