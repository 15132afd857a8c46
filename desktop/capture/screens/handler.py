"""The one shape of everything that can take pictures of the screens."""

from collections.abc import Callable
from typing import Protocol

from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.screenshot import Screens
from desktop.capture.surroundings import Session, Surroundings
from desktop.tickets.trouble import Trouble


class ScreensUnavailable(Trouble):
    """No picture of the screen could be taken; the ticket does well without."""

    title = "No picture taken"


class ScreenHandler(Protocol):
    """One way to take pictures."""

    @property
    def name(self) -> str:
        """What the doctor calls it."""
        ...

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """Whether it can work in such a session at all."""
        ...

    def is_installed(self) -> bool:
        """Whether what it needs is on this machine; costs next to nothing."""
        ...

    def monitors(self) -> tuple[Monitor, ...]:
        """The monitors, without taking any picture. Raises `ScreensUnavailable`."""
        ...

    def capture(self) -> Screens:
        """One picture of each monitor, now. Raises `ScreensUnavailable`."""
        ...

    def ask(self) -> Callable[[], Screens] | None:
        """The same for a desktop that is asked and may take its time: what waits for it, on any thread.

        Called on the thread of the windows; quick. None where `capture` is quick.
        """
        ...


class NoScreens:
    """The handler of last resort: takes no picture and says why."""

    name = "none"

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def is_compatible(self, surroundings: Surroundings) -> bool:  # noqa: ARG002
        return True

    def is_installed(self) -> bool:
        return True

    def monitors(self) -> tuple[Monitor, ...]:
        raise ScreensUnavailable(self._why())

    def capture(self) -> Screens:
        raise ScreensUnavailable(self._why())

    def ask(self) -> None:
        return None

    def _why(self) -> str:
        match self._surroundings.session:
            case Session.NONE:
                return "There is no screen here, so no picture was taken."
            case Session.WAYLAND:
                return "This desktop keeps its screen to itself. Take a picture with its own tool and add it here."
            case _:
                return "What takes pictures of the screen is missing on this computer."
