"""Asking what may never answer."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from desktop.capture.screens.screenshot import Screens

SCREENS_SECONDS = 15.0
"""How long the desktop has to give its picture; a portal is waited for five."""
_SILENT = "The desktop does not answer. Log out and in again; what you write is saved without pictures until then."
_Answer = TypeVar("_Answer")


def within(seconds: float, ask: Callable[[], _Answer]) -> _Answer:
    """The answer. Raises TimeoutError where it took longer, else what `ask` raises.

    Who hangs, such as in an X server that does not answer, is left behind and ends with the process.
    """
    answer: Future[_Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001  (it is raised where the answer is waited for)
            answer.set_exception(error)

    Thread(target=run, name="asked", daemon=True).start()
    return answer.result(seconds)


def screens_within(take: "Callable[[], Screens]") -> "Screens":
    """The screens. Raises `ScreensUnavailable` where the desktop does not answer in time, or what `take` raises."""
    try:
        return within(SCREENS_SECONDS, take)
    except TimeoutError as error:
        from desktop.capture.screens.handler import ScreensUnavailable

        raise ScreensUnavailable(_SILENT) from error
