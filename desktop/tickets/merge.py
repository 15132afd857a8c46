"""Three-way merge: what the person saw (base), what they want (mine), what the help desk has now (theirs)."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeVar

from desktop.tickets.operations import FieldChange

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LostValue:
    """A field that someone else changed meanwhile: `theirs` stands."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The outcome. `values`: fields that take another value than the help desk has now; `lost`: those that kept it."""

    values: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[LostValue, ...] = ()


def merge_fields(present: Mapping[str, str], changes: Iterable[FieldChange]) -> Merged:
    """Each change over the present values, as text, field by field; KeyError for a field that `present` lacks.

    Edits of different fields merge silently and equal edits are no dispute. On the same field theirs stands and mine
    is kept. A value is taken whole, long text too: two people's sentences are never woven into a third.
    """
    values: dict[str, str] = {}
    lost: list[LostValue] = []
    for change in changes:
        theirs = values.get(change.field, present[change.field])
        if change.value == theirs:
            continue
        if change.base == theirs:
            values[change.field] = change.value
        else:
            lost.append(LostValue(field=change.field, mine=change.value, theirs=theirs))
    return Merged(values=values, lost=tuple(lost))


def merge_sets(base: AbstractSet[T], mine: AbstractSet[T], theirs: AbstractSet[T]) -> frozenset[T]:
    """Theirs, with what I added and without what I took away; sets are never in dispute."""
    return frozenset((theirs | (mine - base)) - (base - mine))
