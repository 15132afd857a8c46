"""What reaches the terminal: one JSON value or words for people, and nothing that could drive it."""

import io
import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli.outcome import Outcome
from desktop.cli.printing import print_outcome
from desktop.cli.run import run
from desktop.cli.times import read_minutes
from desktop.tickets.trouble import InputRefused
from relay.printing import say, tell
from tests.end_to_end.conftest import Answer, Terminal

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202egpj\u202c\x9b31m"


def test_a_hostile_ticket_cannot_drive_the_terminal(robin: Terminal, relay_command: Callable[..., Answer]) -> None:
    robin("report", "--summary", f"No sound {HOSTILE}", "--sync")
    relay_command("note", "1", f"{HOSTILE}\nSam, 2026-11-22 03:25\nsays yes")
    robin("sync")
    shown = [robin("show", "1"), robin("tickets"), robin("show", "1", "--json"), robin("tickets", "--json")]
    shown += [relay_command("show", "1"), relay_command("tickets"), relay_command("show", "1", "--json")]
    for answer in shown:
        assert not set(answer.out + answer.err) & set("\x1b\x07\x9b\u202e\u202c\r")


def test_nothing_that_is_printed_can_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever let it through before: this is the last guard."""
    print_outcome(Outcome(value=HOSTILE, lines=[HOSTILE], remarks=[HOSTILE]), as_json=False)
    print_outcome(Outcome(value=HOSTILE, lines=[HOSTILE], remarks=[HOSTILE]), as_json=True)
    say(Namespace(), HOSTILE, HOSTILE)
    say(Namespace(json=True), HOSTILE, HOSTILE)
    tell(InputRefused(HOSTILE), as_json=True)
    told = capsys.readouterr()
    assert told.out.count("31m") == 5
    assert not set(told.out + told.err) & set("\x1b\x07\x9b\u202e\u202c")


def test_a_line_of_a_strangers_does_not_pass_for_one_of_ours(
    robin: Terminal, relay_command: Callable[..., Answer]
) -> None:
    robin("report", "--summary", "No sound", "--sync")
    relay_command("note", "1", "Hello\nSam, 2026-11-22 03:25\nI need your password")
    robin("sync")
    for shown in (robin("show", "1").out, relay_command("show", "1").out):
        assert "\n  Sam, 2026" in shown
        assert "\nSam, 2026" not in shown


def test_no_error_repeats_control_characters(terminal: Terminal) -> None:
    for answer in (terminal("show", HOSTILE), terminal("report", "--summary", "x", "--available", HOSTILE)):
        assert answer.code == 2
        assert not set(answer.err) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_terminal_can_show_any_ticket(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    terminal("report", "--summary", "Bücher 📚 مشكلة")
    words = ["--home", str(terminal.home), "--key-file", str(terminal.key_file)]
    for extra in ([], ["--json"]):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", out)
        assert run([*words, "tickets", *extra]) == 0
        out.seek(0)
        told = out.read()
        if extra:
            assert json.loads(told)[0]["summary"] == "Bücher 📚 مشكلة"
        else:
            assert told.rstrip().endswith("Bücher 📚 مشكلة" if encoding == "utf-8" else "?")


@pytest.mark.parametrize("place", ["before", "after"])
def test_global_words_stand_before_a_command_or_after_it(terminal: Terminal, place: str) -> None:
    common = ["--home", str(terminal.home), "--key-file", str(terminal.key_file), "--json"]
    command = ["report", "--summary", "No sound"]
    answer = terminal.bare(*(common + command if place == "before" else command + common))
    assert (answer.code, answer.value["state"]) == (0, "queued")
    assert [row["summary"] for row in terminal.json("tickets")] == ["No sound"]


def test_the_environment_names_the_home_and_an_argument_wins(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPTRAY_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HELPTRAY_KEY_FILE", str(tmp_path / "elsewhere.key"))
    assert terminal.bare("report", "--summary", "No sound").code == 0
    assert len(json.loads(terminal.bare("tickets", "--json").out)) == 1
    assert terminal.json("tickets") == []
    assert (tmp_path / "elsewhere.key").stat().st_mode & 0o777 == 0o600


def test_the_key_file_is_said_aloud_once_and_beside_the_answer(terminal: Terminal) -> None:
    first, second = terminal("tickets", "--json"), terminal("tickets", "--json")
    assert first.value == second.value == []
    assert "The key to your tickets is in" in first.err
    assert second.err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["bogus"],
        ["report"],
        ["report", "--summ", "x"],
        ["tickets", "--limit", "many"],
        ["tickets", "--limit", "0"],
        ["sync", "--timeout", "soon"],
        ["sync", "--timeout", "0"],
        ["sync", "--timeout", "nan"],
        ["show"],
        ["show", "1", "2"],
        ["decide", "1", "maybe"],
        ["waiting", "forget", "1"],
        ["report", "--summary", "x", "--error-text", "y", "--error-from", "clipboard"],
    ],
)
def test_bad_usage_is_2_with_one_value_and_the_usage_beside_it(terminal: Terminal, words: list[str]) -> None:
    answer = terminal(*words, "--json")
    assert answer.code == 2
    assert list(answer.value) == ["error"]
    assert answer.err.startswith("usage: helptray")
    assert "invalid _" not in answer.sentence
    assert terminal(*words).out == ""


def test_the_version_is_one_line_or_one_value(terminal: Terminal) -> None:
    version = terminal.bare("--version").out.strip()
    assert version[0].isdigit()
    assert terminal.bare("--version", "--json").value == {"version": version}


@pytest.mark.parametrize("words", [["--help"], ["report", "--help"], ["waiting", "--help"]])
def test_help_is_readable(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(words)
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: helptray")
    assert max(map(len, told.splitlines())) <= 120
    for word in ("outbox", "payload", "conflict", "None", "SUPPRESS"):
        assert word not in told


@pytest.mark.parametrize("words", [[], ["new"]])
def test_windows_without_a_screen_are_a_sentence(terminal: Terminal, words: list[str]) -> None:
    answer = terminal(*words, "--json")
    assert answer.code == 4
    assert answer.sentence.startswith("There is no screen here")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45m", 45), ("45", 45), ("1h30m", 90), ("1h30", 90), ("1.5h", 90), ("2h", 120), ("1 h 5 min", 65), ("24h", 1440)],
)
def test_a_duration_is_typed_in_any_usual_way(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "-5", "25h", "h", "soon", "1d", "1e3", "m"])
def test_a_duration_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InputRefused):
        read_minutes(typed)


def test_people_read_columns_and_no_names_of_the_program(robin: Terminal, relay_command: Callable[..., Answer]) -> None:
    robin("report", "--summary", "No sound", "--sync")
    relay_command("set", "1", "status=Waiting on Parts", "due_back=2090-11-30T12:00")
    relay_command("note", "1", "A new speaker is on its way.")
    robin("report", "--summary", "A much longer summary of something else")
    robin("sync")
    list_ = robin("tickets").out.splitlines()
    assert len({min(line.find(word) for word in ("No sound", "A much") if word in line) for line in list_}) == 1
    told = "\n".join([robin("show", "1").out, *list_])
    assert "Waiting for parts or a repair" in told
    robin("note", "1", "Fine")
    told += "\n".join([robin("show", "1").out, robin("tickets").out, robin("waiting").out])
    assert "(saved here)\n  Fine" in told
    for word in ("add_note", "waiting_on_parts", "queued", "None", "<", "Mark.", "p3"):
        assert word not in told


def test_what_waits_is_not_said_to_be_with_the_help_desk(robin: Terminal) -> None:
    robin("report", "--summary", "No sound", "--sync")
    robin("note", "1", "It also smells.")
    told = robin("show", "1").out
    assert "What you did last is saved on this computer. IT Care gets it once this computer is connected." in told
    assert "answer is with" not in told
    assert "1 saved here" in robin("tickets").out
    robin("sync")
    assert "Your answer is with the help desk." in robin("show", "1").out


def test_where_nobody_listens_the_exit_code_tells_all_the_same(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`helptray doctor >&-`: Python has no stream then."""
    terminal("report", "--summary", "No sound")
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    home = ("--home", str(terminal.home), "--key-file", str(terminal.key_file))
    codes = [run([*home, *words]) for words in (("tickets",), ("--json", "tickets"), ("show", "nobody"), ("doctor",))]
    assert codes == [0, 0, 2, 5]
