import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tickets.look_alike import look_alike


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Printer jammed", "The printer on floor 2 is jammed again"),
        ("Outlook does not open", "outlook won't open"),
        ("VPN: error 0x800704C9", "Error 0x800704c9 when I start the VPN"),
        ("Help", "help!"),
        ("Drucker druckt nicht mehr", "Der Drucker druckt nicht"),
        ("ｐｒｉｎｔｅｒ jammed", "printer jammed"),
    ],
)
def test_the_same_in_other_words_looks_alike(mine: str, theirs: str) -> None:
    assert look_alike(mine, [("other", "Cannot open the door"), ("same", theirs)]) == "same"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Outlook does not open", "Excel does not open"),
        ("Printer jammed", "Printer needs paper"),
        ("Printer", "Printer jammed"),
        ("It does not work", "My phone does not work"),
        ("New laptop for Jo", "New laptop for the lab, with dock, two screens and a keyboard"),
        ("", ""),
        ("!!!", "???"),
        ("Printer jammed", ""),
    ],
)
def test_another_matter_does_not(mine: str, theirs: str) -> None:
    assert look_alike(mine, [("other", theirs)]) is None


def test_the_closest_wins_and_of_equals_the_first() -> None:
    open_tickets = [(1, "printer jammed on floor two"), (2, "Printer jammed!"), (3, "the printer jammed")]
    assert look_alike("printer jammed", open_tickets) == 2


def test_with_nothing_open_nothing_is_alike() -> None:
    assert look_alike("printer jammed", []) is None


@given(st.text(), st.text())
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert (look_alike(one, [(True, other)]) is None) == (look_alike(other, [(True, one)]) is None)
