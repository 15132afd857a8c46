"""Onto the terminal: one JSON value or lines for people, and nothing that could drive the terminal."""

import os
import sys
from typing import Any, TextIO

from desktop.cli.outcome import Exit, Outcome
from desktop.tickets.plain_text import tidy


def print_outcome(outcome: Outcome, *, as_json: bool) -> int:
    """Print the answer on stdout and the remarks beside it on stderr; returns the exit code.

    JSON is pure ASCII, so that it is the same on every terminal. Whoever closes the pipe early has read enough.
    """
    for remark in outcome.remarks:
        say_aloud(remark)
    text = _json(outcome.value) if as_json else tidy("\n".join(outcome.lines))
    try:
        if text:
            _write(sys.stdout, text)
    except BrokenPipeError:
        # Point the rest at nothing, or Python complains about the pipe when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        say_aloud(f"The answer could not be written: {error.strerror}.")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return max(outcome.code, Exit.ATTENTION)
    return int(outcome.code)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, indent=2)


def say_aloud(sentence: str) -> None:
    """A sentence for the person, beside the answer."""
    _write(sys.stderr, tidy(sentence))


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever has started this
        return
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
