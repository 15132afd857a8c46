"""What stands behind or below a name such as `password`, `token` or `PIN`."""

import re
from collections.abc import Iterable, Iterator

from desktop.capture.redact.field_labels import FieldKind, field_kind, is_other_label, may_stand_in_field
from desktop.capture.redact.plausible import (
    is_masked,
    is_password,
    is_said_of_passwords,
    is_secret,
    is_unlike_a_word,
)
from desktop.capture.redact.secret import Found, SecretKind
from desktop.capture.redact.spoken import is_told_by_itself
from desktop.capture.redact.values import line_from, value_after_sign, value_of_element, value_said

_OF_WHAT = (
    r"[ \t]{1,3}(?:for|für|pour|para|of|on|von|vom|voor|des|der|du|del|de|di|do|da"
    r"|от|для|на|od|till|til)(?:[ \t]{1,3}[^\s:=]{1,60}){1,3}?"
)
_WHICH = (
    r"(?:[ \t](?:neu|alt|new|old|wi-?fi|wlan|temporal|temporaire|provisoire|provvisoria|temporária|secreta|segreta"
    r"|personal|maestra|nueva|nuova|nova|nouveau|actual|actuel|anterior))"
)
_STRONG = r"(?:\*{1,3}|__)?"
_CLOSED = r"(?i:\*{1,3}(?=[ \t])|__(?=[ \t])|(?:</[a-z]{1,8}>[ \t]{0,3}){1,2}(?:<[a-z]{1,8}(?:[ ][^<>\n]{0,80})?>)?)?"
"""What sets a label in bold: the signs of Markdown, the tags of HTML."""
_CELL = r"</(?i:td|th|dt)>\s{0,20}<(?i:td|dd)(?:[ ][^<>\n]{0,80})?>"
_SIGN = re.compile(
    r"(?:\[\d{1,3}\])?\\{0,7}[\"'`]?\]?(?:[ \t]?(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]))?"
    r"(?:[ ]?/[ ]?(?i:pin|code|key|passcode|passphrase|passwort|kennwort|pw))?"
    rf"{_WHICH}?(?:{_OF_WHAT})?{_WHICH}?"
    r"(?:[ ]?:[ ]?(?:&(?:'static )?str|str|[Ss]tring|SecureString|Optional\[str\])[ ]{0,2}(?==[^=]))?"
    r"(?:[ \t]{1,9}(?:is|are|was|ist|lautet|war|est|es|era|è|é|är|er|now|jetzt)){0,2}"
    rf"(?:[ \t.]{{0,40}}{_STRONG}(?P<sign>REG_(?:EXPAND_)?SZ\b|{_CELL}|\.{{4,}}(?=[ \t])"
    r"|:=|=>|->|→|={1,3}"
    rf"|%3[AaDd](?:%20)?|\\{{1,2}}u003[Dd]|[:\uff1a]{{1,2}}(?!//)){_CLOSED}[ \t]{{0,9}}|(?P<tag>>))"
)
"""A colon or equals sign (or the end of an XML tag): of ini, JSON, YAML, XML, connection strings, fields, letters."""
_SAID = re.compile(
    rf"{_WHICH}?(?:{_OF_WHAT}(?=[ \t]{{1,9}}(?:is|was|has|have|ist|lautet|wurde|war|est|es|era|è|é|är|er)\b))?"
    r"(?:[ \t]{1,9}(?P<verb>(?:(?:has|have) been|was|is|wurde|ist)[ \t](?:re)?(?:set|changed|geändert|zurückgesetzt)"
    r"[ \t](?:to|auf|in|zu)|(?:zurückgesetzt|geändert)[ \t](?:auf|in|zu)|wurde auf|is|was|ist|lautet|war|est|es|era|è"
    r"|é|är|er)(?:[ \t]{1,9}(?:now|still|currently|jetzt|nun|noch|immer noch|aktuell|toujours|todavía|ancora|ainda))?)?"
    r"(?:[ \t]{1,9}(?:[|/\u2013\u2014-]|to|auf|en|je|jest))?[ \t]{1,9}(?=\S)"
)
_LINE_BREAK = re.compile(r"(?:\r?\n[ \t]{0,40}){1,2}(?=\S)")
_LABEL_REACH = 60
"""Letters before and behind the word of a label that may belong to the label too."""
_REFUSED = re.compile(
    r"\b(?:incorrect|invalid|wrong|bad|weak|missing|empty|expired|forgot(?:ten)?|no|falsches|ungültiges)[ \t]{1,9}$",
    re.IGNORECASE,
)
"""Stands before the word `password` in messages about one; what follows is prose."""
_NO_SECRET_KEY = re.compile(
    r"(?:public[ _]?key[ _]?|(?:public|primary|foreign|partition|row|sort|cache|registry|host|object|unique)[ _-])$",
    re.IGNORECASE,
)
"""A public key's token is part of the name of each .NET assembly, and no secret; neither are keys of tables."""
_FOLDER = re.compile(r"/|~|[A-Za-z]:\\")
"""The shell's PWD is the folder it is in."""
_COUNT = re.compile(r"\d{1,3}(?:[ ]?(?:to|bis|à|-|\u2013)[ ]?\d{1,3})?[ -](?=[^\W\d_]{3,})(?!(?:and|or|und)\b)")
"""`8 characters`."""
_PHRASE = re.compile(r"[^\W\d_]{2,20}(?:[ -][^\W\d_]{2,20}){3,30}[.]?")
_MINE = re.compile(r"\b(?:my|mein|mon|mi|mijn)[ \t]{1,3}(?:[^\W\d_]{2,12}[ \t]{1,3})?$", re.IGNORECASE)
"""Before a password that somebody tells."""
_TAG = re.compile(r"<[\w:.-]{0,40}$")
_WHO = re.compile(r"\b(?:user|login|account|benutzer|konto|e-?mail)", re.IGNORECASE)
"""Before `pass: x`, which else is what a test did."""
_SETTING = re.compile(r"[\w:.-]{1,40}=")
_WORDS_AND_NUMBERS = re.compile(r"[^\W\d_]{2,20}(?:[ ](?:(?!\d{5})[^\W_]){2,20}){1,3}")
_GROUPS = re.compile(r"\d{4}(?:[ -]\d{4}){1,9}(?!\d)")
"""As the keys of wireless networks are printed on their boxes."""
_MADE = re.compile(r"(?=[^ ]{0,80}\d)(?=[^ ]{0,80}[a-z])(?=[^ ]{0,80}[A-Z])[A-Za-z0-9_+/=.~-]{20,}")
"""What only a program makes: long, of digits and of small and capital letters; a hash has not both."""
_MASK = "[masked: "
"""Stands before a name that is no label but tells what was masked."""
_FOREIGN = frozenset(("è", "é", "är", "er"))
"""*Is* in languages whose words for states are not known here."""
_FEW_LETTERS, _FEW_WORDS, _FEW_DIGITS, _SENTENCE = 4, 3, 2, 3
_JUDGED = 120
"""Letters of a value by which it is told from words."""
_LONG_BELOW = 16


