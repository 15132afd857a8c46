"""Passwords and keys in the settings of routers, switches and firewalls, where only the order of words tells them."""

import re
from collections.abc import Iterator

from desktop.capture.redact.near import lowered, matches_near
from desktop.capture.redact.plausible import is_expression, is_masked, is_said_of_passwords, is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind
from desktop.capture.redact.spoken import is_state

_BEGIN = r"(?:(?<![^\n])|(?<=[#>])[ ]?)[ \t]{0,20}"
"""The beginning of a line, or what stands behind the sign by which a device asks."""
_END = r"(?=[ \t]{0,9}(?:\r?\n|\Z))"
_NAME = r"(?!(?:or|and|oder|und|ou|et|name)\b)[^\s\"':=/&]{1,60}"
_WHEREVER = (
    r"\bcrypto (?:isakmp|ikev?[12]?) key",
    r"\bpre-?shared-?(?:key|secret) (?:local|remote|ascii-text|hexadecimal|address \S{1,60} key)(?! (?:or|and)\b)",
    r"\bset (?:psk-?secret(?:-remote)?|ppk-secret|auth-pwd|priv-pwd)",
    r"\b(?:plaintext|encrypted)-password",
    r"\bauthentication pre-shared-secret",
    r"\bwpa2?-psk (?:ascii|hex)",
    r"\b(?:tacacs|radius)-server(?: host \S{1,60})?(?: (?:(?:auth|acct)-port|timeout) \d{1,5}){0,3} key",
    r"\b(?:message-digest-key \d{1,3}|authentication-key \d{1,5}) md5",
    r"\bkey-string",
    r"\bppp (?:chap|pap sent-username \S{1,60}) password",
    r"\bsnmp-agent community (?:read|write)",
    r"\bsnmp-server user [^\n]{1,120}? (?:auth (?:md5|sha\d{0,3})|priv (?:aes|3?des)(?: \d{3})?)",
)
"""What stands before a value, whatever the value looks like and whatever follows."""
_IN_LINES = (
    rf"{_BEGIN}enable secret(?: level \d{{1,2}})?",
    rf"{_BEGIN}(?:set |add )?user(?:name)? {_NAME}(?: (?:privilege|role) \S{{1,30}}){{0,2}} (?:password|secret)",
    rf"{_BEGIN}(?:neighbor|peer) \S{{1,60}} password",
    rf"{_BEGIN}(?:pre-shared-key|psksecret|(?:ip ospf )?authentication-key)",
    r"\b(?:radius|tacacs\+?)[^\n]{0,100}\n(?:[ \t]{1,20}[^\n]{1,100}\n){0,5}?[ \t]{1,20}key",
)
"""The same where the line ends with the value: prose goes on."""
_BY_LOOK = (
    r"\b(?:password|secret)(?= (?:\d|enc|(?:irreversible-)?cipher|simple) )",
    rf"{_BEGIN}(?:set (?:password|passwd|passphrase|secret|key)|enable password|pre-?shared-?key)",
)
"""The same where the value is unlike a word."""


def _form(before: tuple[str, ...], end: str = "") -> re.Pattern[str]:
    kind = r"\d{1,2}|enc|encrypted|ascii(?:-text)?|hex|plain-?text|clear-?text|(?:irreversible-)?cipher|simple"
    value = r"(?:\"(?P<quoted>[^\"\n]{1,200}+)\"|(?P<bare>[^\s\"'(<-][^\s\"]{2,300}+))"
    return re.compile(rf"(?:{'|'.join(before)})[ ]{{1,3}}(?:(?:{kind})[ ]){{0,2}}{value}{end}")


_FORMS = (_form(_WHEREVER), _form(_IN_LINES, _END), _form(_BY_LOOK))
_WORDS = ("key", "secret", "password", "passwd", "passphrase", "psk", "pwd", "snmp")
"""One of them is in each form."""
_AROUND = 800, 400
"""Letters before and behind such a word."""


def device_settings(text: str) -> Iterator[Found]:
    """What stands behind `enable secret`, `pre-shared-key`, `set user kim password` and the like."""
    small = lowered(text)
    for form in _FORMS:
        for match in matches_near(form, small, _WORDS, *_AROUND):
            group = "quoted" if match["quoted"] else "bare"
            value = text[slice(*match.span(group))]
            is_word = is_said_of_passwords(value) or (form is not _FORMS[0] and is_state(value))
            is_one = is_unlike_a_word(value) or (form is not _FORMS[-1] and not is_word)
            if is_one and not (is_masked(value) or is_expression(value)):
                yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)
