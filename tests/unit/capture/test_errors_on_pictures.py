"""What of a picture is taken for an error message, and what is not."""

from dataclasses import replace

import pytest

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.redact.on_picture import suggest
from desktop.capture.screen_text.words import TextLine, Word
from desktop.capture.screens.geometry import Rectangle
from desktop.tickets.marks import MarkKind

PAGE = Rectangle(0, 0, 1920, 1080)
TITLE, FACE, BUTTON = Rectangle(600, 400, 520, 30), Rectangle(600, 431, 520, 160), Rectangle(1000, 550, 90, 26)


def line(text: str, left: int, top: int, panel: Rectangle | None = PAGE) -> TextLine:
    words, across = [], left
    for word in text.split():
        words.append(Word(text=word, box=Rectangle(across, top, 8 * len(word), 16)))
        across += 8 * len(word) + 8
    return TextLine(words=tuple(words), panel=panel)


LETTER = [line(f"Dear Anna, invoice {number} is attached", 40, 20 + number * 24) for number in range(30)]
DIALOG = [
    line("Microsoft Outlook", 610, 408, TITLE),
    line("Cannot open the set of folders.", 660, 450, FACE),
    line("Error 0x8004010F", 660, 474, FACE),
]


def test_a_dialog_is_found_with_its_title_and_without_its_button() -> None:
    (found,) = find_errors([*LETTER[:16], *DIALOG, line("OK", 1030, 555, BUTTON), *LETTER[16:]])

    assert found.text == "Microsoft Outlook\nCannot open the set of folders.\nError 0x8004010F"
    assert found.lines == tuple(DIALOG)
    assert found.box == Rectangle(610, 408, 298, 82)


def test_a_password_that_was_filled_in_above_the_error_is_not_of_it_and_is_covered() -> None:
    texts = ("Sign in", "Password: Sommer2026!x", "Card: 4111 1111 1111 1111", "Error 0x80070005: Access is denied.")
    window = [line(text, 610, 440 + 22 * number, FACE) for number, text in enumerate(texts)]
    (found,) = find_errors(window)
    marks = suggest(window, [one.box for one in found.lines])

    assert found.text == "Error 0x80070005: Access is denied."
    assert [(mark.found, mark.kind) for mark in marks] == [
        ("password", MarkKind.REDACT),
        ("card number", MarkKind.REDACT),
    ]


def test_a_card_that_the_error_names_is_of_it() -> None:
    texts = ("Payment failed with error 51", "Card 4111 1111 1111 1111", "Please try another one.")
    window = [line(text, 610, 440 + 22 * number, FACE) for number, text in enumerate(texts)]
    (found,) = find_errors(window)

    assert found.text == "\n".join(texts)
    assert [mark.kind for mark in suggest(window, [one.box for one in found.lines])] == [MarkKind.OUTLINE]


def test_nothing_is_found_on_a_page_without_an_error() -> None:
    assert find_errors(LETTER) == ()
    assert find_errors([]) == ()
    assert find_errors([DIALOG[0], line("Do you want to save the draft?", 660, 450, FACE)]) == ()


def test_of_a_page_only_what_says_so_is_the_error() -> None:
    (found,) = find_errors([*LETTER[:4], line("Error 1603 while installing", 40, 116), *LETTER[5:]])

    assert found.text == "Error 1603 while installing"


def test_a_trace_on_a_console_is_found_whole() -> None:
    trace = [
        "Traceback (most recent call last):",
        'File "app.py", line 3, in <module>',
        "run()",
        "ValueError: bad value",
    ]
    console = ["$ export TOKEN=abc", "$ python app.py", *trace, "$ ls"]

    (found,) = find_errors([line(text, 10, 20 + number * 18) for number, text in enumerate(console)])

    assert found.text.splitlines() == trace


def test_two_errors_on_one_picture_are_two() -> None:
    first, second = find_errors([*DIALOG, line("Connection refused", 40, 900, Rectangle(20, 880, 300, 60))])

    assert (first.text.splitlines()[0], second.text) == ("Microsoft Outlook", "Connection refused")


def on_page(*texts: str) -> list[TextLine]:
    """Lines of a page or console, one below the other; four spaces set one in."""
    return [
        line(text.strip(), 10 + 8 * (len(text) - len(text.lstrip())), 20 + number * 18)
        for number, text in enumerate(texts)
    ]


