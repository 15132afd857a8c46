"""A user's name and a password in a row behind a label for both: `login: kim / hunter2x`."""

import re
from collections.abc import Iterator

from desktop.capture.redact.labels import PASSWORDS
from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import is_masked, is_said_of_passwords, is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind

_FOR_BOTH = (
    r"(?:log-?ins?|sign-?in|login-?daten|zugang(?:sdaten)?|anmeldedaten|cred(?:ential)?s|identifiants?|acceso|accès)"
)
_FOR_USER = (
    r"(?:user(?:[ -]?name)?|account|benutzer(?:name)?|konto|anmeldename|utilisateur|compte|usuario|cuenta|admin"
    rf"|{_FOR_BOTH})"
)
_USER = r"(?:[^\W\d][\w.+-]{0,60}[\\@])?[^\W\d][\w.+-]{0,60}"
_PAIR = re.compile(
    rf"(?<![\w-])(?:{_FOR_BOTH}(?:[ ]?[:=][ ]?|[ ]){_USER}[ ]{{1,3}}[/|][ ]{{1,3}}"
    rf"|{_FOR_USER}[ ]?[:=][ ]?{_USER}[ ]{{1,3}}[/|][ ]{{1,3}}"
    rf"|{_FOR_BOTH}[ ]?[:=][ ]?(?-i:(?![A-Z]+/)){_USER}[/:])(?P<value>[^\s/|]{{4,60}}+)(?![/|@])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<![\w-]){_FOR_USER}[ ]?(?:[/&+,]|and|und|et|y)[ ]?{PASSWORDS}[ ]?[:=][ ]?{_USER}[ ]{{0,3}}[/|:,][ ]{{0,3}}"
    r"(?P<value>[^\s/|]{3,60}+)",
    re.IGNORECASE,
)
_NO_PASSWORD = re.compile(
    r"[\d.:+()-]+|[A-Z]+[A-Z0-9_-]*|[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}|[\w-]+(?:\.[a-z][\w-]*)+|[\w.-]+=.*|\w+:"
)
"""A number, a computer's name, an address of mail or of a computer, a setting, the next label."""
_WORDS = (
    "login", "log-in", "sign", "zugang", "anmelde", "creds", "credentials", "identifiant", "acceso", "accès", "user",
    "account", "benutzer", "konto", "utilisateur", "compte", "usuario", "cuenta", "admin",
)  # fmt: skip
_AROUND = 2, 260
"""The labels, and letters before and behind the beginning of one."""


def logins(text: str) -> Iterator[Found]:
    """What stands behind a user's name and a slash, where the label is for both or for the user."""
    for match in matches_near(_NAMED, text, _WORDS, *_AROUND):
        value = match["value"].rstrip(",;)")
        if not is_masked(value) and not is_said_of_passwords(value):
            yield Found(match.start("value"), match.start("value") + len(value), SecretKind.PASSWORD)
    for match in matches_near(_PAIR, text, _WORDS, *_AROUND):
        value = match["value"].rstrip(".,;)")
        if not is_masked(value) and is_unlike_a_word(value) and not _NO_PASSWORD.fullmatch(value):
            yield Found(match.start("value"), match.start("value") + len(value), SecretKind.PASSWORD)
