"""What can be typed. Stable: scripts rely on it."""

import argparse
import re
from typing import Any, NoReturn

from desktop.tickets.trouble import InputRefused

TIMEOUT = 30.0
"""Seconds for which a command tries to reach the help desk."""


_EPILOG = """\
REF is a ticket's reference, id or number. Times are this computer's unless they say otherwise (09:00+01:00).
HELPTRAY_HOME and HELPTRAY_KEY_FILE stand for --home and --key-file.

exit codes:
  0  done
  2  it was typed wrong, or cannot be used
  3  the help desk was not reached in time; what you wrote is saved
  4  something needs your attention
  5  connect first: helptray enrol
"""

_HALVES = re.compile("[\ud800-\udfff]")


class BadUsage(InputRefused):
    """What was typed is no command. `usage` is how it is written."""

    def __init__(self, sentence: str, usage: str) -> None:
        super().__init__(sentence)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raises `BadUsage` where argparse would end the program. Nothing may be abbreviated: scripts rely on names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise `BadUsage`."""
        raise BadUsage(f"{message[:1].upper()}{message[1:]}.", self.format_usage().strip())


def build_parser() -> Parser:
    """The parser of `helptray`; `command` is None where nothing was asked for, which starts the windows.

    Raises `BadUsage` as it parses.
    """
    common = _common()
    parser = Parser(
        prog="helptray",
        description="Ask for help; it works without a network. Without a command, the windows.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common()],
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    parser.set_defaults(command=None, home=None, key_file=None, json=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, about: str) -> Parser:
        return commands.add_parser(name, help=about, description=f"{about[:1].upper()}{about[1:]}.", parents=[common])

    command("new", "open the form for a new ticket")
    demo = command("demo", "show the main job, start to end, on this computer alone")
    demo.add_argument("--headless", action="store_true", help="no windows: pictures of them")
    demo.add_argument("--organisation", metavar="NAME", default="example", help="profile of the provider")
    demo.add_argument("--pictures", metavar="DIR", default="pictures", help="where pictures of the windows go")

    enrol = command("enrol", "connect this computer to a provider")
    enrol.add_argument("url", type=_text, metavar="URL", help="address of the help desk")
    enrol.add_argument("code", type=_text, metavar="CODE", help="one-time code from your provider")

    _report(command("report", "write a ticket; it is saved first, always"))
    sync = command("sync", "one pass: send what waits, read what is new")
    sync.add_argument("--timeout", type=_seconds, default=TIMEOUT, metavar="S", help="seconds to try for (30)")

    tickets = command("tickets", "list tickets, newest first")
    tickets.add_argument("--search", type=_text, default="", metavar="Q", help="those with these words")
    tickets.add_argument("--status", type=_text, default="", metavar="S", help="those with this status")
    tickets.add_argument("--limit", type=_count, default=50, metavar="N", help="at most so many (50)")

    _on_ticket(command("show", "one ticket with all on it"))
    file = _on_ticket(command("file", "write a ticket's file to disk"))
    file.add_argument("name", type=_text, metavar="NAME", help="its name, or its id")
    file.add_argument("--output", required=True, metavar="PATH", help="where to write it")
    note = _on_ticket(command("note", "say something on a ticket"))
    note.add_argument("text", type=_text, metavar="TEXT")
    _attach(note)
    fields = _on_ticket(command("set", "change fields of a ticket"))
    fields.add_argument("fields", type=_text, nargs="+", metavar="FIELD=VALUE", help="such as summary=… or status=…")
    work = _on_ticket(command("time", "log time worked"))
    work.add_argument("duration", type=_text, metavar="45m", help="such as 45m or 1h30m")
    work.add_argument("text", type=_text, metavar="WHAT", help="what was done")
    times = _on_ticket(command("times", "say when you can be reached"))
    times.add_argument("windows", type=_text, nargs="+", metavar="FROM/TO", help="such as 2026-11-24 09:00/12:00")
    _on_ticket(command("solved", "say that it works again"))
    reopen = _on_ticket(command("reopen", "say that it is not solved"))
    reopen.add_argument("text", type=_text, metavar="TEXT")
    escalate = _on_ticket(command("escalate", "ask for a faster answer"))
    escalate.add_argument("--reason", type=_text, required=True, metavar="TEXT", help="why it cannot wait")
    decide = _on_ticket(command("decide", "agree to a faster answer or not; needs the network"))
    decide.add_argument("decision", choices=("approve", "decline"), help="what you decide")

    waiting = command("waiting", "what waits to go out, or was not accepted")
    waiting.add_argument("action", nargs="?", choices=("retry", "cancel"), help="try one again, or take it back")
    waiting.add_argument("operation", type=_text, nargs="?", metavar="ID", help="which one; the list tells")
    screens = command("screens", "write a picture of each screen into a folder; nothing is sent")
    screens.add_argument("folder", metavar="FOLDER", help="where to put them; made where there is none")
    command("doctor", "what works here, and how to mend the rest")
    return parser


def _common() -> Parser:
    """What may stand before a command or after it; made anew for each, because defaults belong to the arguments."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help="folder that keeps everything of one person")
    common.add_argument("--key-file", metavar="FILE", help="file with the key, where there is no keyring")
    common.add_argument("--json", action="store_true", help="print one JSON value")
    return common


