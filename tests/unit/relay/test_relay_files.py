"""Files: tus 1.0 on the way in, verified before anybody may name them; ranges on the way out."""

import base64
import hashlib
import socket
import threading
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from relay.life_cycle_clock import LifeCycleClock
from relay.permissions import Principal
from relay.problems import Refusal
from relay.tickets import counts
from relay.uploads import LARGEST, Uploads

CONTENT = bytes(range(256)) * 5000


def offset(client: Any, location: str) -> int:
    answer = client.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == "0"
    return int(answer.headers["Upload-Offset"])


@pytest.fixture
def amy(client: Any) -> Any:
    return client("amy@acme.test")


@pytest.fixture
def location(amy: Any, world: Any) -> str:
    answer = amy.announce(CONTENT, world.id(), world.id())
    assert answer.status_code == 201
    return str(answer.headers["Location"])


class TestArriving:
    """On the way in."""

    def test_what_is_spoken_here(self, amy: Any) -> None:
        told = amy.ask("OPTIONS", "/v1/files").headers
        assert told["Tus-Version"] == "1.0.0"
        assert set(told["Tus-Extension"].split(",")) == {"creation", "checksum", "expiration", "termination"}
        assert told["Tus-Max-Size"] == str(LARGEST)

    def test_a_file_in_pieces_comes_out_whole(self, amy: Any, world: Any) -> None:
        ticket = amy.file()
        attachment = amy.attach(ticket, CONTENT)
        assert amy.ask("GET", f"/v1/files/{attachment}").content == CONTENT
        other = world.id()
        location = amy.announce(CONTENT, ticket, other).headers["Location"]
        for start in range(0, len(CONTENT), 500_000):
            assert offset(amy, location) == start
            sent = amy.send(location, CONTENT[start : start + 500_000], start)
            assert sent.status_code == 204
            assert sent.headers["Tus-Resumable"] == "1.0.0"
        assert offset(amy, location) == len(CONTENT)

    def test_where_only_posts_pass_a_post_names_its_method(self, amy: Any, location: str) -> None:
        headers = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        patch, delete = (headers | {"X-HTTP-Method-Override": method} for method in ("PATCH", "DELETE"))
        assert amy.ask("POST", location, data=CONTENT[:1000], headers=patch).headers["Upload-Offset"] == "1000"
        assert amy.ask("GET", location, headers=delete).status_code == 404
        assert offset(amy, location) == 1000
        assert amy.ask("POST", location, headers=delete).status_code == 204
        assert amy.ask("HEAD", location, headers=headers).status_code == 404

    def test_an_announcement_is_answered_by_headers_alone(self, amy: Any, world: Any) -> None:
        assert amy.announce(CONTENT, "", world.id()).content == b""

    def test_a_file_that_the_client_has_is_not_sent_again(self, amy: Any) -> None:
        path = "/v1/files/" + amy.attach(amy.file(), CONTENT)
        etag = amy.ask("GET", path).headers["ETag"]
        for held, status in ((etag, 304), (f'"other", W/{etag}', 304), ("*", 304), ('"other"', 200)):
            assert amy.ask("GET", path, headers={"If-None-Match": held}).status_code == status

    def test_an_empty_file_is_a_file(self, amy: Any, world: Any) -> None:
        ticket = amy.file()
        attachment = amy.attach(ticket, b"")
        answer = amy.ask("GET", f"/v1/files/{attachment}")
        assert (answer.status_code, answer.content) == (200, b"")
        assert amy.send(f"/v1/files/{attachment}", b"", 0).status_code == 204

    def test_announced_again_it_is_the_same(self, amy: Any, location: str) -> None:
        amy.send(location, CONTENT[:1000], 0)
        attachment = location.rpartition("/")[2]
        again = amy.announce(CONTENT, "", attachment)
        assert (again.status_code, again.headers["Location"]) == (201, location)
        assert again.headers["Upload-Offset"] == "1000"

    def test_another_file_or_another_device_under_its_name_is_refused(
        self, amy: Any, client: Any, location: str
    ) -> None:
        attachment = location.rpartition("/")[2]
        bob = client("bob@acme.test")
        for answer in (amy.announce(b"other", "", attachment), bob.announce(CONTENT, "", attachment)):
            assert (answer.status_code, answer.json()["code"]) == (409, "id-taken")
        assert amy.announce(b"x", "", amy.say(amy.file()).note.id).json()["code"] == "id-taken"

    def test_who_connects_anew_goes_on_with_it(self, amy: Any, client: Any, location: str) -> None:
        amy.send(location, CONTENT[:1000], 0)
        anew = client("amy@acme.test")
        assert anew.announce(CONTENT, "", location.rpartition("/")[2]).headers["Upload-Offset"] == "1000"
        assert anew.send(location, CONTENT[1000:], 1000).headers["Upload-Offset"] == str(len(CONTENT))
        assert amy.send(location, CONTENT, 0).json()["code"] == "no-such-upload"

    def test_nobody_goes_on_with_what_a_device_without_a_person_began(self, client: Any, world: Any) -> None:
        attachment = world.id()
        assert client(company="Acme").announce(CONTENT, "", attachment).status_code == 201
        assert client(company="Acme").announce(CONTENT, "", attachment).json()["code"] == "id-taken"

    def test_it_belongs_to_its_device(self, amy: Any, client: Any, location: str) -> None:
        bob = client("bob@acme.test")
        headers = {"Tus-Resumable": "1.0.0"}
        assert bob.ask("HEAD", location, headers=headers).status_code == 404
        assert bob.ask("DELETE", location, headers=headers).status_code == 404
        assert bob.send(location, CONTENT, 0).json()["code"] == "no-such-upload"
        assert offset(amy, location) == 0

    def test_at_another_point_it_does_not_go_on(self, amy: Any, location: str) -> None:
        for wrong in (1, len(CONTENT)):
            answer = amy.send(location, b"x", wrong)
            assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "0")

    def test_more_than_was_announced_is_refused(self, amy: Any, location: str) -> None:
        assert amy.send(location, CONTENT + b"x", 0).status_code == 413

    def test_a_damaged_piece_leaves_nothing(self, amy: Any, location: str) -> None:
        good = base64.b64encode(hashlib.sha1(CONTENT[:9]).digest()).decode()
        assert amy.send(location, b"damaged!!", 0, Upload_Checksum=f"sha1 {good}").status_code == 460
        assert offset(amy, location) == 0
        assert amy.send(location, CONTENT[:9], 0, Upload_Checksum=f"sha1 {good}").status_code == 204
        whole = base64.b64encode(hashlib.sha256(CONTENT[9:]).digest()).decode()
        assert amy.send(location, CONTENT[9:], 9, Upload_Checksum=f"sha256 {whole}").status_code == 204

    def test_a_file_that_is_not_what_it_was_announced_as_begins_again(self, amy: Any, location: str) -> None:
        wrong = amy.send(location, bytes(len(CONTENT)), 0)
        assert (wrong.status_code, wrong.json()["code"]) == (460, "checksum-mismatch")
        assert offset(amy, location) == 0
        assert amy.send(location, CONTENT, 0).status_code == 204

    @pytest.mark.parametrize("sent", [b"", bytes(len(CONTENT))], ids=["nothing", "other bytes"])
    def test_a_hash_alone_opens_nobodys_file(self, amy: Any, client: Any, world: Any, sent: bytes) -> None:
        amy.attach(amy.file(confidential=True), CONTENT)
        bob, mine = client("bob@acme.test"), world.id()
        told = bob.announce(sent, "", mine, sha256=hashlib.sha256(CONTENT).hexdigest())
        answer = bob.send(told.headers["Location"], sent, 0) if sent else told
        assert (answer.status_code, answer.json()["code"]) == (460, "checksum-mismatch")
        assert amy.ask("GET", f"/v1/files/{mine}").status_code == 404

    @pytest.mark.parametrize(
        ("headers", "status", "code"),
        [
            ({"Tus-Resumable": "0.2.2"}, 412, "tus-version"),
            ({"Content-Type": "text/plain"}, 415, "media-type"),
            ({"Upload-Offset": "-1"}, 400, "upload-offset"),
            ({"Upload-Offset": "9" * 30}, 400, "upload-offset"),
            ({"Upload-Checksum": "md5 abc="}, 400, "checksum-algorithm"),
            ({"Upload-Checksum": "sha1 ???"}, 400, "checksum-algorithm"),
            ({"Upload-Checksum": b"sha1 \xe9"}, 400, "checksum-algorithm"),
        ],
    )
    def test_nonsense_is_refused(self, amy: Any, location: str, headers: Any, status: int, code: str) -> None:
        answer = amy.send(location, b"x", 0, **headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        if status == 412:
            assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Upload-Length": None}, 400),
            ({"Upload-Length": "many"}, 400),
            ({"Upload-Length": str(LARGEST + 1)}, 413),
            ({"Upload-Metadata": "attachment ???"}, 400),
            ({"Upload-Metadata": b"attachment \xe9"}, 400),
            ({"Upload-Metadata": "attachment " + base64.b64encode(b"\xff").decode()}, 400),
            ({"Upload-Metadata": "attachment " + base64.b64encode(b"../../x").decode()}, 400),
            ({"Upload-Metadata": ""}, 400),
        ],
    )
    def test_announcing_nonsense_is_refused(self, amy: Any, world: Any, headers: Any, status: int) -> None:
        told = (
            f"attachment {base64.b64encode(world.id().encode()).decode()},sha256 {base64.b64encode(b'0' * 64).decode()}"
        )
        sent = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": told} | headers
        answer = amy.ask("POST", "/v1/files", headers=sent)
        assert answer.status_code == status, answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"