def labelled(text: str, names: Iterable[re.Match[str]]) -> Iterator[Found]:
    """Values of settings, fields and sentences, by their names: the labels in the text."""
    end = 0
    for label in names:
        found = None
        if label.start() >= end and not text.endswith((_MASK, _MASK.rstrip()), 0, label.start()):
            found = _behind_sign(text, label) or _said(text, label) or _below(text, label)
        if found is not None:
            end = found.end
            yield found


def _behind_sign(text: str, label: re.Match[str]) -> Found | None:
    sign = _SIGN.match(text, label.end())
    if sign is None:
        return None
    is_password_name = label["password"] is not None
    if sign["tag"]:
        if not _TAG.search(text, max(0, label.start() - 40), label.start()):
            return None
        span = value_of_element(text, sign.end())
    else:
        span = value_after_sign(
            text, sign.end(), label.start(), is_password=is_password_name, is_equals="=" in sign["sign"]
        )
    if span is None:
        return None
    value = text[span[0] : min(span[1], span[0] + _JUDGED)]
    before = text[max(0, label.start() - 20) : label.start()]
    if not is_password_name:
        is_compared = "==" in (sign["sign"] or "") and text[span[0] - 1] not in "\"'"
        is_plain = is_compared or not is_secret(value, label["secret"]) or _NO_SECRET_KEY.search(before)
        return None if is_plain else Found(*span, SecretKind.TOKEN)
    start, end = span
    rest = text[start : line_from(text, start)].rstrip()
    is_phrase = _PHRASE.fullmatch(rest) is not None
    is_phrase = is_phrase or _is_in_words(rest)
    is_named_phrase = is_phrase and "phrase" in label[0] and sum(map(is_said_of_passwords, rest.split())) <= 1
    if not is_named_phrase and _is_prose(text, label, span, before):
        return None
    groups = _GROUPS.match(text, start, end + _JUDGED)
    end = max(end, groups.end()) if groups else end
    return Found(start, start + len(rest) if is_phrase else end, SecretKind.PASSWORD)


def _is_in_words(line: str) -> bool:
    """Whether the rest of a line is one password of words and numbers: `Sommer Wind 24`, and no sentence."""
    words = line.split(" ")
    return _WORDS_AND_NUMBERS.fullmatch(line) is not None and all(
        (word[0].isupper() or word.isdigit()) and not is_said_of_passwords(word) for word in words
    )


