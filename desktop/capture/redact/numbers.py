"""Private numbers: cards, bank accounts, telephones. Each is checked, not only shaped."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.capture.redact.secret import Found, SecretKind

_SPACE = " \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
_DASH = "\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d-"
_GAP = rf"(?:[{_SPACE}{_DASH}]{{1,6}}|[ ]?[.\u00b7\u2022/_][ ]?|[ ]{{0,3}}\r?\n[ >]{{0,8}})"
"""Blanks, dashes, dots, or the end of a line, between the groups of a number."""
_USUAL_GAP = re.compile(r"[ \u00a0\u202f\u2009\u2013-]")
_DIGIT_GROUPS = re.compile(rf"(?<![\w.])(?<!(?<!\d)0,)\d{{2,19}}(?:{_GAP}\d{{2,19}}){{0,9}}(?!\w)")
_USUAL_GROUPS = ((4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (4, 6, 4), (4, 4, 4, 4, 2), (4, 4, 4, 3))
"""How cards print their numbers."""
_CARD = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"
)
"""Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro by their first digits and lengths."""
_GUID = re.compile(r"\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b")
_CARD_LENGTHS = range(12, 20)
_DIGITS = re.compile(r"\d+")
_FRACTION = re.compile(r"\d[.]\d")
_DECIMAL = re.compile(r"[.]\d")
_BLANKS = " \t\r\n>\u00a0\u1680\u200b\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])(?=(?P<number>[A-Z]{{2}}{_GAP}?\d{{2}}(?:{_GAP}?[A-Z0-9]){{11,30}}+))", re.IGNORECASE | re.ASCII
)
_IBAN_LENGTHS = range(15, 35)
_NOT_IN_IBAN = re.compile(r"[^A-Za-z0-9]")

_PHONE_WORD = re.compile(
    r"(?:(?<![^\W_])(?:t[eé]l|mobile?|móvil|portable|cell|ruf|call|gsm)|phone|fax|handy|telef|anruf|☎)", re.IGNORECASE
)
_PHONE_NAMED = re.compile(rf"{_PHONE_WORD.pattern}\w*[.:]?\W{{0,3}}$", re.IGNORECASE)
_ABROAD = re.compile(r"(?<![\w.+-])(?<!\d[ /-])00(?P<number>[2-9]\d(?:[ /-]\(?\d{1,8}\)?){2,6})(?![\w-])")
"""With 00 in the place of +; in groups, and not in the midst of some: numbers of other kinds have noughts too."""
_ELSEWHERE = ("GB", "DE", "FR", "IT", "ES", "NL", "AT", "CH", "PL", "MX", "BR", "IN")
"""Countries in whose way a number may be written that a word names, wherever this computer is."""
_PLAIN = re.compile(r"\d+")
_LOOKS_OTHERWISE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{1,3}(?:\.\d{1,3}){3}|\d{1,2}\.\d{1,2}\.\d{4}\b.*")
"""Dates and IPv4 addresses, which some countries' numbers look like."""


def cards(text: str) -> Iterator[Found]:
    """Runs of digit groups that are a card number by issuer, length and check digit (ISO/IEC 7812-1).

    With other signs between the groups than one blank or dash, they have to be groups as cards have them, and all
    signs alike: a table's columns and a version's numbers are none.
    """
    from stdnum import luhn

    text = _GUID.sub(lambda guid: "x" * len(guid[0]), text)
    for run in _DIGIT_GROUPS.finditer(text):
        groups = [match.span() for match in _DIGITS.finditer(run[0])]
        spans = ((first, last) for first in range(len(groups)) for last in range(len(groups) - 1, first - 1, -1))
        reached = 0
        for first, last in spans:
            start, end = groups[first][0], groups[last][1]
            digits = "".join(run[0][slice(*group)] for group in groups[first : last + 1])
            is_fraction = first == last and _FRACTION.match(run[0], start - 2) is not None
            if start < reached or is_fraction or len(digits) not in _CARD_LENGTHS or not _CARD.fullmatch(digits):
                continue
            if luhn.is_valid(digits) and _is_one_number(
                run[0], groups[first : last + 1], _rest(text, run.start() + end)
            ):
                reached = end
                yield Found(run.start() + start, run.start() + end, SecretKind.CARD)


