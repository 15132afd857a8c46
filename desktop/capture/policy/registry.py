"""Windows: the registry's keys for policies, which group policy and device management write."""

import sys
from collections.abc import Callable, Iterator, Mapping

from desktop.capture.policy.place import Rules, RulesUnreadable
from desktop.capture.surroundings import Surroundings, System

KEY = r"Software\Policies\Helptray"
"""Under `HKEY_LOCAL_MACHINE` and `HKEY_CURRENT_USER`; a person without rights can write to neither."""

ReadKey = Callable[[str, str], Mapping[str, object] | None]
"""Hive and key to the values as `winreg` gives them (numbers, texts, lists of texts); None where there is no key."""


def read_key(hive: str, key: str) -> Mapping[str, object] | None:
    """The values of a key of this computer's registry. Raises OSError where there is one that cannot be read."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        opened = winreg.OpenKey(getattr(winreg, hive), key)
    except FileNotFoundError:
        return None
    with opened:
        count = winreg.QueryInfoKey(opened)[1]
        return {name: value for name, value, _kind in (winreg.EnumValue(opened, at) for at in range(count))}


class RegistryPolicy:
    """Yes and no are numbers (REG_DWORD 1 and 0), a list is REG_MULTI_SZ, or a text with commas."""

    def __init__(self, read: ReadKey = read_key) -> None:
        self._read = read

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.WINDOWS

    def rules(self) -> Iterator[Rules]:
        for hive in ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"):
            where = f"{hive}\\{KEY}"
            try:
                values = self._read(hive, KEY)
            except OSError as error:
                raise RulesUnreadable(f"{where} cannot be read.", detail=repr(error)) from error
            if values is not None:
                yield Rules(where, {name.casefold(): _plain(value) for name, value in values.items() if name})


def _plain(value: object) -> object:
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value
