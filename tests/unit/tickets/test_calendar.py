"""Business time, and the mistakes that other help desks are known to have made with it."""

import time as process_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tickets.calendar import (
    AROUND_THE_CLOCK,
    EARLIEST,
    LATEST,
    add_business_days,
    add_business_time,
    business_time,
    is_open,
)
from desktop.tickets.organisation import Holiday, Hours, Shift

CHICAGO = ZoneInfo("America/Chicago")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def shifts(days: range, *spans: tuple[time, time]) -> tuple[Shift, ...]:
    return tuple(Shift(weekday=day, start=start, end=end) for day in days for start, end in spans)


OFFICE = Hours(
    time_zone="America/Chicago",
    shifts=shifts(range(5), (time(8), time(12)), (time(13), time(17))),
    holidays=(
        Holiday(day=date(2026, 11, 26), name="Thanksgiving"),
        Holiday(day=date(2026, 12, 24), name="Christmas Eve", open=((time(8), time(12)),)),
        Holiday(day=date(2026, 12, 25), name="Christmas Day"),
    ),
)
"""Eight hours a day with a lunch break; 2026-11-23 is a Monday."""

NIGHTS = Hours(time_zone="America/Chicago", shifts=shifts(range(7), (time(0), time(6))))
"""Open while the clocks change: in 2026 on 8 March (forward) and on 1 November (back), at two in the night."""


def local(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO)


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Chicago"])
def host_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The computer's own zone, which must not matter."""
    monkeypatch.setenv("TZ", request.param)
    if hasattr(process_time, "tzset"):
        process_time.tzset()
    yield request.param
    monkeypatch.undo()
    if hasattr(process_time, "tzset"):
        process_time.tzset()


def test_no_hours_are_invented() -> None:
    assert business_time(None, local(23), local(24)) is None
    assert add_business_time(None, local(23), HOUR) is None
    assert add_business_days(None, local(23), 1) is None
    assert is_open(None, local(23, 9)) is None


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (local(23, 9), local(23, 11), 2),
        (local(23, 11), local(23, 14), 2),  # across lunch
        (local(23, 12, 15), local(23, 12, 45), 0),  # at lunch
        (local(23, 6), local(23, 20), 8),  # from before opening to after closing
        (local(23, 16), local(24, 9), 2),  # over night
        (local(20, 16), local(23, 9), 2),  # over the weekend
        (local(21), local(23), 0),  # the weekend alone
        (local(25, 16), local(27, 9), 2),  # across a holiday
        (local(23), local(28), 32),  # a week with a holiday
        (local(24, 9, month=12), local(24, 16, month=12), 3),  # a half-day
        (local(24, month=12), local(26, month=12), 4),  # a half-day and a holiday
        (local(23, 9), local(23, 9), 0),
        (local(24, 9), local(23, 9), 0),  # backwards
    ],
)
def test_business_time_between_two_moments(start: datetime, end: datetime, hours: int) -> None:
    assert business_time(OFFICE, start, end) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (local(23, 9), 60, local(23, 10)),
        (local(23, 11), 120, local(23, 14)),  # lunch is skipped
        (local(23, 11), 60, local(23, 12)),  # exactly at closing, not at the next opening
        (local(23, 7), 30, local(23, 8, 30)),
        (local(23, 16, 30), 60, local(24, 8, 30)),
        (local(20, 16, 30), 60, local(23, 8, 30)),  # weekend
        (local(21, 12), 60, local(23, 9)),  # from a weekend
        (local(25, 16), 120, local(27, 9)),  # holiday
        (local(24, 11, month=12), 120, local(28, 9, month=12)),  # half-day, holiday, weekend
        (local(23, 9), 480, local(24, 9)),
        (local(21, 12), 0, local(21, 12)),
        (local(21, 12), -5, local(21, 12)),
    ],
)
def test_business_time_added(start: datetime, minutes: int, end: datetime) -> None:
    assert add_business_time(OFFICE, start, minutes * MINUTE) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (local(23, 15), 1, local(24, 15)),
        (local(20, 15), 1, local(23, 15)),  # Friday to Monday
        (local(25, 15), 1, local(27, 15)),  # Thanksgiving between
        (local(21, 10), 1, local(24, 8)),  # on a Saturday: Monday's opening, then a day
        (local(20, 20), 1, local(24, 8)),  # Friday evening counts as Monday's opening
        (local(23, 12, 30), 1, local(24, 13)),  # at lunch counts as the end of lunch
        (local(23, 15, month=12), 1, local(28, 8, month=12)),  # the half-day is shut by then, then comes Christmas
        (local(23, 10, month=12), 1, local(24, 10, month=12)),
        (local(23, 15), 3, local(27, 15)),
        (local(23, 15), 0, local(23, 15)),
    ],
)
def test_business_days_added(start: datetime, days: int, end: datetime) -> None:
    assert add_business_days(OFFICE, start, days) == end


def test_a_holiday_is_looked_up_for_the_day_walked_and_not_for_today() -> None:
    """Counting over Thanksgiving gives the same whether it is asked on that day, before or after."""
    assert business_time(OFFICE, local(26), local(27)) == timedelta()
    assert business_time(OFFICE, local(25), local(28)) == 16 * HOUR
    assert add_business_time(OFFICE, local(25, 13), 8 * HOUR) == local(27, 12)


def test_the_calendars_zone_counts_and_not_the_computers(host_zone: str) -> None:
    noon_in_utc = datetime(2026, 11, 23, 12, tzinfo=UTC)  # six in the morning in Chicago

    assert is_open(OFFICE, noon_in_utc) is False
    assert add_business_time(OFFICE, noon_in_utc, HOUR) == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert business_time(OFFICE, noon_in_utc, datetime(2026, 11, 23, 16, tzinfo=UTC)) == 2 * HOUR


