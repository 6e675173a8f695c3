"""Intervals, and periods counted as the civil code counts them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.quantities.quantity import Quantity
from guiju.terms.quantities.units import UNITS
from guiju.terms.time.calendar import Calendar, CalendarUnknown
from guiju.terms.time.period import (
    Gap,
    Interval,
    OutOfRange,
    Overlap,
    Period,
    PeriodKind,
    PeriodMismatch,
    add_period,
    compare_periods,
    gaps,
    overlaps,
    parse_period,
    period_of,
)
from guiju.terms.tongue import Tongue

D, W, M, Y, WD = PeriodKind.DAYS, PeriodKind.WEEKS, PeriodKind.MONTHS, PeriodKind.YEARS, PeriodKind.WORKDAYS


def days(first: int, last: int) -> Interval:
    return Interval(date(2024, 1, first), date(2024, 1, last))


def test_both_ends_of_an_interval_lie_within() -> None:
    interval = days(5, 7)
    assert [interval.contains(date(2024, 1, day)) for day in (4, 5, 7, 8)] == [False, True, True, False]
    assert Interval(None, None).contains(date.min)
    assert days(7, 5).is_empty


def test_neighbours_that_touch_neither_overlap_nor_leave_a_gap() -> None:
    assert overlaps([days(1, 5), days(6, 9)]) == ()
    assert gaps([days(1, 5), days(6, 9)]) == ()


def test_one_shared_day_is_an_overlap_and_one_uncovered_day_a_gap() -> None:
    assert overlaps([days(5, 9), days(1, 5)]) == (Overlap(1, 0, days(5, 5)),)
    assert gaps([days(7, 9), days(1, 5)]) == (Gap(1, 0, days(6, 6)),)


def test_an_open_end_overlaps_whatever_comes_after() -> None:
    open_end = Interval(date(2024, 1, 1), None)
    assert overlaps([open_end, days(5, 9)]) == (Overlap(0, 1, days(5, 9)),)
    assert gaps([open_end, days(5, 9)]) == ()
    assert overlaps([open_end, open_end]) == (Overlap(0, 1, open_end),)


def test_a_long_interval_hides_the_gap_behind_a_short_one() -> None:
    assert gaps([days(1, 20), days(2, 3), days(15, 25)]) == ()


intervals = st.builds(lambda first, long: Interval(date(2024, 1, 1) + timedelta(first), date(2024, 1, 1) + timedelta(first + long)),
                      st.integers(0, 60), st.integers(0, 15))  # fmt: skip


@given(st.lists(intervals, min_size=1, max_size=8))
def test_a_day_lies_in_a_gap_exactly_when_nobody_covers_it(sequence: list[Interval]) -> None:
    found = gaps(sequence)
    last = max(interval.end or date.max for interval in sequence)
    day = min(interval.start or date.min for interval in sequence)
    while day <= last:
        covered = any(interval.contains(day) for interval in sequence)
        assert covered is not any(gap.missing.contains(day) for gap in found)
        day += timedelta(1)


@given(st.lists(intervals, max_size=8))
def test_there_is_an_overlap_exactly_when_some_two_meet(sequence: list[Interval]) -> None:
    meet = any(a.meet(b) for at, a in enumerate(sequence) for b in sequence[at + 1 :])
    assert bool(overlaps(sequence)) is meet


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2024, 1, 31), Period(M, 1), date(2024, 2, 29)),
        (date(2023, 1, 31), Period(M, 1), date(2023, 2, 28)),
        (date(2024, 2, 29), Period(Y, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(M, 1), date(2024, 3, 29)),
        (date(2024, 12, 15), Period(M, 1), date(2025, 1, 15)),
        (date(2024, 3, 31), Period(M, -1), date(2024, 2, 29)),
        (date(2024, 3, 1), Period(D, 10), date(2024, 3, 11)),
        (date(2024, 3, 1), Period(W, 2), date(2024, 3, 15)),
    ],
)
def test_a_period_ends_where_the_civil_code_says(start: date, period: Period, end: date) -> None:
    assert add_period(start, period) == end


def test_beyond_year_9999_there_is_no_day() -> None:
    assert add_period(date(9999, 12, 31), Period(D, 1)) == OutOfRange(date(9999, 12, 31), Period(D, 1))
    assert isinstance(add_period(date(2024, 1, 1), Period(Y, 10**30)), OutOfRange)
    assert isinstance(add_period(date(2024, 1, 1), Period(M, -(10**6))), OutOfRange)


def test_a_last_day_on_a_holiday_rolls_to_the_next_working_day_when_asked() -> None:
    calendar = Calendar.of([2024], [date(2024, 10, day) for day in range(1, 8)], [date(2024, 10, 12)])
    start = date(2024, 9, 1)
    assert add_period(start, Period(M, 1), calendar=calendar) == date(2024, 10, 1)
    assert add_period(start, Period(M, 1), calendar=calendar, roll=True) == date(2024, 10, 8)
    assert add_period(start, Period(M, 1), roll=True) == CalendarUnknown(2024)
    assert add_period(date(2024, 12, 5), Period(M, 1), calendar=calendar, roll=True) == CalendarUnknown(2025)


def test_working_days_without_a_calendar_are_unknown() -> None:
    assert add_period(date(2024, 9, 1), Period(WD, 1)) == CalendarUnknown(2024)


def test_one_month_and_thirty_days_are_not_compared() -> None:
    assert compare_periods(Period(M, 1), Period(D, 30)) == PeriodMismatch(Period(M, 1), Period(D, 30))
    assert compare_periods(Period(WD, 5), Period(W, 1)) == PeriodMismatch(Period(WD, 5), Period(W, 1))
    assert compare_periods(Period(Y, 1), Period(M, 12)) == 0
    assert compare_periods(Period(W, 2), Period(D, 13)) == 1


def test_a_quantity_of_a_calendar_unit_is_a_period() -> None:
    assert period_of(Quantity(Decimal(10), UNITS["workday"])) == Period(WD, 10)
    assert period_of(Quantity(Decimal("1.5"), UNITS["day"])) is None
    assert period_of(Quantity(Decimal(5), UNITS["wan_yuan"])) is None
    assert period_of(Quantity(Decimal("1e50"), UNITS["year"])) is None


@given(st.sampled_from(PeriodKind), st.integers(-1000, 1000), st.sampled_from(Tongue))
def test_a_period_said_and_read_again_is_the_period(kind: PeriodKind, count: int, tongue: Tongue) -> None:
    assert parse_period(Period(kind, count).say(tongue)) == Period(kind, count)


def test_a_period_in_numerals_is_read_and_money_is_none() -> None:
    assert parse_period("三个月") == Period(M, 3)
    assert parse_period("３０日") == Period(D, 30)
    assert parse_period("30元") is None
    assert parse_period("尽快") is None


def test_a_period_is_said_in_both_tongues() -> None:
    assert (Period(WD, 10).say(Tongue.ZH), Period(M, 1).say(Tongue.EN)) == ("10个工作日", "1 month")
    assert Interval(date(2020, 4, 28), None).say(Tongue.ZH) == "自 2020-04-28"
