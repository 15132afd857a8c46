"""`python -m tests.reading [--fonts DIR] [--most N]`: recall of reading, of codes and of error messages on the set."""

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.screen_text.recognition import Recognition
from desktop.capture.screen_text.words import TextLine
from tests.reading.drawn import FONTS
from tests.reading.screens import Screen, screens, unusual_screens


class Score:
    """Counts of one kind of screen."""

    def __init__(self) -> None:
        self.words = self.words_read = self.dialogs = self.dialogs_whole = self.dialogs_with_sign = self.wrong = 0
        self.seconds = 0.0
        self.screens = 0

    def add(self, screen: Screen, lines: tuple[TextLine, ...], seconds: float) -> None:
        """Count a screen."""
        read = {word.text for line in lines for word in line.words}
        whole = {line.text.replace(" ", "") for line in lines}
        for line in screen.lines:
            words = line.split()
            got = len(words) if line.replace(" ", "") in whole else sum(word in read for word in words)
            self.words, self.words_read = self.words + len(words), self.words_read + got
        found = [error.text for error in find_errors(lines)]
        if screen.dialog:
            self.dialogs += 1
            self.dialogs_whole += _squeezed("\n".join(screen.dialog)) in map(_squeezed, found)
            self.dialogs_with_sign += bool(found)
        expected = 1 if screen.dialog else 0
        self.wrong += max(0, len(found) - expected)
        self.screens, self.seconds = self.screens + 1, self.seconds + seconds

    def row(self, name: str) -> str:
        return (
            f"{name:28} {self.screens:4} screens  words {self.words_read / self.words:7.2%} of {self.words:5}  "
            f"dialogs found {self.dialogs_with_sign}/{self.dialogs}, exactly {self.dialogs_whole}/{self.dialogs}, "
            f"wrongly {self.wrong}  {self.seconds / self.screens:4.1f} s each"
        )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _missed(screen: Screen, lines: tuple[TextLine, ...]) -> list[str]:
    """What was not read right, with what was read instead."""
    read = [line.text for line in lines]
    squeezed = {_squeezed(text) for text in read}
    wrong = [line for line in screen.lines if _squeezed(line) not in squeezed]
    missed = [f"{screen.name}: {line!r} {get_close_matches(line, read, 1, 0.3)}" for line in wrong]
    found = [error.text for error in find_errors(lines)]
    if list(map(_squeezed, found)) != ([_squeezed("".join(screen.dialog))] if screen.dialog else []):
        missed.append(f"{screen.name}: found {found!r}, and it was {screen.dialog!r}")
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reading")
    parser.add_argument("--fonts", type=Path, help="a folder with more fonts")
    parser.add_argument("--most", type=int, default=60, help="screens at most")
    parser.add_argument("--unusual", action="store_true", help="coloured edges, shaded or faint, other scripts")
    parser.add_argument("--missed", action="store_true", help="print what was not read")
    args = parser.parse_args()
    fonts = ["DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf"]
    fonts += [str(font) for font in sorted(args.fonts.glob("*.ttf"))] if args.fonts else []
    scores: defaultdict[str, Score] = defaultdict(Score)
    recognition = Recognition()
    for screen in unusual_screens() if args.unusual else screens(fonts, args.most):
        began = time.perf_counter()
        lines = recognition.read(screen.png)
        seconds = time.perf_counter() - began
        kinds: Iterable[str] = ("all", *screen.name.removeprefix(str(FONTS)).rpartition("/")[2].split())
        for kind in kinds:
            scores[kind].add(screen, lines, seconds)
        if args.missed:
            print(*_missed(screen, lines), sep="\n")
    for name, score in scores.items():
        print(score.row(name))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
