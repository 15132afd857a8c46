"""Passwords in the columns of tables: copied as text, by commas, semicolons, tabs or bars, and of SQL's INSERT."""

import re
from collections.abc import Iterable, Iterator

from desktop.capture.redact.field_labels import FieldKind, field_kind, is_other_label
from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import is_masked, is_password, is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind

_WIDEST = 300
"""Letters of a head before and behind its label."""
_CELL = {sign: re.compile(rf"[ ]*(?:\"((?:[^\"\n]|\"\")*+)\"|([^{sign}\n]*+))[ ]*(?:{sign}|\r?$)") for sign in "\t;,"}
_CELL["|"] = re.compile(r"[ ]*(?:\"([^\"\n]*+)\"|([^|\n]*+))[ ]*(?:\||\r?$)")
_RULE = re.compile(r"[|:+ \t-]+")
"""The line below the head of a table in Markdown."""
_INSERT = re.compile(
    r"\binto\s{1,9}[^\s(]{1,100}\s{0,9}\((?P<columns>[^()\n]{1,400}+)\)\s{0,9}values?\s{0,9}(?=\()", re.IGNORECASE
)
_VALUE = re.compile(
    r"[N ]{0,3}(?:'(?P<text>(?:[^'\n]|'')*+)'|(?P<other>[^,()'\n]{0,100}+(?:\([^()\n]{0,100}\))?))[ ]*(?P<end>[,)])"
)
_NEXT = re.compile(r"\s{0,9},?\s{0,9}\(")


def in_statements(text: str) -> Iterator[Found]:
    """What SQL's `INSERT INTO users (name, password) VALUES ('kim', '...')` writes into a column for passwords."""
    for statement in matches_near(_INSERT, text, ("into",), 2, 700):
        kinds = [field_kind(name.strip(' `"[]')) for name in statement["columns"].split(",")]
        at = statement.end()
        row = _NEXT.match(text, at) if FieldKind.PASSWORD in kinds else None
        while row is not None:
            at = row.end()
            for kind in kinds:
                value = _VALUE.match(text, at)
                if value is None:
                    return
                at = value.end()
                if kind is FieldKind.PASSWORD and value["text"] and not is_masked(value["text"]):
                    yield Found(*value.span("text"), SecretKind.PASSWORD)
                if value["end"] == ")":
                    break
            row = _NEXT.match(text, at)


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
        is_spaced = ", " in head  # as prose has it
        if columns and any(map(is_other_label, heads)):
            for at, line in _rows(text, end):
                cells = _cells(line, sign)
                if len(cells) != len(heads):
                    break
                end = at + len(line)
                found = (one for column in columns for one in _in_cell(line, at, cells[column]))
                yield from (one for one in found if not is_spaced or is_unlike_a_word(text[one.start : one.end]))


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
