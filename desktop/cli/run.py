"""From what was typed to an exit code: the outermost frame of the command line."""

import json
import os
import sys
import unicodedata
from argparse import Namespace
from collections.abc import Sequence
from random import SystemRandom

from desktop.cli.arguments import build_parser
from desktop.cli.outcome import Exit, Outcome, exit_of
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.tickets.trouble import Trouble


def run(argv: Sequence[str]) -> int:
    """Run one command line; prints its answer and returns the exit code."""
    args = build_parser().parse_args(argv)
    if args.version:
        from importlib.metadata import version

        print(version("helptray"))
        return Exit.DONE
    settings = Settings.read(home=args.home, key_file=args.key_file, environment=os.environ)
    try:
        outcome = _answer(args, settings)
    except Trouble as trouble:
        outcome = _told(trouble)
    except KeyboardInterrupt:
        return 130
    try:
        _print(outcome, as_json=args.json)
    except BrokenPipeError:
        # Whoever read our answer has closed the pipe: point the rest at nothing, or Python complains when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(outcome.code)


def _answer(args: Namespace, settings: Settings) -> Outcome:
    if args.command == "demo":
        from desktop.demo.run import demo

        return demo(headless=args.headless, organisation=args.organisation)
    if args.command in (None, "new"):
        from desktop.app import run_windows

        return Outcome(value=None, code=Exit(run_windows(settings, wish=args.command or "")))
    if args.command == "doctor":
        from desktop.cli.doctor import doctor

        return doctor(settings)
    from desktop.app import open_desk
    from desktop.cli.commands import COMMANDS

    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=_aloud) as desk:
        return COMMANDS[args.command](desk, args)


def _aloud(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _told(trouble: Trouble) -> Outcome:
    _aloud(f"{trouble.title}. {trouble.sentence}")
    return Outcome(value={"error": {"title": trouble.title, "sentence": trouble.sentence}}, code=exit_of(trouble))


def _print(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.value, ensure_ascii=False, indent=2))
    elif outcome.lines:
        text = _harmless("\n".join(outcome.lines))
        encoding = sys.stdout.encoding or "utf-8"
        print(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def _harmless(text: str) -> str:
    """Without the control characters with which a stranger's words could drive the terminal."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) != "Cc" else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )
