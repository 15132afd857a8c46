"""What addresses carry: passwords before the host, tokens in the query, and places where everybody may write."""

import re
from collections.abc import Iterator

from desktop.capture.redact.plausible import is_masked
from desktop.capture.redact.secret import Found, SecretKind

_USERINFO = re.compile(
    r"(?<=[a-z0-9+.-])://(?P<user>[^\s/:@\"'<>]{0,256}+)"
    r"(?::(?P<value>[^\s\"'<>/]{1,256}|(?!\d{1,5}/)[^\s\"'<>@]{1,256}?))?@(?=[\w\[%{])",
    re.IGNORECASE,
)
"""Of `scheme://user:password@host` (RFC 3986, section 3.2.1); a password may hold an @."""
_LONG_USER = 16
_QUERY = re.compile(
    r"(?:[?&#](?:code|key|ticket|nonce|assertion|hash|pass|t|k)|\bsaml(?:response|request))=(?P<value>[^\s&#\"'<>;]{10,4000}+)",
    re.IGNORECASE,
)
_HOOK = re.compile(
    r"\b(?:hooks\.slack\.com/services/|discord(?:app)?\.com/api/webhooks/|webhook\.office\.com/webhookb2/)"
    r"(?P<value>[^\s\"'<>]{8,400}+)",
    re.IGNORECASE,
)
"""Addresses that let everybody who knows them write somewhere."""


def addresses(text: str) -> Iterator[Found]:
    """Passwords and tokens within addresses."""
    yield from _user_infos(text)
    for match in _QUERY.finditer(text):
        value = match["value"]
        if any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not is_masked(value):
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)
    for match in _HOOK.finditer(text):
        if not is_masked(match["value"]):
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)


def _user_infos(text: str) -> Iterator[Found]:
    for match in _USERINFO.finditer(text):
        if match["value"] is not None:
            if not is_masked(match["value"]):
                yield Found(match.start("value"), match.end("value"), SecretKind.PASSWORD)
        elif len(match["user"]) >= _LONG_USER and any(map(str.isdigit, match["user"])):
            yield Found(match.start("user"), match.end("user"), SecretKind.TOKEN)
