"""The shipped calendar and divisions, read from their packed form; a check that needs no registry loads none."""

import json
from functools import cache
from typing import Any

from guiju.standards.calendars import CalendarYear, calendar_of, year_from_plain
from guiju.standards.divisions import DivisionTable, table_from_plain
from guiju.standards.packed import TABLES, packed_tables
from guiju.terms.time.calendar import Calendar

__all__ = ["TABLES", "load_calendar", "load_divisions", "load_years", "packed_tables"]


@cache
def load_years() -> tuple[CalendarYear, ...]:
    """The shipped years of the calendar, ascending."""
    return tuple(year_from_plain(record) for record in _tables()["calendars"])


@cache
def load_calendar() -> Calendar:
    """The working days of all shipped years."""
    return calendar_of(load_years())


@cache
def load_divisions() -> tuple[DivisionTable, ...]:
    """The shipped tables of divisions, by id."""
    return tuple(table_from_plain(record) for record in _tables()["divisions"])


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(packed_tables())
    return tables
