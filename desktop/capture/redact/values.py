"""How far a value reaches that stands behind a name: in settings, connection strings, addresses, code and prose."""

import re

_QUOTED = re.compile(
    r"[rbuflN@$]{0,2}(?:"
    r"\"(?P<double>(?:[^\"\\\n]|\\.|\"\"){1,2000}+)\"|'(?P<single>(?:[^'\\\n]|\\.|''){1,2000}+)'"
    r"|“(?P<high>[^“”\n]{1,2000})”|„(?P<low>[^“”„\n]{1,2000})[“”]|‘(?P<one>[^‘’\n]{1,2000})’"
    r"|«[ \u00a0\u202f]?(?P<pointed>[^«»\n]{1,2000}?)[ \u00a0\u202f]?»|`(?P<tick>[^`\n]{1,2000})`"
    r"|(?P<slashes>\\{1,7}[\"'])(?P<escaped>[^\n]{1,2000}?)(?<!\\)(?P=slashes)"
    r"|(?P<mark>&(?:quot|apos|#3[49]);)(?P<entity>[^\n]{1,2000}?)(?P=mark)"
    r"|<!\[CDATA\[(?P<data>[^\n]{1,2000}?)\]\]>)"
)
_LIST = re.compile(r"\[[ ]?(?P<list>[\"'][^\]\n]{1,400}+)\]")
_OPENED = re.compile(r"(?:[\"'“„‘`]|\\{1,7}[\"'])(?P<rest>[^\"'\n]{1,200})")
"""A quotation that ends nowhere: the line was cut off, or wrapped."""
_BRACED = re.compile(r"\{(?!\d{0,2}\})(?P<braced>(?:[^}\n]{1,200}+|\}\}){1,9}+)\}(?=[ \t]{0,9}(?:;|[\"']|\r?\n|\Z))")
"""A value of a connection string for ODBC, where }} stands for a brace."""
_SETTING = re.compile(
    r"(?P<setting>(?:[^;\n\"'&]{1,200}+|[\"'](?=\w)|&(?:amp|lt|gt|quot|apos|#\d{2,4});|&){1,20}+)"
    r"(?=;[ \t]{0,9}(?:[\w .-]{1,40}=|[\"']|\r?\n|\Z))"
)
_LAST_SETTING = re.compile(r"(?P<last>(?:[^\s;\"'&]{1,200}+|[\"'](?=\w)|&(?:amp|lt|gt|quot|apos|#\d{2,4});|&){1,20}+)")
_IN_QUERY = re.compile(r"(?P<query>[^\s&#\"'<>]{1,2000}+)")
_IN_TAG = re.compile(r"(?P<element>[^<\n]{1,200}+)(?=</)")
_BARE = re.compile(
    r"(?P<bare>(?:[^\s\"'`;,&<>\\]{1,400}+|\\(?![\"'])"
    r"|[\"'`](?=\w)|,(?=[^\s\"',])(?![\w.-]{1,40}[=:])|;(?=[^\s\"'<;])(?![\w.-]{1,40}=)"
    r"|&(?:amp|lt|gt|quot|apos|#\d{2,4});|&(?=\S)(?!(?:amp;)?[\w.\[\]-]{1,60}=)"
    r"|<(?=\S)(?![/!?]?[A-Za-z][^<>\n]{0,80}>)(?!/)|>(?=[^\s<])){1,60}+)"
)
_SECRET = re.compile(r"(?P<secret>[^\s\"'<>;,&|(){}\[\]][^\s\"'<>;,&]{0,2000}+)")
_OPENERS = {")": "(", "]": "[", "}": "{"}
_NAME_LENGTH = 60


def value_after_sign(text: str, at: int, label: int, *, is_password: bool, is_equals: bool) -> tuple[int, int] | None:
    """From where to where the value reaches that begins at `at`, behind a colon or equals sign; None where none does.

    Its name begins at `label`: what stands before that tells settings from a query in an address. `is_equals` is said
    of an equals sign, as settings have.
    """
    quoted = _span(_QUOTED.match(text, at))
    if quoted is not None:
        return quoted
    listed = _span(_LIST.match(text, at))
    if listed is not None:
        return listed
    place = _place(text, label)
    forms = [_OPENED] if is_password else []
    if is_equals and place == "query":
        forms = [_IN_QUERY]
    elif is_equals and is_password:
        forms += [_BRACED, _SETTING]
        if place == "settings":
            forms.append(_LAST_SETTING)
    forms.append(_BARE if is_password else _SECRET)
    for form in forms:
        span = _span(form.match(text, at))
        if span is not None:
            return _closed(text, *span) if form is _BARE or form is _LAST_SETTING else span
    return _span(_OPENED.match(text, at))


def value_of_element(text: str, at: int) -> tuple[int, int] | None:
    """What stands behind the end of an XML tag."""
    return _span(
        _QUOTED.match(text, at) if text.startswith("<!", at) else _IN_TAG.match(text, at) or _SECRET.match(text, at)
    )


def value_said(text: str, at: int) -> tuple[int, int] | None:
    """A word or a quotation in prose."""
    quoted = _span(_QUOTED.match(text, at))
    if quoted is not None:
        return quoted
    span = _span(_BARE.match(text, at))
    return _closed(text, *span) if span else None


def line_from(text: str, at: int, most: int = 200) -> int:
    """Where the line ends; at most so many characters on."""
    end = text.find("\n", at, at + most)
    end = min(len(text), at + most) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _place(text: str, label: int) -> str:
    """`query` behind the ? or & of an address, `settings` behind a semicolon, else nothing."""
    start = label
    while start > max(0, label - _NAME_LENGTH) and (text[start - 1].isalnum() or text[start - 1] in "_.-[]%"):
        start -= 1
    before = text[max(0, start - 5) : start].rstrip(" ")
    if before.endswith(("?", "&", "&amp;")):
        return "query"
    return "settings" if before.endswith(";") else ""


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without brackets at its end that were opened before it."""
    while end - start > 1 and text[end - 1] in _OPENERS and _is_surplus(text[start:end], text[end - 1]):
        end -= 1
    return start, end


def _is_surplus(value: str, closer: str) -> bool:
    return value.count(closer) > value.count(_OPENERS[closer])


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    names = (name for name, value in match.groupdict().items() if value is not None and name not in ("slashes", "mark"))
    name = next(names)
    return match.span(name)
