"""What comes over the wire when somebody sends nonsense: a problem with a code, and never a fault of ours."""

import json
import re
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.sync.protocol import MAX_BATCH, MAX_BODY, encode_operation
from desktop.tickets.operations import FileTicket
from relay.api.bodies import depth

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def problem(answer: requests.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert body["title"]
    assert body["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "not-found"),
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/v1/tickets/%2e%2e%2f", 404, "not-found"),
        ("GET", "/v1/files/..%2f..%2fetc%2fpasswd", 404, "not-found"),
        ("DELETE", "/v1/enrol", 405, "method-not-allowed"),
        ("GET", "/v1/operations", 405, "method-not-allowed"),
        ("POST", "/v1/changes", 405, "method-not-allowed"),
        ("GET", "/v1/changes?limit=many", 400, "malformed"),
        ("GET", "/v1/changes?limit=99999999999999999999999999", 200, ""),
        ("GET", "/v1/changes?limit=-1", 200, ""),
    ],
)
def test_every_error_is_a_problem(client: Any, method: str, path: str, status: int, code: str) -> None:
    answer = client("amy@acme.test").ask(method, path)
    if status == 200:
        assert answer.status_code == 200
    else:
        problem(answer, status, code)


def test_a_client_that_leaves_in_the_middle_of_its_words_is_no_fault_of_the_relay(client: Any, caplog: Any) -> None:
    amy = client("amy@acme.test")
    there = urlsplit(amy.world.url)
    with socket.create_connection((there.hostname, there.port)) as line:
        head = (
            f"POST /v1/operations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {amy.access}\r\nContent-Length: 100\r\n"
        )
        line.sendall(head.encode() + b"\r\n{")
    amy.page()
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"null", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b'{"operations":[]}', 400, "malformed"),
        (b'{"operations":{}}', 400, "malformed"),
        (b'{"operations":[{"id":"\xff"}]}', 400, "malformed"),
        (b'{"operations":[{"id":"\\ud800"}]}', 400, "malformed"),
        (b'{"operations":[' + b"[" * 31 + b"]" * 31 + b"]}", 400, "too-deep"),
        (b'{"operations":[' + b"[" * 200_000, 400, "too-deep"),
        (b"[" * 1_000_000, 400, "too-deep"),
        (b'{"x":' * 100_000, 400, "too-deep"),
        (b'"' * 999_999, 400, "malformed"),
        (b'{"operations":[' + b",".join([b"{}"] * (MAX_BATCH + 1)) + b"]}", 413, "too-many"),
        (b" " * (MAX_BODY + 1), 413, "too-large"),
    ],
    ids=lambda value: str(value[:12]) if isinstance(value, bytes) else None,
)
def test_bodies_that_are_none(client: Any, body: bytes, status: int, code: str) -> None:
    problem(client("amy@acme.test").ask("POST", "/v1/operations", data=body), status, code)


def test_a_body_that_does_not_say_how_long_it_is_ends_at_the_same_bound(client: Any) -> None:
    pieces = (b" " * 1024 * 1024 for _ in range(20))
    problem(client("amy@acme.test").ask("POST", "/v1/operations", data=pieces), 413, "too-large")


def test_from_strangers_no_long_body_is_read(world: Any) -> None:
    for path, status, code in (
        ("/v1/enrol", 413, "too-large"),
        ("/v1/token", 413, "too-large"),
        ("/v1/operations", 401, "not-signed-in"),
        (f"/v1/tickets/{world.id()}/escalation", 401, "not-signed-in"),
    ):
        problem(requests.post(world.url + path, data=b"[" * 100_000, timeout=30), status, code)


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /v1/operations HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/operations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / \x00 HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    ],
    ids=["negative length", "two lengths", "TLS", "NUL", "long path"],
)
def test_what_is_no_http_is_a_problem_too(world: Any, request_bytes: bytes) -> None:
    host = urlsplit(world.url)
    answer = b""
    while not answer:  # what is closed with something unread in it may be reset before the answer was taken
        with (
            socket.create_connection((host.hostname, host.port), timeout=20) as line,
            suppress(ConnectionResetError, BrokenPipeError),
        ):
            line.sendall(request_bytes)
            while piece := line.recv(65536):
                answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] == "not-http"


def test_the_id_of_a_request_is_echoed(client: Any) -> None:
    amy = client("amy@acme.test")
    assert amy.ask("GET", "/v1/changes", headers={"X-Request-Id": "mine-1"}).headers["X-Request-Id"] == "mine-1"
    problem(amy.ask("GET", "/nothing", headers={"X-Request-Id": "mine-2"}), 404, "not-found")
    for unusable in ("a b", "x" * 200, "<script>"):
        given_back = amy.ask("GET", "/v1/changes", headers={"X-Request-Id": unusable}).headers["X-Request-Id"]
        assert given_back != unusable


