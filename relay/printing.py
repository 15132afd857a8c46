"""What the commands print: one JSON value, or short aligned lines for people; nothing that drives a terminal."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TextIO

from desktop.tickets.plain_text import one_line, tidy
from desktop.tickets.trouble import Trouble


def say(asked: argparse.Namespace, value: Any, text: str) -> None:
    """The value with `--json`, in ASCII, the same on every terminal; else the text."""
    _write(sys.stdout, json.dumps(value, default=_iso) if getattr(asked, "json", False) else text)


def tell(trouble: Trouble, *, as_json: bool) -> None:
    """What went wrong, as a sentence; with `--json` as the one value too."""
    _write(sys.stderr, f"{trouble.title}: {trouble.sentence}")
    if as_json:
        _write(sys.stdout, json.dumps({"error": {"title": trouble.title, "sentence": trouble.sentence}}))


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    print(tidy(text).encode(encoding, "replace").decode(encoding), file=stream, flush=True)


def table(asked: argparse.Namespace, lines: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The lines as JSON, or in columns; the last column takes what room is left."""
    cells = [list(columns)] + [[_short(line[column]) for column in columns] for line in lines]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    say(asked, list(lines), "\n".join(line[:room].rstrip() for line in shown))


def show_page(asked: argparse.Namespace, page: Mapping[str, Any]) -> None:
    """One ticket as JSON, or as a page to read."""
    say(asked, page, "\n".join(_page(page)))


def _page(page: Mapping[str, Any]) -> Iterator[str]:
    """What strangers wrote is set in, so that no line of theirs can pass for one of ours."""
    yield f"{page['reference']}  (number {page['number']})  {one_line(page['summary'])}"
    for name in ("status", "priority", "company", "requester", "assignee", "made", "received", "updated", "due_back"):
        if page[name]:
            yield f"  {name.replace('_', ' '):<12}{_short(page[name])}"
    for heading, text in (("details", page["details"]), ("error", page["error_text"])):
        if text:
            yield from ("", heading, *_indented(text))
    for note in page["notes"]:
        yield from ("", f"{note['at']}  {one_line(note['author'])}  ({note['kind']})", *_indented(note["text"]))
    for file in page["files"]:
        yield from ("", f"file  {one_line(file['name'])}  {file['size']} bytes  {file['sha256'][:12]}…")


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else one_line(str(value))


def _iso(value: Any) -> str:
    return str(value.isoformat())
