"""The shipped dated tables (calendars, divisions) in their packed form, as plain values."""

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["TABLES", "load_tables"]

TABLES = "tables.json"


@cache
def load_tables() -> dict[str, Any]:
    """The packed tables: `calendars`, a list of years, and `divisions`, a list of division tables."""
    tables: dict[str, Any] = json.loads(Path(__file__).with_name(TABLES).read_text(encoding="utf-8"))
    return tables
