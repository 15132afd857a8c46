"""What the commands print: one JSON value, or short aligned lines for people."""

import argparse
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


def say(asked: argparse.Namespace, value: Any, text: str) -> None:
    """The value with `--json`, else the text."""
    print(json.dumps(value, ensure_ascii=False, default=_iso) if getattr(asked, "json", False) else text)


def table(asked: argparse.Namespace, lines: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The lines as JSON, or in columns; the last column takes what room is left."""
    if getattr(asked, "json", False):
        say(asked, list(lines), "")
        return
    cells = [list(columns)] + [[_short(line[column]) for column in columns] for line in lines]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    room = max(20, shutil.get_terminal_size((160, 24)).columns)
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()[:room])


def show_page(asked: argparse.Namespace, page: Mapping[str, Any]) -> None:
    """One ticket as JSON, or as a page to read."""
    if getattr(asked, "json", False):
        say(asked, page, "")
        return
    print(f"{page['reference']}  (number {page['number']})  {page['summary']}")
    for name in ("status", "priority", "company", "requester", "assignee", "made", "received", "updated", "due_back"):
        if page[name]:
            print(f"  {name.replace('_', ' '):<12}{_short(page[name])}")
    for heading, text in (("details", page["details"]), ("error", page["error_text"])):
        if text:
            print(f"\n{heading}\n" + "\n".join(f"  {line}" for line in text.splitlines()))
    for note in page["notes"]:
        print(f"\n{note['at']}  {note['author']}  ({note['kind']})")
        print("\n".join(f"  {line}" for line in note["text"].splitlines()))
    for file in page["files"]:
        print(f"\nfile  {file['name']}  {file['size']} bytes  {file['sha256'][:12]}…")


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)


def _iso(value: Any) -> str:
    return str(value.isoformat())
