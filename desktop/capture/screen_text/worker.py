"""The program that reads text from pictures: `python -m desktop.capture.screen_text.worker`.

A process of its own, because the models need half a gigabyte and a second of work that nobody should notice: it yields
to every other program, and whoever has no use for its answer ends it. It answers until its input ends.
"""

import os
import sys
from typing import IO

import msgspec
import psutil

from desktop.capture.screen_text.messages import Answered, Asked, receive, send
from desktop.capture.screen_text.recognition import Recognition


def main() -> None:
    """Answer what comes on the standard input, one picture after the other."""
    _yield_to_others()
    answers = _standard_output()
    recognition = Recognition()
    while asked := receive(sys.stdin.buffer):
        send(answers, _answer(recognition, msgspec.msgpack.decode(asked, type=Asked)))


def _answer(recognition: Recognition, asked: Asked) -> Answered:
    try:
        return Answered(lines=recognition.read(asked.picture))
    except Exception as failure:  # noqa: BLE001 - foreign code on foreign pictures: the other side makes it a Trouble
        return Answered(failure=repr(failure)[:500])


def _standard_output() -> IO[bytes]:
    """The pipe for answers; what a library prints goes where errors go instead."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _yield_to_others() -> None:
    below = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)
    """Windows has classes, everybody else how nice one is."""
    psutil.Process().nice(below)


if __name__ == "__main__":
    main()
