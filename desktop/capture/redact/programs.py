"""Passwords that the order of words tells: arguments of programs and calls, lines of their settings.

An argument counts by its place alone, so a plain word is masked too; words that programs say of passwords are not.
"""

import re
from collections.abc import Iterator

from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import is_expression, is_masked, is_said_of_passwords
from desktop.capture.redact.secret import Found, SecretKind


def _argument(name: str) -> str:
    return (
        rf"(?:\"(?P<{name}_double>[^\"\n]{{1,200}}+)\"|'(?P<{name}_single>[^'\n]{{1,200}}+)'"
        rf"|(?P<{name}>[^\s\"'$(|<>:-][^\s\"'|]{{0,200}}+))"
    )


_QUOTED = r"(?:\"[^\"\n]{0,100}\"|'[^'\n]{0,100}')"
_IN_PLACE = re.compile(
    rf"\blogin\s{{1,9}}\S{{1,60}}\s{{1,20}}password[ \t]{{1,9}}{_argument('netrc')}"
    rf"|\bConvertTo-SecureString(?:[ ]{{1,3}}-(?:String|AsPlainText|Force)){{0,3}}[ ]{{1,3}}{_argument('secure')}"
    r"|(?:\"(?P<piped_double>[^\"\n]{1,200}+)\"|'(?P<piped_single>[^'\n]{1,200}+)')"
    r"[ ]{0,3}\|[ ]{0,3}ConvertTo-SecureString"
    r"|(?:\b\w{0,40}(?:Credentials?|BasicAuth\w{0,20}|PasswordAuthentication|UsernamePassword\w{0,20})(?:\]::new)?"
    rf"|\bauth[ ]?=[ ]?)\([ ]?{_QUOTED},[ ]?"
    r"(?:\"(?P<call_double>[^\"\n]{1,200}+)\"|'(?P<call_single>[^'\n]{1,200}+)')"
    r"|\b(?:sqlplus|sqlcl|expdp|impdp|sqlldr|rman)\b(?:[ ]-\w{1,9}){0,4}[ ]{1,3}(?:userid=)?[\"']?[\w$#]{1,60}"
    r"/(?P<oracle>[^\s/@\"']{1,100}+)"
    rf"|\b(?:echo|printf|Write-Output)[ ]{{1,3}}(?:-[ne]{{1,2}}[ ])?{_argument('echo')}[ ]{{0,3}}\|[^\n|]{{0,100}}?[ ]"
    r"(?:--password-stdin|--stdin|--passphrase-fd|-passin[ ]stdin|-S)\b"
    r"|\becho[ ]{1,3}[\"']?[\w.-]{1,60}:(?P<changed>[^\s\"'|]{1,100}+)[\"']?[ ]{0,3}\|[^\n|]{0,40}\bchpasswd\b"
    rf"|\bhtpasswd[ ]{{1,3}}(?:-\w{{0,6}}b\w{{0,6}}[ ]{{1,3}})"
    r"(?:(?<=n[ ])|(?<=nb[ ])|(?<=n[a-z]b[ ])|\S{1,100}[ ]{1,3})"
    rf"[\w.@-]{{1,60}}[ ]{{1,3}}{_argument('htpasswd')}"
    rf"|\bopenssl\b[^\n]{{0,200}}?[ ]-k[ ]{{1,3}}{_argument('openssl')}"
    rf"|\b(?:win|un)?rar\b[^\n]{{0,200}}?[ ]-h?p{_argument('rar')}"
    rf"|\brasdial[ ]{{1,3}}(?:{_QUOTED}|[^\s/]\S{{0,60}})[ ]{{1,3}}[^\s/]\S{{0,60}}[ ]{{1,3}}{_argument('dialled')}"
    rf"|\bwpa_passphrase[ ]{{1,3}}(?:{_QUOTED}|\S{{1,40}})[ ]{{1,3}}{_argument('wpa')}"
    rf"|\bnmcli\b[^\n]{{0,200}}?[ ]password[ ]{{1,3}}{_argument('wireless')}"
    r"|\b(?:create|alter)\s{1,9}user\s{1,9}\S{1,60}\s{1,9}identified\s{1,9}by\s{1,9}(?P<identified>[^\s;\"']{1,100}+)"
    r"|(?-i:\b(?:OLD_)?PASSWORD)\([\"'](?P<function>[^\"'\n]{1,100}+)[\"']\)"
    rf"|\bsnmp\w{{0,12}}\b[^\n]{{0,100}}?[ ](?-i:-A)[ ]{_argument('signed')}"
    rf"(?:[^\n]{{0,100}}?[ ](?-i:-X)[ ]{_argument('hidden')})?"
    rf"|\bsnmp(?:-server[ ]community[ ]|\w{{0,12}}\b[^\n]{{0,100}}?[ ](?-i:-c)[ ]){_argument('community')}"
    r"|(?:^|\n)[ \t]{0,20}(?-i:(?:[a-z]{2,20}_)?"
    r"(?:require|bind|root|master|admin|smtp|db|user)_?(?:pass|pw|passwd|password)"
    r"|masterauth)[ \t]{1,9}(?P<line>[^\s\"'=:]{3,100}+)[ \t]{0,9}(?=\r?\n|\Z)",
    re.IGNORECASE,
)
_WORDS = (
    "login", "securestring", "credential", "basicauth", "usernamepassword", "auth=", "auth =", "sqlplus", "sqlcl",
    "rasdial", "expdp", "impdp", "sqlldr", "rman ", "echo", "printf", "write-output", "htpasswd", "openssl", "rar ",
    "wpa_", "nmcli", "identified", "pass", "snmp", "masterauth", "pw",
)  # fmt: skip
"""One of them is in each form."""
_AROUND = 260, 900
"""Letters before and behind such a word."""
_MOUNT = re.compile(r"\bnet1?(?:\.exe)?[ ]{1,3}use[ ](?P<rest>[^\n|&>]{5,400})", re.IGNORECASE)
_WORD = re.compile(r"\"(?P<double>[^\"\n]{1,200}+)\"|(?P<bare>[^\s\"]\S{0,200}+)")
_DRIVE = re.compile(r"[a-z]:|\*", re.IGNORECASE)


def by_place(text: str) -> Iterator[Found]:
    """Passwords by their place in a command, a call or a line of settings."""
    for match in matches_near(_IN_PLACE, text, _WORDS, *_AROUND):
        for group, value in match.groupdict().items():
            if value and not (is_masked(value) or is_expression(value) or is_said_of_passwords(value)):
                yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)
    for match in _MOUNT.finditer(text):
        yield from _of_a_share(match)


def _of_a_share(match: re.Match[str]) -> Iterator[Found]:
    """The one word behind `net use` that is no drive, share or switch."""
    words = list(_WORD.finditer(match["rest"]))
    shown = [word["double"] or word["bare"] for word in words]
    others = [
        word
        for word, value in zip(words, shown, strict=True)
        if not (value.startswith(("/", "\\")) or _DRIVE.fullmatch(value))
    ]
    has_share = any(value.startswith("\\") for value in shown)
    if has_share and len(others) == 1 and any(value.startswith("/") for value in shown):
        group = "double" if others[0]["double"] else "bare"
        if not is_masked(others[0][group]):
            start = match.start("rest")
            yield Found(start + others[0].start(group), start + others[0].end(group), SecretKind.PASSWORD)
