"""Says what really happened, step by step, and stops at the first thing that does not hold."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.tickets.trouble import Trouble


class StepFailed(Trouble):
    """A step of the demo did not hold; names the step."""

    title = "The demo stopped"


class Narrator:
    """Numbers the steps and checks them aloud."""

    def __init__(self) -> None:
        self._number = 0
        self._step = "the beginning"

    def step(self, title: str) -> None:
        """Begin the next step."""
        self._number += 1
        self._step = f"step {self._number}, {title}"
        self._print(f"\n{self._number}. {title}")

    def say(self, line: str) -> None:
        """One line of what happened."""
        self._print(f"   {line}")

    def check(self, holds: bool, claim: str) -> None:
        """Say a claim that holds; raise `StepFailed` for one that does not."""
        if not holds:
            raise StepFailed(f"At {self._step}, this does not hold: {claim}.")
        self._print(f"   ✓ {claim}")

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Name the step in every trouble that ends it. Raises `StepFailed`."""
        try:
            yield
        except StepFailed:
            raise
        except Trouble as trouble:
            raise StepFailed(f"At {self._step}: {trouble.sentence}", detail=trouble.detail) from trouble

    @staticmethod
    def _print(line: str) -> None:
        encoding = sys.stderr.encoding or "utf-8"
        print(line.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)
