"""What this computer can tell, in one place: its name, its facts, its screens, its clipboard."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.tickets.capture_policy import NO_ERROR_TEXT, NO_PICTURES, SwitchedOff

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.capture.active_program import Program
    from desktop.capture.error_text.offered import RecentErrors
    from desktop.capture.policy.machine import MachinePolicy
    from desktop.capture.screen_text.reader import TextReader
    from desktop.capture.screens.geometry import Monitor
    from desktop.capture.screens.handler import ScreenHandler
    from desktop.capture.screens.screenshot import Screens, Screenshot
    from desktop.capture.surroundings import Surroundings
    from desktop.tickets.clock import Clock
    from desktop.tickets.device import Fact


class ThisComputer:
    """Asks the handlers that fit the surroundings. Nothing is taken, read or loaded before it is asked for.

    What the administrator of this computer forbids is not taken at all. `policy` reads those rules; None: where the
    system keeps them.
    """

    def __init__(
        self, surroundings: Surroundings, clock: Clock, policy: Callable[[], MachinePolicy] | None = None
    ) -> None:
        self._surroundings = surroundings
        self._clock = clock
        self._read_policy = policy
        self._help_desk: Callable[[], str] = str

    def knows_help_desk(self, server: Callable[[], str]) -> None:
        """From now on the facts tell whether that address (empty: none) is reached."""
        self._help_desk = server

    def policy(self) -> MachinePolicy:
        """What the administrator of this computer allows, as of now."""
        if self._read_policy is not None:
            return self._read_policy()
        from desktop.capture.policy.machine import machine_policy

        return machine_policy(self._surroundings)

    @cached_property
    def _screens(self) -> tuple[ScreenHandler, ...]:
        from desktop.capture.screens.take import screen_handlers

        return screen_handlers(self._surroundings, self._clock)

    @cached_property
    def reader(self) -> TextReader:
        """What reads text from pictures; starts nothing before it is asked to."""
        from desktop.capture.screen_text.reader import TextReader

        return TextReader()

    def close(self) -> None:
        """End what still reads a picture."""
        if "reader" in self.__dict__:
            self.reader.close()

    def active_program(self) -> Program | None:
        """The program whose window the person is using; None where it cannot be told, or is Helptray itself."""
        from desktop.capture.active_program import find_active_program

        return find_active_program(self._surroundings)

    def recent_errors(self, program: Program | None) -> RecentErrors:
        """What the system's log says of the last minutes, of that program first. Blocks for some seconds."""
        if not self.policy().policy.error_text:
            from desktop.capture.error_text.offered import RecentErrors

            return RecentErrors(says=NO_ERROR_TEXT)
        from desktop.capture.error_text.recent import recent_errors
        from desktop.capture.error_text.system_log.handlers import log_handlers

        return recent_errors(log_handlers(self._surroundings, self._clock), program, self._clock)

    def name(self) -> str:
        """The computer's name."""
        from desktop.capture.computer.name import computer_name

        return computer_name()

    def facts(self) -> tuple[Fact, ...]:
        """What a technician wants to know of it; blocks for up to two seconds, five on Windows."""
        from desktop.capture.computer.report import computer_facts
        from desktop.capture.report import allowed_facts

        policy = self.policy().policy
        if not policy.facts:
            return ()
        server = self._help_desk()
        return allowed_facts(computer_facts(self._clock, self.monitors, lambda: server), policy)

    def monitors(self) -> tuple[Monitor, ...]:
        """The monitors that are attached."""
        from desktop.capture.screens.take import list_monitors

        return list_monitors(self._screens)

    def screens(self) -> Screens:
        """Every screen as it is now. Raises a `Trouble` that says why where none can be taken."""
        self._obey()
        from desktop.capture.screens.take import take_screens

        return take_screens(self._screens)

    def ask_screens(self) -> Callable[[], Screens] | None:
        """What waits for the pictures of a desktop that may take its time; None where `screens` is quick.

        Called on the thread of the windows; what it gives, on any, and that raises as `screens` does.
        """
        from desktop.capture.screens.take import ask_screens

        wait = ask_screens(self._screens)
        if wait is None:
            return None

        def screens() -> Screens:
            self._obey()
            return wait()

        return screens

    def _obey(self) -> None:
        """Raise `SwitchedOff` where the administrator wants no pictures."""
        if not self.policy().policy.screenshots:
            raise SwitchedOff(NO_PICTURES)

    def active_window(self) -> Screenshot:
        """The active window alone. Raises a `Trouble` that says why where it cannot be told or taken."""
        from desktop.capture.screens.active_window import active_window_finder
        from desktop.capture.screens.cutting import cut
        from desktop.capture.screens.handler import ScreensUnavailable

        self._obey()
        place = active_window_finder(self._surroundings, framed=True)()
        if place is None or place.width * place.height <= 1:
            raise ScreensUnavailable("Which window is active cannot be told here. Pick a region instead.")
        return cut(self.screens(), place, "Active window")

    def clipboard(self) -> str:
        """The clipboard's text, read by a program of the system. Raises a `Trouble` that says why not."""
        if not self.policy().policy.error_text:
            raise SwitchedOff(NO_ERROR_TEXT)
        from desktop.capture.error_text.clipboard import clipboard_handler

        return clipboard_handler(self._surroundings).read()