def _is_prose(text: str, label: re.Match[str], span: tuple[int, int], before: str) -> bool:
    """Whether what stands behind `password:` is a message about passwords, source code or a folder."""
    start, end = span
    value = text[start : min(end, start + _JUDGED)]
    if not is_password(value) or is_masked(text[start : start + 60].partition("\n")[0].strip()):
        return True
    is_argument = value.lower() == label[0] and before.endswith(("(", " ", ",")) and text[end : end + 1] in (")", ",")
    if is_argument or _COUNT.match(text, start):
        return True
    words = value.strip("\"'[ ").split()
    is_sentence = len(words) >= _SENTENCE and is_said_of_passwords(words[0])
    if (is_sentence and sum(map(is_said_of_passwords, words)) > 1) or (value.isdigit() and len(value) <= _FEW_DIGITS):
        return True
    name, sign = label[0], text[label.end() : start]
    before_far = text[max(0, label.start() - _LABEL_REACH) : label.start()]
    is_told = (
        not sign.lstrip().startswith(":")
        or (sign[0] == " " and is_unlike_a_word(value))
        or before.endswith("_")
        or _WHO.search(before_far)
    )
    if name == "pass" and (value.isdigit() or not is_told):
        return True
    if name.startswith("pwd") and _FOLDER.match(value):
        return True
    is_led = "...." in sign and ":" not in sign
    is_program = is_led or (name == "passwd" and sign.lstrip().startswith(":"))
    is_compared = name == "psk" or ("==" in sign and text[start - 1] not in "\"'")
    return bool(is_program or is_compared or _REFUSED.search(before)) and not is_unlike_a_word(value)


def _said(text: str, label: re.Match[str]) -> Found | None:
    """`The password is hunter2`, `Passwort lautet Sommer`, `password hunter2`."""
    said = _SAID.match(text, label.end())
    span = value_said(text, said.end()) if said else None
    if said is None or span is None or _COUNT.match(text, span[0]):
        return None
    value = text[slice(*span)].rstrip(".,:;!?") if text[span[0] - 1].isspace() else text[slice(*span)]
    verb = (said["verb"] or "").lower()
    if label["password"] is None:
        name = label["secret"]
        if any(word in name for word in ("secret", "token", "api", "access")) and _MADE.fullmatch(value):
            return Found(span[0], span[0] + len(value), SecretKind.TOKEN) if is_secret(value, "") else None
        is_named = "token" in name or "api" in name
        is_told = (bool(verb) and is_unlike_a_word(value)) or (is_named and not text[span[0] - 1].isspace())
        is_one = is_told and len(value) >= _LONG_BELOW and is_secret(value, "")
        return Found(*span, SecretKind.TOKEN) if is_one else None
    if not is_password(value) or _SETTING.match(value):
        return None
    is_quoted = not text[span[0] - 1].isspace() and is_password(value.split(maxsplit=1)[0])
    is_own = bool(verb) and _MINE.search(text, max(0, label.start() - 20), label.start()) is not None
    is_told = verb == "lautet" or is_quoted or (is_own and not value.endswith(("ed", "ing")))
    is_setting = label[0] == "clave" and not any(map(str.isdigit, value))
    if not verb and (is_setting or value.startswith("(")):
        return None
    is_one = is_told or (is_unlike_a_word(value) and (bool(verb) or len(value) > _FEW_LETTERS))
    is_one = is_one or (bool(verb) and verb not in _FOREIGN and is_told_by_itself(text, *span))
    return Found(*span, SecretKind.PASSWORD) if is_one else None


def _below(text: str, label: re.Match[str]) -> Found | None:
    """The line below one that is a label alone: a form that was copied as text."""
    start = text.rfind("\n", max(0, label.start() - _LABEL_REACH), label.start()) + 1
    line_end = line_from(text, label.end(), _LABEL_REACH)
    line_break = _LINE_BREAK.match(text, line_end)
    if line_break is None or label.start() - start > _LABEL_REACH:
        return None
    shown = text[start:line_end]
    kind = field_kind(shown)
    is_field = shown.rstrip("* \t").endswith((":", "\uff1a"))
    at = line_break.end()
    value = text[at : line_from(text, at)].rstrip()
    if kind is None or not value or not may_stand_in_field(value) or is_other_label(value):
        return None
    if kind in (FieldKind.KEY, FieldKind.NAMED_KEY):
        is_named = is_field or kind is FieldKind.NAMED_KEY
        is_one = is_named and len(value) >= _LONG_BELOW and " " not in value and is_secret(value, label[0])
        return Found(at, at + len(value), SecretKind.TOKEN) if is_one else None
    is_one = kind is FieldKind.PASSWORD and _stands_below(text, start, value, is_field, "phrase" in shown.lower())
    return Found(at, at + len(value), SecretKind.PASSWORD) if is_one else None


def _stands_below(text: str, label_line: int, value: str, is_field: bool, is_phrase: bool) -> bool:
    words = value.split()
    if is_phrase and _PHRASE.fullmatch(value):
        return sum(map(is_said_of_passwords, words)) <= 1
    if not is_password(words[0]):
        return False
    if len(words) > 1:
        is_short = len(words) <= _FEW_WORDS and not any(map(is_said_of_passwords, words)) and not _COUNT.match(value)
        return is_field and bool(_PHRASE.fullmatch(value) or (is_short and any(map(is_unlike_a_word, (value, *words)))))
    return is_unlike_a_word(value) or is_field or _is_in_form(text, label_line)


def _is_in_form(text: str, label_line: int) -> bool:
    """Whether the second line above is the label of another field: labels and values in turn."""
    above = text[max(0, label_line - 200) : label_line].rstrip("\r\n").split("\n")
    return len(above) > 1 and is_other_label(above[-2])
