"""The command line `helptray-relay`: what each command takes."""

import argparse
from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, TypeAlias

from desktop.tickets.people import Role
from desktop.tickets.trouble import InputRefused
from relay import commands
from relay.codes import VALID_FOR


class BadUsage(InputRefused):
    """What was typed is no command. `usage` is how it is written."""

    def __init__(self, sentence: str, usage: str) -> None:
        super().__init__(sentence)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raises `BadUsage` where argparse would end the program."""

    def error(self, message: str) -> NoReturn:
        """Raise `BadUsage`."""
        raise BadUsage(f"{message[:1].upper()}{message[1:]}.", self.format_usage().strip())


_Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def parser() -> Parser:
    """Every command with its arguments; `run` of the result does it. Raises `BadUsage` as it parses."""
    shared = Parser(add_help=False)
    shared.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="folder with all data")
    shared.add_argument("--database", default=argparse.SUPPRESS, metavar="URL", help="sqlite:///FILE instead")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON value")
    top = Parser(prog="helptray-relay", description="The server side of Helptray.", parents=[shared])
    top.add_argument("--version", action="version", version=version("helptray"))
    of = top.add_subparsers(metavar="COMMAND", required=True)

    serve = of.add_parser("serve", parents=[shared], help="answer desktops until stopped")
    serve.add_argument("--listen", default="127.0.0.1:8420", metavar="HOST:PORT", help="port 0: any")
    serve.add_argument("--organisation", metavar="NAME|FILE", help="the provider's profile; kept for the next start")
    serve.set_defaults(run=commands.serve)

    _add_accounts(of, shared)
    _add_devices(of, shared)
    _add_tickets(of, shared)
    _add_provider(of, shared)
    return top


def _add_accounts(of: _Commands, shared: Parser) -> None:
    """Who takes part."""
    company = _group(of, "company", "companies")
    add = company.add_parser("add", parents=[shared], help="add a company")
    add.add_argument("name")
    add.add_argument(
        "--share",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="its requesters see one another's tickets, but for confidential ones",
    )
    add.set_defaults(run=commands.company_add)

    person = _group(of, "person", "people")
    add = person.add_parser("add", parents=[shared], help="add a person, or change one")
    add.add_argument("email")
    add.add_argument("--name", default="")
    add.add_argument("--company", default="")
    add.add_argument("--role", type=Role, choices=list(Role), default=Role.REQUESTER, metavar="R", help=", ".join(Role))
    add.set_defaults(run=commands.person_add)

    code = of.add_parser("enrol-code", parents=[shared], help="a one-time code for a person, or a company's device")
    code.add_argument("email", nargs="?", default="")
    code.add_argument("--company", default="", help="for a device of this company, before anybody signs in")
    code.add_argument("--hours", type=_hours, default=VALID_FOR, help="how long it is good (default: seven days)")
    code.set_defaults(run=commands.enrol_code)


def _add_devices(of: _Commands, shared: Parser) -> None:
    """What is connected."""
    device = _group(of, "device", "connected devices")
    device.add_parser("list", parents=[shared], help="every device").set_defaults(run=commands.device_list)
    revoke = device.add_parser("revoke", parents=[shared], help="disconnect a device")
    revoke.add_argument("id")
    revoke.set_defaults(run=commands.device_revoke)


def _add_tickets(of: _Commands, shared: Parser) -> None:
    """What there is, and what is done to it."""
    of.add_parser("tickets", parents=[shared], help="every ticket").set_defaults(run=commands.tickets)
    show = of.add_parser("show", parents=[shared], help="one ticket with all that is on it")
    show.add_argument("ref", metavar="REF", help="reference, id or number")
    show.set_defaults(run=commands.show)
    of.add_parser("counts", parents=[shared], help="how many of each there are").set_defaults(run=commands.counted)

    change = of.add_parser("set", parents=[shared], help="change fields of a ticket")
    change.add_argument("ref", metavar="REF")
    change.add_argument("fields", nargs="+", metavar="FIELD=VALUE", type=_assignment)
    change.set_defaults(run=commands.set_values)

    note = of.add_parser("note", parents=[shared], help="say something on a ticket")
    note.add_argument("ref", metavar="REF")
    note.add_argument("text", metavar="TEXT")
    note.add_argument("--as", dest="email", default="", metavar="EMAIL", help="as this person instead of the provider")
    note.add_argument("--internal", action="store_true", help="for the provider's people alone")
    note.set_defaults(run=commands.note)


def _add_provider(of: _Commands, shared: Parser) -> None:
    """What the provider says."""
    notice = _group(of, "notice", "what everyone should know")
    add = notice.add_parser("add", parents=[shared], help="tell everyone")
    add.add_argument("text", metavar="TEXT")
    add.add_argument("--company", default="", help="tell this company only")
    add.add_argument("--until", type=commands.moment, metavar="T", help="such as 2026-11-24T18:00+00:00")
    add.set_defaults(run=commands.notice_add)
    end = notice.add_parser("end", parents=[shared], help="take a notice back")
    end.add_argument("id")
    end.set_defaults(run=commands.notice_end)

    restored = of.add_parser(
        "restored", parents=[shared], help="say, once, that the data was restored from an older copy"
    )
    restored.set_defaults(run=commands.restored)

    organisation = _group(of, "organisation", "the provider's profile")
    check = organisation.add_parser(
        "check", parents=[shared], help="what a profile has, and what a requester will read"
    )
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run=commands.organisation_check)


def _group(of: _Commands, name: str, help: str) -> _Commands:
    return of.add_parser(name, help=help).add_subparsers(metavar="COMMAND", required=True)


def _assignment(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=VALUE")
    return field, value


def _hours(text: str) -> timedelta:
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 24 * 365:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of hours up to 8760")
    return timedelta(hours=hours)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command with its arguments; raises `BadUsage` where they make none."""
    return parser().parse_args(arguments)
