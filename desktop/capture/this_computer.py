"""What this computer can tell, in one place: its name, its facts, its screens, its clipboard."""

from desktop.capture.computer.identity import computer_name
from desktop.capture.computer.report import computer_facts
from desktop.capture.error_text.clipboard import clipboard_handler
from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.screenshot import Screenshot
from desktop.capture.screens.take import list_monitors, screen_handlers, take_screens
from desktop.capture.surroundings import Surroundings
from desktop.tickets.clock import Clock
from desktop.tickets.device import Fact


class ThisComputer:
    """Asks the handlers that fit the surroundings. Nothing is taken or read before it is asked for."""

    def __init__(self, surroundings: Surroundings, clock: Clock) -> None:
        self._surroundings = surroundings
        self._clock = clock
        self._screens = screen_handlers(surroundings)

    def name(self) -> str:
        """The computer's name."""
        return computer_name()

    def facts(self) -> tuple[Fact, ...]:
        """What a technician wants to know of it; blocks for up to two seconds."""
        return computer_facts(self._clock, self.monitors)

    def monitors(self) -> tuple[Monitor, ...]:
        """The monitors that are attached."""
        return list_monitors(self._screens)

    def screens(self) -> tuple[Screenshot, ...]:
        """Every screen as it is now. Raises a `Trouble` that says why where none can be taken."""
        return take_screens(self._screens)

    def clipboard(self) -> str:
        """The clipboard's text, read by a program of the system. Raises a `Trouble` that says why not."""
        return clipboard_handler(self._surroundings).read()
