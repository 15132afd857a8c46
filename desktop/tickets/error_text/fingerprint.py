"""What stays of an error's text when the same failure happens elsewhere and on another day.

Two texts of one failure differ in numbers, paths, addresses, times and names of users; they agree in the error's words
and codes. A code is kept however it is written: -2147024891, 2147942405, 0x80070005, 0xFFFFFFFF80070005 and
E_ACCESSDENIED are one (MS-ERREF, sections 2.1 and 2.3).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from desktop.tickets.error_text.recognise import apart, looks_like_error

_LOOKED_AT = 4 * 1024
"""Characters looked at from either end."""
_FEWEST_WORDS = 3
"""What does not look like an error is told apart by this many words, or not at all."""

_HEX_STATUS = r"(?:80(?:0[0-9a-f]|24|2f)|c000)[0-9a-f]{4}"
"""An HRESULT or NTSTATUS whose `0x` was left out: of Windows itself, COM, Win32, Windows Update, the network."""
_DOCUMENT = (
    r"(?:docx?|docm|dotx?|xlsx?|xlsm|xlsb|pptx?|pptm|odt|ods|odp|pdf|rtf|txt|csv|msg|eml|one|vsdx?|png|jpe?g|gif|bmp"
    r"|tiff?"
    r"|zip|mp[34])"
)
_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar|rero)?|fév(?:r(?:ier)?)?|mar(?:ch|s|zo)?|märz?|apr(?:il)?|avr(?:il)?"
    r"|abr(?:il)?|mayo?|mai|june?|juni|juin|junio|july?|juli|juil(?:let)?|julio|aug(?:ust)?|août|ago(?:sto)?"
    r"|sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|dec(?:ember)?"
    r"|dez(?:ember)?|déc(?:embre)?|dic(?:iembre)?|ene(?:ro)?)"
)
_DAY = (
    r"(?:\b(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag"
    r"|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|(?:mo|di|mi|do|fr|sa|so)[.,])[.,]? )?"
)
_QUOTED = r"[\"'“„‘«][^\"'“”„‘’«»\n]{1,60}[\"'”’“»]"
_OF_A_PERSON = "user|username|user name|benutzer|benutzername|login|konto|utilisateur|usuario|utente|gebruiker"
_BY_A_PERSON = "by user|von benutzer|durch benutzer|par l'utilisateur|par utilisateur|por el usuario|por usuario"
_HELD = r"(?:locked|opened|used|checked out|gesperrt|geöffnet|verwendet|verrouillée?|ouverte?|utilisée?|bloquead[oa])"
_OF_A_COMPUTER = "host|hostname|server|computer|rechner|hôte|serveur|servidor|ordinateur|equipo"
_LIBRARY = r"(?:dll|exe|sys|ocx|so|dylib|jar)"


def _behind(words: str) -> str:
    """Where one of the words stands before, which stays."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words.split("|")) + ")"


