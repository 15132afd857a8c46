"""Private numbers: cards, bank accounts, social security, telephones. Each is checked, not only shaped."""

import re
from collections.abc import Iterator

from desktop.capture.redact.secret import Found, SecretKind

_GAP = "[ \u00a0\u202f\u2009\u2013-]"
_BLANK = "[ \t\u00a0\u2000-\u200a\u202f]"
_WIDE_GAP = rf"(?:{_BLANK}{{1,4}}|{_BLANK}?[.\u00b7_\u2010-\u2015-]{_BLANK}?)"
"""Between groups that are as an issuer prints them; numbers of any groups lie in tables, side by side."""
_PRINTED = re.compile(
    rf"(?<![\w.,])(?:\d{{4}}(?P<gap>{_WIDE_GAP})\d{{4}}(?P=gap)\d{{4}}(?P=gap)\d{{4}}(?:(?P=gap)\d{{3}})?"
    rf"|3\d{{3}}(?P<second>{_WIDE_GAP})\d{{6}}(?P=second)\d{{4,5}})(?![\w]|[.,]\d)"
)
_DIGIT_GROUPS = re.compile(rf"(?<![\w.,])\d{{2,19}}(?:{_GAP}\d{{2,19}}){{0,7}}(?![\w]|[.,]\d)")
_CARD = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"
)
"""Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro by their first digits and lengths."""
_LEAST_GROUP = 2
_CARD_LENGTHS = range(12, 20)

_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])[A-Z]{{2}}\d{{2}}(?:(?:{_BLANK}{{0,4}}(?:\r?\n{_BLANK}{{0,8}})?|[.\u2010-\u2015-])[A-Z0-9]){{11,30}}",
    re.IGNORECASE,
)
"""In groups of any length, broken off at the end of a line too: its form and check digits are strict."""
_NOT_IN_IBAN = re.compile(r"[^A-Za-z0-9]")

_SSN = re.compile(r"(?<![\w-])\d{3}([- ])\d{2}\1\d{4}(?![\w-])")
_SSN_NAMED = re.compile(
    r"(?:\bSSN|social[ -]security(?:[ -](?:number|no\.?|#))?)\W{0,4}(\d{3}[- ]?\d{2}[- ]?\d{4})(?!\d)", re.IGNORECASE
)

_PHONE_NAMED = re.compile(r"(?:tel|phone|fax|mobile|mobil|cell|handy|ruf|call|☎)\w*[.:]?\W{0,3}$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+")
_LOOKS_OTHERWISE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{1,3}(?:\.\d{1,3}){3}")
"""Dates and IPv4 addresses, which some countries' numbers look like."""


def cards(text: str) -> Iterator[Found]:
    """Runs of digit groups that are a card number by issuer, length and check digit (ISO/IEC 7812-1)."""
    from stdnum import luhn

    for printed in _PRINTED.finditer(text):
        digits = re.sub(r"\D", "", printed[0])
        if _CARD.fullmatch(digits) and luhn.is_valid(digits):
            yield Found(printed.start(), printed.end(), SecretKind.CARD)
    for run in _DIGIT_GROUPS.finditer(text):
        groups = [(match.start(), match.end()) for match in re.finditer(r"\d+", run[0])]
        spans = ((first, last) for first in range(len(groups)) for last in range(len(groups) - 1, first - 1, -1))
        reached = 0
        for first, last in spans:
            start, end = groups[first][0], groups[last][1]
            digits = re.sub(r"\D", "", run[0][start:end])
            if start < reached or len(digits) not in _CARD_LENGTHS:
                continue
            if _CARD.fullmatch(digits) and luhn.is_valid(digits):
                reached = end
                yield Found(run.start() + start, run.start() + end, SecretKind.CARD)


def accounts(text: str) -> Iterator[Found]:
    """International bank account numbers (ISO 13616), with or without spaces, by country's form and check digits."""
    from stdnum import iban

    for match in _IBAN.finditer(text):
        for end in range(match.end(), match.start() + 14, -1):
            shown = text[match.start() : end]
            if not shown[-1].isalnum() or (end < len(text) and text[end].isalnum()):
                continue
            if iban.is_valid(_NOT_IN_IBAN.sub("", shown).upper()):
                yield Found(match.start(), end, SecretKind.IBAN)
                break


def social_security(text: str) -> Iterator[Found]:
    """Numbers of the United States' Social Security: in their usual form, or named as such."""
    from stdnum.us import ssn

    for match in _SSN.finditer(text):
        if ssn.is_valid(re.sub(r"\D", "", match[0])):
            yield Found(match.start(), match.end(), SecretKind.SOCIAL_SECURITY)
    for match in _SSN_NAMED.finditer(text):
        if ssn.is_valid(re.sub(r"\D", "", match[1])):
            yield Found(match.start(1), match.end(1), SecretKind.SOCIAL_SECURITY)


def phones(text: str) -> Iterator[Found]:
    """Valid numbers with their country's code, or as they are written in this computer's country or in the US.

    A bare run of digits, or groups that are not usual there, count only where a word such as `Tel.` stands before.
    """
    if sum(character.isdigit() for character in text) < 6:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in regions():
        valid = list(PhoneNumberMatcher(text, region, leniency=Leniency.VALID))
        usual = PhoneNumberMatcher(text, region, leniency=Leniency.STRICT_GROUPING) if valid else ()
        in_usual_groups = {match.start for match in usual}
        for match in valid:
            shown = match.raw_string
            named = _PHONE_NAMED.search(text[max(0, match.start - 16) : match.start])
            grouped = not _PLAIN.fullmatch(shown) and (match.start in in_usual_groups or shown.startswith("+"))
            if (named or grouped) and not _LOOKS_OTHERWISE.fullmatch(shown):
                yield Found(match.start, match.end, SecretKind.PHONE)


def regions() -> tuple[str, ...]:
    """Countries whose own way of writing telephone numbers is known here: this computer's, then the US.

    Asked of Qt, which asks each system as it wants to be asked; Python's own answer is a language's name on Windows
    and nothing at all in a program that a Mac's desktop has started.
    """
    from PySide6.QtCore import QLocale

    return in_order(QLocale.system().name())


def in_order(system: str) -> tuple[str, ...]:
    """The country of a locale such as `de_DE` (none in `C`), then the US."""
    country = re.fullmatch(r"[a-z]{2,3}_(?:[A-Z][a-z]{3}_)?([A-Z]{2})", system)
    return tuple(dict.fromkeys((*(country.groups() if country else ()), "US")))
