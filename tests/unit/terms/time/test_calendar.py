"""Working days, against the official arrangements and against one year made up here."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.terms.time.calendar import Calendar, CalendarUnknown

ORACLE = Path(__file__).parents[5] / "shared" / "corpus" / "calendar"

WEEK = Calendar.of([2023, 2024], [date(2024, 5, day) for day in range(1, 6)], [date(2024, 5, 11)], ["notice"])


@pytest.fixture(scope="module")
def official() -> Calendar:
    if not ORACLE.is_dir():
        pytest.skip("../shared is not here")
    years: list[int] = []
    off: list[date] = []
    work: list[date] = []
    for path in sorted(ORACLE.glob("*.json")):
        arrangement = json.loads(path.read_text(encoding="utf-8"))
        if arrangement["papers"]:
            years.append(arrangement["year"])
        for day in arrangement["days"]:
            (off if day["isOffDay"] else work).append(date.fromisoformat(day["date"]))
    return Calendar.of(years, off, work)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2025-08-01", 1, "2025-08-04"),
        ("2025-09-24", 10, "2025-10-14"),
        ("2025-09-28", 5, "2025-10-11"),
        ("2026-02-11", 10, "2026-03-03"),
        ("2026-02-11", 20, "2026-03-17"),
        ("2026-04-29", 2, "2026-05-06"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-18", 10, "2026-10-09"),
        ("2026-11-23", 10, "2026-12-07"),
    ],
)
def test_due_days_are_those_of_the_official_arrangement(official: Calendar, start: str, count: int, due: str) -> None:
    begun, end = date.fromisoformat(start), date.fromisoformat(due)
    assert official.add_workdays(begun, count) == end
    assert official.workdays_between(begun, end) == count


def test_the_year_that_is_not_published_is_named(official: Calendar) -> None:
    assert official.add_workdays(date(2026, 12, 25), 10) == CalendarUnknown(2027)
    assert official.is_workday(date(2027, 1, 4)) is None
    assert official.add_workdays(date(2026, 12, 31), 1) == CalendarUnknown(2027)


def test_holidays_weekends_and_make_up_days() -> None:
    assert WEEK.is_workday(date(2024, 5, 1)) is False
    assert WEEK.is_workday(date(2024, 5, 11)) is True
    assert WEEK.is_workday(date(2024, 5, 12)) is False
    assert WEEK.is_workday(date(2024, 5, 6)) is True
    assert WEEK.is_workday(date(2025, 1, 1)) is None
    assert WEEK.next_workday(date(2024, 4, 30)) == date(2024, 5, 6)
    assert WEEK.this_or_next_workday(date(2024, 5, 3)) == date(2024, 5, 6)
    assert WEEK.this_or_next_workday(date(2024, 5, 6)) == date(2024, 5, 6)
    assert WEEK.this_or_next_workday(date(2025, 5, 6)) == CalendarUnknown(2025)


def test_the_week_is_the_real_week() -> None:
    plain = Calendar.of([2024], [], [])
    day = date(2024, 1, 1)
    while day.year == 2024:
        assert plain.is_workday(day) is (day.weekday() < 5)
        day += timedelta(1)


def test_a_hole_between_known_years_is_not_jumped() -> None:
    holed = Calendar.of([2022, 2024], [], [])
    assert holed.add_workdays(date(2022, 12, 30), 1) == CalendarUnknown(2023)
    assert holed.workdays_between(date(2022, 12, 30), date(2024, 1, 2)) == CalendarUnknown(2023)
    assert holed.add_workdays(date(2024, 1, 1), -1) == CalendarUnknown(2023)


def test_before_and_after_all_known_years_the_first_missing_one_is_named() -> None:
    assert WEEK.add_workdays(date(2020, 6, 1), 5) == CalendarUnknown(2020)
    assert WEEK.add_workdays(date(2030, 6, 1), 5) == CalendarUnknown(2030)
    assert WEEK.add_workdays(date(2023, 1, 4), -5) == CalendarUnknown(2022)
    assert WEEK.add_workdays(date(2024, 6, 1), 10**9) == CalendarUnknown(2025)
    assert Calendar.of([], [], []).add_workdays(date(2024, 6, 1), 1) == CalendarUnknown(2024)


def test_the_day_before_a_known_year_needs_not_be_known_itself() -> None:
    assert WEEK.add_workdays(date(2022, 12, 31), 1) == date(2023, 1, 2)


def test_the_first_and_last_day_of_time_do_not_crash() -> None:
    edges = Calendar.of([1, 9999], [], [])
    assert edges.add_workdays(date.max, 1) == CalendarUnknown(10000)
    assert edges.add_workdays(date.min, -1) == CalendarUnknown(0)
    assert edges.workdays_between(date.max, date.max) == 0


@given(st.dates(date(2023, 2, 1), date(2024, 11, 30)), st.integers(1, 20))
def test_working_days_added_and_taken_away_again_lead_back(day: date, count: int) -> None:
    start = WEEK.this_or_next_workday(day)
    assert isinstance(start, date)
    there = WEEK.add_workdays(start, count)
    assert isinstance(there, date)
    assert WEEK.add_workdays(there, -count) == start
    assert WEEK.workdays_between(start, there) == count
    assert WEEK.workdays_between(there, start) == -count
    assert sum(bool(WEEK.is_workday(start + timedelta(n + 1))) for n in range((there - start).days)) == count
