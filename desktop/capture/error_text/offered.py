"""An error's text as it is offered to the person, with where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

END_KEPT = 200_000
"""Characters that are kept of either end of a text that was copied: a trace names its error first or last, and more
than a ticket holds takes seconds to be searched for what is private, in which the window would stand still."""


class Origin(StrEnum):
    """Where an error's text was found."""

    CLIPBOARD = "clipboard"
    PICTURE = "picture"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorText:
    """One text that the person may send along or not.

    Attributes:
        label: where it is from, in words: `From the clipboard`, `Read from the picture Screen 2`,
            `System log, 14:03, outlook.exe`.
        text: what would be sent, as it stands there; nothing in it is masked yet.
        at: when it happened or was read; aware.
    """

    origin: Origin
    label: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentErrors:
    """What the system's log says of the last minutes and of the last unexpected restart.

    Attributes:
        texts: newest first; empty where there is nothing.
        says: one sentence: how many, none, or why the log cannot be read. Never a guess.
    """

    texts: tuple[ErrorText, ...] = ()
    says: str


def from_clipboard(text: str, at: datetime) -> ErrorText:
    """The text that the person has copied, at most `shortened`."""
    return ErrorText(origin=Origin.CLIPBOARD, label="From the clipboard", text=shortened(text), at=at)


def shortened(text: str) -> str:
    """A text or, where it is longer than two times `END_KEPT`, its whole lines at either end and what lies between."""
    if len(text) <= 2 * END_KEPT:
        return text
    first, last = text[:END_KEPT], text[-END_KEPT:]
    first, last = first[: first.rfind("\n") + 1] or first, last[last.find("\n") + 1 :]
    return f"{first}… {len(text) - len(first) - len(last):,} characters left out …\n{last}"


def from_picture(picture: str, text: str, at: datetime) -> ErrorText:
    """Text read from a picture; `picture` is its label, such as `Screen 2`."""
    return ErrorText(origin=Origin.PICTURE, label=f"Read from the picture {picture}", text=text, at=at)
