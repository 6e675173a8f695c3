"""The packed files that are shipped, as text; reading them needs nothing of the registry.

They are made of the YAML records by `python -m guiju.standards.pack`; a test keeps the two the same.
"""

from pathlib import Path

__all__ = ["PACKED", "TABLES", "packed_tables", "packed_text"]

PACKED = "registry.json"
TABLES = "tables.json"
_HERE = Path(__file__).parent


def packed_text() -> str:
    """The packed registry as it was shipped."""
    return (_HERE / PACKED).read_text(encoding="utf-8")


def packed_tables() -> str:
    """The packed calendars and divisions as they were shipped."""
    return (_HERE / TABLES).read_text(encoding="utf-8")
