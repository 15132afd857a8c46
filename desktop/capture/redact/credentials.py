"""Passwords, keys and tokens in texts that programs write: headers, addresses, settings, commands, labelled fields."""

from collections.abc import Iterator

from desktop.capture.redact.addresses import addresses
from desktop.capture.redact.codes import codes
from desktop.capture.redact.commands import arguments
from desktop.capture.redact.headers import headers
from desktop.capture.redact.issued import issued, private_keys
from desktop.capture.redact.labelled import labelled
from desktop.capture.redact.secret import Found
from desktop.capture.redact.wrapped import closed_up


def credentials(text: str) -> Iterator[Found]:
    """Every password, key, token and cookie in the text; they may overlap."""
    yield from _in_lines(text)
    yield from private_keys(text)
    whole = closed_up(text)
    if whole.joints:
        yield from (opened for one in _in_lines(whole.text) if (opened := whole.opened(one)) is not None)


def _in_lines(text: str) -> Iterator[Found]:
    yield from labelled(text)
    yield from codes(text)
    yield from arguments(text)
    yield from headers(text)
    yield from addresses(text)
    yield from issued(text)
