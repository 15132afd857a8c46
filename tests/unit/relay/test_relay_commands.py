"""`helptray-relay`: what each command prints and leaves, beside a running server."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import requests

from relay.__main__ import main


@pytest.fixture
def run(relay: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command on the relay's data; what it printed."""

    def command(*arguments: str, code: int = 0, data: Sequence[str] = ("--data", str(relay.folder))) -> str:
        monkeypatch.setattr(sys, "argv", ["helptray-relay", *arguments, *data])
        capsys.readouterr()
        assert main() == code
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return told.err if code else told.out

    return command


@pytest.fixture
def ask(run: Callable[..., str]) -> Callable[..., Any]:
    """The same with --json, decoded."""
    return lambda *arguments: json.loads(run(*arguments, "--json"))


def test_companies_people_and_codes(run: Any, ask: Any) -> None:
    assert ask("company", "add", "Harbour  Bakery") == {"company": "Harbour Bakery"}
    told = ask("person", "add", "Robin@harbour.test", "--name", "Robin", "--company", "Harbour Bakery")
    assert told == {"email": "robin@harbour.test", "name": "Robin", "company": "Harbour Bakery", "role": "requester"}
    assert ask("person", "add", "robin@harbour.test", "--company", "Acme", "--role", "alternate")["role"] == "alternate"
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n", run("enrol-code", "robin@harbour.test"))
    assert re.fullmatch(r"[0-9A-Z-]{14}", ask("enrol-code", "--company", "Acme", "--hours", "1"))
    assert "nobody" in run("enrol-code", "no@body.test", code=2)
    assert "no company" in run("person", "add", "x@y.test", "--company", "No", code=2)


@pytest.mark.parametrize(
    "command", [("counts",), ("tickets",), ("device", "list"), ("enrol-code", "a@b.test"), ("set", "1", "status=new")]
)
def test_a_folder_that_was_typed_wrong_holds_no_empty_help_desk(
    run: Callable[..., str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    wrong = tmp_path / "wrong"
    assert "Check the name" in run(*command, code=2, data=("--data", str(wrong)))
    assert not wrong.exists()


def test_a_ticket_from_every_side(run: Any, ask: Any, client: Any) -> None:
    amy = client("amy@acme.test")
    ticket = amy.file("The printer smokes", details="Since nine.\nGrey smoke.", error_text="E-42")
    amy.attach(ticket, b"bytes", name="smoke.png")
    (line,) = ask("tickets")
    assert line["ticket"] == ticket
    assert (line["number"], line["company"], line["requester"]) == ("1", "Acme", "amy@acme.test")
    changed = ask("set", line["reference"].lower(), "priority=p1", "summary=Smoke = bad")
    assert changed["result"] == "applied"
    assert ask("note", "1", "We are on our way")["result"] == "applied"
    assert ask("note", ticket, "Thank you", "--as", "amy@acme.test")["result"] == "applied"
    assert ask("note", "1", "Old model", "--internal")["result"] == "applied"
    page = ask("show", line["reference"])
    assert (page["summary"], page["priority"], page["details"]) == ("Smoke = bad", "p1", "Since nine.\nGrey smoke.")
    assert [(note["author"], note["kind"]) for note in page["notes"]] == [
        ("help@itcare.example.com", "reply"),
        ("amy@acme.test", "reply"),
        ("help@itcare.example.com", "internal"),
    ]
    assert page["files"][0]["name"] == "smoke.png"
    assert {level["stage"] for level in page["service_levels"]} == {"respond", "plan", "resolve"}
    assert [line["kind"] for line in page["operations"]][:2] == ["file_ticket", "attach_file"]
    assert ask("counts") == {"tickets": 1, "notes": 3, "files": 1, "operations": 6, "uploads": 0}
    shown = run("show", "1")
    for words in ("Smoke = bad", "Grey smoke.", "E-42", "We are on our way", "smoke.png"):
        assert words in shown
    table = run("tickets").splitlines()
    assert table[0].split()[:2] == ["number", "reference"]
    assert table[1].index("Smoke") == table[0].index("summary")
    assert "tickets            1" in run("counts")
    assert "Smoke" in run("set", "1", "summary=Smoke")
    assert "on the ticket" in run("note", "1", "Done")
    assert len(amy.read(ticket).state.notes) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "77"), "no ticket"),
        (("show", "HT-0000-0000-0000"), "no ticket"),
        (("set", "1", "colour=red"), "no field"),
        (("set", "1", "status=nonsense"), "no status"),
        (("set", "1", "assignee=amy@acme.test"), "technician"),
        (("note", "1", "x", "--as", "no@body.test"), "nobody"),
        (("note", "1", "x", "--as", "otto@other.test"), "not there"),
        (("note", "1", "  "), "nothing to read"),
        (("notice", "add", " "), "text"),
        (("notice", "add", "x", "--company", "No"), "no company"),
        (("notice", "end", "x"), "no notice"),
        (("device", "revoke", "x"), "no device"),
        (("enrol-code",), "for a person or for a company"),
    ],
)
def test_what_cannot_be_is_a_sentence(run: Any, client: Any, arguments: tuple[str, ...], says: str) -> None:
    client("amy@acme.test").file()
    assert says in run(*arguments, code=2)


