"""What the report window needs of the machine, handed in; nothing here is called without a person's act."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from desktop.tickets.capture_policy import NO_PICTURES, CapturePolicy
from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact
from desktop.tickets.draft import Group
from desktop.tickets.trouble import Trouble
from desktop.ui.report.limits import Limits, Standing
from desktop.ui.settings.preferences import PreferenceFile

if TYPE_CHECKING:
    from desktop.capture.active_program import Program
    from desktop.capture.error_text.offered import RecentErrors
    from desktop.capture.screen_text.reader import TextReader
    from desktop.capture.this_computer import ThisComputer


class Pixels(Protocol):
    """A picture that is not a file yet."""

    @property
    def pixels(self) -> memoryview:
        """Rows from the top without padding, four bytes a pixel: blue, green, red, unused."""
        ...

    @property
    def width(self) -> int:
        """In pixels."""
        ...

    @property
    def height(self) -> int:
        """In pixels."""
        ...

    def pieces(self) -> Iterator[bytes]:
        """The picture as a PNG file, made while it is read; that takes a while, so off the windows' thread."""
        ...


class Picture(Pixels, Protocol):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The screens as they were, or why there are no pictures, or not all (a sentence).

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
        take_active_window: the active window alone; raises a `Trouble` where it cannot be told or taken.
        ask_screens: gives what waits for all screens, on any thread, where the desktop may take its time; None where
            `take_screens` is quick.
        reader: reads text from pictures in a process of its own, which it starts with the first.
        limits: what may be taken at all.
    """

    limits: Limits

    take_screens: Callable[[], Sequence[Picture]]
    computer_facts: Callable[[], tuple[Fact, ...]]
    computer_name: Callable[[], str]
    looks_like_error: Callable[[str], bool]
    active_program: "Callable[[], Program | None]" = lambda: None
    recent_errors: "Callable[[Program | None], RecentErrors] | None" = None
    take_active_window: Callable[[], Picture] | None = None
    ask_screens: Callable[[], Callable[[], Sequence[Picture]] | None] = lambda: None
    reader: "Callable[[], TextReader] | None" = None

    def under(self, policy: Callable[[], CapturePolicy]) -> "Capture":
        """The same under the rules of this computer and the provider, once the provider is known."""
        return replace(self, limits=self.limits.under(policy))

    def asked(self) -> "Capture | None":
        """The same for another thread, where taking the screens may take its time; None where it is quick."""
        wait = self.ask_screens()
        return None if wait is None else replace(self, take_screens=wait)

    def take(self) -> Taken:
        """What comes by itself with a new ticket, as far as it is switched on; never raises."""
        is_read = self.limits.standing(Group.ERROR_TEXT) is Standing.ON
        program = self.active_program() if is_read else None
        if self.limits.standing(Group.PICTURES) is not Standing.ON:
            return Taken(program=program)
        return self._screens(program)

    def take_asked(self) -> Taken:
        """The screens, because the person wants a picture now; never raises."""
        if self.limits.standing(Group.PICTURES) is Standing.FORBIDDEN:
            return Taken(why_none=NO_PICTURES)
        return self._screens(None)

    def take_window(self) -> Taken:
        """The active window alone, because the person asks for it; never raises."""
        if self.limits.standing(Group.PICTURES) is Standing.FORBIDDEN or self.take_active_window is None:
            return Taken(why_none=NO_PICTURES)
        try:
            return Taken(pictures=(self.take_active_window(),))
        except Trouble as trouble:
            return Taken(why_none=trouble.sentence)

    def _screens(self, program: "Program | None") -> Taken:
        try:
            pictures = self.take_screens()
        except Trouble as trouble:
            return Taken(why_none=trouble.sentence, program=program)
        from desktop.capture.screens.screenshot import Screens

        says = pictures.says if isinstance(pictures, Screens) else ""
        return Taken(pictures=pictures, program=program, why_none=says)


def this_computer(clock: Clock, preferences: PreferenceFile, computer: "ThisComputer | None" = None) -> Capture:
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
        from desktop.tickets.error_text import recognise

        return recognise.looks_like_error(text)

    return Capture(
        take_screens=lambda: here().screens(),
        take_active_window=lambda: here().active_window(),
        ask_screens=lambda: here().ask_screens(),
        computer_facts=lambda: here().facts(),
        computer_name=lambda: here().name(),
        looks_like_error=looks_like_error,
        active_program=lambda: here().active_program(),
        recent_errors=lambda program: here().recent_errors(program),
        reader=lambda: here().reader,
        limits=Limits(lambda: here().policy().policy, preferences),
    )
