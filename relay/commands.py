"""What each command of `helptray-relay` does."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from desktop.tickets.notice import Notice
from desktop.tickets.people import Person
from desktop.tickets.trouble import InputRefused
from relay import acts, devices
from relay.accounts import add_company, add_person
from relay.codes import make_code
from relay.core import FILE, Relay
from relay.notices import add_notice, end_notice
from relay.printing import say, show_page, table
from relay.profile_report import report
from relay.serve import RelayServer
from relay.tickets import counts, find_ticket, ticket_lines, ticket_page
from relay.values import renew_epoch

DATA: Final = "HELPTRAY_RELAY_DATA"
"""Environment variable that names the folder where `--data` does not."""


def serve(asked: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT."""
    host, _, port = asked.listen.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise InputRefused(f"{asked.listen!r} is not HOST:PORT.")
    folder, file = _place(asked)
    RelayServer(folder, asked.organisation, host.strip("[]") or "127.0.0.1", int(port), database=file).run()


def company_add(asked: argparse.Namespace) -> None:
    """Add a company."""
    with _opened(asked, makes=True) as relay, relay.write() as connection:
        name = add_company(connection, asked.name, at=relay.clock.now(), shares=asked.share)
    say(asked, {"company": name}, f"{name} is a company here.")


def person_add(asked: argparse.Namespace) -> None:
    """Add a person, or change one."""
    with _opened(asked, makes=True) as relay, relay.write() as connection:
        person = Person(email=asked.email, name=asked.name, company=asked.company, role=asked.role)
        added = add_person(connection, person, at=relay.clock.now())
    value = {"email": added.email, "name": added.name, "company": added.company, "role": added.role}
    say(asked, value, f"{added.name} <{added.email}> is known here as {added.role.replace('_', ' ')}.")


def enrol_code(asked: argparse.Namespace) -> None:
    """The code alone, on one line."""
    with _opened(asked) as relay, relay.write() as connection:
        code = make_code(
            connection, at=relay.clock.now(), email=asked.email, company=asked.company, valid_for=asked.hours
        )
    say(asked, code, code)


def device_list(asked: argparse.Namespace) -> None:
    """Every device."""
    with _opened(asked) as relay, relay.read() as connection:
        found = [asdict(line) for line in devices.device_lines(connection)]
    table(asked, found, ("device", "name", "company", "person", "enrolled", "revoked"))


def device_revoke(asked: argparse.Namespace) -> None:
    """Disconnect a device."""
    with _opened(asked) as relay, relay.write() as connection:
        devices.revoke(connection, asked.id, at=relay.clock.now())
    say(asked, {"device": asked.id, "revoked": True}, f"{asked.id} is disconnected from its next request on.")


def tickets(asked: argparse.Namespace) -> None:
    """Every ticket."""
    with _opened(asked) as relay, relay.read() as connection:
        found = list(ticket_lines(connection))
    table(asked, found, ("number", "reference", "status", "priority", "company", "requester", "summary"))


def show(asked: argparse.Namespace) -> None:
    """One ticket with all that is on it."""
    with _opened(asked) as relay, relay.read() as connection:
        state = find_ticket(connection, asked.ref)
        page = ticket_page(connection, state, relay.organisation(connection), relay.clock.now())
    show_page(asked, page)


def counted(asked: argparse.Namespace) -> None:
    """How many of each there are."""
    with _opened(asked) as relay, relay.read() as connection:
        found = asdict(counts(connection))
    say(asked, found, "\n".join(f"{name:<12}{number:>8}" for name, number in found.items()))


def set_values(asked: argparse.Namespace) -> None:
    """Change fields of a ticket."""
    with _opened(asked) as relay:
        answer = acts.set_fields(relay, asked.ref, dict(asked.fields))
    changed = ", ".join(f"{field} is now {value!r}" for field, value in asked.fields)
    say(asked, {"operation": answer.id, "result": answer.result}, f"{asked.ref}: {changed}.")


def note(asked: argparse.Namespace) -> None:
    """Say something on a ticket."""
    with _opened(asked) as relay:
        answer = acts.add_note(relay, asked.ref, asked.text, email=asked.email, internal=asked.internal)
    say(asked, {"operation": answer.id, "result": answer.result}, f"{asked.ref}: the note is on the ticket.")


def notice_add(asked: argparse.Namespace) -> None:
    """Tell everyone something."""
    with _opened(asked) as relay, relay.write() as connection:
        added: Notice = add_notice(connection, relay.clock, asked.text, company=asked.company, until=asked.until)
    say(asked, {"notice": added.id}, added.id)


def notice_end(asked: argparse.Namespace) -> None:
    """Take a notice back."""
    with _opened(asked) as relay, relay.write() as connection:
        end_notice(connection, asked.id, at=relay.clock.now())
    say(asked, {"notice": asked.id, "ended": True}, f"{asked.id} is shown no more.")


def restored(asked: argparse.Namespace) -> None:
    """Begin a new history, so that every client reads anew and asks about what it had sent."""
    with _opened(asked) as relay, relay.write() as connection:
        epoch = renew_epoch(connection)
    say(asked, {"epoch": epoch}, "Every computer will read everything anew and ask about what it had sent.")


def organisation_check(asked: argparse.Namespace) -> None:
    """What a profile has, and what a requester will read."""
    value, text = report(asked.file)
    say(asked, value, text)


def moment(text: str) -> datetime:
    """A time from the command line; the computer's zone unless an offset is given."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-11-24T18:00") from error


@contextmanager
def _opened(asked: argparse.Namespace, *, makes: bool = False) -> Iterator[Relay]:
    """The data, which only what `makes` something may begin: a folder that was typed wrong holds no empty help desk."""
    folder, file = _place(asked)
    database = file or folder / FILE
    if not makes and not database.exists():
        raise InputRefused(f"There is no {database}. Check the name; serve, company add and person add make it.")
    relay = Relay(folder, file=file)
    try:
        yield relay
    finally:
        relay.close()


def _place(asked: argparse.Namespace) -> tuple[Path, Path | None]:
    """The folder with the data, and the database where that is elsewhere."""
    named = getattr(asked, "database", "")
    if named:
        try:
            url = make_url(named)
        except ArgumentError:
            raise InputRefused(f"{named!r} is not a database URL.") from None
        if url.get_backend_name() != "sqlite" or not url.database:
            raise InputRefused("This relay keeps its data in SQLite: --database sqlite:///FILE, or --data DIR.")
        file = Path(url.database)
        return getattr(asked, "data", file.parent), file
    folder = getattr(asked, "data", None) or os.environ.get(DATA, "")
    if not folder:
        raise InputRefused(f"Say where the data is: --data DIR, or the environment variable {DATA}.")
    return Path(folder), None
