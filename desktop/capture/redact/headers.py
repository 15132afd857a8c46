"""What HTTP headers carry: credentials (RFC 9110, section 11.4) and cookies (RFC 6265)."""

import re
from collections.abc import Iterator

from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import PLAIN_WORD, is_masked, is_said_of_passwords
from desktop.capture.redact.secret import Found, SecretKind
from desktop.capture.redact.values import line_from

_AUTHORIZATION = re.compile(
    r"\b(?:proxy-|x-)?authorization\\{0,3}(?P<named>[\"'])?[ \t]{0,9}(?:=>|[:=])[ \t]{0,9}\[?\\{0,3}(?P<open>[\"'])?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][\w-]{1,39}[ \t]{1,9}")
_COOKIE = re.compile(
    r"(?:\b(?:set-)?cookies?2?\\{0,3}(?P<named>[\"'])?[ \t]{0,9}:[ \t]{0,9}\[?\\{0,3}(?P<open>[\"'])?"
    r"|\b(?:document\.cookie|cookies?)[ \t]{0,9}=[ \t]{0,9}\[?(?P<equal>[\"'])?"
    r"|(?<=-)-cookie[ =]{1,3}(?P<option>[\"'])?|\bcurl\b[^\n]{0,400}?[ ]-b[ ]?(?P<short>[\"'])?)",
    re.IGNORECASE,
)
_COOKIE_PAIR = re.compile(r"[^\s=;,\"'()\[\]{}]{1,200}=(?=[^\s;])")
"""A cookie has a name and a value; prose about cookies has neither (section 4)."""
_BEARER = re.compile(
    r"\b(?:bearer|basic|digest|negotiate|ntlm)"
    r"(?:[ \t]{1,9}|[ \t]{0,9}\r?\n[ \t]{0,9}(?=\S{16}))(?:\\{0,3}[\"'])?"
    r"(?P<value>[A-Za-z0-9._~+/-]{8,4000}+={0,2})",
    re.IGNORECASE,
)
_LEAST, _LONG, _NO_WORD = 6, 16, 20
_LEAST_QUOTED = 8
_SENTENCE = 4
_PLACES = frozenset(("credentials", "access_token", "accesstoken", "authentication", "authorization"))
"""What stands where a token would, in what is said of headers."""
_JUDGED = 200
_MOST = 8000
_ATTRIBUTES = frozenset(("samesite", "path", "domain", "expires", "max-age", "priority", "secure"))
_WORDS = re.compile(r"[a-z]+\d{0,2}|[A-Za-z]+(?:[_-][A-Za-z]+)+=?")


def headers(text: str) -> Iterator[Found]:
    """Values of Authorization and Cookie, and what stands behind the name of a scheme."""
    yield from _authorizations(text)
    yield from _cookies(text)
    for match in _BEARER.finditer(text):
        value = match["value"]
        if _WORDS.fullmatch(value) and (len(value) < _NO_WORD or not value.isalpha()):
            continue
        is_long = len(value) >= _LONG and not PLAIN_WORD.fullmatch(value)
        if any(map(str.isdigit, value)) or value.endswith("=") or is_long:
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)


def _authorizations(text: str) -> Iterator[Found]:
    for match in matches_near(_AUTHORIZATION, text, ("authorization",), 8, 80):
        start = match.end()
        end = _end(text, match, start)
        scheme = _SCHEME.match(text, start, end)
        start = scheme.end() if scheme else start
        if scheme and text[start : start + 1] in ('"', "'") and not match["open"]:
            closing = _closing(text, start + 1, line_from(text, start, _MOST), text[start])
            start, end = start + 1, closing
        said = text[start:end].rstrip()
        words = said[:_JUDGED].split()
        prose = sum(map(_is_prose, words))
        is_prose = prose == len(words) or (prose >= _SENTENCE and prose * 2 >= len(words))
        is_quoted = bool(match["open"]) or text[start - 1] in "\"'"
        if is_quoted and scheme and len(words) == 1 and len(said) >= _LEAST_QUOTED:
            is_prose = is_said_of_passwords(said) or said.lower() in _PLACES
        if len(said) >= _LEAST and not is_masked(said) and not is_prose:
            yield Found(start, start + len(said), SecretKind.TOKEN)


def _cookies(text: str) -> Iterator[Found]:
    for match in matches_near(_COOKIE, text, ("cookie", "curl"), 20, 500):
        start = match.end()
        end = _end(text, match, start)
        value = text[start:end].rstrip()
        if (
            match["option"] is None
            and match["short"] is None
            and match.group().lower().rstrip("= ").endswith(("-cookie", "-b"))
        ):
            value = value.split(maxsplit=1)[0] if value.split() else ""
        is_pair = _COOKIE_PAIR.match(value) and value.partition("=")[0].lower() not in _ATTRIBUTES
        if is_pair and not is_masked(value):
            yield Found(start, start + len(value), SecretKind.COOKIE)


def _end(text: str, header: re.Match[str], start: int) -> int:
    """Where a header's value ends: with the quotation that it or its header is in, else with the line."""
    end = line_from(text, start, _MOST)
    opened = next((header[name] for name in ("open", "equal", "option", "short") if header.groupdict().get(name)), None)
    before = text[max(0, header.start() - 1) : header.start()]
    closing = text.find("]", start, end) if "[" in header[0] else -1
    if opened and closing > 0:
        return start + len(text[start:closing].rstrip(" \\" + opened))
    if opened:
        return _closing(text, start, end, opened)
    if before in ('"', "'") and not header["named"]:
        return _closing(text, start, end, before)
    return end


def _closing(text: str, start: int, end: int, quote: str) -> int:
    """The place of the next such quotation mark that is not escaped more deeply than the first, or `end`."""
    at = text.find(quote, start, end)
    while at > 0 and text[at - 1] == "\\" and text[start - 2 : start - 1] != "\\":
        at = text.find(quote, at + 1, end)
    return at - (text[at - 1] == "\\") if at >= 0 else end


def _is_prose(word: str) -> bool:
    return (
        len(word) < _NO_WORD
        and PLAIN_WORD.fullmatch(word) is not None
        and (word.islower() or word.istitle() or word.isupper())
    )
