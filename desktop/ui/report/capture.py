"""What the report window needs of the machine, handed in; nothing here is called without a person's act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact
from desktop.tickets.trouble import Trouble

if TYPE_CHECKING:
    from desktop.capture.active_program import Program
    from desktop.capture.error_text.offered import RecentErrors
    from desktop.capture.screen_text.reader import TextReader
    from desktop.capture.this_computer import ThisComputer


class Picture(Protocol):
    """One screen as it was."""

    @property
    def label(self) -> str:
        """Such as `Screen 2`."""
        ...

    @property
    def is_active(self) -> bool:
        """Whether the window that the person was using is on it."""
        ...

    @property
    def looks_blocked(self) -> bool:
        """Whether it is all black, as security software makes it."""
        ...

    def png(self) -> bytes:
        """The picture as a PNG file; takes a while, call it off the windows' thread."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The screens as they were, or why there are no pictures (a sentence).

    Attributes:
        program: the one whose window was active then, for `Capture.recent_errors`; None where it cannot be told.
    """

    pictures: Sequence[Picture] = ()
    program: "Program | None" = None
    why_none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What the machine can tell.

    Attributes:
        take_screens: all screens, at once and quickly; raises a `Trouble` where none can be taken.
        computer_facts: what is worth knowing about this computer; up to 2 s, on any thread.
        computer_name: its name.
        looks_like_error: whether a text looks like an error message.
        active_program: whose window the person is using; quick.
        recent_errors: what the system's log says, of that program first; some seconds, on any thread.
        reader: reads text from pictures in a process of its own, which it starts with the first.
    """

    take_screens: Callable[[], Sequence[Picture]]
    computer_facts: Callable[[], tuple[Fact, ...]]
    computer_name: Callable[[], str]
    looks_like_error: Callable[[str], bool]
    active_program: "Callable[[], Program | None]" = lambda: None
    recent_errors: "Callable[[Program | None], RecentErrors] | None" = None
    reader: "Callable[[], TextReader] | None" = None

    def take(self) -> Taken:
        """The screens as they are now; never raises, so that a ticket can be written all the same."""
        program = self.active_program()
        try:
            return Taken(pictures=self.take_screens(), program=program)
        except Trouble as trouble:
            return Taken(why_none=trouble.sentence, program=program)


def this_computer(clock: Clock, computer: "ThisComputer | None" = None) -> Capture:
    """What this very computer can tell. What tells it is loaded when first asked: the tray does not wait for that.

    `computer`: the one that the desk asks too, so that both have one reader of pictures.
    """

    @cache
    def here() -> "ThisComputer":
        if computer is not None:
            return computer
        from desktop.capture.surroundings import Surroundings
        from desktop.capture.this_computer import ThisComputer

        return ThisComputer(Surroundings.here(), clock)

    def looks_like_error(text: str) -> bool:
        from desktop.capture.error_text import recognise

        return recognise.looks_like_error(text)

    return Capture(
        take_screens=lambda: here().screens(),
        computer_facts=lambda: here().facts(),
        computer_name=lambda: here().name(),
        looks_like_error=looks_like_error,
        active_program=lambda: here().active_program(),
        recent_errors=lambda program: here().recent_errors(program),
        reader=lambda: here().reader,
    )