class TestBrokenOff:
    """Lines that break, and two requests for one upload."""

    def half_a_request(self, client: Any, location: str, sent: bytes, *headers: str) -> socket.socket:
        host = urlsplit(client.world.url)
        line = socket.create_connection((host.hostname, host.port), timeout=20)
        lines = [
            f"PATCH {location} HTTP/1.1",
            "Host: x",
            f"Authorization: Bearer {client.access}",
            "Tus-Resumable: 1.0.0",
            "Content-Type: application/offset+octet-stream",
            "Upload-Offset: 0",
            f"Content-Length: {len(CONTENT)}",
            *headers,
        ]
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + sent)
        return line

    def test_what_came_is_kept(self, amy: Any, location: str) -> None:
        self.half_a_request(amy, location, CONTENT[:70_000]).close()
        while not (reached := offset(amy, location)):
            pass
        assert amy.send(location, CONTENT[reached:], reached).status_code == 204
        assert offset(amy, location) == len(CONTENT)

    def test_a_newer_request_ends_the_older(self, amy: Any, world: Any, location: str) -> None:
        older = self.half_a_request(amy, location, CONTENT[:70_000])
        part = world.relay.files / f"{location.rpartition('/')[2]}.part"
        while not (part.exists() and part.stat().st_size == 70_000):
            pass
        newer = amy.send(location, CONTENT, 0)
        assert b" 409 " in older.recv(65536).splitlines()[0]
        older.close()
        reached = offset(amy, location)
        assert (newer.status_code, reached) == (409, 70_000)
        assert amy.send(location, CONTENT[reached:], reached).status_code == 204

    def test_with_a_checksum_half_a_piece_is_none(self, amy: Any, world: Any, location: str) -> None:
        digest = base64.b64encode(hashlib.sha1(CONTENT).digest()).decode()
        older = self.half_a_request(amy, location, CONTENT[:70_000], f"Upload-Checksum: sha1 {digest}")
        part = world.relay.files / f"{location.rpartition('/')[2]}.part"
        while not (part.exists() and part.stat().st_size == 70_000):
            pass
        assert amy.send(location, CONTENT, 0).status_code == 204
        older.close()
        assert offset(amy, location) == len(CONTENT)

    def test_many_at_once_end_with_the_file(self, amy: Any, location: str) -> None:
        threads = [threading.Thread(target=amy.send, args=(location, CONTENT, 0)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        reached = offset(amy, location)
        if reached < len(CONTENT):
            assert amy.send(location, CONTENT[reached:], reached).status_code == 204
        assert offset(amy, location) == len(CONTENT)

    def test_who_went_on_from_an_older_point_is_refused(self, amy: Any, world: Any, location: str) -> None:
        uploads, by = Uploads(world.relay), Principal(device=amy.device, company="Acme")
        upload = uploads.state(by, location.rpartition("/")[2])
        with uploads.open(upload, 0) as file:
            file.write(CONTENT[:100])
            uploads.advance(by, file, upload.attachment, 0, 100)
            with pytest.raises(Refusal) as refused:
                uploads.advance(by, file, upload.attachment, 0, 50)
        assert refused.value.status == 409
        assert offset(amy, location) == 100

    def test_a_crash_between_the_rename_and_its_record_is_made_good(self, amy: Any, world: Any, location: str) -> None:
        uploads = Uploads(world.relay)
        amy.send(location, CONTENT[:-1], 0)
        attachment = location.rpartition("/")[2]
        by = Principal(device=amy.device, company="Acme")
        upload = uploads.state(by, attachment)
        with uploads.open(upload, upload.position) as file:
            file.write(CONTENT[-1:])
            uploads.advance(by, file, attachment, upload.position, upload.size)
        kept = world.relay.files / upload.folder
        kept.mkdir(mode=0o700)
        (world.relay.files / f"{attachment}.part").rename(kept / upload.sha256)
        assert offset(amy, location) == len(CONTENT)
        assert uploads.state(by, attachment).finished


class TestLeaving:
    """On the way out."""

    @pytest.fixture
    def url(self, amy: Any) -> str:
        return f"/v1/files/{amy.attach(amy.file(), CONTENT)}"

    @pytest.mark.parametrize(
        ("asked", "status", "start", "end"),
        [
            ("bytes=0-99", 206, 0, 100),
            ("bytes=0-", 206, 0, len(CONTENT)),
            ("bytes=100-", 206, 100, len(CONTENT)),
            ("bytes=-100", 206, len(CONTENT) - 100, len(CONTENT)),
            ("bytes=5-99999999", 206, 5, len(CONTENT)),
            ("bytes=-99999999", 206, 0, len(CONTENT)),
            ("bytes=9-3", 200, 0, len(CONTENT)),
            ("bytes=0-1,4-5", 200, 0, len(CONTENT)),
            ("pages=1-2", 200, 0, len(CONTENT)),
        ],
    )
    def test_ranges(self, amy: Any, url: str, asked: str, status: int, start: int, end: int) -> None:
        answer = amy.ask("GET", url, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (status, CONTENT[start:end])
        if status == 206:
            assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"

    @pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0"])
    def test_beyond_the_end(self, amy: Any, url: str, asked: str) -> None:
        answer = amy.ask("GET", url, headers={"Range": asked})
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")

    def test_a_range_of_another_file_is_the_whole(self, amy: Any, url: str) -> None:
        etag = amy.ask("GET", url).headers["ETag"]
        for given, status in ((etag, 206), ('"other"', 200)):
            answer = amy.ask("GET", url, headers={"Range": "bytes=0-9", "If-Range": given})
            assert answer.status_code == status

    def test_a_browser_runs_nothing_of_it(self, amy: Any, url: str) -> None:
        headers = amy.ask("GET", url).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Disposition"] == "attachment"
        assert headers["Content-Type"] == "application/octet-stream"


class TestKeeping:
    """What is on the disk."""

    def test_contents_are_shared_inside_a_company_only(self, client: Any, world: Any) -> None:
        for email in ("amy@acme.test", "bob@acme.test", "otto@other.test"):
            somebody = client(email)
            somebody.attach(somebody.file(), CONTENT)
        kept = [path for path in world.relay.files.rglob("*") if path.is_file()]
        assert len(kept) == 2
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
        assert all(path.parent.stat().st_mode & 0o777 == 0o700 for path in kept)

    def test_taken_back(self, amy: Any, world: Any, location: str) -> None:
        amy.send(location, CONTENT[:10], 0)
        assert amy.ask("DELETE", location, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
        assert amy.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"}).status_code == 404
        assert list(world.relay.files.iterdir()) == []

    def test_taken_back_whole_it_leaves_nothing_and_nobody_elses(self, amy: Any, client: Any, world: Any) -> None:
        bob, headers = client("bob@acme.test"), {"Tus-Resumable": "1.0.0"}
        attached = bob.attach(bob.file(), CONTENT)
        for content in (CONTENT, b"only once"):
            mine = amy.upload(content, "")
            assert amy.ask("DELETE", f"/v1/files/{mine}", headers=headers).status_code == 204
        assert [path.stat().st_size for path in world.relay.files.rglob("*") if path.is_file()] == [len(CONTENT)]
        assert bob.ask("GET", f"/v1/files/{attached}").content == CONTENT

    def test_what_is_on_a_ticket_stays(self, amy: Any) -> None:
        attachment = amy.attach(amy.file(), b"bytes")
        answer = amy.ask("DELETE", f"/v1/files/{attachment}", headers={"Tus-Resumable": "1.0.0"})
        assert (answer.status_code, answer.json()["code"]) == (409, "attached")

    def test_what_nobody_names_expires(self, amy: Any, world: Any, location: str) -> None:
        amy.send(location, CONTENT[:10], 0)
        told = parsedate_to_datetime(amy.announce(CONTENT, "", location.rpartition("/")[2]).headers["Upload-Expires"])
        attached = amy.attach(amy.file(), b"on a ticket")
        amy.upload(b"finished and forgotten", world.id())
        amy.upload(b"on a ticket", world.id())
        clock = LifeCycleClock(world.relay, Uploads(world.relay))
        world.clock.at = told
        clock.tick(world.clock.now())
        with world.relay.read() as connection:
            assert counts(connection).uploads == 0
        kept = [path for path in world.relay.files.rglob("*") if path.is_file()]
        assert [path.name for path in kept] == [hashlib.sha256(b"on a ticket").hexdigest()]
        amy.enrol(world.code("amy@acme.test"))
        assert amy.ask("GET", f"/v1/files/{attached}").content == b"on a ticket"
