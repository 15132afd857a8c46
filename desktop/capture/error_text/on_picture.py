"""Which of the lines on a picture are an error message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.capture.error_text.messages import bears_a_sign, messages, records
from desktop.capture.redact.find import find_sure
from desktop.capture.screen_text.words import TextLine, around, in_reading_order
from desktop.capture.screens.geometry import Rectangle

_DIALOG_LINES, _DIALOG_PARTS = 10, 4
_DIALOG_WIDTH, _DIALOG_HEIGHT = 60, 32
"""A dialog has no more lines on no more backgrounds and is no larger (in heights of a line): a page, a console or a
table with striped rows is."""
_HEADING, _PAGE_HEIGHT = 1.4, 24
"""A page's heading has letters so much larger than its message, and stands at most so many lines above it."""
_LABEL_WORDS = 3
"""A field's label has no more words."""
_APART = 4.0
"""Heights of a line that may lie between the title of a dialog and what it says, and no more."""
_GAP = 1.2
"""Heights of a line between two that stand together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundError:
    """An error message on a picture.

    Attributes:
        text: its lines (title, message, code), from the top, a line a line.
        box: the rectangle around them, in the picture's pixels; other things may stand in it (a field, a button).
        lines: the very lines, as they were read.
    """

    text: str
    box: Rectangle
    lines: tuple[TextLine, ...]


def find_errors(lines: Sequence[TextLine]) -> tuple[FoundError, ...]:
    """The error messages among the lines that were read from one picture, from the top.

    A message is a dialog (title and what stands on its face; its buttons are not of it) of which something bears a sign
    of an error, without what stands far from that, or else the lines of a page or console that do, with those between.
    """
    found: list[list[TextLine]] = []
    taken = set[int]()
    for dialog in _dialogs(lines):
        said = [line for part in _parts(dialog) if bears_a_sign(part) for line in _below_fields(part)]
        if said:
            found.extend(records(said))
            taken.update(map(id, said))
    rest = [line for line in lines if id(line) not in taken]
    for paragraph in _paragraphs(rest):
        for message in messages(paragraph):
            title = next((block for block in found if _is_title_of(block, message)), [])
            _add_or_join(found, [*title, *_with_heading(message, rest)])
    found.sort(key=lambda block: (block[0].box.top, block[0].box.left))
    return tuple(_found_error(block) for block in found)


def _add_or_join(found: list[list[TextLine]], message: list[TextLine]) -> None:
    """Two messages below one heading are one."""
    lines = set(map(id, message))
    shared = next((block for block in found if not lines.isdisjoint(map(id, block))), None)
    if shared is None:
        found.append(message)
    else:
        known = set(map(id, shared))
        shared[:] = in_reading_order([*shared, *(line for line in message if id(line) not in known)])


def _is_title_of(block: Sequence[TextLine], message: Sequence[TextLine]) -> bool:
    """Whether a lone line that was found stands above the message, both on a ground that is not even.

    Of a dialog on such a ground nothing else tells that its title is of it.
    """
    title, first = block[0].box, message[0].box
    gap = first.top - title.top - title.height
    return (
        len(block) == 1
        and block[0].panel is None
        and message[0].panel is None
        and -title.height < gap <= _APART * min(title.height, first.height)
        and title.left <= first.left + first.height
        and title.left + title.width > first.left
    )


def _found_error(block: Sequence[TextLine]) -> FoundError:
    return FoundError(
        text="\n".join(line.text for line in block), box=around([line.box for line in block]), lines=tuple(block)
    )


def _dialogs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines of each stack of equally wide backgrounds (title bar, face, foot) with few lines."""
    stacks: list[list[Rectangle]] = []
    for panel in sorted({line.panel for line in lines if line.panel}, key=lambda panel: panel.top):
        home = next((stack for stack in stacks if _carries_on(around(stack), panel)), None)
        if home is None:
            stacks.append([panel])
        else:
            home.append(panel)
    for stack in stacks:
        on_it = list(in_reading_order(line for line in lines if line.panel in stack))
        if len(on_it) <= _DIALOG_LINES and len(stack) <= _DIALOG_PARTS and _is_small(around(stack), on_it):
            yield on_it


def _parts(dialog: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Its lines from the top, parted where more than a few lines' height lies between two.

    A small picture is one background from edge to edge, as a dialog is: what stands far from the error is not of it.
    """
    apart = _APART * median(line.box.height for line in dialog)
    part: list[TextLine] = []
    for line in sorted(dialog, key=lambda line: line.box.top):
        if part and line.box.top - max(above.box.top + above.box.height for above in part) > apart:
            yield list(in_reading_order(part))
            part = []
        part.append(line)
    yield list(in_reading_order(part))


def _below_fields(part: Sequence[TextLine]) -> Sequence[TextLine]:
    """The part without what was filled in above its error: a password there is a form's, not the message's."""
    signed = next((index for index, line in enumerate(part) if bears_a_sign([line])), 0)
    filled = [index for index, line in enumerate(part[:signed]) if _is_filled_in(line.text)]
    return part[filled[-1] + 1 :] if filled else part


def _is_filled_in(text: str) -> bool:
    """Whether it is a label and its colon with what surely is private behind it, and no more."""
    found = find_sure(text)
    if len(found) != 1 or found[0].end != len(text):
        return False
    label = text[: found[0].start].rstrip()
    return label.endswith(":") and len(label.split()) <= _LABEL_WORDS


def _is_small(dialog: Rectangle, lines: Sequence[TextLine]) -> bool:
    height = median(line.box.height for line in lines)
    return dialog.width <= _DIALOG_WIDTH * height and dialog.height <= _DIALOG_HEIGHT * height


def _carries_on(stack: Rectangle, panel: Rectangle) -> bool:
    """Whether the panel lies right below the stack and is as wide."""
    slack = max(4, stack.width // 50)
    return (
        abs(panel.left - stack.left) <= slack
        and abs(panel.left + panel.width - stack.left - stack.width) <= slack
        and abs(panel.top - stack.top - stack.height) <= slack
    )


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines on one background, each below the other and close to it."""
    open_ones: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        before = next((paragraph for paragraph in open_ones if _follows(paragraph[-1], line)), None)
        if before is None:
            open_ones.append([line])
        else:
            before.append(line)
    yield from open_ones


def _follows(above: TextLine, below: TextLine) -> bool:
    upper, lower = above.box, below.box
    gap = lower.top - upper.top - upper.height
    reach = _GAP * min(upper.height, lower.height)
    overlap = min(upper.left + upper.width, lower.left + lower.width) - max(upper.left, lower.left)
    return above.panel == below.panel and -reach <= gap <= reach and overlap > 0


def _with_heading(message: Sequence[TextLine], lines: Sequence[TextLine]) -> list[TextLine]:
    """The message, and what stands above it from the heading of its page on (larger letters, set to the same left)."""
    first = message[0]
    above = [
        line
        for line in lines
        if line.panel == first.panel
        and line.box.top + line.box.height <= first.box.top + first.box.height / 2
        and first.box.top - line.box.top < _PAGE_HEIGHT * first.box.height
    ]
    headings = [
        index
        for index, line in enumerate(above)
        if line.box.height >= _HEADING * first.box.height and abs(line.box.left - first.box.left) < 2 * line.box.height
    ]
    reach = above[headings[-1] :] if headings and first.panel else []
    is_of_it = len(reach) <= _DIALOG_LINES and not any(find_sure(line.text) for line in reach)
    return [*reach, *message] if is_of_it else list(message)
