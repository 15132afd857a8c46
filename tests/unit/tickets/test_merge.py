from hypothesis import given
from hypothesis import strategies as st

from desktop.tickets.merge import LostValue, merge_fields, merge_sets
from desktop.tickets.operations import FieldChange

NAMES = ("summary", "details", "status", "assignee")
values = st.sampled_from(["", "a", "b", "c"])
present_fields = st.fixed_dictionaries(dict.fromkeys(NAMES, values))
sets = st.frozensets(st.sampled_from("abcde"))


def change(field: str, base: str, value: str) -> FieldChange:
    return FieldChange(field=field, base=base, value=value)


@st.composite
def change_lists(draw: st.DrawFn) -> list[FieldChange]:
    fields = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [change(field, draw(values), draw(values)) for field in fields]


def test_edits_of_different_fields_merge_silently() -> None:
    merged = merge_fields({"summary": "theirs", "details": "old"}, [change("details", "old", "mine")])
    assert merged.values == {"details": "mine"}
    assert merged.lost == ()


def test_on_the_same_field_theirs_stands_and_mine_is_kept() -> None:
    merged = merge_fields({"summary": "theirs"}, [change("summary", "old", "mine")])
    assert merged.values == {}
    assert merged.lost == (LostValue(field="summary", mine="mine", theirs="theirs"),)


def test_both_doing_the_same_is_no_dispute() -> None:
    merged = merge_fields({"summary": "same"}, [change("summary", "old", "same")])
    assert (merged.values, merged.lost) == ({}, ())


def test_long_text_is_taken_whole_and_never_woven_together() -> None:
    base = "first line\nlast line"
    merged = merge_fields({"details": f"{base}\ntheirs"}, [change("details", base, f"mine\n{base}")])
    assert merged.values == {}
    assert merged.lost[0].mine == f"mine\n{base}"


@given(present_fields, change_lists())
def test_merging_twice_is_merging_once(present: dict[str, str], changes: list[FieldChange]) -> None:
    once = merge_fields(present, changes)
    after = present | dict(once.values)
    twice = merge_fields(after, changes)
    assert twice.values == {}
    assert twice.lost == once.lost


@given(present_fields, change_lists(), change_lists())
def test_the_order_of_disjoint_edits_does_not_matter(
    present: dict[str, str], first: list[FieldChange], second: list[FieldChange]
) -> None:
    second = [edit for edit in second if edit.field not in {other.field for other in first}]

    def both(one: list[FieldChange], other: list[FieldChange]) -> tuple[dict[str, str], frozenset[LostValue]]:
        merged = merge_fields(present, one)
        after = present | dict(merged.values)
        again = merge_fields(after, other)
        return after | dict(again.values), frozenset(merged.lost + again.lost)

    assert both(first, second) == both(second, first)


@given(present_fields, change_lists())
def test_nothing_is_dropped_in_silence(present: dict[str, str], changes: list[FieldChange]) -> None:
    merged = merge_fields(present, changes)
    after = present | dict(merged.values)
    lost = {value.field: value.mine for value in merged.lost}
    for edit in changes:
        assert after[edit.field] == edit.value or lost[edit.field] == edit.value
        assert (edit.field in lost) == (after[edit.field] != edit.value)


@given(sets, sets, sets)
def test_sets_merge_by_what_was_added_and_taken_away(
    base: frozenset[str], mine: frozenset[str], theirs: frozenset[str]
) -> None:
    merged = merge_sets(base, mine, theirs)
    assert mine - base <= merged
    assert not (base - mine) & merged
    assert merged - (mine - base) <= theirs
    assert merge_sets(base, mine, merged) == merged
    assert merge_sets(base, mine, base) == mine
