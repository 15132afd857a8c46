"""PINs, TANs, CVCs, PUKs and codes for one use: digits that are secret by the word before them."""

import re
from collections.abc import Iterator

from desktop.capture.redact.near import matches_near
from desktop.capture.redact.secret import Found, SecretKind

_SIGN = (
    r"[\"')]?(?:[ \t]?\([^()\n]{1,30}\))?(?:[ ](?:des|der|vom|für|for|of|du|de|del)[ ][^\s:=]{1,30}(?=[ ]?[:=]))?"
    r"(?:[ \t]{1,9}(?:is|ist|lautet|est|es|war|was|è|é))?"
    r"[ \t]{0,9}(?:[:=#\uff1a][ \t]{0,9}|(?<=[ ])[\u2013-][ ]|(?<=[isteaèé][ \t]))[\"']?"
)
_PIN = re.compile(
    rf"(?:\b|(?<=_))(?:(?:(?:i|m|sms-?|push|chip|photo)?TAN|[Pp]in-?(?:Code|code)|PIN[12]?|Pin|Geheimzahl|geheimzahl)"
    r"(?:[ -]?(?:code|number|Code|Number|[Nn]r\.?|[Nn]o\.?))?"
    rf"{_SIGN}(?P<pin>\d{{2,3}}(?:[ -]\d{{2,3}}){{1,3}}|\d(?:[ ]\d){{3,7}}|\d{{3,12}})"
    rf"|(?i:pin|pin_?code){_SIGN}(?P<small>\d{{4,12}}|\d\d[ ]\d\d)"
    r"|PIN(?:[ -]?(?:Code|code|[Nn]r\.?))?[ \t](?P<bare>\d{4,6})"
    r"|(?:m|sms-?|push|chip|photo)?TAN[ ](?P<tan>\d{6})"
    rf"|PUK[12]?(?:[ -]?(?:code|Code|[Nn]r\.?))?(?:{_SIGN}|[ \t])(?P<puk>\d{{6,10}}|\d{{4}}[ ]\d{{4}})"
    rf"|(?i:puk[12]?){_SIGN}(?P<smallpuk>\d{{6,10}})"
    rf"|(?:CVC2?|CVV2?|CWV|CVN)(?:[ -]?(?:code|Code|number|[Nn]r\.?))?(?:{_SIGN}|[ \t])(?P<cvc>\d{{3,4}})"
    rf"|(?i:cvc2?|cvv2?)(?:{_SIGN}|[ \t])(?P<smallcvc>\d{{3,4}})"
    r"|(?i:(?:card )?(?:security|verification)[ -]?(?:code|value|number)|prüfziffer|sicherheitscode"
    rf"|code de sécurité|cryptogramme|código de seguridad){_SIGN}(?P<card>\d{{3,4}})"
    r"|(?i:kartenprüf(?:nummer|ziffer))(?:[ ](?:is|ist|lautet))?[:=]?[ \t]{0,9}(?P<printed>\d{3,4})"
    r")(?![\w-]|[.,:]\d|[ ]?(?:%|(?i:bytes|ms|MHz|V|mm|digits?|characters?|Zeichen)\b))"
)
_CODE_FOR_ONCE = (
    r"(?:\bOTP(?:[ -]code)?"
    r"|(?:one-time|verification|security|log-?in|sign-?in|confirmation|authentication|access|sms|bestätigungs|einmal"
    r"|sicherheits|anmelde|verifizierungs)[ -]?(?:pass)?(?:code|pin|kode|password|kennwort|passwort)"
    r"|code de (?:vérification|confirmation|connexion|sécurité)|código de (?:verificación|confirmación|seguridad)"
    r"|código de acceso)"
)
_ONCE = re.compile(
    rf"\b{_CODE_FOR_ONCE}"
    r"(?:[ \t]{1,9}(?:is|lautet|ist|est|es))?[ \t]{0,9}:?[ \t]{0,9}(?P<once>\d{3}[ -]?\d{3}|\d{4,8})\b"
    r"|(?<![\w.,-])(?<!ticket )(?<!error )(?<!order )(?<!case )"
    r"(?:[A-Z]-)?(?P<first>\d{3}[ -]?\d{3}|\d{4,8})[ ](?:is|as|ist|als|est|es)[ ]"
    r"(?:[^\W\d_]{2,12}[ ]){1,2}"
    rf"{_CODE_FOR_ONCE}",
    re.IGNORECASE,
)
_SPARE_CODE = r"(?=[A-Za-z-]{0,12}\d)(?!0x)(?!\d{4}-\d\d-\d\d)[A-Za-z0-9]{4,12}(?:-[A-Za-z0-9]{4,12}){0,7}(?![\w.:/-])"
_BULLET = r"(?:\d\d?[.)][ ]{1,3}|[-*•][ ])?"
_SPARE = re.compile(
    r"\b(?:(?:recovery|backup|emergency|rescue|spare|scratch)[ -]codes?|codes? de (?:secours|récupération)"
    r"|(?:wiederherstellungs|notfall|ersatz|backup-?)codes?|códigos? de (?:recuperación|respaldo|reserva))"
    r"(?:[ ](?:is|are|ist|sind|lautet|lauten|est|sont|es|son))?[ \t]{0,3}:?[ \t]{0,3}\r?\n?[ \t]{0,9}"
    rf"{_BULLET}(?P<spare>(?:{_BULLET}{_SPARE_CODE}"
    r"(?:[ ,;\t]{1,4}|[ \t]{0,4}\r?\n[ \t]{0,9}|\Z|(?=[.]))){1,20})",
    re.IGNORECASE,
)
"""Codes to keep for the day when the telephone is lost; one or a list of them."""
_SEED = re.compile(
    r"\b(?:(?:totp|otp|2fa|mfa|setup|shared)[ -]?(?:secret|key|seed)|secret(?: key)?)(?:[ ]?[:=])?[ ]?"
    r"(?P<seed>(?-i:(?=[A-Z]{0,40}\d)[A-Z2-7]{16,64})|(?=[A-Z -]{0,80}\d)[A-Z2-7]{4}(?:[ -][A-Z2-7]{4}){3,15})\b",
    re.IGNORECASE,
)
"""What an app for codes is set up with, often in groups of four (RFC 4648, base 32)."""
_BELOW = re.compile(
    r"(?:^|\n)[ \t>*-]{0,9}(?:Your |Ihre |Votre )?(?:PIN|PUK|CVC2?|CVV2?|Geheimzahl|PIN[- ][Cc]ode)"
    r"[ \t]{0,3}[:*]{0,2}[ \t]{0,9}\r?\n"
    r"(?:[ \t]{0,20}\r?\n)?[ \t]{0,40}(?P<below>\d{3,12})[ \t]{0,9}(?=\r?\n|\Z)"
)
_NUMBERS = (
    "pin", "tan", "puk", "geheimzahl", "cvc", "cvv", "cwv", "cvn", "security", "verification", "prüf", "sicherheits",
    "sécurité", "cryptogramme", "seguridad",
)  # fmt: skip
_FOR_ONCE = ("otp", "code", "código", "pin", "kode", "password", "kennwort", "passwort")
_TO_KEEP, _SEEDS = ("code", "código"), ("secret", "seed", "key")
"""Words of which each form has one."""
_REACH, _LIST = 120, 2400
"""Letters before and behind such a word, and of a list behind it."""


def codes(text: str) -> Iterator[Found]:
    """Secret numbers that a word names; a number alone is none."""
    for form, words in ((_PIN, _NUMBERS), (_ONCE, _FOR_ONCE), (_BELOW, _NUMBERS)):
        for match in matches_near(form, text, words, _REACH, _REACH):
            group = next(name for name, value in match.groupdict().items() if value is not None)
            yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)
    for form, named in ((_SPARE, _TO_KEEP), (_SEED, _SEEDS)):
        for match in matches_near(form, text, named, _REACH, _LIST):
            start = match.start(match.lastgroup or 0)
            yield Found(start, start + len(match[match.lastgroup or 0].rstrip(" ,;\t\r\n")), SecretKind.PASSWORD)
