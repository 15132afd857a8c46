"""A search with every letter typed, over 20,000 tickets with a note each."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from benchmarks.figure import Figure, percentile
from benchmarks.parts.bare import opened
from benchmarks.parts.filled import filled, pulled
from benchmarks.parts.sides import KEY
from desktop.store.search_text import index_query

WORDS = 40
LONGEST_WAIT = 60.0
"""Seconds for the index to be made."""
NAIVE = """
    SELECT ticket FROM search_index JOIN search_document ON document = search_index.rowid
    WHERE search_index MATCH ? ORDER BY bm25(search_index) LIMIT 50
"""


def run() -> Iterator[Figure]:
    with filled() as sides, pulled(sides, "searches") as full:
        begun = time.perf_counter()
        if not full.client.store.idle(LONGEST_WAIT):
            raise RuntimeError(f"not everything could be found after {LONGEST_WAIT:.0f} s")
        indexing = time.perf_counter() - begun
        yield Figure(
            name="searchable after a pull",
            ratio=indexing / LONGEST_WAIT,
            against="the limit",
            ours=f"{indexing:.1f} s",
            theirs=f"{LONGEST_WAIT:.0f} s",
        )
        typed = list(as_typed(Random(4), [*full.words.rare, "printer", "password", "keyboard", "monitor"]))
        reader = full.client.store.reader()
        connection = opened(full.client.home / "tickets.db", KEY)
        ours = percentile([_timed(partial(reader.tickets, search=text)) for text in typed], 95)
        theirs = percentile([_timed(partial(_naive, connection, text)) for text in typed], 95)
        connection.close()
    yield Figure(
        name="search as you type, p95",
        ratio=ours / theirs,
        against="ORDER BY bm25 of all hits",
        ours=f"{ours * 1000:.1f} ms",
        theirs=f"{theirs * 1000:.1f} ms",
    )


def as_typed(random: Random, words: list[str]) -> Iterator[str]:
    """What stands in the search field after each letter, from the second on."""
    for word in random.sample(words, WORDS):
        yield from (word[:length] for length in range(2, len(word) + 1))


def _naive(connection: Any, text: str) -> list[Any]:
    found: list[Any] = connection.execute(NAIVE, (index_query(text),)).fetchall()
    return found


def _timed(search: Callable[[], object]) -> float:
    begun = time.perf_counter()
    search()
    return time.perf_counter() - begun
