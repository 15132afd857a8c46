"""From what was typed to an exit code: the outermost frame of the command line."""

import gc
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.arguments import BadUsage, build_parser
from desktop.cli.ending import Ended, ending_in_order
from desktop.cli.outcome import Outcome, told
from desktop.cli.printing import print_outcome, say_aloud
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.tickets.trouble import Trouble


class Stopped(Trouble):
    """It was ended from outside, as `Ended` says."""

    title = "Stopped"


def run(argv: Sequence[str]) -> int:
    """Run one command line; prints its answer and returns the exit code."""
    as_json = "--json" in argv
    try:
        with ending_in_order():
            args = build_parser().parse_args(argv)
            as_json = args.json
            return print_outcome(_outcome(args), as_json=as_json)
    except BadUsage as wrong:
        say_aloud(wrong.usage)
        return print_outcome(told(wrong), as_json=as_json)
    except Ended as ended:
        print_outcome(told(Stopped(ended.sentence)), as_json=as_json)
        return ended.code


def _outcome(args: Namespace) -> Outcome:
    try:
        settings = Settings.read(home=args.home, key_file=args.key_file, environment=os.environ)
        if args.command == "screens":  # asked of this computer alone, and waited for
            from desktop.cli.screens import screens

            return screens(Path(args.folder), settings)
        return _answer(args, settings)
    except Trouble as trouble:
        return told(trouble)


def _answer(args: Namespace, settings: Settings) -> Outcome:
    gc.enable()  # off while what every command needs was loaded
    if args.version:
        from importlib.metadata import version

        return Outcome(value={"version": version("helptray")}, lines=[version("helptray")])
    if args.command == "demo":
        from desktop.demo.run import demo

        return demo(headless=args.headless, organisation=args.organisation, pictures=Path(args.pictures).absolute())
    if args.command in (None, "new"):
        from desktop.cli.windows import windows

        return windows(settings, wish=args.command or "")
    if args.command == "doctor":
        from desktop.cli.doctor import doctor

        return doctor(settings)
    from random import SystemRandom

    from desktop.app import open_desk
    from desktop.cli.commands import COMMANDS

    if args.command == "report":
        from desktop.ui.settings.preferences import PreferenceFile

        args.withheld = PreferenceFile.of(settings.home).read().withheld
    with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=say_aloud) as desk:
        return COMMANDS[args.command](desk, args)
