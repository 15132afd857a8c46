"""Passwords, keys and tokens in texts that programs write: headers, addresses, settings, commands, labelled fields."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.capture.redact.addresses import addresses
from desktop.capture.redact.codes import codes
from desktop.capture.redact.commands import arguments
from desktop.capture.redact.headers import headers
from desktop.capture.redact.issued import issued, private_keys
from desktop.capture.redact.labelled import labelled
from desktop.capture.redact.labels import labels
from desktop.capture.redact.logins import logins
from desktop.capture.redact.network_devices import device_settings
from desktop.capture.redact.programs import by_place
from desktop.capture.redact.secret import Found
from desktop.capture.redact.spoken import told_in_turn
from desktop.capture.redact.tables import in_statements, in_tables
from desktop.capture.redact.wrapped import closed_up

_MASKED = re.compile(r"\[masked: [a-z -]{3,30}\]")


def credentials(text: str) -> Iterator[Found]:
    """Every password, key, token and cookie in the text; they may overlap. What is masked already is none."""
    masked = [match.span() for match in _MASKED.finditer(text)]
    yield from (more for one in _all(text) if (more := _beside_masks(text, one, masked)) is not None)


def _beside_masks(text: str, found: Found, masked: Sequence[tuple[int, int]]) -> Found | None:
    """A find with the whole of each `[masked: password]` that it reaches into; None where nothing else is in it."""
    at, last, is_more = found.start, found.end, False
    for start, end in masked[max(0, bisect_left(masked, (found.start, 0)) - 1) :]:
        if start >= found.end:
            break
        if end > found.start:
            is_more = is_more or any(map(str.isalnum, text[at : max(at, start)]))
            at, last = max(at, end), max(last, end)
    return replace(found, end=last) if is_more or any(map(str.isalnum, text[at : found.end])) else None


def _all(text: str) -> Iterator[Found]:
    yield from _in_lines(text)
    yield from private_keys(text)
    whole = closed_up(text)
    if whole.joints:
        yield from (opened for one in _in_lines(whole.text) if (opened := whole.opened(one)) is not None)


def _in_lines(text: str) -> Iterator[Found]:
    names = tuple(labels(text))
    yield from labelled(text, names)
    yield from in_tables(text, names)
    yield from in_statements(text)
    yield from told_in_turn(text)
    yield from logins(text)
    yield from codes(text)
    yield from arguments(text)
    yield from by_place(text)
    yield from device_settings(text)
    yield from headers(text)
    yield from addresses(text)
    yield from issued(text)
