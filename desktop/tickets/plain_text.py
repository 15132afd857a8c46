"""Text as it is kept: what a person can see, and nothing that hides, reorders or breaks what they see.

* Control characters go, except the newline and the tab; every other kind of line end becomes a newline. Colour codes of
  a terminal go whole.
* Characters that reorder their surroundings (bidirectional embeddings, overrides and isolates, UAX 9) go: `gpj.exe`
  must not read as `exe.jpg`. The marks LRM, RLM and ALM stay; they move nothing but punctuation beside them.
* Invisible characters go (zero-width space, word joiner, byte-order mark, soft hyphen, fillers, tag characters).
* Those that shape what is seen stay where they do so, and nowhere else: the joiners between two characters beyond
  ASCII (families of emoji, Persian, the scripts of India), one variation selector after a character, the tags of a
  flag.
* Half of a surrogate pair becomes U+FFFD, so that the text can always be encoded.

Tidying twice is tidying once, and nothing ever grows.
"""

import re
import unicodedata
from typing import Any, Final

_BRIEF: Final = 1_000
"""In characters: as long as a name or an address may be."""
_HALF = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_NEVER = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    r"|\x1b\[[0-?]*[ -/]*[@-~]"
    "|(?P<half>[\ud800-\udfff])"
    "|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_SHAPING = re.compile(f"[{_JOINERS}{_SELECTORS}]+")
_SUBTLE = re.compile(f"[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0{_SELECTORS}]")
"""What has to be looked at although Python counts it as printable."""
_BLANK = frozenset("\u2800\ufffc")
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Mc", "Me"))


def tidy(text: str) -> str:
    """The text as it is kept, of any number of lines."""
    flat = text.replace("\n", "").replace("\t", "")
    if flat.isprintable() and (flat.isascii() or _SUBTLE.search(flat) is None):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _NEVER.sub(_kept, text)
    return _SHAPING.sub(_shaping, text)


def one_line(text: str) -> str:
    """The same as one line: every stretch of white space becomes one space, none at the ends."""
    return " ".join(tidy(text).split())


def brief(text: str) -> str:
    """All of a line, the beginning of a long text: for what travels with a ticket each time that it changes."""
    return text if len(text) <= _BRIEF else text[: _BRIEF - 1] + "…"


def is_blank(text: str) -> bool:
    """Whether a person would see nothing: white space, marks upon nothing and the like."""
    return all(character in _BLANK or unicodedata.category(character) in _UNSEEN for character in text)


def _kept(match: re.Match[str]) -> str:
    if match["flag"]:
        return match["flag"]
    return "\ufffd" if match["half"] else ""


def _shaping(match: re.Match[str]) -> str:
    """Of a run of shaping characters, what shapes its neighbours: one selector, then one joiner."""
    before = match.string[match.start() - 1 : match.start()]
    if not before or before.isspace():
        return ""
    run = match[0]
    selector = "" if run[0] in _JOINERS else run[0]
    joiner = run.lstrip(selector)[:1] if selector else run[0]
    after = match.string[match.end() : match.end() + 1]
    joins = joiner in _JOINERS and not before.isascii() and not after.isascii() and not after.isspace()
    return selector + joiner if joins else selector


def whole_characters(value: Any) -> Any:
    """Texts, lists and tables of them with U+FFFD in the place of half of a surrogate pair, which has no bytes."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: whole_characters(one) for key, one in value.items()}
    return [whole_characters(one) for one in value] if isinstance(value, list | tuple) else value
