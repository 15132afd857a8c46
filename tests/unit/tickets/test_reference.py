import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tickets.reference import read_reference, reference

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ids = st.integers(min_value=0, max_value=(1 << 128) - 1).map(lambda value: str(uuid.UUID(int=value)))


def bare(written: str) -> str:
    return written.removeprefix("HT-").replace("-", "")


def test_a_reference_looks_as_a_person_reads_it_out() -> None:
    assert reference("00000000-0000-7000-8000-000000000000") == "HT-0000-0000-0000"
    assert reference("019ab3c4-0000-7000-8000-000000000001") == "HT-0000-0000-001Y"


@given(ids)
def test_what_is_written_can_be_read(ticket: str) -> None:
    written = reference(ticket)
    assert read_reference(written) == written
    assert len(written) == len("HT-7F3K-Q2MX-9DWC")


@given(ids, st.integers(0, (1 << 73) - 1))
def test_it_comes_from_the_random_bits_alone(ticket: str, above: int) -> None:
    random_bits = uuid.UUID(ticket).int & ((1 << 55) - 1)
    assert reference(str(uuid.UUID(int=above << 55 | random_bits))) == reference(ticket)


@given(st.integers(0, 54), ids)
def test_every_one_of_its_55_bits_counts(bit: int, ticket: str) -> None:
    assert reference(str(uuid.UUID(int=uuid.UUID(ticket).int ^ 1 << bit))) != reference(ticket)


@given(ids, st.data())
def test_people_type_it_as_they_like(ticket: str, data: st.DataObject) -> None:
    written = reference(ticket)
    typed = bare(written) if data.draw(st.booleans()) else written
    typed = typed.replace("-", data.draw(st.sampled_from(["", "-", " ", "–", " - "])))
    typed = typed.replace("0", data.draw(st.sampled_from("0Oo"))).replace("1", data.draw(st.sampled_from("1IiLl")))
    typed = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(typed)
    assert read_reference(f" {typed}\n") == written


@given(ids, st.integers(0, 11), st.sampled_from(SYMBOLS))
def test_every_single_wrong_symbol_is_caught(ticket: str, place: int, wrong: str) -> None:
    symbols = bare(reference(ticket))
    mistyped = symbols[:place] + wrong + symbols[place + 1 :]
    if mistyped != symbols:
        with pytest.raises(ValueError, match="last symbol"):
            read_reference(mistyped)


@given(ids, st.integers(0, 10))
def test_every_exchange_of_neighbours_is_caught_but_zero_with_z(ticket: str, place: int) -> None:
    symbols = bare(reference(ticket))
    first, second = symbols[place], symbols[place + 1]
    mistyped = symbols[:place] + second + first + symbols[place + 2 :]
    if {first, second} == {"0", "Z"}:
        assert read_reference(mistyped)
    elif first != second:
        with pytest.raises(ValueError, match="last symbol"):
            read_reference(mistyped)


def test_zero_and_z_exchanged_is_what_the_check_cannot_see() -> None:
    assert read_reference("HT-0Z00-0000-0001") == "HT-0Z00-0000-0001"
    assert read_reference("HT-Z000-0000-0001") == "HT-Z000-0000-0001"


@pytest.mark.parametrize("text", ["", "HT-", "12345", "HT-0000-0000-000", "HT-0000-0000-00000", "HT-UUUU-UUUU-UUUU"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        read_reference(text)


@given(st.text())
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        read = read_reference(text)
    except ValueError:
        return
    assert read_reference(read) == read


def test_an_id_that_is_no_id_has_no_reference() -> None:
    with pytest.raises(ValueError, match="UUID"):
        reference("../../etc/passwd")
