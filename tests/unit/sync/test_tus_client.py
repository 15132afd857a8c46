import hashlib
import io
from dataclasses import replace

import pytest

from desktop.sync.faults import LocalFault, NotTheServer, Refused, ServerFault
from desktop.sync.help_desks.base import FileToSend
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.tus import TusUploads
from desktop.tickets.clock import SystemClock
from tests.unit.sync.small_server import PROBLEM, TUS, Handler, SmallServer

CONTENT = b"0123456789"
Answer = tuple[int, dict[str, str], bytes]


def file(url: str = "", content: bytes = CONTENT, size: int = 10) -> FileToSend:
    return FileToSend(
        attachment="a",
        ticket="t",
        name="Bild ü.png",
        size=size,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="image/png",
        content=io.BytesIO(content),
        url=url,
    )


def send(answers: dict[str, Answer | list[Answer]], *, to: FileToSend | None = None) -> tuple[object, list[str]]:
    """What a server makes of the next piece of four bytes, and the requests that it saw."""

    def answer(handler: Handler, body: bytes) -> Answer:
        told = answers[handler.command]
        return told.pop(0) if isinstance(told, list) else told

    with SmallServer(answer) as server:
        http = Http(server.url, SystemClock())
        try:
            uploads = TusUploads(http, "/v1/files")
            return uploads.send(to or file(), 4, "token"), [command for command, *_ in server.seen]
        finally:
            http.stop()


def made(location: str = "/v1/files/a", **headers: str) -> Answer:
    return 201, {**TUS, "Location": location, **headers}, b""


def patched(offset: str) -> Answer:
    return 204, {**TUS, "Upload-Offset": offset}, b""


def test_a_conflict_is_settled_by_asking() -> None:
    conflict = (409, PROBLEM, b"{}")
    asked = (200, {**TUS, "Upload-Offset": "7"}, b"")
    sent, seen = send({"POST": made(), "PATCH": conflict, "HEAD": asked})
    assert (sent.offset, sent.done) == (7, False)  # type: ignore[attr-defined]
    assert seen == ["POST", "PATCH", "HEAD"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_upload_that_is_forgotten_is_begun_anew(status: int) -> None:
    answers: dict[str, Answer | list[Answer]] = {"HEAD": (status, PROBLEM, b""), "POST": made(), "PATCH": patched("4")}
    sent, seen = send(answers, to=file("/v1/files/old"))
    assert sent.offset == 4  # type: ignore[attr-defined]
    assert seen == ["HEAD", "POST", "PATCH"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_upload_that_is_forgotten_between_two_pieces_is_begun_anew(status: int) -> None:
    """The offset is known from the piece before, so the next piece itself is what is answered."""
    gone = b'{"title": "Gone", "status": 404, "code": "no-such-upload", "detail": "It is not here."}'
    answers: list[Answer] = [patched("4"), (status, PROBLEM, gone), patched("4")]
    with SmallServer(lambda handler, _: made() if handler.command == "POST" else answers.pop(0)) as server:
        http = Http(server.url, SystemClock())
        try:
            uploads = TusUploads(http, "/v1/files")
            first = uploads.send(file(), 4, "token")
            assert uploads.send(file(first.url), 4, "token").offset == 4
        finally:
            http.stop()
        assert [command for command, *_ in server.seen] == ["POST", "PATCH", "PATCH", "POST", "PATCH"]


@pytest.mark.parametrize("content", [b"9876543210", b"0123456789 and more"])
def test_other_bytes_than_were_taken_in_are_this_computers_trouble(content: bytes) -> None:
    """The server finds at the end that they are not what was announced; sending them again would heal nothing."""
    damaged = (460, PROBLEM, b"{}")
    with pytest.raises(LocalFault, match="has changed"):
        send({"POST": made(), "PATCH": damaged}, to=replace(file(), content=io.BytesIO(content)))


def test_a_piece_that_changed_on_its_way_is_sent_again() -> None:
    with pytest.raises(ServerFault):
        send({"POST": made(), "PATCH": (460, PROBLEM, b"{}")})


def test_a_refusal_of_an_upload_is_told() -> None:
    with pytest.raises(Refused):
        send({"HEAD": (403, PROBLEM, b"")}, to=file("/v1/files/old"))


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"POST": (201, TUS, b"")}, ServerFault),
        ({"POST": (201, {"Location": "/v1/files/a"}, b"")}, NotTheServer),
        ({"POST": made("https://elsewhere.example.test/a")}, NotTheServer),
        ({"POST": made(**{"Upload-Offset": "11"})}, ServerFault),
        ({"POST": made(), "PATCH": patched("-1")}, ServerFault),
        ({"POST": made(), "PATCH": patched("9" * 40)}, ServerFault),
        ({"POST": made(), "PATCH": patched("four")}, ServerFault),
        ({"POST": made(), "PATCH": (500, {}, b"")}, ServerFault),
    ],
)
def test_a_server_that_does_not_speak_tus_is_at_fault(answers: dict[str, Answer], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        send(dict(answers))


class Broken(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError("gone")


@pytest.mark.parametrize("content", [io.BytesIO(b""), Broken(CONTENT)])
def test_a_file_that_cannot_be_read_is_this_computers_trouble(content: io.BytesIO) -> None:
    with pytest.raises(LocalFault):
        send({"POST": made()}, to=replace(file(), content=content))


def test_what_is_told_about_a_file_and_its_piece() -> None:
    seen: list[dict[str, str]] = []

    def answer(handler: Handler, body: bytes) -> Answer:
        seen.append(dict(handler.headers))
        return made() if handler.command == "POST" else patched("4")

    with SmallServer(answer) as server:
        http = Http(server.url, SystemClock())
        TusUploads(http, "/v1/files").send(file(), 4, "token")
        http.stop()
        assert server.seen[1][3] == b"0123"
    told = dict(pair.split(" ") for pair in seen[0]["Upload-Metadata"].split(","))
    assert set(told) == {"attachment", "ticket", "name", "sha256", "type"}
    assert seen[0]["Upload-Length"] == "10"
    assert seen[1]["Upload-Checksum"].startswith("sha1 ")
    assert seen[1]["Upload-Offset"] == "0"
