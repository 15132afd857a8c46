"""`helptray`: what every command answers, in JSON, in words and as an exit code."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from desktop.store.store import Store
from desktop.tickets.clock import SystemClock
from desktop.tickets.identity import new_id
from desktop.tickets.people import Person, Role
from desktop.tickets.profile import parse_profile
from desktop.tickets.reference import read_reference
from desktop.tickets.ticket import StatusKey, Ticket
from tests.conftest import HelpDesk
from tests.end_to_end.conftest import Answer, Terminal

LINE = ["ticket", "reference", "number", "summary", "status", "priority", "updated", "pending"]
SAVED = ["operation", "ticket", "reference", "state"]
PASS = ["pushed", "pulled", "pending", "needs_attention", "online"]
WAITING = ["id", "kind", "ticket", "state", "attempts", "not_before", "last_error"]


def filed(robin: Terminal, summary: str = "The printer eats paper") -> str:
    """A ticket that the help desk has; its reference."""
    assert robin("report", "--summary", summary, "--sync").code == 0
    return str(robin.json("tickets", "--limit", "1")[0]["reference"])


def test_connecting_says_as_whom(terminal: Terminal, help_desk: HelpDesk) -> None:
    value = terminal.json("enrol", help_desk.url, help_desk.code("robin@example.com"))
    assert list(value) == ["person", "company", "server", "device"]
    assert (value["person"], value["company"], value["server"]) == (
        "robin@example.com",
        "Harbour Bakery",
        help_desk.url,
    )


def test_connecting_for_people(terminal: Terminal, help_desk: HelpDesk) -> None:
    answer = terminal("enrol", help_desk.url, help_desk.code("robin@example.com"))
    assert answer.out == "Connected to Example IT Care as Robin.\n"


def test_a_wrong_code_and_a_wrong_address_are_refused(terminal: Terminal, help_desk: HelpDesk) -> None:
    assert "does not know this code" in terminal("enrol", help_desk.url, "AAAA-BBBB-CCCC").err
    assert terminal("enrol", help_desk.url, "AAAA-BBBB-CCCC").code == 2
    assert terminal("enrol", "ftp://example.com", "X").code == 2


def test_what_is_only_done_online_does_not_say_that_it_is_saved(terminal: Terminal, help_desk: HelpDesk) -> None:
    help_desk.stop()
    answer = terminal("enrol", help_desk.url, "AAAA-BBBB-CCCC")
    assert answer.code == 3
    assert answer.err.endswith("Not connected. The help desk cannot be reached.\n")


def test_a_ticket_goes_out_and_comes_back(robin: Terminal, help_desk: HelpDesk) -> None:
    report = robin.json("report", "--summary", "No sound")
    assert list(report) == ["ticket", "reference", "state", "priority"]
    assert (report["state"], report["priority"]) == ("queued", "p3")
    [row] = robin.json("tickets")
    assert list(row) == LINE
    assert (row["reference"], row["number"], row["pending"]) == (report["reference"], None, 1)
    [item] = robin.json("waiting")
    assert list(item) == WAITING
    assert (item["kind"], item["ticket"], item["state"]) == ("file_ticket", report["ticket"], "queued")

    passed = robin.json("sync")
    assert list(passed) == PASS
    assert (passed["pushed"], passed["pending"], passed["needs_attention"], passed["online"]) == (1, 0, 0, True)
    assert robin.json("waiting") == []
    assert robin("waiting").out == "Nothing waits.\n"
    [row] = robin.json("tickets")
    assert (row["number"], row["priority"], row["pending"]) == ("1", "p3", 0)
    for name in (report["reference"], report["ticket"], "1", report["reference"].lower()):
        assert robin.json("show", name)["summary"] == "No sound"


def test_a_report_that_reaches_the_help_desk_says_so(robin: Terminal) -> None:
    assert robin.json("report", "--summary", "No sound", "--sync")["state"] == "done"
    answer = robin("report", "--summary", "No light", "--sync")
    assert answer.out.splitlines()[0].endswith("With IT Care, number 2.")


def test_out_of_reach_is_3_and_the_work_is_saved(robin: Terminal, help_desk: HelpDesk) -> None:
    help_desk.stop()
    answer = robin("report", "--summary", "No sound", "--sync", "--timeout", "5")
    assert answer.code == 3
    assert "Saved on this computer" in answer.out
    assert "The help desk cannot be reached. Saved here." in answer.err
    passed = robin.json("sync", "--timeout", "5", code=3)
    assert (passed["pending"], passed["online"]) == (1, False)
    help_desk.start()
    assert robin.json("sync")["pushed"] == 1


def test_a_computer_that_is_not_connected_saves_and_says_how_to_connect(terminal: Terminal) -> None:
    assert terminal.json("report", "--summary", "No sound")["state"] == "queued"
    answer = terminal("report", "--summary", "No light", "--sync")
    assert answer.code == 5
    assert "helptray enrol URL CODE" in answer.err
    assert terminal.json("sync", code=5)["pending"] == 2
    assert len(terminal.json("tickets")) == 2


def test_a_computer_that_was_disconnected_must_connect_again(
    robin: Terminal, relay_command: Callable[..., Answer]
) -> None:
    [device] = relay_command("device", "list", "--json").value
    assert relay_command("device", "revoke", device["device"]).code == 0
    assert "connect again" in robin("report", "--summary", "No sound", "--sync").err
    assert robin.json("sync", code=5)["pending"] == 1


def test_show_has_everything_that_is_on_a_ticket(robin: Terminal, sam: Terminal, tmp_path: Path) -> None:
    content = b"%PDF" * 1000
    (tmp_path / "scan.pdf").write_bytes(content)
    reference = filed(robin)
    note = robin.json("note", reference, "It also smells.", "--attach", str(tmp_path / "scan.pdf"))
    assert list(note) == SAVED
    assert robin.json("times", reference, "2090-11-24 09:00+01:00/12:00")["state"] == "queued"
    robin("sync")
    sam("sync")
    value = sam.json("show", reference)
    assert list(value)[: len(LINE)] == LINE
    assert set(value) >= {"details", "notes", "files", "history", "service_levels", "operations"}
    [said] = value["notes"]
    assert [said[key] for key in ("author", "kind", "text", "state")] == [
        "Robin",
        "reply",
        "It also smells.",
        "confirmed",
    ]
    [file] = value["files"]
    assert file == {
        "attachment": file["attachment"],
        "name": "scan.pdf",
        "size": 4000,
        "sha256": hashlib.sha256(content).hexdigest(),
        "state": "confirmed",
    }
    assert value["available"] == ["2090-11-24T08:00:00Z/2090-11-24T11:00:00Z"]
    assert {change["field"] for change in value["history"]} >= {"status", "availability"}
    assert list(value["history"][0]) == ["at", "who", "field", "old", "new"]
    assert [stage["stage"] for stage in value["service_levels"]] == ["respond", "plan", "resolve"]
    assert list(value["service_levels"][0]) == ["stage", "due", "state", "estimate"]
    target = tmp_path / "out.pdf"
    assert sam.json("file", reference, "scan.pdf", "--output", str(target))["size"] == 4000
    assert target.read_bytes() == content
    assert sam("file", "1", file["attachment"], "--output", str(target)).code == 0


@pytest.mark.parametrize(
    ("name", "output", "says"),
    [("x.pdf", "out", "no file"), ("scan.pdf", ".", "is a folder"), ("scan.pdf", "gone/out", "no folder")],
)
def test_a_file_that_cannot_be_written_is_refused(
    terminal: Terminal, tmp_path: Path, name: str, output: str, says: str
) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"x")
    ticket = terminal.json("report", "--summary", "Scanner", "--attach", str(tmp_path / "scan.pdf"))["reference"]
    answer = terminal("file", ticket, name, "--output", str(tmp_path / output))
    assert answer.code == 2
    assert says in answer.err


def test_a_technician_sets_fields_by_the_names_that_are_read(robin: Terminal, sam: Terminal) -> None:
    reference = filed(robin)
    sam("sync")
    answer = sam.json("set", reference, "status=Working Issue Now", "priority=priority 2", "due_back=2090-12-01")
    assert list(answer) == SAVED
    assert sam.json("time", reference, "1h30m", "New roller")["state"] == "queued"
    assert sam.json("sync")["needs_attention"] == 0
    robin("sync")
    shown = robin.json("show", reference)
    assert (shown["status"], shown["priority"]) == ("working", "p2")
    assert "A technician is working on it." in robin("show", reference).out
    assert [row["reference"] for row in robin.json("tickets", "--status", "Working Issue Now")] == [reference]
    assert robin.json("tickets", "--status", "closed") == []
    unknown = robin("tickets", "--status", "clsed")
    assert (unknown.code, unknown.out) == (2, "")
    assert "“clsed” is no status here. There are: " in unknown.err
    assert "Working Issue Now" in unknown.err
    assert "“p9” is no priority here." in sam("set", reference, "priority=p9").err


def test_a_status_that_no_ticket_can_have_is_refused_before_anybody_has_told_of_any(terminal: Terminal) -> None:
    terminal("report", "--summary", "No sound")
    unknown = terminal("tickets", "--status", "zzz")
    assert (unknown.code, unknown.out) == (2, "")
    assert "“zzz” is no status here. There are: " in unknown.err
    assert "Waiting for parts" in unknown.err
    assert terminal("tickets", "--status", "waiting for parts").out == "No tickets.\n"
    assert len(terminal.json("tickets", "--status", " ")) == 1


def test_a_status_that_only_a_ticket_has_finds_it(terminal: Terminal) -> None:
    """Request Tracker tells of no statuses beforehand."""
    terminal("report", "--summary", "No sound")
    key, clock, random = bytes.fromhex(terminal.key_file.read_text().strip()), SystemClock(), Random()
    told = Ticket(
        id=new_id(clock, random),
        version=1,
        requester=Person(email="robin@example.com"),
        summary="No light",
        status=StatusKey("stalled"),
        made_at=clock.now(),
        updated_at=clock.now(),
    )
    with Store.open(terminal.home, key, clock=clock, random=random, parse=parse_profile) as store:
        store.write(lambda tx: tx.confirmed.put_ticket(told)).result()
    assert [row["ticket"] for row in terminal.json("tickets", "--status", "Stalled")] == [told.id]
    unknown = terminal("tickets", "--status", "stale")
    assert unknown.code == 2
    assert "stalled" in unknown.err


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (["colour=red"], "due_back, error_text, priority, status, summary, type"),
        (["summary"], "FIELD=VALUE"),
        (["summary=a", "summary=b"], "twice"),
        (["summary= "], "one sentence"),
        (["due_back=soon"], "is no date"),
    ],
)
def test_what_cannot_be_set_is_refused_at_once(terminal: Terminal, pairs: list[str], says: str) -> None:
    reference = terminal.json("report", "--summary", "No sound")["reference"]
    answer = terminal("set", reference, *pairs)
    assert answer.code == 2
    assert says in answer.err
    assert len(terminal.json("waiting")) == 1


def test_what_the_help_desk_is_certain_to_refuse_is_refused_at_once(robin: Terminal) -> None:
    reference = filed(robin)
    for pair in ("status=completed", "priority=p1", "due_back=2090-12-01"):
        assert robin("set", reference, pair).code == 2
    answer = robin("time", reference, "45m", "Looked at it")
    assert (answer.code, answer.err) == (2, "Please check this. Only your provider can change this.\n")
    assert robin.json("waiting") == []
    assert robin.json("set", reference, "summary=No sound at all")["state"] == "queued"
    assert robin.json("sync")["needs_attention"] == 0


def test_what_the_help_desk_does_not_accept_waits_for_the_person(
    sam: Terminal, robin: Terminal, help_desk: HelpDesk
) -> None:
    """Sam is no technician any more, and this computer has not heard of it yet."""
    reference = filed(robin)
    sam("sync")
    help_desk.code("sam@example.com", Role.IT_DESIGNEE)
    assert sam.json("set", reference, "status=completed")["state"] == "queued"
    assert sam.json("sync", code=4)["needs_attention"] == 1
    answer = sam("sync")
    assert "1 not accepted. See why: helptray waiting" in answer.err
    [item] = sam.json("waiting", code=4)
    assert (item["state"], item["last_error"]) == ("rejected", "Only your provider can change this.")
    shown = sam("waiting")
    assert "change  not accepted  Only your provider can change this." in shown.out
    [again] = sam.json("waiting", "retry", item["id"])
    assert (again["kind"], again["state"]) == ("change_fields", "queued")
    sam("sync")
    assert sam.json("waiting", "cancel", sam.json("waiting", code=4)[0]["id"]) == []
    assert sam.json("sync")["needs_attention"] == 0


def test_what_waits_can_be_taken_back(terminal: Terminal) -> None:
    terminal("report", "--summary", "No sound")
    [item] = terminal.json("waiting")
    answer = terminal("waiting", "cancel", item["id"])
    assert (answer.out, answer.err) == ("Nothing waits.\n", "Taken back. Its words are kept as a draft.\n")
    assert terminal.json("tickets") == []
    assert terminal("waiting", "cancel", item["id"]).code == 2
    assert terminal("waiting", "cancel", "x").code == 2
    assert terminal("waiting", "retry").code == 2


def test_solved_and_not_solved(robin: Terminal) -> None:
    reference = filed(robin)
    assert list(robin.json("solved", reference)) == SAVED
    robin("sync")
    assert robin.json("show", reference)["status"] == "completed"
    assert robin.json("reopen", reference, "It is back.")["state"] == "queued"
    robin("sync")
    shown = robin.json("show", reference)
    assert shown["status"] == "reopened"
    assert [note["text"] for note in shown["notes"]] == ["It is back."]


def test_a_faster_answer_is_asked_for_and_decided_online(
    robin: Terminal, terminal_at: Callable[[str], Terminal], help_desk: HelpDesk
) -> None:
    reference = filed(robin)
    assert list(robin.json("escalate", reference, "--reason", "A customer at noon")) == SAVED
    robin("sync")
    ida = terminal_at("ida").enrol(help_desk, "ida@example.com", Role.IT_DESIGNEE)
    decided = ida.json("decide", reference, "approve")
    assert (decided["reference"], decided["state"], decided["priority"]) == (reference, "approved", "p2")
    assert ida("decide", reference, "decline").code == 2
    help_desk.stop()
    answer = ida("decide", reference, "approve")
    assert answer.code == 3
    assert "Saved" not in answer.err


def test_a_decision_needs_a_connection(terminal: Terminal) -> None:
    reference = terminal.json("report", "--summary", "No sound")["reference"]
    assert terminal("decide", reference, "approve").code == 5


def test_search_and_limit(terminal: Terminal) -> None:
    for summary in ("No sound", "No light", "Paper jam"):
        terminal("report", "--summary", summary)
    assert [row["summary"] for row in terminal.json("tickets", "--search", "light")] == ["No light"]
    assert [row["summary"] for row in terminal.json("tickets", "--limit", "2")] == ["Paper jam", "No light"]
    assert "more than these 2" in terminal("tickets", "--limit", "2").err
    assert terminal("tickets", "--search", "giraffe").out == "No tickets.\n"


@pytest.mark.parametrize("command", ["show", "solved"])
@pytest.mark.parametrize("reference", ["7", "HT-0000-0000-0000", "../../etc/passwd", "", "\udcff"])
def test_a_ticket_that_is_not_here_is_refused(terminal: Terminal, command: str, reference: str) -> None:
    answer = terminal(command, reference)
    assert answer.code == 2
    assert "There is no ticket" in answer.err


def test_a_reference_is_the_same_everywhere(terminal: Terminal) -> None:
    value = terminal.json("report", "--summary", "No sound")
    assert read_reference(value["reference"]) == value["reference"]
    assert terminal("show", value["reference"]).out.splitlines()[:2] == [
        f"{value['reference']}  No sound",
        "Saved on this computer",
    ]