def _rest(text: str, end: int) -> str:
    return text[end : end + 2]


def _is_one_number(run: str, groups: Sequence[tuple[int, int]], behind: str) -> bool:
    """Whether the signs between the groups are such as stand within one number."""
    gaps = [run[left[1] : right[0]] for left, right in pairwise(groups)]
    if _DECIMAL.match(behind) and "." not in gaps:
        return False
    if all(_USUAL_GAP.fullmatch(gap) for gap in gaps):
        return True
    lengths = tuple(end - start for start, end in groups)
    signs = {gap.strip(_BLANKS) or " " for gap in gaps}
    return lengths in _USUAL_GROUPS and len(signs) == 1 and sum("\n" in gap for gap in gaps) <= 1


def accounts(text: str) -> Iterator[Found]:
    """International bank account numbers (ISO 13616), by country's form and check digits, however they are grouped.

    What banks there are in a country is not asked: lists of them are soon old.
    """
    from stdnum import iban

    for match in _IBAN.finditer(text):
        for end in reversed(_checked_ends(match["number"])):
            number = _NOT_IN_IBAN.sub("", match["number"][:end]).upper()
            behind = match.start() + end
            is_whole = behind == len(text) or not text[behind].isalnum()
            if is_whole and iban.is_valid(number, check_country=False):
                yield Found(match.start(), behind, SecretKind.IBAN)
                break


def _checked_ends(number: str) -> list[int]:
    """Where a number may end so that its check digits are right (ISO/IEC 7064, MOD 97-10: the remainder is 1)."""
    letters = [(at + 1, int(letter, 36)) for at, letter in enumerate(number) if letter.isalnum()]
    first, second, tens, ones = (value for _, value in letters[:4])
    ends, remainder = [], 0
    for count, (end, value) in enumerate(letters[4:], 5):
        remainder = (remainder * (100 if value > 9 else 10) + value) % 97
        if count in _IBAN_LENGTHS and (remainder * 10**6 + first * 10**4 + second * 100 + tens * 10 + ones) % 97 == 1:
            ends.append(end)
    return ends


def phones(text: str) -> Iterator[Found]:
    """Valid numbers with their country's code, or as they are written in this computer's country or in the US.

    A bare run of digits, or groups that are not usual there, count only where a word such as `Tel.` stands before; so
    do numbers as other countries write them.
    """
    if sum(character.isdigit() for character in text) < 6:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    yield from _phones_abroad(text)
    own = regions()
    others = [region for region in _ELSEWHERE if region not in own] if _PHONE_WORD.search(text) else []
    for region in (*own, *others):
        valid = list(PhoneNumberMatcher(text, region, leniency=Leniency.VALID))
        usual = PhoneNumberMatcher(text, region, leniency=Leniency.STRICT_GROUPING) if valid else ()
        in_usual_groups = {match.start for match in usual}
        for match in valid:
            shown = match.raw_string
            named = _PHONE_NAMED.search(text[max(0, match.start - 16) : match.start])
            grouped = not _PLAIN.fullmatch(shown) and (match.start in in_usual_groups or shown.startswith("+"))
            if (named or (grouped and region in own)) and not _LOOKS_OTHERWISE.fullmatch(shown):
                yield Found(match.start, match.end, SecretKind.PHONE)


def _phones_abroad(text: str) -> Iterator[Found]:
    from phonenumbers import NumberParseException, is_valid_number, parse

    for match in _ABROAD.finditer(text):
        try:
            if is_valid_number(parse(f"+{match['number']}")):
                yield Found(match.start(), match.end(), SecretKind.PHONE)
        except NumberParseException:
            continue


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
