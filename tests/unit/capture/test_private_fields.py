"""Fields for passwords: on pictures and in texts that were copied from forms, whatever the label says besides."""

import pytest

from desktop.capture.redact.on_picture import suggest
from desktop.capture.redact.text import mask
from desktop.capture.screen_text.words import TextLine, Word
from desktop.capture.screens.geometry import Rectangle
from desktop.tickets.marks import MarkKind

HEIGHT = 20


def line(text: str, left: int, top: int) -> TextLine:
    """Words ten pixels a letter wide, one letter apart."""
    words, at = [], left
    for word in text.split(" "):
        words.append(Word(text=word, box=Rectangle(at, top, 10 * len(word), HEIGHT)))
        at += 10 * len(word) + 10
    return TextLine(words=tuple(words))


def masked(*lines: TextLine) -> list[str]:
    """The lines that are covered whole; a part of one fails the test."""
    covered = []
    for one in lines:
        box = one.box
        touching = [
            mark
            for mark in suggest(lines)
            if mark.kind is MarkKind.REDACT
            and mark.left < box.left + box.width
            and mark.right > box.left
            and mark.top < box.top + box.height
            and mark.bottom > box.top
        ]
        if touching:
            assert any(mark.left <= box.left and mark.right >= box.left + box.width for mark in touching)
            covered.append(one.text)
    return covered


LABELS = [
    "Password", "Password:", "* Password", "Password *", "Password (again)", "New password", "Temporary password",
    "Initial password:", "SQL password", "VPN password:", "Windows password", "Master password", "Password for kim",
    "Passwort", "WLAN-Passwort:", "Root-Passwort", "Benutzerkennwort", "Kennwort (neu)", "Passwort wiederholen",
    "Passwort für Kim:", "Mot de passe :", "Nouveau mot de passe", "Contraseña:", "PW:", "Pwd", "Passphrase",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("value", ["hunter2x", "sonnenblume", "Password1"])
def test_what_stands_beside_or_below_the_label_is_masked(label: str, value: str) -> None:
    for left, top in ((10, 40), (14, 60), (60, 45), (10 * len(label) + 40, 10), (10 * len(label) + 300, 10)):
        form = (line("User name", 10, -60), line("kim", 10, -30), line(label, 10, 10), line(value, left, top))
        assert masked(*form) == [value], (left, top)


@pytest.mark.parametrize(
    "label",
    ["PIN", "PUK:", "Your PIN", "PIN-Code", "Code PIN", "CVV", "CVC/CVV", "Security code", "Card security code",
     "Prüfnummer", "Sicherheitscode:"],
)  # fmt: skip
def test_a_field_for_a_code_takes_digits_alone(label: str) -> None:
    assert masked(line(label, 10, 10), line("4711", 10, 40)) == ["4711"]
    assert masked(line(label, 10, 10), line("4711", 300, 10)) == ["4711"]
    assert masked(line(label, 10, 10), line("3 digits on the back", 10, 40)) == []
    assert masked(line(label, 10, 10), line("Expires 12/29", 300, 10)) == []


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("API key", "a1b2c3d4e5f6"),
        ("Token", "a1b2c3d4e5f6a1b2c3d4"),
        ("Client secret", "8Q~a1b2c3d4e5f6"),
        ("Passphrase", "correct horse battery staple"),
    ],
)
def test_keys_and_phrases_are_masked_below_their_labels(label: str, value: str) -> None:
    assert masked(line(label, 10, 10), line(value, 10, 40)) == [value]


def test_the_columns_of_a_table_are_masked_to_their_ends() -> None:
    table = [line("User name", 10, 10), line("Password", 300, 10)]
    for row, (user, value) in enumerate((("kim", "hunter2x"), ("lee", "Sommer24"), ("max", "x9-Winter"))):
        table += [line(user, 10, 40 + 30 * row), line(value, 300, 40 + 30 * row)]
    assert masked(*table) == ["hunter2x", "Sommer24", "x9-Winter"]


@pytest.mark.parametrize("label", ["Password", "Passwort:", "New password", "API key", "Token", "PIN"])
@pytest.mark.parametrize(
    "beside",
    ["Show password", "Passwort vergessen?", "Sign in", "Angemeldet bleiben", "Required", "Settings", "Sicherheit",
     "At least 8 characters", "8 or more characters", "Last changed: 3 days ago", "Two-factor authentication",
     "Must contain a digit", "is required", "Confirm password", "System.String", "User name", "[required]"],
)  # fmt: skip
def test_buttons_hints_and_other_labels_stay(label: str, beside: str) -> None:
    assert masked(line(label, 10, 10), line(beside, 10, 40)) == []
    assert masked(line(label, 10, 10), line(beside, 300, 10)) == []


VERSIONS = ["4.2.1", "v4.2.1", "Version 4.2.1", "Build 22631.3447", "10.0.19045.1", "2.1 (beta)", "3.0-rc1", "10.1.2.3"]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_of_the_program_beside_a_field_stays(version: str) -> None:
    assert masked(line("Password", 10, 10), line(version, 300, 10)) == []
    assert masked(line("Password", 10, 10), line(version, 10, 40)) == []
    assert masked(line("Password", 10, 10), line("hunter2x", 10, 40), line(version, 300, 10)) == ["hunter2x"]


def test_a_day_in_a_field_for_a_password_is_masked() -> None:
    assert masked(line("Password", 10, 10), line("24.12.1999", 300, 10)) == ["24.12.1999"]


@pytest.mark.parametrize(
    "label",
    ["Forgot password?", "Show password", "Reset password", "Wrong password", "Sign in with a password",
     "User name or password", "Without password", "Public key", "Primary key", "Passwortrichtlinie", "Password policy"],
)  # fmt: skip
def test_links_and_messages_are_no_labels(label: str) -> None:
    assert masked(line(label, 10, 10), line("Server24", 10, 40)) == []
    assert mask(f"{label}\nServer24").text == f"{label}\nServer24"


@pytest.mark.parametrize(
    "copied",
    [
        "Temporary password:\n{}\n",
        "Initial password\r\n{}\r\n",
        "WLAN-Passwort:\n\n{}",
        "Kim's new account\nPassword for kim:\n  {}",
        "Kennwort (neu)\n{}",
        "- Root-Passwort:\n{}",
    ],
)
@pytest.mark.parametrize("value", ["hunter2x", "Password1"])
def test_the_line_below_a_label_is_masked(copied: str, value: str) -> None:
    assert mask(copied.format(value)).text == copied.format("[masked: password]")


@pytest.mark.parametrize(
    "copied",
    [
        "Password\nSign in",
        "Password:\nInvalid password",
        "Password:\nPermission denied, please try again.",
        "Passwort:\nPasswort vergessen?",
        "Password\nis required",
        "New password\nConfirm password\nSave",
        "Key\nServer24",
        "Token\nSystem.String",
    ],
)
def test_lines_below_that_are_no_values_stay(copied: str) -> None:
    assert mask(copied).text == copied
