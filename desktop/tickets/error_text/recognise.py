"""Does a text look like an error message? Then it is offered for the ticket; prose and passwords are left alone.

Judged by signs that programs leave and people do not write. A text without any sign is prose.
"""

import re
from collections.abc import Iterable, Iterator

from desktop.tickets.error_text.addressed import ADDRESSED
from desktop.tickets.error_text.people import ASKED, IF, PERSONAL, SUPPOSED, TOLD
from desktop.tickets.error_text.sentences import SENTENCES
from desktop.tickets.error_text.signs import EXACT, NUMBERS, PHRASES
from desktop.tickets.error_text.states import STATES
from desktop.tickets.error_text.telegrams import LONGEST, TELEGRAMS

_LOOKED_AT = 8 * 1024
"""Characters looked at, half of them at either end: a stack trace names its error first or last."""


def _any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """One pattern for all; those that begin at a word are tried at words alone, which is several times quicker."""
    ways = [way for pattern in patterns for way in _ways(pattern)]
    at_words = [way.removeprefix(r"\b") for way in ways if way.startswith(r"\b")]
    others = [way for way in ways if not way.startswith(r"\b")]
    return re.compile("|".join((rf"\b(?:{'|'.join(at_words)})", *others) if at_words else others), flags)


def _ways(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, none of which has a bracket in a class."""
    begun, depth = 0, 0
    for found in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if found[0] == "|" and not depth:
            yield pattern[begun : found.start()]
            begun = found.end()
    yield pattern[begun:]


_EXACT = _any_of(EXACT, re.MULTILINE)
_NUMBERS = _any_of(NUMBERS, re.IGNORECASE | re.MULTILINE)
_PHRASES = _any_of(PHRASES)
_SENTENCES = [(re.compile(words), _any_of(patterns)) for words, patterns in (*SENTENCES, *STATES)]
_ADDRESSED = _any_of(ADDRESSED)
_TELEGRAMS = _any_of(TELEGRAMS)
_PERSONAL = re.compile(PERSONAL)
_IF = re.compile(IF)
_SUPPOSED = re.compile(SUPPOSED)
_ASKED = re.compile(ASKED)
_TOLD = re.compile(TOLD)
_QUESTION = re.compile(r"(?:^|(?<=[.!?:]) )[^.!?:\n]{1,300}\?(?=\W{0,3}$)")
"""The last sentence of a line, where it asks."""
_CONDITION = re.compile(
    r"(?<=[^\w])(?:(?:if|unless|in case|falls|wenn|sofern|si) [^,.;:\n]{3,160}(?:[,.;:]|$)"
    r"|(?:when|whenever|sobald|quand|lorsque|cuando) [^,.;:\n]{3,160},)"
)
"""A clause within a line that tells when something would fail."""
_WEB_PATH = re.compile(r"\b((?:https?|ftp|file)://[^\s/]{0,200})/[^\s\"'<>()]{1,500}")
"""What an address names is no error: articles about one have its code in theirs."""


_PATH_ALONE = re.compile(r"\s*\"?(?:[A-Za-z]:[\\/]|\\\\|~?/)[^\n:*?\"<>|]{1,400}\.\w{1,5}\"?\s*")
"""A file's path and nothing else: that of an error's log or picture has its name."""
_BETWEEN_SCRIPTS = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?=[A-Za-z0-9])"
    r"|(?<=[A-Za-z0-9])(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
)
"""Kana, Chinese characters and Hangul stand against Latin letters and digits with a space or without."""


def apart(text: str) -> str:
    """The text with a space wherever its script changes to or from Latin letters and digits."""
    return text if text.isascii() else _BETWEEN_SCRIPTS.sub(" ", text)


def looks_like_error(text: str) -> bool:
    """Whether the text bears a sign of an error message. Cost is bounded whatever the text's length."""
    if len(text) > _LOOKED_AT:
        text = f"{text[: _LOOKED_AT // 2]}\n{text[-_LOOKED_AT // 2 :]}"
    if _PATH_ALONE.fullmatch(text):
        return False
    text = _WEB_PATH.sub(r"\1", apart(text.replace("\r\n", "\n")))
    if _EXACT.search(text) or _NUMBERS.search(text):
        return True
    return any(_is_said(_CONDITION.sub("", _QUESTION.sub("", line))) for line in text.lower().splitlines())


def _is_said(line: str) -> bool:
    """Whether a program has said a line, in small letters, of its own failure."""
    if _IF.match(line) or _ASKED.search(line):
        return False
    is_personal = _PERSONAL.search(line) is not None
    if not is_personal and _PHRASES.search(line):
        return True
    if _SUPPOSED.match(line) or _TOLD.search(line):
        return False
    return _ADDRESSED.search(line) is not None or (not is_personal and _is_sentence(line))


def _is_sentence(line: str) -> bool:
    if len(line) <= LONGEST and _TELEGRAMS.match(line):
        return True
    return any(words.search(line) and sentences.search(line) for words, sentences in _SENTENCES)
