import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.tickets.plain_text import is_blank, one_line, tidy

TROUBLESOME = (
    "ab \n\t\r\x00\x07\x1b[3m\x85\u2028\u200b\u200c\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\ufe0f\ufe0e"
    "\u180b\U000e0101\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e007f👩👧❤क्षنا葛\ud83d\u2800\u3164"
)
texts = st.one_of(st.text(), st.text(st.sampled_from(TROUBLESOME)), st.text(st.characters(codec=None)))


@pytest.mark.parametrize(
    "text",
    [
        "The printer says “PC LOAD LETTER”.",
        "two\nlines\tand a tab",
        "👩‍👩‍👧‍👦 ❤️‍🔥 👍🏽 1️⃣ 🇨🇭",
        "flags 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🏴‍☠️",
        "שלום, הַמַּדְפֶּסֶת לא עובדת",
        "نمی‌خواهم",
        "क्‍ष and ක්‍ර",
        "葛󠄀城市",
        "e\u0301 is an accent of its own",
        "\u200fمرحبا!\u200f",
        "",
    ],
)
def test_what_people_write_survives_to_the_letter(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("one\r\ntwo\rthree\x0bfour\x0cfive\x85six\u2028seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("\x1b[1;31mError\x1b[0m: no", "Error: no"),
        ("photo_\u202egpj.exe", "photo_gpj.exe"),
        ("\u2066a\u2069\u202ab\u202c", "ab"),
        ("z\u200be\u2060r\ufeffo\u00ad", "zero"),
        ("pass\u200dword", "password"),
        ("a\ufe0f\ufe0f\ufe0fb", "a\ufe0fb"),
        ("hidden \U000e0068\U000e0069 tags", "hidden  tags"),
        ("👩\u200d\u200d👧", "👩\u200d👧"),
        ("👩\u200d", "👩"),
        (" \u200d👧", " 👧"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\u3164\u115f", ""),
    ],
)
def test_what_hides_or_breaks_is_taken_out(text: str, kept: str) -> None:
    assert tidy(text) == kept


@given(texts)
@example("\ufe0f\u200d😀")
@example("\ufe0f\ufe0e\u200d😀")
@example("\r\x00\n")
@example("\U0001f3f4\u200b\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")
def test_tidying_twice_is_tidying_once_and_nothing_grows(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept
    assert len(kept) <= len(text)
    assert one_line(one_line(text)) == one_line(text)


@given(texts)
def test_the_quick_way_for_plain_text_is_the_careful_way(text: str) -> None:
    assert tidy(text) == tidy(f"{text}\x00")


@given(texts)
def test_what_is_kept_can_be_sent_and_moves_nothing(text: str) -> None:
    kept = tidy(text)
    kept.encode("utf-8")
    assert all(character in "\n\t" or unicodedata.category(character) != "Cc" for character in kept)
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00")
    assert "\n" not in one_line(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u3164\u115f\u1160\uffa0")))
def test_letters_digits_and_signs_are_never_touched(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b\u200d", "\u00a0\u2003", "\u0301", "\u2800", "\u3164 \x00", "\u202e"]
)
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(one_line(text))


@pytest.mark.parametrize("text", ["x", "?", "🔥", "…", "שלום", "١"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(one_line(text))
