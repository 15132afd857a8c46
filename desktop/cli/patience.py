"""Asking a desktop that may never answer for its picture."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.capture.screens.screenshot import Screens

SCREENS_SECONDS = 15.0
"""How long the desktop has to give its picture; a portal is waited for five."""
_SILENT = "The desktop does not answer. Log out and in again; what you write is saved without pictures until then."


def screens_within(take: "Callable[[], Screens]") -> "Screens":
    """The screens. Raises `ScreensUnavailable` where the desktop does not answer in time, or what `take` raises.

    Who hangs in an X server that does not answer is left behind and ends with the process.
    """
    taken: Future[Screens] = Future()

    def run() -> None:
        try:
            taken.set_result(take())
        except BaseException as error:  # noqa: BLE001  (it is raised where the answer is waited for)
            taken.set_exception(error)

    Thread(target=run, name="screens", daemon=True).start()
    try:
        return taken.result(SCREENS_SECONDS)
    except TimeoutError as error:
        from desktop.capture.screens.handler import ScreensUnavailable

        raise ScreensUnavailable(_SILENT) from error
