"""Connecting a device, keeping it connected, and the provider's profile."""

from typing import Final

import msgspec
from litestar import Response, get, post

from desktop.sync.protocol import Enrolled, EnrolRequest, OrganisationAnswer, TokenPair, TokenRequest
from desktop.tickets.identity import is_id
from relay.accounts import as_principal
from relay.api.bodies import read_body
from relay.api.schema import reads
from relay.api.service import Asked, Handed, Service, has_already, json_response
from relay.book import Book
from relay.codes import note_guess, redeem, too_many_guesses
from relay.devices import connect_device, refresh
from relay.problems import Refusal, malformed
from relay.profile import kept_profile

_SHORTEST_SECRET: Final = 16
_LONGEST: Final = 1000
_LONGEST_BODY: Final = 64 * 1024
"""In bytes, from those whom nobody knows yet: reading a long one would keep everybody else waiting."""

_enrol: Final = msgspec.json.Decoder(EnrolRequest)
_token: Final = msgspec.json.Decoder(TokenRequest)


@post("/v1/enrol", status_code=200, request_max_body_size=_LONGEST_BODY, opt=reads(EnrolRequest, anybody=True))
async def enrol(request: Asked, service: Handed) -> Response[Enrolled]:
    """Connect a device with a one-time code; asked again by the same device within ten minutes, answer again."""
    asked = await read_body(request, _enrol)
    if not is_id(asked.device):
        raise malformed("The computer did not say which one it is.", "id-invalid")
    if not _SHORTEST_SECRET <= len(asked.device_secret) <= _LONGEST or len(asked.device_name) > _LONGEST:
        raise malformed("The computer's key is too short or too long.")
    address = request.client.host if request.client else ""
    return json_response(await service.work(_enrolled, service, asked, address))


@post("/v1/token", status_code=200, request_max_body_size=_LONGEST_BODY, opt=reads(TokenRequest, anybody=True))
async def token(request: Asked, service: Handed) -> Response[TokenPair]:
    """The next pair of tokens."""
    asked = await read_body(request, _token)

    def next_pair() -> TokenPair | Refusal:
        with service.relay.write() as connection:
            return refresh(connection, asked.device, asked.refresh, asked.device_secret, at=service.relay.clock.now())

    return json_response(_or_raise(await service.work(next_pair)))


@get("/v1/organisation", opt=reads(optional=["If-None-Match"], also=[304]))
async def organisation(request: Asked, service: Handed) -> Response[OrganisationAnswer | None]:
    """The provider's profile, unless the client has it already (If-None-Match)."""

    def found() -> tuple[str, str, str]:
        service.principal(request)
        with service.relay.read() as connection:
            return service.relay.organisation(connection).key, *kept_profile(connection)

    key, toml, etag = await service.work(found)
    if has_already(request, etag):
        return Response(None, status_code=304, headers={"ETag": etag})
    return json_response(OrganisationAnswer(key=key, toml=toml), {"ETag": etag, "Cache-Control": "no-cache"})


def _enrolled(service: Service, asked: EnrolRequest, address: str) -> Enrolled:
    """Everything that a code does, in one transaction; a wrong one is counted, and the count is kept."""
    at = service.relay.clock.now()
    with service.relay.write() as connection:
        answer = too_many_guesses(connection, address, at=at)
        if answer is None:
            invitation = redeem(connection, asked.code, asked.device, at=at)
            if not isinstance(invitation, Refusal):
                secret, name = asked.device_secret, " ".join(asked.device_name.split())
                pair = connect_device(connection, asked.device, secret, name, invitation, at=at)
                if not isinstance(pair, Refusal):
                    organisation = service.relay.organisation(connection)
                    if pair.person is not None:
                        by = as_principal(connection, pair.person, device=asked.device)
                        Book(connection, by, organisation, at).take_over()
                    return Enrolled(
                        tokens=pair,
                        device=asked.device,
                        company=invitation.company,
                        provider=organisation.name,
                        person=pair.person,
                    )
                raise pair
            if invitation.code == "code-wrong":
                note_guess(connection, address, at=at)
            answer = invitation
    raise answer


def _or_raise(answer: TokenPair | Refusal) -> TokenPair:
    if isinstance(answer, Refusal):
        raise answer
    return answer
