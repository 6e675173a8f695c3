"""What is shipped, read from its packed form in a few milliseconds: the registry, the calendar, the divisions.

The packed files are made of the YAML records by `python -m guiju.standards.pack`; a test keeps the two the same.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from guiju.standards.calendars import CalendarYear, calendar_of, year_from_plain
from guiju.standards.divisions import DivisionTable, table_from_plain
from guiju.standards.from_plain import edition_from_plain, framework_from_plain, kinds_from_plain
from guiju.standards.registry import Registry
from guiju.terms.calendar import Calendar

__all__ = [
    "PACKED",
    "TABLES",
    "load_calendar",
    "load_divisions",
    "load_registry",
    "load_years",
    "packed_tables",
    "packed_text",
    "registry_from_packed",
]

PACKED = "registry.json"
TABLES = "tables.json"
_HERE = Path(__file__).parent


def packed_text() -> str:
    """The packed registry as it was shipped."""
    return (_HERE / PACKED).read_text(encoding="utf-8")


def packed_tables() -> str:
    """The packed calendars and divisions as they were shipped."""
    return (_HERE / TABLES).read_text(encoding="utf-8")


def registry_from_packed(text: str) -> Registry:
    """The registry of a packed text that our own packer wrote; such a text needs no checking."""
    packed = json.loads(text)
    return Registry.of(
        as_of=date.fromisoformat(packed["as_of"]),
        digest=packed["digest"],
        framework=framework_from_plain(packed["framework"]),
        kinds=kinds_from_plain(packed["kinds"]),
        editions=(edition_from_plain(record)[0] for record in packed["editions"]),
    )


@cache
def load_registry() -> Registry:
    """The shipped registry; read once in a process, since it is frozen."""
    return registry_from_packed(packed_text())


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
