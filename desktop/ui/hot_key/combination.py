"""A key with modifiers, as people write it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.tickets.trouble import InputRefused


class Modifier(StrEnum):
    """Keys held down."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    META = "Meta"


_FUNCTION_KEYS = {f"F{number}" for number in range(1, 25)}


@dataclass(frozen=True, slots=True)
class Combination:
    """`key` is one letter or digit in upper case, or `F1` to `F24`."""

    modifiers: frozenset[Modifier]
    key: str

    def __str__(self) -> str:
        return "+".join([*(modifier.value for modifier in Modifier if modifier in self.modifiers), self.key])

    @property
    def function_number(self) -> int:
        """The number of a function key, 0 for other keys."""
        return int(self.key[1:]) if self.key in _FUNCTION_KEYS else 0


def read_combination(text: str) -> Combination:
    """From `Ctrl+Alt+H`. Raises `InputRefused` for what cannot be registered with the system.

    A letter or digit needs Ctrl, Alt or Meta, so that nobody loses a key that they type with.
    """
    *names, key = [part.strip() for part in text.split("+")]
    known = {modifier.value.lower(): modifier for modifier in Modifier}
    key = key.upper()
    is_plain = len(key) == 1 and key.isascii() and key.isalnum()
    if not all(name.lower() in known for name in names) or not (is_plain or key in _FUNCTION_KEYS):
        raise InputRefused("Please choose a letter, a digit or a function key, with Ctrl, Alt or Shift.")
    modifiers = frozenset(known[name.lower()] for name in names)
    if is_plain and modifiers <= {Modifier.SHIFT}:
        raise InputRefused("Please hold Ctrl or Alt too: otherwise that key could no longer be typed.")
    return Combination(modifiers, key)
