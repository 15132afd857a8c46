"""Connecting a device and keeping it connected: codes and tokens forgive a lost answer and nothing else."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from desktop.sync.protocol import TokenPair, TokenRequest, encode
from desktop.tickets.people import Person, Role
from desktop.tickets.trouble import InputRefused
from relay import codes, devices
from relay.accounts import add_person
from relay.tables import codes as code_table
from relay.tables import devices as device_table
from relay.tables import guesses, tokens


def next_pair(client: Any, refresh: str = "") -> Any:
    return client.ask(
        "POST", "/v1/token", data=encode(TokenRequest(device=client.device, refresh=refresh or client.refresh))
    )


def pair_of(answer: Any) -> TokenPair:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=TokenPair)


def works(client: Any, access: str) -> bool:
    client.access = access
    status = client.ask("GET", "/v1/organisation").status_code
    assert status in (200, 401)
    return bool(status == 200)


class TestCodes:
    """One-time codes."""

    def test_a_code_connects_its_person(self, new_client: Any, world: Any) -> None:
        enrolled = new_client().enrol(world.code("amy@acme.test"))
        assert (enrolled.person.name, enrolled.company, enrolled.provider) == ("Amy", "Acme", "Example IT Care")

    def test_it_may_be_typed_as_people_type(self, new_client: Any, world: Any) -> None:
        code = world.code("amy@acme.test")
        typed = " " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert new_client().try_to_enrol(typed).status_code == 200

    def test_a_companys_device_has_no_person(self, new_client: Any, world: Any) -> None:
        enrolled = new_client().enrol(world.code(company="Acme"))
        assert (enrolled.person, enrolled.company) == (None, "Acme")

    def test_the_same_device_is_answered_again_for_ten_minutes(self, new_client: Any, world: Any) -> None:
        client, code = new_client(), world.code("amy@acme.test")
        client.enrol(code)
        world.clock.advance(minutes=9)
        client.enrol(code)
        assert works(client, client.access)
        world.clock.advance(minutes=2)
        late = client.try_to_enrol(code)
        assert (late.status_code, late.json()["code"]) == (409, "code-used")

    def test_another_device_is_told_that_it_is_used(self, new_client: Any, world: Any) -> None:
        code = world.code("amy@acme.test")
        new_client().enrol(code)
        answer = new_client().try_to_enrol(code)
        assert (answer.status_code, answer.json()["code"]) == (409, "code-used")

    def test_the_same_device_with_another_secret_is_another(self, new_client: Any, world: Any) -> None:
        client, code = new_client(), world.code("amy@acme.test")
        client.enrol(code)
        thief = client.try_to_enrol(code, secret="x" * 32)
        assert (thief.status_code, thief.json()["code"]) == (409, "device-taken")
        assert works(client, client.access)

    def test_a_refused_device_leaves_the_code_unused(self, new_client: Any, world: Any) -> None:
        client = new_client()
        client.enrol(world.code("amy@acme.test"))
        code = world.code("bob@acme.test")
        assert client.try_to_enrol(code, secret="x" * 32).json()["code"] == "device-taken"
        assert new_client().try_to_enrol(code).status_code == 200

    def test_a_late_code_has_expired(self, new_client: Any, world: Any) -> None:
        code = world.code("amy@acme.test", valid_for=timedelta(hours=1))
        world.clock.advance(hours=1)
        answer = new_client().try_to_enrol(code)
        assert (answer.status_code, answer.json()["code"]) == (410, "code-expired")

    def test_guessing_has_to_wait_and_then_goes_on(self, new_client: Any, world: Any) -> None:
        code = world.code("amy@acme.test")
        for _ in range(codes.MOST_GUESSES):
            wrong = new_client().try_to_enrol("AAAA-AAAA-AAAA")
            assert (wrong.status_code, wrong.json()["code"]) == (403, "code-wrong")
        blocked = new_client().try_to_enrol(code)
        assert (blocked.status_code, blocked.json()["code"]) == (429, "too-many-tries")
        assert 0 < int(blocked.headers["Retry-After"]) <= 600
        world.clock.advance(minutes=11)
        assert new_client().try_to_enrol("wrong again").status_code == 403
        with world.relay.read() as connection:
            assert len(connection.execute(select(guesses)).all()) == 1
        assert new_client().try_to_enrol(code).status_code == 200

    def test_secrets_are_kept_as_hashes_only(self, new_client: Any, world: Any) -> None:
        client, code = new_client(), world.code("amy@acme.test")
        client.enrol(code)
        with world.relay.read() as connection:
            kept = repr([connection.execute(select(table)).all() for table in (code_table, device_table, tokens)])
        for secret in (code, code.replace("-", ""), client.secret, client.access, client.refresh):
            assert secret not in kept
        assert repr(hashlib.sha256(client.access.encode()).digest())[2:-1] in kept

    @pytest.mark.parametrize(("email", "company"), [("", ""), ("a@b.test", "Acme"), ("nobody@b.test", ""), ("", "No")])
    def test_no_code_for_nobody(self, world: Any, email: str, company: str) -> None:
        with pytest.raises(InputRefused):
            world.code(email, company)

    @pytest.mark.parametrize(
        "wrong", [{"device": "not-an-id"}, {"device_secret": "short"}, {"device_name": "n" * 2000}, {"code": 7}]
    )
    def test_nonsense_is_refused(self, new_client: Any, world: Any, wrong: dict[str, Any]) -> None:
        told = {"code": "x", "device": world.id(), "device_secret": "s" * 32, "device_name": "PC"} | wrong
        answer = new_client().ask("POST", "/v1/enrol", json=told)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


class TestTokens:
    """Refresh tokens rotate; the old one stays good until its successor was used once."""

    def test_an_access_token_lives_an_hour(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        assert works(amy, amy.access)
        world.clock.advance(hours=1)
        assert not works(amy, amy.access)
        assert works(amy, pair_of(next_pair(amy)).access)

    def test_the_next_pair_says_who_one_is_now(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        now = Person(email="amy@acme.test", name="Amy", company="Acme", role=Role.IT_DESIGNEE)
        with world.relay.write() as connection:
            add_person(connection, now, at=world.clock.now())
        assert pair_of(next_pair(amy)).person == now

    def test_a_lost_answer_locks_nobody_out(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        for _ in range(5):
            pair_of(next_pair(amy))
        pair = pair_of(next_pair(amy))
        assert works(amy, pair.access)

    @pytest.mark.parametrize("use", ["access", "refresh"])
    def test_once_the_next_was_used_the_old_one_revokes_the_device(self, client: Any, world: Any, use: str) -> None:
        amy = client("amy@acme.test")
        stolen = amy.refresh
        pair = pair_of(next_pair(amy))
        if use == "access":
            assert works(amy, pair.access)
        else:
            pair = pair_of(next_pair(amy, pair.refresh))
        world.clock.advance(minutes=2)
        assert next_pair(amy, stolen).status_code == 401
        assert not works(amy, pair.access)
        assert next_pair(amy, pair.refresh).status_code == 401

    def test_a_request_that_comes_late_is_no_thief(self, client: Any, world: Any) -> None:
        """Given up on and asked again; the first one is delivered when the next pair is in use already."""
        amy = client("amy@acme.test")
        pair = pair_of(next_pair(amy))
        assert works(amy, pair.access)
        world.clock.advance(minutes=1.9)
        assert next_pair(amy).status_code == 401
        assert works(amy, pair.access)
        assert works(amy, pair_of(next_pair(amy, pair.refresh)).access)

    def test_a_server_restored_from_before_the_token_knows_the_device_by_its_secret(
        self, client: Any, world: Any
    ) -> None:
        amy = client("amy@acme.test")
        lost = {"device": amy.device, "refresh": "made after the backup"}
        assert amy.ask("POST", "/v1/token", json=lost).status_code == 401
        assert amy.ask("POST", "/v1/token", json={**lost, "device_secret": "x" * 32}).status_code == 401
        pair = pair_of(amy.ask("POST", "/v1/token", json={**lost, "device_secret": amy.secret}))
        assert works(amy, pair.access)
        world.clock.advance(minutes=2)
        assert next_pair(amy).status_code == 401  # somebody has it twice: the device is revoked
        assert amy.ask("POST", "/v1/token", json={**lost, "device_secret": amy.secret}).status_code == 401

    def test_a_pair_that_was_made_twice_is_good_once(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        first, second = pair_of(next_pair(amy)), pair_of(next_pair(amy))
        assert works(amy, second.access)
        assert next_pair(amy, first.refresh).status_code == 401

    def test_a_code_whose_answer_was_lost_leaves_one_pair_that_goes_on(self, new_client: Any, world: Any) -> None:
        amy, code = new_client(), world.code("amy@acme.test")
        lost, kept = amy.enrol(code).tokens, amy.enrol(code).tokens
        assert works(amy, kept.access)
        assert next_pair(amy, lost.refresh).status_code == 401
        assert works(amy, pair_of(next_pair(amy, kept.refresh)).access)

    def test_whoever_uses_both_answers_to_a_code_has_to_connect_again(self, new_client: Any, world: Any) -> None:
        """One of them was lost: only a thief can have it."""
        amy, code = new_client(), world.code("amy@acme.test")
        pairs = amy.enrol(code).tokens, amy.enrol(code).tokens
        assert all(works(amy, pair.access) for pair in pairs)
        assert [next_pair(amy, pair.refresh).status_code for pair in pairs] == [401, 401]
        assert works(amy, amy.enrol(world.code("amy@acme.test")).tokens.access)

    def test_connecting_anew_ends_the_old_tokens(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        old = amy.refresh
        amy.enrol(world.code("amy@acme.test"))
        assert works(amy, amy.access)
        assert next_pair(amy, old).status_code == 401

    def test_another_person_on_the_device_ends_the_tokens_of_the_first(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        old = amy.access
        amy.enrol(world.code("bob@acme.test"))
        assert not works(amy, old)

    def test_a_token_of_another_device_is_none(self, client: Any, world: Any) -> None:
        amy, bob = client("amy@acme.test"), client("bob@acme.test")
        assert next_pair(bob, amy.refresh).json()["code"] == "not-signed-in"
        assert works(amy, amy.access)

    def test_long_dead_tokens_are_forgotten(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        for _ in range(4):
            pair = pair_of(next_pair(amy))
            amy.refresh = pair.refresh
            world.clock.advance(days=100)
        with world.relay.read() as connection:
            assert len(connection.execute(select(tokens)).all()) <= 3

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer \u00e9", "Bearer " + "x" * 5000])
    def test_without_a_token_nothing_is_told(self, new_client: Callable[[], Any], header: str) -> None:
        answer = new_client().ask("GET", "/v1/changes", headers={"Authorization": header.encode("latin-1")})
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_a_revoked_device_is_known_no_more_until_it_is_connected_again(self, client: Any, world: Any) -> None:
        amy = client("amy@acme.test")
        with world.relay.write() as connection:
            devices.revoke(connection, amy.device, at=world.clock.now())
        old = amy.access
        assert not works(amy, amy.access)
        amy.enrol(world.code("amy@acme.test"))
        assert works(amy, amy.access)
        assert not works(amy, old)
        with world.relay.read() as connection:
            (line,) = devices.device_lines(connection)
        assert (line.person, line.name, line.revoked) == ("amy@acme.test", "PC-1", False)

    def test_the_code_of_a_revoked_device_answers_it_no_more(self, client: Any, world: Any) -> None:
        code = world.code("amy@acme.test")
        stolen = client("amy@acme.test")
        stolen.enrol(code)
        with world.relay.write() as connection:
            devices.revoke(connection, stolen.device, at=world.clock.now())
        assert stolen.try_to_enrol(code).json()["code"] == "code-used"

    def test_only_a_device_that_is_there_is_revoked(self, world: Any) -> None:
        with pytest.raises(InputRefused), world.relay.write() as connection:
            devices.revoke(connection, "nothing", at=world.clock.now())
