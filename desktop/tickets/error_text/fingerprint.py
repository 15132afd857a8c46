"""What stays of an error's text when the same failure happens elsewhere and on another day.

Two texts of one failure differ in numbers, paths, addresses, times and names of users; they agree in the error's words
and codes. A code is kept however it is written: -2147024891, 0x80070005 and 0xFFFFFFFF80070005 are one (MS-ERREF).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from desktop.tickets.error_text.recognise import apart, looks_like_error

_LOOKED_AT = 4 * 1024
"""Characters looked at from either end."""
_FEWEST_WORDS = 3
"""What does not look like an error is told apart by this many words, or not at all."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_FOLDED = (
    r"\{?\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b\}?",
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s\"'<>]{1,500}",
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    r"\"(?:[a-z]:[\\/]|\\\\|~?/)[^\"]{0,400}\"|'(?:[a-z]:[\\/]|\\\\|~?/)[^']{0,400}'",
    r"(?<![\w])(?:[a-z]:[\\/]|\\\\)(?:[^\\/:*?\"<>|]{1,80}[\\/]){0,30}[^\\/:*?\"<>|\s,;()]{0,120}",
    r"(?<![\w/.])~?/(?:[\w.@+~-]{1,80}/){1,30}[\w.@+~-]{0,120}",
    r"\b[a-z0-9-]{1,15}\\[\w.$-]{1,64}",
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:t(?=\d))?",
    r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b",
    rf"\b{_MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?\b|\b\d{{1,2}}[-. ]{{1,2}}{_MONTH}(?:[-. ]{{1,2}}\d{{4}})?\b",
    r"(?<![\w:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]m\b)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2})(?!\w))?",
    r"(?<![\w:])(?:[0-9a-f]{1,4}:{1,2}){3,8}[0-9a-f]{0,4}(?![\w:])|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b",
    r"(?<![\w:])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?![\w:])",
    r"(?<![\w:])(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])",
    r"\b(?:at|address|offset|pc|ip|rip|sp) ?[=:]? ?(?:0x)[0-9a-f]{1,16}\b",
    r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\b",
)
"""GUIDs, addresses of the web and of mail, paths, `DOMAIN\\user`, dates, times, IPv6 and MAC, pointers, digests."""

_CODE_WORD = (
    r"(?:error|err|errno|fehler|erreur|errore|fout|błąd|fel|fejl|feil|virhe|chyba|ошибка|hata|エラー|错误|status|exit"
    r"|return|event|result|stop|bugcheck|code|rc|http)"
)
_CODES = (
    r"0x(?:f{8})?(?P<high>[89a-f][0-9a-f]{7})\b",
    r"0x(?P<low>0000[0-9a-f]{4}|[0-9a-f]{1,4})\b",
    r"(?<![\w.])-(?P<signed>2147[0-9]{6}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6})\b",
    r"\b(?P<vendor>(?:ora|tns|sql|msb|cs|lnk|ts|db2|imap|aadsts|pls|wsus|caa|nu|msi|sqlstate)[- ]?\d{4,7}[a-z]?)\b",
    rf"(?P<said>{_CODE_WORD})(?P<sort>[ -]?(?:code|number|no\.?|nr\.?|id|kod|n°))?[ ]?[#=(\[:]{{0,2}}[ ]?"
    r"(?P<number>-?[1-9]\d{0,9})\b(?![.:/%]\d|,\d| ?(?:%|files?|items?|times?|seconds?|minutes?"
    r"|errors?|rows?|bytes)\b)",
    r"\b(?P<http>[45]\d\d)(?= (?:bad|unauthorized|forbidden|not|method|request|conflict|gone|too|internal|service"
    r"|gateway)\b)",
)
"""HRESULT, NTSTATUS, stop codes; the same in decimal; vendors' numbers; numbers that follow the word; RFC 9110."""

_SCAN = re.compile(
    "|".join((*(f"(?:{folded})" for folded in _FOLDED), *_CODES, r"0x[0-9a-f]+", r"(?P<word>[^\W_]\w*)"))
)

_DIGITS = re.compile(r"\d\w*|(?=\w*\d)[0-9a-f]{4,}")
"""Numbers with a unit or in hexadecimal, of which no letter tells anything."""


def fingerprint(text: str) -> str:
    """16 hexadecimal digits, the same for the same failure; empty where nothing in the text tells errors apart.

    Case, white space, line breaks and the script of the digits make no difference.
    """
    signs = list(_signs(text))
    if not signs or (len(signs) < _FEWEST_WORDS and not looks_like_error(text)):
        return ""
    return hashlib.blake2b(" ".join(signs).encode(), digest_size=8).hexdigest()


def _signs(text: str) -> Iterator[str]:
    """The words and codes that stay, each in the form in which it is compared."""
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode())
    text = "".join(str(unicodedata.decimal(character, character)) for character in text)
    for found in _SCAN.finditer(" ".join(apart(text.casefold()).split())):
        yield from _kept(found)


def _kept(found: re.Match[str]) -> Iterator[str]:
    match found.lastgroup:
        case "high":
            yield f"0x{found['high']}"
        case "low":
            yield f"0x{int(found['low'], 16):x}"
        case "signed":
            yield f"0x{-int(found['signed']) & 0xFFFFFFFF:08x}"
        case "vendor":
            yield re.sub("[- ]", "", found[0])
        case "number":
            yield found["said"]
            number = int(found["number"])
            is_status = number < 0 or number > 0x7FFFFFFF
            yield f"0x{number & 0xFFFFFFFF:08x}" if is_status else str(number)
        case "http":
            yield found[0]
        case "word":
            letters = "" if _DIGITS.fullmatch(found[0]) else re.sub(r"[\d_]+", "", found[0])
            if letters:
                yield letters