def test_the_profile_is_told_once(client: Any) -> None:
    amy = client("amy@acme.test")
    told = amy.ask("GET", "/v1/organisation")
    assert told.json()["key"] == "example"
    assert 'name = "Example IT Care"' in told.json()["toml"]
    for etag in (told.headers["ETag"], f'"x", W/{told.headers["ETag"]}'):
        again = amy.ask("GET", "/v1/organisation", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    assert amy.ask("GET", "/v1/organisation", headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_description_names_every_path_and_type(world: Any) -> None:
    described = requests.get(world.url + "/openapi.json", timeout=10)
    assert described.headers["Content-Type"].startswith("application/json")
    document = described.json()
    assert document["openapi"].startswith("3.")
    wanted = {"/v1/enrol", "/v1/token", "/v1/organisation", "/v1/operations", "/v1/changes", "/v1/events", "/v1/files"}
    assert wanted <= set(document["paths"])
    assert document["paths"]["/v1/enrol"]["post"]["requestBody"]["required"]
    schemas = document["components"]["schemas"]
    assert {"OperationAnswer", "ChangedRow", "Ticket", "TokenPair", "FileTicket", "Problem"} <= set(schemas)
    assert schemas["OperationBatch"]["properties"]["operations"]["items"] == {"$ref": "#/components/schemas/Operation"}


def test_the_description_says_what_goes_wrong_and_who_may_ask(world: Any) -> None:
    document = requests.get(world.url + "/openapi.json", timeout=10).json()
    asked = [operation for path in document["paths"].values() for operation in path.values()]
    errors = [operation["responses"].pop("default")["content"] for operation in asked]
    assert {(*error,) for error in errors} == {("application/problem+json",)}
    assert all(status < "400" for operation in asked for status in operation["responses"])
    assert document["security"] == [{"device": []}]
    open_to_all = [
        path for path, found in document["paths"].items() if any("security" in one for one in found.values())
    ]
    assert open_to_all == ["/v1/enrol", "/v1/token", "/v1/files"]  # of files: what is spoken here
    named = set(re.findall('"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])
    upload = document["paths"]["/v1/files/{attachment}"]["patch"]
    assert {"Tus-Resumable", "Upload-Offset"} <= {each["name"] for each in upload["parameters"] if each["required"]}
    assert "content" not in document["paths"]["/v1/files"]["post"]["responses"]["201"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON, path=st.sampled_from(["/v1/operations", "/v1/enrol", "/v1/token"]))
def test_no_json_is_a_fault_of_ours(fuzzed: Any, body: Any, path: str) -> None:
    answer = fuzzed.ask("POST", path, data=json.dumps(body).encode())
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    where=st.sampled_from(
        ["summary", "details", "device", "answers", "contact", "availability", "files", "type", "id"]
    ),
    value=JSON,
)
def test_no_field_of_a_filing_is_a_fault_of_ours(fuzzed: Any, where: str, value: Any) -> None:
    operation = json.loads(
        encode_operation(fuzzed.operation(fuzzed.world.id(), file_ticket=FileTicket(summary="Fine")))
    )
    (operation if where == "id" else operation["file_ticket"])[where] = value
    answer = fuzzed.ask("POST", "/v1/operations", data=json.dumps({"operations": [operation]}).encode())
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 200:
        (told,) = answer.json()["answers"]
        assert told["result"] in ("applied", "rejected")


@pytest.mark.parametrize("piece", [b"[", b"[]", b"]", b'"', b"{", b'"\\', b'""'])
def test_a_body_of_millions_of_parts_is_refused_before_it_is_looked_at(client: Any, piece: bytes) -> None:
    amy = client("amy@acme.test")
    answer = amy.ask("POST", "/v1/operations", data=piece * (MAX_BODY // len(piece)))
    assert (answer.status_code, answer.json()["code"]) == (400, "too-many-parts")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300), header=st.sampled_from(["Upload-Length", "Upload-Offset", "Upload-Metadata", "Range"])
)
def test_no_header_is_a_fault_of_ours(fuzzed: Any, body: bytes, header: str) -> None:
    value = bytes(byte for byte in body if 0x20 <= byte != 0x7F).strip() or b"x"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", header: value}
    for method, path in (("POST", "/v1/files"), ("PATCH", f"/v1/files/{fuzzed.world.id()}")):
        answer = fuzzed.ask(method, path, headers=headers, data=body)
        assert 400 <= answer.status_code < 500, answer.text


@pytest.fixture
def fuzzed(client: Any) -> Any:
    return client("amy@acme.test")


@settings(deadline=None)
@given(JSON)
def test_depth_is_what_a_parser_would_count(value: Any) -> None:
    def deep(value: Any) -> int:
        if isinstance(value, dict):
            return 1 + max(map(deep, value.values()), default=0)
        return 1 + max(map(deep, value), default=0) if isinstance(value, list) else 0

    assert depth(json.dumps(value).encode()) == deep(value)
