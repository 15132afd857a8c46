"""Asking what may never answer."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

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

    Thread(target=run, name="helptray-doctor", daemon=True).start()
    return answer.result(seconds)
