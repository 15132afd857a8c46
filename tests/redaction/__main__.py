"""`python -m tests.redaction [--screens N] [--seed S] [--missed]`: recall and precision of masking on drawn screens."""

import argparse
from collections import defaultdict

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.redact.on_picture import suggest
from desktop.capture.screen_text.recognition import Recognition
from desktop.tickets.marks import Mark
from tests.redaction.score import Judged, judged, needless
from tests.redaction.screens import Screen, screens


class Table:
    """Counts by kind."""

    def __init__(self) -> None:
        self.found: defaultdict[str, list[bool]] = defaultdict(list)
        self.alike: list[bool] = []
        self.in_errors: list[bool] = []
        self.marks: defaultdict[str, list[bool]] = defaultdict(list)

    def add(self, screen: Screen, marks: tuple[Mark, ...]) -> list[Judged]:
        """Count a screen; what went wrong on it."""
        wrong = needless(screen, marks)
        for mark in marks:
            self.marks[mark.found].append(mark not in wrong)
        things = judged(screen, marks)
        for one in things:
            if one.placed.is_error:
                self.in_errors.append(one.is_found)
            elif one.placed.kind is None:
                self.alike.append(one.is_found)
            else:
                self.found[one.placed.kind].append(one.is_found)
        return [one for one in things if not one.is_found]

    def __str__(self) -> str:
        rows = [f"{'':24} {'recall':>18}   {'precision':>18}"]
        rows += [
            f"{kind:24} {_share(self.found[kind]):>18}   {_share(self.marks[kind]):>18}" for kind in sorted(self.found)
        ]
        every = [one for kind in self.found.values() for one in kind]
        marks = [one for kind in self.marks.values() for one in kind]
        rows.append(f"{'all':24} {_share(every):>18}   {_share(marks):>18}")
        rows.append(f"look-alikes left alone   {_share(self.alike)}")
        rows.append(f"left readable in errors  {_share(self.in_errors)}")
        return "\n".join(rows)


def _share(right: list[bool]) -> str:
    return f"{sum(right) / len(right):.1%} of {len(right)}" if right else "none"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.redaction")
    parser.add_argument("--screens", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--missed", action="store_true", help="print what went wrong, with what was read")
    args = parser.parse_args()
    recognition, table = Recognition(), Table()
    for screen in screens(args.screens, args.seed):
        lines = recognition.read(screen.png)
        marks = suggest(lines, [error.box for error in find_errors(lines)])
        wrong = table.add(screen, marks)
        if args.missed and (wrong or needless(screen, marks)):
            print(f"--- {screen.name} {screen.look}")
            print(*(f"  {one.placed.kind or 'nothing'}: {one}" for one in wrong), sep="\n")
            print(*(f"  needless: {mark}" for mark in needless(screen, marks)), sep="\n")
            print(*(f"    read: {line.text}" for line in lines), sep="\n")
    print(table)


if __name__ == "__main__":
    main()