def test_a_holiday_is_a_day_in_the_calendars_zone() -> None:
    """In Tokyo it is Thursday afternoon when Thanksgiving begins in Chicago."""
    tokyo = ZoneInfo("Asia/Tokyo")

    assert business_time(OFFICE, datetime(2026, 11, 26, 0, tzinfo=tokyo), datetime(2026, 11, 26, 9, tzinfo=tokyo)) == (
        7 * HOUR
    )


def test_many_holidays_in_a_row_end() -> None:
    fortnight = tuple(Holiday(day=date(2026, 11, 23) + timedelta(days=at), name="Shut") for at in range(14))
    hours = Hours(time_zone="America/Chicago", shifts=OFFICE.shifts, holidays=fortnight)

    assert add_business_time(hours, local(20, 16, 30), HOUR) == local(7, 8, 30, month=12)
    assert add_business_days(hours, local(20, 15), 1) == local(7, 15, month=12)
    assert business_time(hours, local(20, 12), local(7, 9, month=12)) == 5 * HOUR


def test_a_calendar_that_never_opens_gives_no_answer_instead_of_never_ending() -> None:
    shut = Hours(time_zone="America/Chicago", shifts=())

    assert add_business_time(shut, local(23), MINUTE) is None
    assert add_business_days(shut, local(23), 1) is None
    assert is_open(shut, local(23, 9)) is False


def test_a_calendar_that_opened_once_gives_no_second_day() -> None:
    once = Hours(
        time_zone="America/Chicago",
        shifts=(),
        holidays=(Holiday(day=date(2026, 11, 23), name="Open house", open=((time(8), time(17)),)),),
    )

    assert add_business_time(once, local(20), HOUR) == local(23, 9)
    assert add_business_time(once, local(20), 10 * HOUR) is None
    assert add_business_days(once, local(20), 1) is None


def test_the_night_on_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    assert business_time(NIGHTS, local(8, month=3), local(9, month=3)) == 5 * HOUR
    assert add_business_time(NIGHTS, local(8, 1, month=3), 2 * HOUR) == local(8, 4, month=3)


def test_the_night_on_which_the_clocks_go_back_is_an_hour_longer() -> None:
    assert business_time(NIGHTS, local(1), local(2)) == 7 * HOUR
    assert add_business_time(NIGHTS, local(1), 3 * HOUR) == datetime(2026, 11, 1, 8, tzinfo=UTC)  # the second 02:00


def test_both_halves_of_the_repeated_hour_are_open() -> None:
    assert is_open(NIGHTS, datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO, fold=0))
    assert is_open(NIGHTS, datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO, fold=1))


def test_a_day_added_over_the_change_of_clocks_keeps_the_time_of_day() -> None:
    assert add_business_days(OFFICE, local(6, 10, month=3), 1) == local(9, 10, month=3)
    assert local(9, 10, month=3).astimezone(UTC) - local(6, 10, month=3).astimezone(UTC) == timedelta(hours=71)


def test_a_shift_until_midnight() -> None:
    late = Hours(time_zone="America/Chicago", shifts=shifts(range(7), (time(20), time())))

    assert business_time(late, local(23, 22), local(24, 21)) == 3 * HOUR
    assert is_open(late, local(23, 23, 59))
    assert not is_open(late, local(24))


def test_around_the_clock_is_always_open() -> None:
    assert business_time(AROUND_THE_CLOCK, local(23, 9), local(30, 9)) == timedelta(days=7)
    assert add_business_time(AROUND_THE_CLOCK, local(21, 23), 4 * HOUR) == local(22, 3)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (local(23, 8), True),
        (local(23, 7, 59), False),
        (local(23, 12), False),
        (local(23, 12, 30), False),
        (local(23, 17), False),
        (local(26, 9), False),
        (local(24, 11, month=12), True),
        (local(24, 13, month=12), False),
        (local(21, 9), False),
    ],
)
def test_whether_it_is_open(moment: datetime, expected: bool) -> None:
    assert is_open(OFFICE, moment) is expected


def test_moments_that_no_help_desk_ever_saw_are_harmless() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    assert business_time(OFFICE, last, first) == timedelta()
    assert add_business_time(OFFICE, last, HOUR) is None
    assert add_business_days(OFFICE, first, 1) is not None
    assert business_time(OFFICE, first, EARLIEST) == business_time(OFFICE, LATEST, last) == timedelta()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
amounts = st.integers(min_value=1, max_value=60 * 100).map(lambda minutes: minutes * MINUTE)
calendars = st.sampled_from([OFFICE, NIGHTS, AROUND_THE_CLOCK])


@given(calendars, moments, amounts)
def test_what_is_added_lies_between(hours: Hours, start: datetime, amount: timedelta) -> None:
    end = add_business_time(hours, start, amount)

    assert end is not None
    assert business_time(hours, start, end) == amount
    just_before = business_time(hours, start, end - MINUTE)
    assert just_before is not None
    assert just_before < amount


@given(calendars, moments, moments, moments)
def test_stretches_add_up(hours: Hours, one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))

    parts = [business_time(hours, first, middle), business_time(hours, middle, last)]

    assert sum((part for part in parts if part is not None), timedelta()) == business_time(hours, first, last)


@given(moments, moments, st.integers(min_value=0, max_value=5))
def test_a_later_start_never_ends_earlier(one: datetime, two: datetime, days: int) -> None:
    earlier, later = add_business_days(OFFICE, min(one, two), days), add_business_days(OFFICE, max(one, two), days)

    assert earlier is not None
    assert later is not None
    assert earlier <= later
