"""Passwords that are arguments of commands, and attributes of XML."""

import re
from collections.abc import Iterator
from itertools import chain

from desktop.capture.redact.labels import PASSWORDS
from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import is_expression, is_masked, is_said_of_passwords, is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind
from desktop.capture.redact.values import line_from

_ARGUMENT = (
    r"(?:\"(?P<{0}_double>[^\"\n]{{1,400}}+)\"|'(?P<{0}_single>[^'\n]{{1,400}}+)'"
    r"|(?P<{0}>[^\s\"'(-][^\s\"']{{0,400}}+))"
)
_PROGRAMS = (
    r"(?:sshpass|mysql\w{0,10}|mariadb\w{0,8}|psexec(?:64)?|mongo\w{0,8}|[li1]dapsearch|7z[ar]?|unzip|plink|pscp"
    r"|rdesktop)"
)
_COMMAND = re.compile(
    r"(?:(?<![\w-])(?:-u|--user|--proxy-user|--auth|-U)[ =]{1,3}(?:\"[^:\"\n]{1,100}:(?P<user_double>[^\"\n]{1,400}+)\""
    r"|'[^:'\n]{1,100}:(?P<user_single>[^'\n]{1,400}+)'|[^\s:\"']{1,100}:(?P<user>[^\s\"']{1,400}+))"
    r"|\bcurl\b[^\n]{0,400}?[ ]-(?-i:[a-zA-Z]{0,6}?u)[ ]{0,3}(?:\"[^:\"\n]{1,100}:(?P<joined_double>[^\"\n]{1,400}+)\""
    r"|'[^:'\n]{1,100}:(?P<joined_single>[^'\n]{1,400}+)'|[^\s:\"']{1,100}:(?P<joined>[^\s\"']{1,400}+))"
    r"|(?<![\w/.:-])https?[ ][^\n]{0,400}?(?<=[ ])(?-i:-a)[ ]?(?:\"[^:\"\n]{1,100}:(?P<http_double>[^\"\n]{1,400}+)\""
    r"|'[^:'\n]{1,100}:(?P<http_single>[^'\n]{1,400}+)'|[^\s:\"']{1,100}:(?P<http>[^\s\"']{1,400}+))"
    r"|\blftp\b[^\n]{0,200}?[ ]-u[ ]?[\"']?[^\s,\"']{1,100},(?P<lftp>[^\s\"']{1,200}+)"
    r"|\bsmbclient\b[^\n]{0,200}?[ ]-U[ ]?[\"']?[^\s%\"']{1,100}%(?P<smb>[^\s\"']{1,400}+)"
    r"|\boracle:\w{1,20}:[^\s/@\"']{1,60}/(?P<oracle>[^\s@\"']{1,100}+)(?=@)"
    r"|(?<![\w-])--?(?:(?:http-|ftp-|proxy-|admin-|db-|user-)?(?:password|passwd|passphrase|pass)|token|secret"
    r"|api-?key|(?:src|dest)?(?:key|store)pass"
    rf"|access-token|auth-token|client-secret)(?:[ \t]{{1,3}}|=){_ARGUMENT.format('option')}"
    r"|(?<![\w-])-pass(?:in|out)?[ ]{1,3}[\"']?pass:(?P<passed>[^\s\"']{1,200}+)"
    r"|(?<![\w-])-u[ ]{1,3}\S{1,60}[ ]{1,3}(?-i:-p)[ ]?(?![\d:.]{1,40}+(?:/\w{3})?(?!\S))"
    r"(?P<paired>[^\s\"'-][^\s\"']{0,200}+)"
    rf"|\b{_PROGRAMS}\b[^\n]{{0,200}}?(?:[ ]-pw[ ]|[ ](?-i:-p|-w)[ ]?){_ARGUMENT.format('short')}"
    rf"|\bredis-cli\b[^\n]{{0,200}}?[ ](?-i:-a)[ ]{_ARGUMENT.format('redis')}"
    rf"|\b(?:sqlcmd|bcp|osql|ipmitool|unzip|zip)\b[^\n]{{0,200}}?[ ](?-i:-P)[ ]?{_ARGUMENT.format('sql')}"
    r"|(?<=[ ])/(?:p|pass|password|rp|pw):(?:'(?P<slash_single>[^'\n]{3,100}+)'|\"?(?P<slash>[^\s\"']{3,100}+))"
    r"|\bschtasks\b[^\n]{0,300}?[ ]/rp[ ]{1,3}\"?(?P<task>[^\s\"]{1,100}+)"
    r"|\bidentified[ ]{1,3}(?:with[ ]\S{1,60}[ ])?by[ ]{1,3}(?:password[ ])?(?:'(?P<by_single>[^'\n]{1,200}+)'"
    r"|\"(?P<by_double>[^\"\n]{1,200}+)\")"
    r"|\bnet1?(?:\.exe)?[ ]{1,3}user[ ]{1,3}(?:\"[^\"\n]{1,60}\"|[^\s/\"]{1,60})[ ]{1,3}(?P<told>[^\s/*]\S{0,100}+))",
    re.IGNORECASE,
)
_WORDS = (
    "-u", "--auth", "curl", "http ", "https ", "smbclient", "lftp", "oracle:", "pass", "token", "secret", "api-key",
    "apikey", "mysql", "mariadb", "psexec", "mongo", "dapsearch", "7z", "zip", "plink", "pscp", "rdesktop", "redis-cli",
    "sqlcmd", "bcp", "osql", "ipmitool", "/p:", "/rp", "/pw:", "schtasks", "identified", "net ", "net1", "net.exe",
)  # fmt: skip
"""One of them begins each command, or its option."""
_AROUND = 40, 1000
"""Letters of a command before and behind such a word."""
_TO_SERVERS = frozenset("curl wget http https ftp ftps xh ab hey svn git".split())  # noqa: SIM905
"""Commands that ask a server: their -u takes a user and a password, that of others a user and a group."""
_NO_LETTERS = re.compile(r"\W+")
_LEAST = 3
_IDS = re.compile(r"\d{1,7}")
_NAME_OF_IT = re.compile(r"(?-i:[A-Z_]{4,})|(?:is|requires|needs|options?|flag|argument|or|and)\b", re.IGNORECASE)
"""`--password PASSWORD`, as a program explains itself."""
_ELEMENT = re.compile(rf"<(?:\w{{1,30}}:)?{PASSWORDS}\s[^<>]{{1,200}}+>(?P<element>[^<>\n]{{1,200}}+)</", re.IGNORECASE)
_PAIR = re.compile(
    rf"\b(?:key|name)=([\"'])[\w.:-]{{0,60}}{PASSWORDS}\1\s{{1,9}}value=([\"'])(?P<pair>[^\"'<>\n]{{1,200}}+)\2",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rf"<(?:\w{{1,30}}:)?[\w.-]{{0,30}}?{PASSWORDS}\s[^<>]{{0,100}}?\bvalue=([\"'])(?P<attribute>[^\"'<>\n]{{1,200}}+)\1",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"<\w{{1,30}}[^<>]{{0,60}}?\bname=([\"'])[\w.-]{{0,60}}?{PASSWORDS}\1[^<>]{{0,60}}>(?P<named>[^<>\n]{{1,200}}+)</"
    rf"|<[\w:]{{0,40}}{PASSWORDS}>\s{{0,40}}<Value>(?P<nested>[^<>\n]{{1,400}}+)</"
    r"|<auth-user-pass>\s{0,9}[^\s<>]{1,100}\s{1,9}(?P<second>[^\n<>]{1,200}?)\s{0,9}</"
    rf"|<key>[\w.-]{{0,60}}?{PASSWORDS}</key>\s{{0,20}}<string>(?P<listed>[^<>\n]{{1,200}}+)</"
    rf"|\bname:[ ]{{0,3}}[\"']?[\w.-]{{0,60}}?{PASSWORDS}[\"']?[ ]{{0,9}}\r?\n[ \t]{{0,40}}value:[ ]{{0,3}}"
    r"(?:\"(?P<value_double>[^\"\n]{1,200}+)\"|'(?P<value_single>[^'\n]{1,200}+)'|(?P<value>[^\s\"'][^\s]{0,200}+))"
    rf"|\b(?:define|env|getenv|get|put|set|setenv|setProperty|config)\([ ]?[\"'][\w.-]{{0,40}}?"
    rf"(?:{PASSWORDS}|(?:auth|api|secret|access|nonce|logged_in)[\w.-]{{0,20}}(?:key|salt|token))[\"'],[ ]?"
    r"(?:\"(?P<given_double>[^\"\n]{1,200}+)\"|'(?P<given_single>[^'\n]{1,200}+)')"
    rf"|\b(?:set|with)[A-Za-z_]{{0,30}}?{PASSWORDS}\([\"'](?P<call>[^\"'\n]{{1,200}}+)[\"']",
    re.IGNORECASE,
)
"""Where the name is an attribute, a key or a method: settings of Android, macOS, Windows, Kubernetes and OpenVPN."""
_SETTINGS = (
    "element",
    "pair",
    "attribute",
    "named",
    "listed",
    "value",
    "call",
    "nested",
    "second",
    "given_single",
    "given_double",
)
_INPUT = re.compile(
    r"<input\b(?=[^<>]{0,400}?\btype=[\"']?password\b)[^<>]{0,400}?\bvalue=([\"'])(?P<input>[^\"'<>\n]{1,200}+)\1",
    re.IGNORECASE,
)
_WIRELESS = re.compile(r"\bWIFI:(?=[STPH]:)[^\n]{0,200}?\bP:(?P<wireless>(?:[^;\\\n]|\\.){1,100}+);")
"""What a code to join a wireless network says."""
_IN_MARKUP = (_ELEMENT, _PAIR, _ATTRIBUTE, _NAMED, _INPUT, _WIRELESS)