_FOLDED = (
    r"(?:\burn:uuid:)?\{?\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b\}?",
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s\"'<>]{1,500}",
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    r"\"(?:[a-z]:[\\/]|\\\\|~?/)[^\"]{0,400}\"|'(?:[a-z]:[\\/]|\\\\|~?/)[^']{0,400}'",
    r"(?<![\w])(?:[a-z]:[\\/]|\\\\)(?:[^\\/:*?\"<>|]{1,80}[\\/]){0,30}[^\\/:*?\"<>|\s,;()]{0,120}",
    r"(?<![\w/.])/users/[\w.-]{1,40} [\w.-]{1,40}/(?:[\w.@+~-]{1,80}/){0,30}[\w.@+~-]{0,120}",
    r"(?<![\w/.])(?:~/|~?/(?=[\w.@+~-]{1,80}/))(?:[\w.@+~-]{1,80}/){0,30}[\w.@+~-]{0,120}",
    r"(?:%\w{1,30}%|\$\{?(?:env:)?\w{1,30}\}?)[\\/][^\s\"'<>|,;:()]{0,200}",
    r"\b[a-z0-9-]{1,15}\\[\w.$-]{1,64}",
    r"(?<![\w:./\\-])[a-z]:(?=[\s.,;)'\"]|$)",
    rf"{_behind(_OF_A_PERSON)}{_QUOTED}(?:@{_QUOTED})?|{_behind(_BY_A_PERSON)}[\w.$-]{{2,40}}",
    rf"\b{_HELD}(?: \w{{1,20}}){{0,2}} (?:by|von|durch|par|por) {_QUOTED}",
    rf"[\"'“„‘«][^\"'“”„‘’«»\n]{{1,120}}\.{_DOCUMENT}[\"'”“’»]|\b[\w()-]{{1,80}}\.{_DOCUMENT}\b",
    rf"{_DAY}(?:\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:t(?=\d))?|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?\b|\b\d{{1,2}}[-./ ]{{1,2}}{_MONTH}(?:[-./ ]{{1,2}}\d{{4}})?\b)",
    r"(?<![\w:])(?:[0-9a-f]{1,4}:{1,2}){3,8}[0-9a-f]{0,4}(?:%\w{1,15})?(?!\w|:\w)|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"
    r"|\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b",
    r"(?<![\w:])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?:%\w{1,15})?(?!\w|:\w)",
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?:%\w{1,15})?(?![\w(]|:\w)",
    r"(?<![\w:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:[ap]m|uhr|h)\b)?(?: ?(?:z|utc|gmt"
    r"|[+-]\d{2}:?\d{2})(?!\w))?",
    r"\+ ?0x[0-9a-f]{1,16}\b|\b[0-9a-f]{1,8}`[0-9a-f]{8}\b",
    r"\b\d[\d.,]{0,15} ?(?:[mµn]?s|sec|seconds?|min|minutes?|hours?|[kmgt]i?b|bytes?|sekunden?|minuten?|stunden?)\b",
    r"\b(?:at|address|offset|pc|ip|rip|sp) ?[=:]? ?(?:0x[0-9a-f]{1,16}|(?=[0-9a-f]*\d)[0-9a-f]{9,16}"
    r"|[0-9a-f]{1,8}`[0-9a-f]{8})\b",
    rf"\b(?!{_HEX_STATUS}\b|caa[0-9a-f]{{5}}\b)(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{{8,64}}\b",
    rf"{_behind(_OF_A_COMPUTER)}[\"'“„‘«]?(?=[\w.-]{{0,80}}[\d.-])(?![\w.-]{{1,80}}\.{_LIBRARY}\b)[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,6}}",
)
"""GUIDs, addresses of web and mail, paths, `DOMAIN\\user`, drives, users, documents, dates, times, IPv6, MAC, amounts,
pointers, digests, computers."""

