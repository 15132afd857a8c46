"""Values as the bytes and numbers that lie in the database."""

from datetime import UTC, datetime, timedelta

import msgspec

from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft
from desktop.tickets.notice import Notice
from desktop.tickets.operations import Operation
from desktop.tickets.plain_text import whole_characters
from desktop.tickets.ticket import Attachment, Note, Ticket

_encode = msgspec.json.Encoder().encode
decode_account = msgspec.json.Decoder(Account).decode
decode_attachment = msgspec.json.Decoder(Attachment).decode
decode_draft = msgspec.json.Decoder(Draft).decode
decode_note = msgspec.json.Decoder(Note).decode
decode_notice = msgspec.json.Decoder(Notice).decode
decode_operation = msgspec.json.Decoder(Operation).decode
decode_ticket = msgspec.json.Decoder(Ticket).decode

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def encode(value: object) -> bytes:
    """A value as JSON; half of a surrogate pair, which some programs leave on the clipboard, becomes U+FFFD."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return _encode(whole_characters(msgspec.to_builtins(value)))


def to_number(at: datetime) -> int:
    """A moment as whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def to_number_or_none(at: datetime | None) -> int | None:
    """The same for a moment that may be absent."""
    return None if at is None else to_number(at)


def to_moment(number: int) -> datetime:
    """The moment, in UTC, that `to_number` made a number of."""
    return _EPOCH + number * _MICROSECOND


def to_moment_or_none(number: int | None) -> datetime | None:
    """The same for a moment that may be absent."""
    return None if number is None else to_moment(number)
