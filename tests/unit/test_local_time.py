"""Moments on this computer's clock, and those that have no place on it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from desktop.cli.times import say_time
from desktop.local_time import local
from desktop.ui import phrases

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
FOR_EVER = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@contextmanager
def computer_in(zone: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer's clock shows the time of that zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("The zone of a process cannot be chosen on Windows.")
    try:
        with monkeypatch.context() as patched:
            patched.setenv("TZ", zone)
            time.tzset()
            yield
    finally:
        time.tzset()


def test_a_moment_is_told_in_the_computers_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    with computer_in("Asia/Tokyo", monkeypatch):
        assert local(NOW).utcoffset() == timedelta(hours=9)
        assert say_time(NOW) == "2026-11-24 21:00"
        assert phrases.moment(NOW - timedelta(days=7), NOW) == "Tue 17 Nov 21:00"


@pytest.mark.parametrize(
    ("zone", "moment", "said"),
    [("America/New_York", NEVER, "0001-01-01 00:00"), ("Asia/Tokyo", FOR_EVER, "9999-12-31 23:59")],
)
def test_what_a_help_desk_says_for_never_is_told_as_it_stands(
    zone: str, moment: datetime, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with computer_in(zone, monkeypatch):
        assert say_time(moment) == said
        assert phrases.moment(moment, NOW).endswith(f"{moment.year} {moment:%H:%M}")


@pytest.mark.parametrize("year", [1, 1969, 3100, 9999])
def test_no_year_is_without_words_on_any_system(year: int) -> None:
    """Windows knows no zone before 1970 and after 3000."""
    moment = datetime(year, 7, 1, 12, tzinfo=UTC)

    assert say_time(moment).startswith(f"{year:04}-07-0")
    assert f"Jul {year} " in phrases.moment(moment, NOW)
