"""What can be typed. Stable: scripts rely on it."""

import argparse

TIMEOUT = 30.0
"""Seconds for which a command tries to reach the help desk."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of `helptray`; `command` is None where nothing was asked for, which starts the windows."""
    common = _common()
    parser = argparse.ArgumentParser(
        prog="helptray", description="Ask for help; it works without a network.", parents=[_common()]
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    parser.set_defaults(command=None, home=None, key_file=None, json=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    command("new", "open the form for a new ticket")
    demo = command("demo", "show the main job, start to end, on this computer alone")
    demo.add_argument("--headless", action="store_true", help="no windows: pictures of them")
    demo.add_argument("--organisation", metavar="NAME", default="example", help="profile of the provider")

    enrol = command("enrol", "connect this computer to a provider")
    enrol.add_argument("url", metavar="URL")
    enrol.add_argument("code", metavar="CODE")

    _report(command("report", "write a ticket; it is saved first, always"))
    sync = command("sync", "one pass: send what waits, read what is new")
    sync.add_argument("--timeout", type=_seconds, default=TIMEOUT, metavar="S")

    tickets = command("tickets", "list tickets, newest first")
    tickets.add_argument("--search", default="", metavar="Q")
    tickets.add_argument("--status", default="", metavar="S")
    tickets.add_argument("--limit", type=_count, default=50, metavar="N")

    _on_ticket(command("show", "one ticket with all on it"))
    file = _on_ticket(command("file", "write a ticket's file to disk"))
    file.add_argument("name", metavar="NAME", help="its name, or its id")
    file.add_argument("--output", required=True, metavar="PATH")
    note = _on_ticket(command("note", "say something on a ticket"))
    note.add_argument("text", metavar="TEXT")
    note.add_argument("--attach", action="append", default=[], metavar="FILE")
    fields = _on_ticket(command("set", "change fields of a ticket"))
    fields.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    work = _on_ticket(command("time", "log time worked"))
    work.add_argument("duration", metavar="45m")
    work.add_argument("text", metavar="WHAT")
    times = _on_ticket(command("times", "say when you can be reached"))
    times.add_argument("windows", nargs="+", metavar="FROM/TO")
    _on_ticket(command("solved", "say that it works again"))
    reopen = _on_ticket(command("reopen", "say that it is not solved"))
    reopen.add_argument("text", metavar="TEXT")
    escalate = _on_ticket(command("escalate", "ask for a faster answer"))
    escalate.add_argument("--reason", required=True, metavar="TEXT")
    decide = _on_ticket(command("decide", "agree to a faster answer or not; needs the network"))
    decide.add_argument("decision", choices=("approve", "decline"))

    waiting = command("waiting", "what waits to go out, or was not accepted")
    waiting.add_argument("action", nargs="?", choices=("retry", "cancel"))
    waiting.add_argument("operation", nargs="?", metavar="ID")
    command("doctor", "what works here, and how to mend the rest")
    return parser


def _common() -> argparse.ArgumentParser:
    """What may stand before a command or after it; made anew for each, because defaults belong to the arguments."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help="folder that keeps everything of one person")
    common.add_argument("--key-file", metavar="FILE", help="file with the key, where there is no keyring")
    common.add_argument("--json", action="store_true", help="print one JSON value")
    return common


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--summary", required=True, metavar="S", help="what is wrong, in one sentence")
    parser.add_argument("--details", default="", metavar="D")
    error = parser.add_mutually_exclusive_group()
    error.add_argument("--error-text", default="", metavar="E")
    error.add_argument("--error-from", choices=("clipboard",))
    parser.add_argument("--screenshot", choices=("none", "active", "all"), default="none")
    parser.add_argument("--attach", action="append", default=[], metavar="FILE")
    parser.add_argument("--type", default="", metavar="T")
    parser.add_argument("--security", action="store_true", help="an intrusion, a lost device, a dismissal")
    parser.add_argument("--confidential", action="store_true")
    parser.add_argument("--impact", choices=("everyone", "group", "one", "unsure"), default="unsure")
    parser.add_argument("--blocked", choices=("yes", "workaround", "no", "unsure"), default="unsure")
    parser.add_argument("--planned", action="store_true", help="work that is planned, not something broken")
    parser.add_argument("--device", default="", metavar="NAME", help="another device than this computer")
    parser.add_argument("--for", dest="on_behalf_of", default="", metavar="EMAIL")
    parser.add_argument("--contact", action="append", default=[], metavar="phone|email:VALUE")
    parser.add_argument("--available", action="append", default=[], metavar="FROM/TO")
    parser.add_argument("--sync", action="store_true", help="then try to reach the help desk")
    parser.add_argument("--timeout", type=_seconds, default=TIMEOUT, metavar="S")


def _on_ticket(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("reference", metavar="REF", help="reference, id or number")
    return parser


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError("between 0 and 3600 seconds")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 < value <= 10_000:
        raise argparse.ArgumentTypeError("between 1 and 10000")
    return value
