"""Where one error message ends and the next begins, among lines that stand close together."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from desktop.capture.redact.find import find_sure
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
    r"\W{0,3}(?:(?i:(?:[\w'’-]{1,30}[ -]){0,3}?(?:\w{0,20}code|id|number|nr|status|value|error|fehler|erreur|hresult"
    r"|result|exception|event|stop|exit)s?\b(?: d['’]erreur| di errore| de error)?.{0,4}?(?:is|was|ist)?[ :=#(]{0,4}))?"
    r"(?:0[xX][0-9a-fA-F]+|-?\d+(?:\.[0-9A-F]{2,4})?|[A-Z0-9]{1,30}(?:[_-][A-Z0-9]{1,30}){1,8}|[A-Z]{4,30})\)?[.]?"
)
"""A line that only gives the number or name of what the lines above it tell."""
_CALL = re.compile(r"(?:at|bei|in|à) (?:async )?[\w.$<>\[\]`/@:-]{1,200}(?: \[as \w+\])? ?\(")
_CARRIES_ON = re.compile(r"(?:Caused by|During handling of|The above exception|\.\.\. \d+ more|at |#\d)")
_NAMES_A_VALUE = re.compile(r"[^\s:=]{1,30}(?: [^\s:=]{1,30}){0,2}(?: ?: | ?=)")
"""`Owner: Anna`, `TOKEN=abc`: a line of its own, whatever stands above it."""
_WRAPPED = 10.0
"""Heights of a line that its text is long at least where it goes on in the next line."""
_MOST_BETWEEN = 3
"""Lines between a message and its code, at most."""


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
            yield _whole_sentences(lines, first, last, signs)
            first = sign
        last = sign
    yield _whole_sentences(lines, first, last, signs)


def records(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """All the lines, in as many groups as they hold messages that are told apart by how they begin.

    What surely is private between two messages, neither in one nor followed by its code, is in no group.
    """
    signs = _signs(lines)
    begun = 0
    for before, sign in pairwise(signs):
        first = max(begun, signs[0])
        private = [index for index in range(before + 1, sign) if find_sure(lines[index].text)]
        if _is_another_record(lines, first, before, sign):
            yield list(lines[begun:sign])
            begun = sign
        elif private and _record(lines[first].text) != "trace" and not _CODE_ALONE.fullmatch(lines[sign].text):
            yield list(lines[begun : private[0]])
            begun = private[-1] + 1
    yield list(lines[begun:])


def _whole_sentences(lines: Sequence[TextLine], first: int, last: int, signs: Collection[int]) -> list[TextLine]:
    """The lines from `first` to `last`, and those next to them over which their first and last sentence is spread."""

    def goes_on(index: int) -> bool:
        text = lines[index].text
        return text[:1].islower() and not _record(text) and _goes_on(lines, index)

    while first and first - 1 not in signs and goes_on(first):
        first -= 1
    while last + 1 < len(lines) and last + 1 not in signs and goes_on(last + 1):
        last += 1
    return list(lines[first : last + 1])


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
    between = range(last + 1, sign)
    if _record(lines[first].text) == "trace":
        return False
    if any(find_sure(lines[index].text) for index in between):
        return True
    if _CODE_ALONE.fullmatch(lines[sign].text):
        return len(between) > _MOST_BETWEEN
    return not all(_belongs(lines, first, index) for index in between)


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
    line = lines[index]
    is_set_in = line.box.left - lines[first].box.left > _INDENT * lines[first].box.height
    return is_set_in or _CARRIES_ON.match(line.text) is not None or _goes_on(lines, index)


def _goes_on(lines: Sequence[TextLine], index: int) -> bool:
    """Whether the sentence of the line above goes on in a line because there was no room for its first word."""
    line, above = lines[index], lines[index - 1]
    if above.text.rstrip().endswith((".", "!", "?", ")", ":")) or _NAMES_A_VALUE.match(line.text):
        return False
    edge = max(one.box.left + one.box.width for one in lines)
    room = edge - above.box.left - above.box.width
    wanted = line.words[0].box.width + above.box.height * (2 if line.text[:1].islower() else 1)
    return wanted > room and above.box.width > _WRAPPED * above.box.height
