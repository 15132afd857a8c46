"""File names from anywhere, safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.file_names import LONGEST, safe_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ana\log.txt", "log.txt"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("console.txt", "console.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\nc\x1b[0m", "ab c[0m"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        ('<a:b"c|d?e*f>.txt', "_a_b_c_d_e_f_.txt"),
        ("trailing. . ", "trailing"),
        ("", "file"),
        ("..", "file"),
        ("\u202e", "file"),
        ("e\u0301t\u00e9.txt", "\u00e9t\u00e9.txt"),
        ("写真 🙂.png", "写真 🙂.png"),
    ],
)
def test_names_are_made_safe(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = safe_name("x" * 300 + ".pdf")
    assert shown.endswith("…" + ".pdf")
    assert len(shown) == LONGEST
    assert len(safe_name("y" * 300)) == LONGEST


@given(st.text(max_size=300))
def test_any_name_is_safe_and_stays_as_it_is(name: str) -> None:
    shown = safe_name(name)
    assert shown
    assert len(shown) <= LONGEST + 1
    assert not set(shown) & set('/\\\0<>:"|?*\n\r\t')
    assert safe_name(shown) == shown