def _report(parser: Parser) -> None:
    parser.add_argument("--summary", type=_text, required=True, metavar="S", help="what is wrong, in one sentence")
    parser.add_argument("--details", type=_text, default="", metavar="D", help="whatever else there is to say")
    error = parser.add_mutually_exclusive_group()
    error.add_argument("--error-text", type=_text, default="", metavar="E", help="what the error says")
    error.add_argument(
        "--error-from", choices=("clipboard", "picture", "log"), help="take it from there, if there is one"
    )
    parser.add_argument(
        "--screenshot", choices=("none", "active", "all"), default="none", help="pictures of the screen"
    )
    _attach(parser)
    parser.add_argument("--type", type=_text, default="", metavar="T", help="kind of request")
    parser.add_argument("--security", action="store_true", help="an intrusion, a lost device, a dismissal")
    parser.add_argument("--confidential", action="store_true", help="for you and the provider alone")
    parser.add_argument("--impact", choices=("everyone", "group", "one", "unsure"), default="unsure", help="who has it")
    parser.add_argument(
        "--blocked", choices=("yes", "workaround", "no", "unsure"), default="unsure", help="is work held up"
    )
    parser.add_argument("--planned", action="store_true", help="work that is planned, not something broken")
    parser.add_argument("--device", type=_text, default="", metavar="NAME", help="another device than this computer")
    parser.add_argument(
        "--for", type=_text, dest="on_behalf_of", default="", metavar="EMAIL", help="the person it is for"
    )
    parser.add_argument(
        "--contact", type=_text, action="append", default=[], metavar="phone|email:VALUE", help="how to reach you"
    )
    parser.add_argument(
        "--available", type=_text, action="append", default=[], metavar="FROM/TO", help="when to reach you"
    )
    parser.add_argument("--sync", action="store_true", help="then try to reach the help desk")
    parser.add_argument("--timeout", type=_seconds, default=TIMEOUT, metavar="S", help="seconds to try for (30)")
    parser.set_defaults(withheld=())


def _attach(parser: Parser) -> None:
    parser.add_argument(
        "--attach", action="append", default=[], metavar="FILE", help="a file that goes along; may be repeated"
    )
    parser.add_argument("--as-is", action="store_true", help="leave what is private on these pictures as it is")


def _on_ticket(parser: Parser) -> Parser:
    parser.add_argument("reference", type=_text, metavar="REF", help="reference, id or number")
    return parser


def _text(typed: str) -> str:
    """What was typed as text that can be written anywhere: bytes that were none become U+FFFD."""
    return _HALVES.sub("\ufffd", typed)


def _seconds(typed: str) -> float:
    try:
        value = float(typed)
    except ValueError:
        value = 0.0
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number of seconds up to 3600")
    return value


def _count(typed: str) -> int:
    value = int(typed) if typed.isascii() and typed.isdecimal() else 0
    if not 0 < value <= 10_000:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number from 1 to 10000")
    return value
