"""A server that means harm: its words stay words, its files stay in their place, its sizes and loops are bounded."""

import tracemalloc
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from desktop.cli.run import run
from desktop.desk import Desk, SyncResult
from desktop.sync.faults import NotTheServer, Offline, ServerFault, SyncFault
from desktop.sync.protocol import ChangedRow, RowKind
from tests.faults.conftest import report
from tests.faults.hostile_server import FILE, NOTE, TICKET, Answer, Part, always, file, note, page, serving, ticket
from tests.unit.sync.small_server import JSON, Handler, SmallServer

SHORT = 1.0
HUGE = str(10 * 1024**3)


def met(server: SmallServer, desk: Desk) -> SyncResult:
    """What a pass with the server comes to."""
    desk.enrol(server.url, "7F3K-Q2MX-9DWC")
    return desk.sync_now(SHORT)


def goes_on_working(desk: Desk) -> None:
    """The person can still write, read and search."""
    saved = report(desk, "Written all the same", note="And more.")
    assert desk.ticket(saved.ticket) is not None
    assert [row.ticket for row in desk.tickets(search="written").rows] == [saved.ticket]


HTML = '<h1>Hi</h1><img src="http://203.0.113.9/pixel.png"><script>alert(1)</script><a href="file:///etc">x</a>'


def test_words_stay_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal gets no control character; what looks like HTML is shown as it was written."""
    rows = (ticket(summary=HTML), note(HTML + "\x1b]0;owned\x07\x1b[2J\x9b31m"))
    place = ["--home", str(tmp_path / "home"), "--key-file", str(tmp_path / "key")]
    with serving(changes=always(page(*rows))) as server:
        assert run([*place, "enrol", server.url, "7F3K-Q2MX-9DWC"]) == 0
        run([*place, "sync", "--timeout", "1"])
        capsys.readouterr()
        assert run([*place, "show", TICKET]) == 0
        asked = [path for _, path, _, _ in server.seen]
    shown = capsys.readouterr().out
    assert shown.count(HTML) == 2
    assert not set(shown) & set("\x1b\x07\x9b")
    assert all(path.startswith("/v1/") for path in asked)


@pytest.mark.parametrize(
    "name", ["../../../../etc/cron.d/x", "/etc/passwd", "C:\\Windows\\x.dll", "..", "a\0b", "CON", "x" * 5000]
)
def test_files_stay_in_their_place(desk_at: Callable[[str], Desk], tmp_path: Path, name: str) -> None:
    content: Part = always((200, {"Content-Type": "application/octet-stream"}, b"evil"))
    rows = (ticket(), file(name, sha256="e" * 64))
    before = set(tmp_path.rglob("*"))
    with serving(changes=always(page(*rows)), files=content) as server:
        desk = desk_at("robin")
        met(server, desk)
        view = desk.ticket(TICKET)
        assert view is not None
        target = tmp_path / "saved"
        if view.attachments:
            with pytest.raises(SyncFault):  # its hash is another
                desk.fetch_file(TICKET, FILE, target).result()
        assert not target.exists()
    new = {path for path in set(tmp_path.rglob("*")) - before if tmp_path / "robin" not in path.parents}
    assert {path.name for path in new} <= {"robin", "robin.key"}
    goes_on_working(desk)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, {**JSON, "Content-Length": HUGE}, b"{"), ServerFault),
        ((200, JSON, b"[" * 1_000_000), ServerFault),
        ((200, JSON, b'{"rows":' + b'[{"a":' * 200_000), ServerFault),
        ((200, JSON, b'{"rows":[],"cursor":1e999,"epoch":null,"more":0}'), ServerFault),
        ((302, {"Location": "http://203.0.113.9/v1/changes"}, b""), NotTheServer),
        ((307, {"Location": "file:///etc/passwd"}, b""), NotTheServer),
        ((200, {**JSON, "X-Large": "x" * 70_000}, b"{}"), Offline),
        ((200, {**JSON, **{f"X-{number}": "x" for number in range(300)}}, b"{}"), Offline),
        ((200, {**JSON, "Content-Encoding": "gzip"}, b"not gzip"), ServerFault),
        ((200, {"Content-Type": "text/html"}, b"<html>"), NotTheServer),
    ],
    ids=[
        "10 GB",
        "deep list",
        "deep objects",
        "odd numbers",
        "redirect elsewhere",
        "redirect to a file",
        "long header",
        "many headers",
        "not gzip",
        "html",
    ],
)
def test_answers_are_bounded(desk_at: Callable[[str], Desk], answer: Answer, kind: type[SyncFault]) -> None:
    desk = desk_at("robin")
    with serving(changes=always(answer)) as server:
        tracemalloc.start()
        try:
            result = met(server, desk)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert {path.partition("?")[0] for _, path, _, _ in server.seen} == {
            "/v1/enrol",
            "/v1/organisation",
            "/v1/changes",
        }
    assert isinstance(result.trouble, kind), (result.trouble, result.trouble and result.trouble.detail)
    assert peak < 100_000_000
    goes_on_working(desk)


def test_a_file_of_ten_gigabytes_is_not_taken(desk_at: Callable[[str], Desk], tmp_path: Path) -> None:
    def endless(handler: Handler, _: bytes) -> Answer:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/octet-stream")
        handler.send_header("Content-Length", HUGE)
        handler.end_headers()
        for _piece in range(10 * 1024):
            handler.wfile.write(bytes(1024 * 1024))
        return None

    desk = desk_at("robin")
    with serving(changes=always(page(ticket(), file("small.txt"))), files=endless) as server:
        met(server, desk)
        with pytest.raises(SyncFault):
            desk.fetch_file(TICKET, FILE, tmp_path / "small.txt").result(60)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 10_000_000
    assert not (tmp_path / "small.txt").exists()
    goes_on_working(desk)


def test_a_feed_that_never_ends_is_left(desk_at: Callable[[str], Desk]) -> None:
    numbers = count()
    desk = desk_at("robin")
    with serving(changes=lambda _h, _b: page(ticket(), cursor=str(next(numbers)), more=True)) as server:
        result = met(server, desk)
    assert result.pulled > 0
    assert [row.ticket for row in desk.tickets().rows] == [TICKET]
    goes_on_working(desk)


def test_a_cursor_that_repeats_is_noticed(desk_at: Callable[[str], Desk]) -> None:
    desk = desk_at("robin")
    with serving(changes=always(page(ticket(), cursor="again", more=True))) as server:
        result = met(server, desk)
        assert isinstance(result.trouble, ServerFault)
        assert len(server.seen) < 20
    goes_on_working(desk)


@pytest.mark.parametrize("identity", ["", "../../x", "1 OR 1=1", "\0", "x" * 100_000, TICKET.upper(), "Ⅷ" * 36])
def test_ids_that_are_no_ids_are_not_stored(desk_at: Callable[[str], Desk], identity: str) -> None:
    rows = (
        ticket(id=identity),
        note("Hello", id=identity),
        file("a.txt", id=identity),
        ChangedRow(kind=RowKind.TICKET, id=identity, version=1, gone=True),
        note("On nothing", ticket=identity),
        ticket(),
        note("Good"),
    )
    desk = desk_at("robin")
    with serving(changes=always(page(*rows))) as server:
        result = met(server, desk)
    assert result.trouble is None
    assert [row.ticket for row in desk.tickets().rows] == [TICKET]
    view = desk.ticket(TICKET)
    assert view is not None
    assert [shown.note.id for shown in view.notes] == [NOTE]
    goes_on_working(desk)
