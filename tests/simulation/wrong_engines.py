"""Engines that are wrong on purpose: each is the real code with one line changed, and each has to be found.

A change names a function and the text in it that is replaced; text that is no longer there is an error, so that the
list cannot outlive the code that it speaks of.
"""

import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """`place` is `module:name` or `module:Class.name`; `right` is replaced by `wrong` in its source, once."""

    place: str
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class WrongEngine:
    """What is wrong, in a few words, and the changes that make it so."""

    name: str
    changes: tuple[Change, ...]


@contextmanager
def wrong(engine: WrongEngine) -> Iterator[None]:
    """The engine is wrong for as long as this lasts."""
    with ExitStack() as stack:
        for change in engine.changes:
            stack.enter_context(_changed(change))
        yield


@contextmanager
def _changed(change: Change) -> Iterator[None]:
    module_name, _, path = change.place.partition(":")
    module = importlib.import_module(module_name)
    holder: Any = module
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    present = holder.__dict__[name] if outer else getattr(module, name)
    replacement = _rewritten(present, change, vars(module)) if callable(present) else _value(change, vars(module))
    setattr(holder, name, replacement)
    try:
        yield
    finally:
        setattr(holder, name, present)


def _rewritten(function: Callable[..., Any], change: Change, names: dict[str, Any]) -> Callable[..., Any]:
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(change.right) != 1:
        raise LookupError(f"{change.place} has {change.right!r} {source.count(change.right)} times, not once")
    made: dict[str, Any] = {}
    code = compile(source.replace(change.right, change.wrong), f"<{change.place}, wrong>", "exec")
    exec(code, names, made)
    rewritten: Callable[..., Any] = made[function.__name__]
    return rewritten


def _value(change: Change, names: dict[str, Any]) -> Any:
    """A constant: `right` is the text of its present value, so that a change of it is noticed."""
    present = eval(change.right, names)
    if present != names[change.place.rpartition(":")[2]]:
        raise LookupError(f"{change.place} is not {change.right}")
    return eval(change.wrong, names)
