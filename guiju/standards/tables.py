"""The shipped dated tables (calendars, divisions) in their packed form, as plain values."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["TABLES", "load_tables"]

TABLES = "tables.json"


@cache
def load_tables() -> dict[str, Any]:
    """The packed tables: `calendars`, a list of years, and `divisions`, a list of division tables."""
    tables: dict[str, Any] = json.loads(files("guiju.standards").joinpath(TABLES).read_text(encoding="utf-8"))
    return tables
