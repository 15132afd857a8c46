"""Passwords in the columns of a table that was copied as text: by commas, semicolons, tabs or bars."""

import re
from collections.abc import Iterable, Iterator

from desktop.capture.redact.field_labels import FieldKind, field_kind, is_other_label
from desktop.capture.redact.plausible import is_masked, is_password
from desktop.capture.redact.secret import Found, SecretKind

_WIDEST = 300
"""Letters of a head before and behind its label."""
_CELL = {sign: re.compile(rf"[ ]*(?:\"((?:[^\"\n]|\"\")*+)\"|([^{sign}\n]*+))[ ]*(?:{sign}|\r?$)") for sign in "\t;,"}
_CELL["|"] = re.compile(r"[ ]*(?:\"([^\"\n]*+)\"|([^|\n]*+))[ ]*(?:\||\r?$)")
_RULE = re.compile(r"[|:+ \t-]+")
"""The line below the head of a table in Markdown."""


def in_tables(text: str, names: Iterable[re.Match[str]]) -> Iterator[Found]:
    """By the labels in a text: cells below the head `password`, where another is for a user's name or the like."""
    end = 0
    for label in names:
        if label.start() < end or label["password"] is None:
            continue
        start = text.rfind("\n", max(0, label.start() - _WIDEST), label.start()) + 1
        end = text.find("\n", label.end(), label.end() + _WIDEST) + 1
        head = text[start:end].rstrip("\r\n")
        sign = next((sign for sign in _CELL if sign in head), None)
        if not start <= label.start() < end or sign is None:
            continue
        heads = [head[slice(*cell)].strip() for cell in _cells(head, sign)]
        columns = [at for at, name in enumerate(heads) if field_kind(name) is FieldKind.PASSWORD]
        if columns and any(map(is_other_label, heads)):
            for at, line in _rows(text, end):
                cells = _cells(line, sign)
                if len(cells) != len(heads):
                    break
                end = at + len(line)
                yield from (one for column in columns for one in _in_cell(line, at, cells[column]))


def _rows(text: str, at: int) -> Iterator[tuple[int, str]]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, text[at:end]
        at = end + 1


def _cells(line: str, sign: str) -> list[tuple[int, int]]:
    """From where to where each cell of a line reaches, without its quotation marks."""
    cells, at = [], 0
    while at <= len(line):
        cell = _CELL[sign].match(line, at)
        if cell is None:
            return []
        cells.append(cell.span(1 if cell[1] is not None else 2))
        if cell.end() == len(line) and not line.endswith(sign):
            break
        at = cell.end() if cell.end() > at else at + 1
    return cells


def _in_cell(line: str, at: int, cell: tuple[int, int]) -> Iterator[Found]:
    value = line[slice(*cell)].rstrip()
    start = cell[0] + len(value) - len(value.lstrip())
    if value.strip() and is_password(value.strip()) and not is_masked(value.strip()) and not _RULE.fullmatch(value):
        yield Found(at + start, at + cell[0] + len(value), SecretKind.PASSWORD)