def arguments(text: str) -> Iterator[Found]:
    """Passwords that stand behind options, and in the attributes and elements of settings in XML."""
    matches = chain(matches_near(_COMMAND, text, _WORDS, *_AROUND), *(form.finditer(text) for form in _IN_MARKUP))
    for match in matches:
        group = next(name for name, value in match.groupdict().items() if value is not None)
        if not _is_no_password(text, match, group):
            yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)


def _is_no_password(text: str, match: re.Match[str], group: str) -> bool:
    value = match[group]
    if is_masked(value) or is_expression(value) or _is_of_mysql(text, match, group):
        return True
    if group.startswith("option") or group in _SETTINGS:
        return is_said_of_passwords(value) or (group not in _SETTINGS and _names_an_option(value))
    if group == "told":
        return not (text.startswith(" /", match.end()) or is_unlike_a_word(value))
    if group == "paired":
        return value.startswith(("/", ".")) or not (_is_login(text, match.start()) or is_unlike_a_word(value))
    if group.startswith("joined"):
        return value.startswith("//")
    return group.startswith("user") and _is_no_user(text, match, group)


def _is_of_mysql(text: str, match: re.Match[str], group: str) -> bool:
    """Whether a word behind `mysql -p ` is the database: a password would stand without the blank."""
    is_mysql = group == "short" and match[0].lower().startswith(("mysql", "maria"))
    return is_mysql and text[match.start(group) - 1] == " " and not is_unlike_a_word(match[group])


def _names_an_option(value: str) -> bool:
    if len(value) < _LEAST and value.isdigit():
        return True
    is_name = _NAME_OF_IT.fullmatch(value.rstrip("])")) is not None
    return is_name or value.startswith("<")


def _is_login(text: str, at: int) -> bool:
    return "login" in text[max(0, at - 200) : at].rpartition("\n")[2]


def _is_no_user(text: str, match: re.Match[str], group: str) -> bool:
    """Whether `-u user:group` names a group, or `-u https://host` an address."""
    value, at = match[group], match.start(group)
    if _IDS.fullmatch(value) or value.startswith("//"):
        return True
    if group != "user" or not (value.replace("-", "").replace("_", "").isalpha() and value.islower()):
        return False
    line = text[max(0, at - 200) : at].rpartition("\n")[2] + text[at : line_from(text, at)]
    return "://" not in line and _TO_SERVERS.isdisjoint(_NO_LETTERS.split(line.lower()))
