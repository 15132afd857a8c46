"""The program that reads text from pictures: `python -m desktop.capture.screen_text.worker`.

A process of its own, because the models need half a gigabyte and a second of work that nobody should notice: it yields
to every other program, and whoever has no use for its answer ends it. It answers until its input ends, which it does
too when whoever asked is gone: it is gone at once then, in the midst of a picture too.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO

import msgspec
import psutil

from desktop.capture.screen_text.messages import Answered, Asked, receive, send
from desktop.capture.screen_text.recognition import Recognition


def main() -> None:
    """Answer what comes on the standard input, one picture after the other."""
    _yield_to_others()
    answers = _standard_output()
    asked = SimpleQueue[bytes]()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    recognition = Recognition()
    while True:
        send(answers, _answer(recognition, msgspec.msgpack.decode(asked.get(), type=Asked)))


def _listen(asked: SimpleQueue[bytes]) -> None:
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as pipe:
        while message := receive(pipe):
            asked.put(message)
    os._exit(0)


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
    """In time, and in memory: where that runs out, this program ends before the person's own (proc(5))."""
    below = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10)
    """Windows has classes, everybody else how nice one is."""
    psutil.Process().nice(below)
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("800")


if __name__ == "__main__":
    main()
