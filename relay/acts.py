"""What the provider does from the command line: the same operations as anybody's, by the same rules."""

import secrets
from random import Random
from typing import Final

import msgspec
from sqlalchemy import Connection

from desktop.sync.protocol import OperationAnswer, encode_operation
from desktop.tickets.acceptance import FIELDS
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, ChangeFields, FieldChange, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import NoteKind
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.trouble import InputRefused
from desktop.tickets.typed_values import typed_value
from relay.accounts import as_principal, find_person
from relay.book import Book
from relay.core import Relay
from relay.permissions import Principal
from relay.tickets import find_ticket

HERE: Final = "command line"
"""Stands for a device, where something was done at the relay itself."""


def set_fields(relay: Relay, wanted: str, values: dict[str, str]) -> OperationAnswer:
    """Change fields of a ticket, named by reference, id or number; raises `InputRefused`."""
    unknown = [field for field in values if field not in FIELDS]
    if unknown:
        raise InputRefused(f"There is no field {unknown[0]!r}. There are: {', '.join(sorted(FIELDS))}.")
    with relay.write() as connection:
        ticket = find_ticket(connection, wanted).ticket
        organisation = relay.organisation(connection)
        changes = tuple(
            FieldChange(
                field=field, base=field_text(ticket, field), value=typed_value(organisation, field, values[field])
            )
            for field in values
        )
        operation = _operation(relay, ticket.id, change_fields=ChangeFields(changes=changes))
        return _done(relay, connection, provider(organisation), operation)


def add_note(relay: Relay, wanted: str, text: str, *, email: str = "", internal: bool = False) -> OperationAnswer:
    """Say something on a ticket, as the provider or as the person with that address; raises `InputRefused`."""
    with relay.write() as connection:
        ticket = find_ticket(connection, wanted).ticket
        by = provider(relay.organisation(connection))
        if email:
            person = find_person(connection, email)
            if person is None:
                raise InputRefused(f"There is nobody with the address {email!r}.")
            by = as_principal(connection, person, device=HERE)
        note = AddNote(
            note=new_id(relay.clock, random_source()), text=text, kind=NoteKind.INTERNAL if internal else NoteKind.REPLY
        )
        operation = _operation(relay, ticket.id, add_note=note)
        return _done(relay, connection, by, operation)


def provider(organisation: Organisation) -> Principal:
    """The help desk itself, as somebody who acts; where it has no address, its name identifies it."""
    email = organisation.email or organisation.name
    return Principal(device=HERE, company="", person=Person(email=email, name=organisation.name, role=Role.DISPATCHER))


def random_source() -> Random:
    """Randomness of the system, for ids."""
    return secrets.SystemRandom()


def _operation(
    relay: Relay, ticket: str, *, change_fields: ChangeFields | None = None, add_note: AddNote | None = None
) -> Operation:
    return Operation(
        id=new_id(relay.clock, random_source()),
        ticket=ticket,
        made_at=relay.clock.now(),
        change_fields=change_fields,
        add_note=add_note,
    )


def _done(relay: Relay, connection: Connection, by: Principal, operation: Operation) -> OperationAnswer:
    book = Book(connection, by, relay.organisation(connection), relay.clock.now())
    (answer,) = book.apply_batch([encode_operation(operation)])
    decoded = msgspec.json.decode(msgspec.json.encode(answer), type=OperationAnswer)
    if decoded.problem is not None:
        raise InputRefused(decoded.problem.detail)
    return decoded