@pytest.mark.parametrize(
    "arguments",
    [("set", "1", "colour"), ("enrol-code", "a@b.test", "--hours", "-1"), ("notice", "add", "x", "--until", "soon")],
)
def test_what_cannot_be_read_is_told_with_the_usage(run: Any, arguments: tuple[str, ...]) -> None:
    assert "usage: helptray-relay" in run(*arguments, code=2)


def test_devices_are_listed_and_revoked(run: Any, ask: Any, client: Any) -> None:
    amy = client("amy@acme.test")
    (line,) = ask("device", "list")
    assert (line["device"], line["person"], line["revoked"]) == (amy.device, "amy@acme.test", False)
    assert ask("device", "revoke", amy.device) == {"device": amy.device, "revoked": True}
    assert amy.ask("GET", "/v1/changes").status_code == 401
    assert "yes" in run("device", "list")


def test_notices_come_and_go(run: Any, ask: Any, client: Any) -> None:
    amy = client("amy@acme.test")
    notice = ask("notice", "add", "E-mail is down", "--until", "2030-01-01T00:00")["notice"]
    page = amy.page()
    assert [(row.id, row.notice.text) for row in page.rows] == [(notice, "E-mail is down")]
    run("notice", "end", notice)
    (gone,) = amy.page(page.cursor).rows
    assert (gone.id, gone.gone) == (notice, True)
    assert "no notice" in run("notice", "end", notice, code=2)


def test_after_a_restore_every_client_reads_anew(run: Any, client: Any) -> None:
    amy = client("amy@acme.test")
    cursor = amy.page().cursor
    assert "anew" in run("restored")
    assert amy.ask("GET", "/v1/changes", params={"since": cursor}).status_code == 410


def test_a_profile_is_checked(run: Any, ask: Any, tmp_path: Path) -> None:
    checked = ask("organisation", "check", "hts")
    assert "priorities" in checked["absent"]
    assert "usable" in run("organisation", "check", "example")
    broken = tmp_path / "broken.toml"
    broken.write_text('key = "x"\nname = 7\n')
    told = run("organisation", "check", str(broken), code=2)
    assert "broken.toml" in told
    assert "name" in told
    bare = tmp_path / "bare.toml"
    bare.write_text('key = "x"\nname = "Bare"\n')
    assert "has not" in run("organisation", "check", str(bare))


def test_the_data_may_be_named_in_other_ways(run: Any, relay: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "tickets" in run("counts", data=["--database", f"sqlite:///{relay.folder}/relay.db"])
    monkeypatch.setenv("HELPTRAY_RELAY_DATA", str(relay.folder))
    assert "tickets" in run("counts", data=[])
    monkeypatch.delenv("HELPTRAY_RELAY_DATA")
    assert "--data" in run("counts", data=[], code=2)
    assert "SQLite" in run("counts", data=["--database", "postgresql://x/y"], code=2)
    assert "URL" in run("counts", data=["--database", "::"], code=2)


@pytest.mark.parametrize("listen", ["nonsense", "127.0.0.1:99999", "203.0.113.1:0"])
def test_an_address_that_cannot_be_is_a_sentence(run: Any, listen: str) -> None:
    assert listen.rpartition(":")[0] in run("serve", "--listen", listen, code=2)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(tmp_path: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-m", "relay", "serve", "--data", str(tmp_path), "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip().removeprefix("listening on ")
        assert requests.get(url + "/openapi.json", timeout=10).status_code == 200
        server.send_signal(ending)
        told = server.communicate(timeout=60)
        assert (server.returncode, told) == (0, ("", ""))
