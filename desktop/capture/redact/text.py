"""Texts that are sent along (error text, logs, facts) without what must not leave.

The patterns of what must not leave are made with the first text: a start needs none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.capture.redact.secret import Found, SecretKind
    from desktop.tickets.device import Device
    from desktop.tickets.draft import Draft


_MOST_PASSES = 4
"""What is masked no longer hides what stood right behind it; a text is looked through until nothing more is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text that may leave.

    Attributes:
        text: with `[masked: password]` and the like in place of each thing that was found.
        kinds: what was masked, as it was found.
    """

    text: str
    kinds: tuple[SecretKind, ...] = ()


def mask(text: str) -> Masked:
    """The text without its sure finds: passwords, keys, tokens, cookies, cards, accounts. Twice is as once."""
    from desktop.capture.redact.find import find_sure

    kinds: list[SecretKind] = []
    for _ in range(_MOST_PASSES):
        found = find_sure(text)
        if not found:
            break
        text = _replaced(text, found)
        kinds += (one.kind for one in found)
    return Masked(text=text, kinds=tuple(kinds))


def without_secrets(draft: Draft) -> Draft:
    """The draft with its error text and the computer's facts masked; the person's own words stay as they are."""
    facts = tuple(replace(fact, value=mask(fact.value).text) for fact in draft.device.facts)
    device: Device = replace(draft.device, facts=facts)
    return replace(draft, error_text=mask(draft.error_text).text, device=device)


def _replaced(text: str, found: Sequence[Found]) -> str:
    parts, done = [], 0
    for one in found:
        parts += [text[done : one.start], f"[masked: {one.kind}]"]
        done = one.end
    return "".join((*parts, text[done:]))
