"""Whatever is typed, pasted, attached or handed over by a script: kept as it was meant, or refused with a sentence."""

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.cli.run import run
from desktop.desk import Desk
from desktop.store.troubles import FileRefused
from desktop.sync.faults import Refused
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import TicketView
from relay.codes import make_code
from relay.core import Relay
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, held, report
from tests.faults.fault_proxy import FaultProxy

MEGABYTE = 1024 * 1024
LARGE = int(os.environ.get("HELPTRAY_LARGE", "300")) * MEGABYTE
"""Megabytes of the large file; 2048 takes some minutes."""


def arrived(desk: Desk, ticket: str, timeout: float = TIMEOUT) -> TicketView:
    """The ticket as the help desk has it."""
    result = desk.sync_now(timeout)
    assert (result.pending, result.needs_attention, result.trouble) == (0, 0, None), result
    view = desk.ticket(ticket)
    assert view is not None
    return view


Typed = Callable[..., tuple[int, object, str]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs a command line on one home; its exit code, its JSON value, what it said aloud."""
    place = ["--home", str(tmp_path / "home"), "--key-file", str(tmp_path / "home.key"), "--json"]

    def type_in(*arguments: str) -> tuple[int, object, str]:
        code = run([*place, *arguments])
        told = capsys.readouterr()
        return code, json.loads(told.out), told.err

    type_in("tickets")  # makes the home and says where the key is
    return type_in


@pytest.mark.parametrize("summary", ["", "  ", "\u200b\u2060\ufeff", "\x00\x01\x02", "\u202e\u202d", "...", "\n\n"])
def test_a_summary_that_says_nothing(typed: Typed, summary: str) -> None:
    code, _, said = typed("report", "--summary", summary)
    assert code == 2
    assert "Please say in one sentence what is wrong." in said
    assert typed("tickets")[1] == []


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("🖨️ is on 🔥 👩‍👩‍👧‍👦", "🖨️ is on 🔥 👩‍👩‍👧‍👦"),
        ("הדפסת לא עובדת", "הדפסת לא עובדת"),
        ("الطابعة لا تعمل", "الطابعة لا تعمل"),
        ("The \u202efdp.exe\u202c file", "The fdp.exe file"),
        ("zero\u200bwidth \ufeffjoined", "zerowidth joined"),
        ("bell\x07 and \x1b[31mred\x1b[0m", "bell and red"),
        ("nul\x00in the middle", "nulin the middle"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("'; DROP TABLE ticket; --", "'; DROP TABLE ticket; --"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ],
    ids=["emoji", "Hebrew", "Arabic", "override", "zero width", "control", "nul", "surrogate", "SQL", "HTML"],
)
def test_strange_text_arrives_as_a_person_sees_it(robin: Desk, summary: str, kept: str) -> None:
    saved = robin.file_ticket(replace(robin.new_draft(), summary=summary, details=summary, error_text=summary)).result()
    robin.reply(saved.ticket, summary).result()
    before = robin.ticket(saved.ticket)
    view = arrived(robin, saved.ticket)
    ticket = view.ticket
    assert [ticket.summary, ticket.details, ticket.error_text, view.notes[0].note.text] == [kept] * 4
    assert before is not None
    assert (before.ticket.summary, before.notes[0].note.text) == (kept, kept)


def test_a_word_of_three_hundred_letters_and_a_megabyte_of_text(robin: Desk, tmp_path: Path) -> None:
    word, text = "x" * 300, "The printer eats paper.\n" * (MEGABYTE // 24)
    saved = robin.file_ticket(replace(robin.new_draft(), summary=word, details=text, error_text=text)).result()
    robin.reply(saved.ticket, text).result()
    view = arrived(robin, saved.ticket)
    assert view.ticket.summary == word
    for number, shown in enumerate(view.attachments):
        target = tmp_path / str(number)
        robin.fetch_file(saved.ticket, shown.attachment.id, target).result()
        assert target.read_text().strip() == text.strip()
    assert sorted(shown.attachment.name for shown in view.attachments) == ["details.txt", "error.txt", "message.txt"]


def test_a_megabyte_pasted_as_the_summary(robin: Desk) -> None:
    saved = robin.file_ticket(replace(robin.new_draft(), summary="paper jam " * (MEGABYTE // 10))).result()
    view = arrived(robin, saved.ticket)
    assert len(view.ticket.summary) <= 300
    assert [shown.attachment.size for shown in view.attachments] == [MEGABYTE // 10 * 10 - 1]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "CON", "con.txt", "a/b", "\x00", "", "."])
def test_names_of_files_are_names_and_nothing_else(robin: Desk, tmp_path: Path, name: str) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"root:x:0:0")
    file = robin.import_file(source, name=name).result()
    saved = robin.file_ticket(replace(robin.new_draft(), summary="A file", files=(file,))).result()
    [shown] = arrived(robin, saved.ticket).attachments
    assert shown.attachment.name
    assert not set(shown.attachment.name) & set("/\\\0:")
    assert shown.attachment.name.partition(".")[0].upper() != "CON"
    folder = tmp_path / "saved"
    folder.mkdir()
    written = robin.fetch_file(saved.ticket, shown.attachment.id, folder / shown.attachment.name).result()
    assert written.resolve().parent == folder.resolve()
    assert written.read_bytes() == b"root:x:0:0"


def test_an_empty_file_arrives(robin: Desk, help_desk: HelpDesk, tmp_path: Path) -> None:
    empty = tmp_path / "empty.log"
    empty.touch()
    file = robin.import_file(empty).result()
    saved = robin.file_ticket(replace(robin.new_draft(), summary="An empty file", files=(file,))).result()
    [shown] = arrived(robin, saved.ticket).attachments
    assert (shown.attachment.size, held(help_desk.data).files) == (0, 1)


def test_what_is_no_file_is_refused_and_nothing_is_saved(typed: Typed, tmp_path: Path) -> None:
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir()
    os.mkfifo(pipe)
    for path, words in [
        (folder, "is not a file"),
        (pipe, "is not a file"),
        (tmp_path / "gone.png", "no longer there"),
        (tmp_path / ("x" * 300), "could not be read"),
        ("nul\0", "could not be read"),
    ]:
        code, _, said = typed("report", "--summary", "With a file", "--attach", str(path))
        assert code == 2, path
        assert words in said
        assert said.count("\n") == 1
    assert typed("tickets")[1] == []


def test_a_file_that_changes_while_it_is_added(robin: Desk, tmp_path: Path) -> None:
    growing = tmp_path / "growing.log"
    growing.write_bytes(bytes(64 * MEGABYTE))
    with subprocess.Popen(["sh", "-c", f"while :; do echo line >> {growing}; done"]) as writer:
        try:
            with pytest.raises(FileRefused, match="changed while it was being added"):
                robin.import_file(growing).result()
        finally:
            writer.kill()


@pytest.mark.timeout(120 + LARGE / MEGABYTE)
def test_a_large_file_arrives_whole_in_large_pieces(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, tmp_path: Path
) -> None:
    sparse = tmp_path / "memory.dmp"
    with sparse.open("wb") as file:
        file.truncate(LARGE)
    kept = robin.import_file(sparse).result()
    sparse.unlink()
    saved = robin.file_ticket(replace(robin.new_draft(), summary="A large file", files=(kept,))).result()
    [shown] = arrived(robin, saved.ticket, TIMEOUT + LARGE / MEGABYTE).attachments
    pieces = [int(one.headers["content-length"]) for one in proxy.seen if one.method == "PATCH"]
    assert max(pieces) <= 8 * MEGABYTE
    assert len(pieces) < LARGE // MEGABYTE
    assert shown.attachment.size == LARGE
    digest = hashlib.sha256()
    for _ in range(LARGE // MEGABYTE):
        digest.update(bytes(MEGABYTE))
    assert shown.attachment.sha256 == digest.hexdigest()


def test_times_that_have_passed(typed: Typed) -> None:
    for times, words in [
        ("2001-01-01 09:00/12:00", "already passed"),
        ("2101-01-01 12:00/09:00", "ends before it starts"),
        ("9999-12-31T23:59-14:00/9999-12-31T23:59-15:00", "no stretch of time"),
        ("yesterday", "no stretch of time"),
        ("/", "no stretch of time"),
    ]:
        code, _, said = typed("report", "--summary", "Times", "--available", times)
        assert code == 2, times
        assert words in said, said
    assert typed("tickets")[1] == []


def test_codes_that_are_wrong_used_or_too_old(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> None:
    code = help_desk.code("robin@example.com")
    desk_at("first").enrol(help_desk.url, code.lower().replace("-", " "))
    with closing(Relay(help_desk.data)) as relay, relay.write() as connection:
        now = relay.clock.now()
        old = make_code(connection, email="robin@example.com", at=now - timedelta(days=8))
    second = desk_at("second")
    for wrong, words in [
        ("AAAA-BBBB-CCCC", "does not know this code"),
        ("'\"; --", "does not know this code"),
        ("💣" * 100, "does not know this code"),
        (code, "used already"),
        (old, "too old"),
    ]:
        with pytest.raises(Refused, match=words):
            second.enrol(help_desk.url, wrong)
    with pytest.raises(InputRefused):
        second.enrol(help_desk.url, "  ")
    assert second.account() is None
    report(second, "Written all the same")
    second.enrol(help_desk.url, help_desk.code("kim@example.com"))
    assert second.sync_now(TIMEOUT).pending == 0
