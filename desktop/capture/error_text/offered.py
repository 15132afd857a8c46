"""An error's text as it is offered to the person, with where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """The text that the person has copied."""
    return ErrorText(origin=Origin.CLIPBOARD, label="From the clipboard", text=text, at=at)


def from_picture(picture: str, text: str, at: datetime) -> ErrorText:
    """Text read from a picture; `picture` is its label, such as `Screen 2`."""
    return ErrorText(origin=Origin.PICTURE, label=f"Read from the picture {picture}", text=text, at=at)
