"""What a command answers, and the exit code that it ends with."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from desktop.tickets.trouble import InputRefused, Trouble


class Exit(IntEnum):
    """Exit codes; where several apply, the highest."""

    DONE = 0
    REFUSED = 2
    NOT_REACHED = 3
    ATTENTION = 4
    SIGN_IN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A command's answer.

    Attributes:
        value: the one JSON value; `lines`: the same for people.
        remarks: what a person should know beside the answer, a sentence each; never part of it.
    """

    value: Any
    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    code: Exit = Exit.DONE


def exit_of(trouble: Trouble) -> Exit:
    """The exit code that a trouble stands for."""
    from desktop.sync.faults import NotTheServer, Offline, Refused, ServerFault, SignInNeeded

    if isinstance(trouble, SignInNeeded):
        return Exit.SIGN_IN
    if isinstance(trouble, Offline | ServerFault | NotTheServer):
        return Exit.NOT_REACHED
    if isinstance(trouble, InputRefused | Refused):
        return Exit.REFUSED
    return Exit.ATTENTION


def told(trouble: Trouble) -> Outcome:
    """A trouble as the answer of the command that met it."""
    return Outcome(
        value={"error": {"title": trouble.title, "sentence": trouble.sentence}},
        remarks=[f"{trouble.title}. {trouble.sentence}"],
        code=exit_of(trouble),
    )
