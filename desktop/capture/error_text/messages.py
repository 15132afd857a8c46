"""Where one error message ends and the next begins, among lines that stand close together."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.capture.screen_text.words import TextLine
from desktop.tickets.error_text.recognise import looks_like_error

_INDENT = 1.0
"""Heights of a line by which what belongs to the line above is set in."""
_LEVELS = r"(?:trace|debug|info|information|notice|warn|warning|error|err|fatal|critical|severe|fehler|warnung)"
_PROMPT = re.compile(
    r"(?:\[?[\w.-]{1,40}@[\w.-]{1,60}[: ~].{0,80}?[$#%]|PS [A-Z]:.{0,100}?>|[A-Z]:\\[^>]{0,100}>|[$%]|>>>)(?: |$)"
)
"""Of shells, PowerShell, the command line of Windows, Python."""
_RECORDS = {
    "time": re.compile(
        r"\W{0,2}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d"
        r"|\d{1,2}:\d\d:\d\d)"
    ),
    "level": re.compile(rf"(?i:\[{_LEVELS}\]|{_LEVELS} ?:)|(?-i:{_LEVELS.upper()}\b)"),
    "place": re.compile(r"[^\s:(]{1,200}(?::\d{1,6}(?::\d{1,6})?|\(\d{1,6}(?:,\d{1,6})?\)) ?: "),
    "trace": re.compile(r"Traceback \(most recent|goroutine \d+ \[|panic: |Exception in thread |Unhandled exception"),
    "program": re.compile(r"(?P<program>[a-z][\w./+-]{1,40})(?:\[\d{1,7}\])?: "),
}
"""How a line begins that says something of its own: in logs, of compilers, of languages, of commands."""
_CODE_ALONE = re.compile(
    r"(?i:\W{0,3}(?:\w+ ){0,2}(?:error|fehler|stop|status|exit|result|exception|event|support|reference|ref|h?result"
    r"|erreur)?[- ]?(?:code|id|number|status|nr|value|hresult)?s?\b.{0,4}?(?:is|was|ist)?[ :=#(]{0,4}"
    r"(?:0x[0-9a-f]+|-?\d+|[A-Z][A-Z0-9_-]{3,60})\)?[.]?)"
)
"""A line that only gives the number or name of what the lines above it tell."""
_CALL = re.compile(r"(?:at|bei|in|à) (?:async )?[\w.$<>\[\]`/@:-]{1,200}(?: \[as \w+\])? ?\(")
_CARRIES_ON = re.compile(r"(?:Caused by|During handling of|The above exception|\.\.\. \d+ more|at |#\d)|[a-z(,;]")


def bears_a_sign(lines: Sequence[TextLine]) -> bool:
    """Whether the lines look like an error, each by itself or read on."""
    return any(looks_like_error(between.join(line.text for line in lines)) for between in ("\n", " "))


def messages(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The messages among lines of one paragraph, each from its first line with a sign to its last.

    None where no line has a sign by itself or with its neighbour. A message ends where a prompt or another record
    begins (a time, a level, a place in a source, a program's name, a trace, such as it began with itself), and at a
    sentence that has no sign and does not belong to what stands around it.
    """
    signs = _signs(lines)
    if not signs:
        signs = _signs_of_pairs(lines)
        if signs:
            yield list(lines[signs[0] : signs[-1] + 1])
        return
    first = last = signs[0]
    for sign in signs[1:]:
        if _begins_anew(lines, first, last, sign):
            yield list(lines[first : last + 1])
            first = sign
        last = sign
    yield list(lines[first : last + 1])


def records(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """All the lines, in as many groups as they hold messages that are told apart by how they begin."""
    signs = _signs(lines)
    begun = 0
    for before, sign in pairwise(signs):
        if _is_another_record(lines, max(begun, signs[0]), before, sign):
            yield list(lines[begun:sign])
            begun = sign
    yield list(lines[begun:])


def _signs(lines: Sequence[TextLine]) -> list[int]:
    """The lines that bear a sign, and those of the trace below one: on a picture they are not set in."""
    signs: list[int] = []
    for index, line in enumerate(lines):
        is_next = bool(signs) and signs[-1] == index - 1
        if looks_like_error(line.text) or (is_next and _CALL.match(line.text)):
            signs.append(index)
    return signs


def _signs_of_pairs(lines: Sequence[TextLine]) -> list[int]:
    both = (index for index in range(len(lines) - 1) if bears_a_sign(lines[index : index + 2]))
    return [index for one in both for index in (one, one + 1)]


def _begins_anew(lines: Sequence[TextLine], first: int, last: int, sign: int) -> bool:
    """Whether the line with the next sign begins another message than the one from `first` to `last`."""
    if _is_another_record(lines, first, last, sign):
        return True
    between = lines[last + 1 : sign]
    if not between or _record(lines[first].text) == "trace" or _CODE_ALONE.fullmatch(lines[sign].text):
        return False
    return any(not _belongs(lines, first, index) for index in range(last + 1, sign))


def _is_another_record(lines: Sequence[TextLine], first: int, last: int, sign: int) -> bool:
    if any(_PROMPT.match(line.text) or _record(line.text) in ("time", "level") for line in lines[last + 1 : sign]):
        return True
    kind = _record(lines[sign].text)
    return _PROMPT.match(lines[sign].text) is not None or (bool(kind) and kind == _record(lines[first].text))


def _record(text: str) -> str:
    """How a line begins, of the commands also which one; empty where it is no record's first."""
    for kind, begins in _RECORDS.items():
        if found := begins.match(text):
            return found.groupdict().get("program") or kind
    return ""


def _belongs(lines: Sequence[TextLine], first: int, index: int) -> bool:
    """Whether a line without a sign goes with those above: set in, carried on, or its sentence began there."""
    line, above = lines[index], lines[index - 1]
    if line.box.left - lines[first].box.left > _INDENT * lines[first].box.height or _CARRIES_ON.match(line.text):
        return True
    edge = max(one.box.left + one.box.width for one in lines)
    is_full = above.box.left + above.box.width + line.words[0].box.width + above.box.height > edge
    return is_full and not above.text.rstrip().endswith((".", "!", "?", ")"))
