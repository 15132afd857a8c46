"""Which requests meet which fault."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What a rule can choose by. `path` includes the query."""

    method: str
    path: str
    headers: dict[str, str]
    """By name in lower case."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the upstream server, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(eq=False)
class Rule:
    """A fault and the requests that meet it. `happened`: how often it has had its effect."""

    fault: Callable[[Any], None]
    method: str = ""
    path: str = ""
    times: int | None = None
    skip: int = 0
    where: Callable[[Request], bool] = field(default=lambda _: True)
    happened: int = 0

    def takes(self, request: Request) -> bool:
        """Whether this request meets the fault; counts it."""
        fits = (not self.method or request.method == self.method) and request.path.startswith(self.path)
        if not fits or self.times == 0 or not self.where(request):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


def is_no_poke(request: Request) -> bool:
    """Everything but the stream of pokes."""
    return not request.path.startswith("/v1/events")


class FirstToken:
    """Chooses requests with the first bearer token that is seen, but for the very first of them."""

    def __init__(self) -> None:
        self._first = ""

    def __call__(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "")
        old, self._first = self._first, self._first or shown
        return bool(shown) and shown == old and is_no_poke(request)