SEPARATE = {
    "commands": (["bash: foo: command not found", "$ ls /root"], ["ls: cannot open directory: Permission denied"]),
    "log": (
        ["2026-11-28 10:00:01 ERROR upload failed: 0x80070005", "2026-11-28 10:00:02 INFO waiting"],
        ["2026-11-28 10:00:03 ERROR no space left on device"],
    ),
    "log, one after the other": (["[ERROR] upload failed: 0x80070005"], ["[ERROR] no space left on device"]),
    "compiler, one after the other": (
        ["main.c:3:5: error: unknown type name 'strin'"],
        ["main.c:9:5: error: unknown type name 'numbr'"],
    ),
    "labels": (["Error: Cannot find module 'express'"], ["Error: connect ECONNREFUSED 127.0.0.1:5432"]),
    "compiler": (
        ["main.c:3:5: error: unknown type name 'strin'", "    3 | strin name;"],
        ["main.c:9:1: error: expected ';'"],
    ),
    "traces": (
        ["Traceback (most recent call last):", '  File "a.py", line 1, in f', "    f()", "ValueError: bad"],
        ["Traceback (most recent call last):", '  File "b.py", line 1, in g', "    g()", "KeyError: 'x'"],
    ),
    "page": (
        ["Error 1603: A fatal error occurred during installation.", "The meeting about the bakery is on Thursday."],
        ["Access is denied (0x80070005)."],
    ),
}


@pytest.mark.parametrize("name", SEPARATE)
def test_two_errors_close_together_are_two(name: str) -> None:
    first, second = SEPARATE[name]

    found = [error.text.splitlines() for error in find_errors(on_page("Notes", *first, *second, "End"))]

    assert [(one[0], len(found)) for one in found] == [(first[0], 2), (second[0], 2)]
    assert found[1] == [text.strip() for text in second]


PARTED = {
    "short lines": (["Error 1603"], ["Password: hunter2"], ["Access is denied."]),
    "set in alike": (["    Error 1603: A fatal error occurred."], ["    Owner: Anna"], ["    Access is denied."]),
    "small letters": (["The printer could not be found."], ["and then later it also said"], ["Access is denied."]),
    "a short answer": (["Connection refused"], ["ok"], ["Connection refused"]),
    "a card, set in": (["Error 1603"], ["    Card 4111 1111 1111 1111"], ["Access is denied. (0x80070005)"]),
    "as long as the page": (
        ["Error response from daemon: pull access denied"],
        ["TOKEN=8f3kd02kdkw9 docker login"],
        ["Error response from daemon: unauthorized, log in first"],
    ),
    "a code far below": (
        ["Error 1603: A fatal error occurred."],
        ["Monday", "Tuesday", "Wednesday", "Thursday"],
        ["Error code: 0x80070643"],
    ),
}


@pytest.mark.parametrize("name", PARTED)
def test_what_stands_between_two_errors_is_of_neither(name: str) -> None:
    first, between, second = PARTED[name]

    found = [error.text.splitlines() for error in find_errors(on_page("Notes", *first, *between, *second, "End"))]

    assert found == [[text.strip() for text in texts] for texts in (first, second)]


def test_what_is_private_between_two_errors_in_a_small_window_is_masked() -> None:
    said = ["Error 1603: A fatal error occurred.", "Card 4111 1111 1111 1111", "Access is denied."]
    lines = [line(text, 620, 440 + number * 24, FACE) for number, text in enumerate(said)]

    errors = find_errors([line("notes - Editor", 610, 408, TITLE), *lines])

    assert [error.text for error in errors] == [f"notes - Editor\n{said[0]}", said[2]]
    boxes = [one.box for error in errors for one in error.lines]
    assert [mark.kind for mark in suggest(lines, boxes)] == [MarkKind.REDACT]


def test_a_heading_does_not_take_what_is_private_into_the_error_below_it() -> None:
    heading = TextLine(words=(Word(text="Notes", box=Rectangle(10, 20, 90, 30)),), panel=PAGE)
    card, error = line("Card 4111 1111 1111 1111", 10, 70), line("Access is denied.", 10, 92)

    assert [found.lines for found in find_errors([heading, card, error])] == [(error,)]
    assert [found.lines for found in find_errors([heading, error])] == [(heading, error)]


def test_a_title_on_a_shaded_ground_is_no_error_of_its_own() -> None:
    title = line("Application Error", 10, 20, None)
    said = [line("The instruction referenced memory at 0x00000000.", 60, 70, None)]
    said.append(line("Exception code 0xc0000005", 60, 92, None))

    assert [found.lines for found in find_errors([title, *said])] == [(title, *said)]
    assert len(find_errors([title, *(replace(one, panel=FACE) for one in said)])) == 2
    assert len(find_errors([title, line(said[0].text, 60, 120, None)])) == 2