_ERROR_WORD = (
    r"(?:(?:win(?:32)?|sql|os|io|system|native|laufzeit|anwendungs|netzwerk)?(?:error|errno|fehler)"
    r"|(?:code |código |codice )(?:d['’]|de |di )?(?:erreur|errore?|erro)"
    r"|err|erreur|errore|fout|błąd|fel|fejl|feil|virhe|chyba|ошибка|hata|エラー|错误)"
)
_CODE_WORD = rf"(?:(?P<error>{_ERROR_WORD})|status|exit|return|event|result|stop|bugcheck|code|rc|http|msg)"
_NOT_COUNTED = r"(?![.:/%]\d|,\d| ?(?:%|files?|items?|times?|seconds?|minutes?|errors?|rows?|bytes)\b)"
_STATUS = (
    r"0x(?:f{8})?[89a-f][0-9a-f]{7}(?=u?l{0,2}\b)|0x(?:0000[0-9a-f]{4}|[0-9a-f]{1,4})(?=u?l{0,2}\b)"
    r"|(?<![\w.])-(?:2147[0-9]{6}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6})\b"
    rf"|\b{_HEX_STATUS}\b|(?<![\w.])(?:21(?:4[7-9]|5\d|6[0-4])\d{{6}}|3221(?:22[5-9]|2[3-8]\d|29[01])\d{{3}})\b"
)
_NAMED = MappingProxyType(
    {
        "e_notimpl": 0x80004001,
        "e_nointerface": 0x80004002,
        "e_pointer": 0x80004003,
        "e_abort": 0x80004004,
        "e_fail": 0x80004005,
        "e_unexpected": 0x8000FFFF,
        "e_accessdenied": 0x80070005,
        "e_handle": 0x80070006,
        "e_outofmemory": 0x8007000E,
        "e_invalidarg": 0x80070057,
        "regdb_e_classnotreg": 0x80040154,
        "status_access_violation": 0xC0000005,
        "status_no_memory": 0xC0000017,
        "status_access_denied": 0xC0000022,
        "status_invalid_image_format": 0xC000007B,
        "status_stack_overflow": 0xC00000FD,
        "status_dll_not_found": 0xC0000135,
        "status_heap_corruption": 0xC0000374,
        "status_stack_buffer_overrun": 0xC0000409,
    }
)
"""The names under which programs print these numbers (MS-ERREF, 2.1.1 and 2.3.1); any other name stays a word."""
_CODES = (
    rf"(?P<status>{_STATUS})u?l{{0,2}}",
    r"\b(?P<vendor>(?:ora|tns|sql|msb|cs|lnk|ts|db2|imap|aadsts|pls|wsus|nu|msi)[- ]?\d{4,7}[a-z]?|caa[0-9a-f]{5}"
    r"|so\.\d{1,4}(?:\.\d{1,4}){0,3}"
    r"|sqlstate[- :=(\[]{0,3}[0-9a-z]{5}|[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}"
    r"|(?:\d\d\.[0-9a-f]{2,4}(?:\.\d\d)?|[a-z]\d{1,2}-\d{2,4})(?= (?:\w{1,20} )?(?:error|fehler)\b))\b",
    r"\b(?:message|meldung|mensaje)s?[ -]?(?:no|nr|number|nummer|núm)\.? (?P<message>[a-z0-9/_]{1,20}[ -]?\d{3})\b",
    rf"(?P<said>{_CODE_WORD})(?:[ -]?(?:code|number|no\.?|nr\.?|id|kod|n°))?[ ]?[#=(\[:'\"]{{0,2}}[ ]?"
    rf"(?P<number>(?:{_STATUS})|(?:{'|'.join(_NAMED)})\b|0x[0-9a-f]{{1,8}}\b|(?!pc|nb|ws|vm|id)[a-z]{{1,2}}\d{{3,6}}\b"
    rf"|-?[1-9]\d{{0,9}}\b{_NOT_COUNTED})(?:u?l{{0,2}}\b)?",
    r"\b(?P<http>[45]\d\d)(?= (?:error|fehler|bad|unauthorized|forbidden|not|method|request|conflict|gone|too"
    r"|internal|service"
    r"|gateway)\b)",
)
"""HRESULT, NTSTATUS, stop codes; the same in decimal; numbers of vendors, SQL, mail (RFC 3463), printers, SAP; numbers
that follow the word; RFC 9110."""

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
    if not signs or (len(signs) < _FEWEST_WORDS and not _has_code(signs) and not looks_like_error(text)):
        return ""
    return hashlib.blake2b(" ".join(signs).encode(), digest_size=8).hexdigest()


def _has_code(signs: Sequence[str]) -> bool:
    """Whether a code is among them: only those have digits. A short number is one where it is called an error."""
    return any(
        "error" in signs or not sign.startswith("0x") or len(sign) == len("0x80070005")
        for sign in signs
        if re.search(r"\d", sign)
    )


def _signs(text: str) -> Iterator[str]:
    """The words and codes that stay, each in the form in which it is compared."""
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode())
    text = "".join(str(unicodedata.decimal(character, character)) for character in text)
    before = ""
    for found in _SCAN.finditer(" ".join(apart(text.casefold()).split())):
        for sign in _kept(found):
            if sign != before or not sign.startswith("0x"):  # a code is often told in two forms
                yield sign
            before = sign


def _kept(found: re.Match[str]) -> Iterator[str]:
    match found.lastgroup:
        case "status":
            yield _code(found["status"])
        case "vendor":
            yield re.sub(r"\W", "", found[0])
        case "message":
            yield "message" + re.sub(r"\W", "", found["message"])
        case "number":
            yield "error" if found["error"] else found["said"]
            yield _code(found["number"])
        case "http":
            yield found[0]
        case "word" if found[0] in _NAMED:
            yield _code(found[0])
        case "word":
            letters = "" if _DIGITS.fullmatch(found[0]) else re.sub(r"[\d_]+", "", found[0])
            if letters:
                yield letters


def _code(written: str) -> str:
    """A code in the one form in which it is compared: the low 32 bits in hexadecimal."""
    if written in _NAMED:
        return f"0x{_NAMED[written]:x}"
    if re.fullmatch(r"[a-z]{1,2}\d+", written) and not re.fullmatch(_HEX_STATUS, written):
        return written
    is_hex = written.startswith("0x") or re.fullmatch(_HEX_STATUS, written) is not None
    return f"0x{int(written, 16 if is_hex else 10) & 0xFFFFFFFF:x}"
