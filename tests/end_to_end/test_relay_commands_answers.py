"""`helptray-relay` as scripts and people use it: keys, one JSON value always, names that are read."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import COMPANY
from tests.end_to_end.conftest import Answer, Terminal

Relay = Callable[..., Answer]


@pytest.fixture
def one_ticket(robin: Terminal, tmp_path: Path) -> str:
    """A ticket with a file and a note at the help desk; its reference."""
    (tmp_path / "log.txt").write_text("one\n")
    reference = str(robin.json("report", "--summary", "No sound", "--attach", str(tmp_path / "log.txt"))["reference"])
    robin("note", reference, "It also smells.")
    assert robin("sync").code == 0
    return reference


def test_the_list_and_the_counts_have_these_keys(relay_command: Relay, one_ticket: str) -> None:
    [line] = relay_command("tickets", "--json").value
    assert list(line) == [
        "ticket",
        "reference",
        "number",
        "summary",
        "status",
        "priority",
        "company",
        "requester",
    ]
    assert (line["reference"], line["number"], line["company"]) == (one_ticket, "1", COMPANY)
    counts = relay_command("--json", "counts").value
    assert counts == {"tickets": 1, "notes": 1, "files": 1, "operations": 3, "uploads": 0}


def test_show_has_the_keys_of_the_client(relay_command: Relay, robin: Terminal, one_ticket: str) -> None:
    theirs, ours = relay_command("show", one_ticket, "--json").value, robin.json("show", one_ticket)
    told = {"ticket", "reference", "number", "summary", "status", "priority", "updated", "pending"}
    told |= {"details", "notes", "files", "history", "service_levels", "operations"}
    assert told <= set(theirs) & set(ours)
    for key in ("notes", "files", "history", "service_levels"):
        assert set(ours[key][0]) <= set(theirs[key][0])
    assert theirs["files"] == ours["files"]


def test_people_are_added_and_changed_and_the_providers_belong_to_no_company(relay_command: Relay) -> None:
    words = ["person", "add", "Tess@provider.example", "--name", "Tess", "--company", COMPANY, "--role", "technician"]
    for _ in range(2):
        value = relay_command(*words, "--json").value
        assert value == {"email": "tess@provider.example", "name": "Tess", "company": "", "role": "technician"}
    told = relay_command("person", "add", "ida@example.com", "--company", COMPANY, "--role", "it_designee").out
    assert told == "ida@example.com <ida@example.com> is known here as it designee.\n"
    assert relay_command("company", "add", COMPANY).code == relay_command("company", "add", COMPANY).code == 0


def test_a_code_stands_alone_on_one_line(relay_command: Relay) -> None:
    relay_command("person", "add", "ann@example.com", "--company", COMPANY)
    answer = relay_command("enrol-code", "ann@example.com")
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}\n", answer.out)
    assert answer.err == ""


def test_fields_are_set_by_the_names_that_are_read(relay_command: Relay, robin: Terminal, one_ticket: str) -> None:
    words = ["status=Waiting on Parts", "priority=Priority 2", "due_back=2090-11-30"]
    assert relay_command("set", one_ticket, *words, "--json").value["result"] == "applied"
    shown = relay_command("show", "1", "--json").value
    assert (shown["status"], shown["priority"]) == ("waiting_parts", "p2")
    robin("sync")
    assert robin.json("show", "1")["due_back"] is not None


@pytest.mark.parametrize(
    "words",
    [["show", "77"], ["bogus"], ["set", "1"], ["enrol-code", "--hours", "soon"], ["organisation", "check", "x"]],
)
def test_an_error_is_one_value_too(relay_command: Relay, words: list[str]) -> None:
    answer = relay_command(*words, "--json")
    assert (answer.code, list(answer.value)) == (2, ["error"])
    assert answer.value["error"]["sentence"] in answer.err
    assert relay_command(*words).out == ""


def test_a_profile_is_told_in_full(relay_command: Relay, tmp_path: Path) -> None:
    checked = relay_command("organisation", "check", "hts", "--json").value
    assert set(checked["absent"]) >= {"priorities", "statuses", "service_levels", "escalation"}
    assert checked["wrong"] == []
    assert {"where": "name", "words": "HTS"} in checked["reads"]
    told = relay_command("organisation", "check", "example").out
    assert "nothing: it has every section" in told
    assert re.search(r"^  statuses\[0\]\.words +With the help desk$", told, re.MULTILINE)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('key = "x"\nname = "X"\nclosure_days = "soon"\n')
    answer = relay_command("organisation", "check", str(wrong))
    assert answer.code == 2
    assert "wrong.toml" in answer.err
    assert "closure_days" in answer.err


def test_whoever_closes_the_pipe_has_read_enough(relay_command: Relay, one_ticket: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "relay", "--data", str(tmp_path / "relay"), "tickets"]
    process = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, "")


def test_any_terminal_can_show_any_ticket(robin: Terminal, tmp_path: Path) -> None:
    robin("report", "--summary", "Bücher 📚", "--sync")
    command = [sys.executable, "-m", "relay", "--data", str(tmp_path / "relay"), "tickets"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "200"}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.endswith("B?cher ?\n")
