"""Masking twice is as once: no letter is cut, no line break is lost, and two things in a row are both masked."""

import re
import unicodedata
from itertools import product

import pytest

from desktop.capture.redact import text as masking
from desktop.capture.redact.text import mask

TEXTS = (
    "Pay to DE89 3704 0044 0532 0130 00",
    "GB29 NWBK 6016 1331 9268 19 until Friday",
    "La clave del wifi es Cabra79.",
    "password: sommer",
    "Password=a b;Server=x",
    "Cookie: sid=q7Zt1mVx0c9L; theme=dark",
    "Authorization: Bearer q7Zt1mVx0c9LrPw2Hs4KjUeNd8",
    "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2lnbmF0dXJlLXZhbHVl",
    "//registry.example.org/:_authToken=npm_8Kq0vR2tZ5wM7yC9pL1hF3gS6jA4uE0bNxYz",
    "#access_token=q7Zt1mVx0c9L&token_type=bearer",
    "4539 1488 0343 6467",
    "postgresql://app:Quitte19@db1:5432/app",
    "user=kim host=db1",
    "creds: kim:Melisse64",
    "curl -u kim:Tulpe77 https://x.example",
    "PIN: 4711",
    "user,password\r\nkim,Lorbeer99",
    "enable secret Westwind23",
    "The password is incorrect.",
    "token: System.Int32",
)
JOINS = ("\n", "\r\n", " ", "; ", "\r\n\r\n")
_MASK = re.compile(r"\[masked: [a-z -]+\]")


@pytest.mark.parametrize("join", JOINS)
def test_masking_what_is_masked_changes_nothing(join: str) -> None:
    for pair in product(TEXTS, repeat=2):
        once = mask(join.join(pair)).text
        again = mask(once)
        assert (again.text, again.kinds) == (once, ()), pair


def test_one_pass_alone_would_find_more_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "contraseña: JSESSIONID=Passwort: Xy7 Kennwort: Zz8q"
    monkeypatch.setattr(masking, "_MOST_PASSES", 1)
    texts = ["".join(pair) for pair in product(TEXTS, repeat=2)] + [text]
    assert any(mask(mask(one).text).kinds for one in texts)


@pytest.mark.parametrize("join", JOINS)
def test_what_is_left_is_the_text_with_its_line_breaks(join: str) -> None:
    for pair in product(TEXTS, repeat=2):
        text = join.join(pair)
        at = 0
        for piece in _MASK.split(mask(text).text):
            at = text.index(piece, at) + len(piece)


@pytest.mark.parametrize("join", ["\n", " ", ", ", " / ", "\r\n"])
def test_accounts_in_a_row_are_all_masked(join: str) -> None:
    numbers = ["DE89 3704 0044 0532 0130 00", "DK50 0040 0440 1162 43", "NO93 8601 1117 947", "de89370400440532013000"]
    assert mask(join.join(numbers)).text == join.join(["[masked: bank account]"] * 4)


@pytest.mark.parametrize("mark", ["\u0301", "\u0345", "\ufe0f", "\u200d\U0001f9d1", "\udc00", "\u20e3"])
@pytest.mark.parametrize(
    "text", ["PIN: 4711", "remote ghp_x7Zt1mVq0c9LrPw2Hs4KjUeNd8Yb3Fa5Go6i", "IBAN GB29NWBK60161331926819"]
)
def test_no_mark_of_the_last_letter_is_left(text: str, mark: str) -> None:
    shown = mask(text + mark + " end").text
    assert shown.endswith("] end")
    assert not any(map(unicodedata.combining, shown))


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("Mot de passe\u00a0: ", "Souris73", "\u00a0!"),
        ("Mot de passe\u202f:\u00a0", "souris", "\n"),
        ("password:\u00a0", "sommer", ""),
        ("Authorization:\u00a0Bearer\u2009", "q7Zt1mVx0c9LrPw2Hs4K", "\u00a0"),
        ("\ufeffDB_PASSWORD=", "Wolke_21", "\r\n"),
        ("PIN\u00a0: ", "4711", ""),
        ("密码：\u3000", "sommer", ""),
        ("Ｐａｓｓｗｏｒｄ： ", "ｓｏｍｍｅｒ", ""),
        ("", "４５３９ １４８８ ０３４３ ６４６７", ""),
        ("", "ＤＥ89370400440532013000", "。"),
    ],
)
def test_blanks_of_other_widths_and_wide_letters_are_as_any(before: str, value: str, after: str) -> None:
    shown = mask(before + value + after).text
    assert shown.startswith(f"{before}[masked: ")
    assert shown.endswith(f"]{after}")


@pytest.mark.parametrize(
    "text", ["Mot de passe\u202f: incorrect", "Le mot de passe\u00a0est expiré", "Ｐａｓｓｗｏｒｄ： "]
)
def test_what_is_said_between_such_blanks_stays(text: str) -> None:
    assert mask(text).text == text