def test_a_sentence_over_several_lines_is_found_whole() -> None:
    said = [
        "The application was unable to start",
        "correctly because of (0xc000007b) and will",
        "be closed by the system.",
    ]

    (found,) = find_errors(on_page("Notes of today", *said, "next week we go on"))

    assert found.text.splitlines() == said


@pytest.mark.parametrize(
    "texts",
    [
        ["Error 1603: A fatal error occurred.", "Close all programs and try again.", "Error code: 0x80070643"],
        ["The file was not found because the server", "in the other building refused to", "answer. Error 53"],
        ["System.IO.IOException: Access is denied", "    at System.IO.File.Open(String path)", "    at Main()"],
        ['Exception in thread "main" java.lang.IllegalStateException: bad', "Caused by: java.io.IOException: disk"],
        ["npm ERR! code ENOENT", "npm ERR! syscall open", "npm ERR! path /srv/package.json"],
        ["Traceback (most recent call last):", '  File "a.py", line 1, in f', "    f()", "ValueError: bad value"],
    ],
)
def test_one_error_of_several_lines_stays_one(texts: list[str]) -> None:
    (found,) = find_errors(on_page("Notes", *texts, "End"))

    assert found.text.splitlines() == [text.strip() for text in texts]


def test_two_errors_on_a_small_piece_of_a_console_are_two() -> None:
    """A small picture has one background from edge to edge, as a dialog has."""
    piece = Rectangle(0, 0, 520, 90)
    texts = ["bash: foo: command not found", "$ ls /root", "ls: cannot open directory: Permission denied"]

    first, second = find_errors([line(text, 10, 10 + number * 20, piece) for number, text in enumerate(texts)])

    assert (first.text.splitlines()[0], second.text) == (texts[0], texts[2])


def test_a_page_as_wide_as_a_dialog_is_high_does_not_join_it() -> None:
    below = Rectangle(600, 700, 520, 200)

    (found,) = find_errors([*DIALOG, line("Card 4111 1111 1111 1111", 610, 720, below)])

    assert "Card" not in found.text


def test_an_error_that_is_cut_into_two_lines_is_found() -> None:
    (found,) = find_errors([line("Setup ended with error", 40, 20, None), line("code 1603", 40, 42, None)])

    assert found.text == "Setup ended with error\ncode 1603"


@pytest.mark.parametrize("panel", [PAGE, None])
def test_columns_beside_each_other_are_not_mixed(panel: Rectangle | None) -> None:
    left = [line(f"left {number}", 40, 20 + number * 20, panel) for number in range(5)]
    right = [line("Access is denied." if number == 2 else "right", 900, 20 + number * 20, panel) for number in range(5)]

    (found,) = find_errors([each for pair in zip(left, right, strict=True) for each in pair])

    assert found.text == "Access is denied."


def test_a_table_with_striped_rows_is_no_dialog() -> None:
    stripes = [Rectangle(600, 400 + number * 24, 520, 24) for number in range(8)]
    rows = [line(f"Card 4111 1111 1111 111{number}", 610, 404 + number * 24, stripes[number]) for number in range(8)]
    rows[3] = line("Error 1603", 610, 404 + 3 * 24, stripes[3])

    (found,) = find_errors(rows)

    assert found.text == "Error 1603"


def test_what_stands_in_a_field_of_the_dialog_is_not_of_the_error() -> None:
    field = Rectangle(760, 520, 300, 26)

    (found,) = find_errors([*DIALOG, line("hunter2", 766, 525, field)])

    assert found.lines == tuple(DIALOG)


def test_an_error_page_is_one_error_with_its_heading() -> None:
    def set_at(top: int, text: str, height: int = 16) -> TextLine:
        return TextLine(words=(Word(text=text, box=Rectangle(40, top, 300, height)),), panel=PAGE)

    page = [
        set_at(20, "anna@example.com"),
        set_at(80, "This site can't be reached", height=30),
        set_at(130, "shop.example.com refused to connect."),
        set_at(170, "Check the connection"),
        set_at(230, "ERR_CONNECTION_REFUSED"),
        set_at(600, "Card 4111 1111 1111 1111"),
    ]

    (found,) = find_errors(page)

    assert found.lines == tuple(page[1:5])


def test_what_stands_on_two_pages_is_two_errors() -> None:
    other = Rectangle(0, 200, 1920, 880)
    lines = [line("Access is denied.", 40, 180, PAGE), line("Error 1603", 40, 202, other)]

    assert [found.text for found in find_errors(lines)] == ["Access is denied.", "Error 1603"]
