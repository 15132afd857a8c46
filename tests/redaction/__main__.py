"""`python -m tests.redaction [--screens N] [--seed S] [--missed]`: recall and precision of masking on drawn screens."""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.redact.on_picture import suggest
from desktop.capture.screen_text.recognition import Recognition
from desktop.tickets.marks import Mark
from tests.redaction.score import Judged, judged, needless
from tests.redaction.screens import Part, Screen, screens, unusual_screens


class Table:
    """Counts by kind of private thing, and of what has to stay readable."""

    def __init__(self) -> None:
        self._found: defaultdict[str, list[bool]] = defaultdict(list)
        self._marks: defaultdict[str, list[bool]] = defaultdict(list)
        self._others: defaultdict[str, list[bool]] = defaultdict(list)

    def add(self, screen: Screen, marks: tuple[Mark, ...]) -> list[Judged]:
        """Count a screen; what went wrong on it."""
        wrong = needless(screen, marks)
        for mark in marks:
            self._marks[mark.found].append(mark not in wrong)
        things = judged(screen, marks)
        for one in things:
            counts, name = (self._found, one.placed.kind) if one.placed.part is Part.PRIVATE else (self._others, None)
            counts[name or one.placed.part].append(one.is_right)
        return [one for one in things if not one.is_right]

    def __str__(self) -> str:
        rows = [f"{'':26} {'recall':>16}   {'precision':>16}"]
        for kind in sorted(self._found):
            rows.append(f"{kind:26} {_share(self._found[kind]):>16}   {_share(self._marks[kind]):>16}")
        found, marks = chain(*self._found.values()), chain(*self._marks.values())
        rows.append(f"{'all':26} {_share(found):>16}   {_share(marks):>16}")
        rows += [f"{part:26} {_share(self._others[part]):>16}" for part in Part if part is not Part.PRIVATE]
        return "\n".join(rows)


def _share(counted: Iterable[bool]) -> str:
    right = list(counted)
    return f"{sum(right) / len(right):.1%} of {len(right)}" if right else "none"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.redaction")
    parser.add_argument("--screens", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--unusual", action="store_true", help="coloured edges, shaded grounds, faint letters")
    parser.add_argument("--missed", action="store_true", help="print what went wrong, with what was read")
    args = parser.parse_args()
    recognition, table = Recognition(), Table()
    for screen in (unusual_screens if args.unusual else screens)(args.screens, args.seed):
        lines = recognition.read(screen.png)
        marks = suggest(lines, [line.box for error in find_errors(lines) for line in error.lines])
        wrong = table.add(screen, marks)
        if args.missed and (wrong or needless(screen, marks)):
            print(f"--- {screen.name} {screen.look}")
            print(*(f"  {one}" for one in wrong), sep="\n")
            print(*(f"  needless: {mark}" for mark in needless(screen, marks)), sep="\n")
            print(*(f"    read: {line.text}" for line in lines), sep="\n")
    print(table)


if __name__ == "__main__":
    main()
