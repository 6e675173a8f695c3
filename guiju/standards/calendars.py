"""The published holidays and make-up working days, year by year, as one calendar.

A year that is not published is not in it. The State Council's notices are named by their pages; their numbers were not seen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.time.calendar import Calendar

__all__ = ["CalendarYear", "HolidayDay", "calendar_of", "year_from_plain"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class HolidayDay:
    """A day that differs from the week, and the holiday it belongs to."""

    day: date
    name: str


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """What was published for one year; `off` and `work` in the order of days."""

    year: int
    off: tuple[HolidayDay, ...]
    work: tuple[HolidayDay, ...]
    notices: tuple[str, ...]
    notice_number: str | None
    confidence: str


def year_from_plain(record: Mapping[str, Any]) -> CalendarYear:
    """One year of `calendars/<year>.yaml`."""
    return CalendarYear(
        year=record["year"],
        off=_days(record["off"]),
        work=_days(record["work"]),
        notices=tuple(record["notices"]),
        notice_number=record["notice_number"],
        confidence=record["confidence"],
    )


def calendar_of(years: Sequence[CalendarYear]) -> Calendar:
    """The calendar of these years."""
    return Calendar.of(
        years=(year.year for year in years),
        off=(one.day for year in years for one in year.off),
        work=(one.day for year in years for one in year.work),
        sources=tuple(notice for year in years for notice in year.notices),
    )


def _days(records: Sequence[Mapping[str, str]]) -> tuple[HolidayDay, ...]:
    return tuple(HolidayDay(day=date.fromisoformat(one["day"]), name=one["name"]) for one in records)
